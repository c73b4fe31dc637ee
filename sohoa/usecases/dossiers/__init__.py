"""Hồ sơ (dossiers): lists of them entered, what their records make of them, a record put into one.

May import ``archive`` and ``digests``.
"""
