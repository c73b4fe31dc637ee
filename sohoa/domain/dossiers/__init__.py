"""Hồ sơ (dossiers): the documents of one matter, in order, with the fields of the regulations.

May import ``archive``, ``evidence``, ``inbox`` and ``tables``.
"""
