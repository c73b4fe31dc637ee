"""People who work by name and password: accounts, passwords, lockout, sessions, tries by address.

May import ``agencies``, ``errors``, ``protection`` and ``vietnamese``.
"""
