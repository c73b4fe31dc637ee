"""What may not be seen by everybody: secrecy marks, personal data, access.

May import ``errors``, ``fields``, ``marks`` and ``vietnamese``.
"""
