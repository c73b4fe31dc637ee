"""Hồ sơ (dossiers): lists entered, what records make of them, a record put into one, records disposed of.

May import ``archive`` and ``digests``.
"""
