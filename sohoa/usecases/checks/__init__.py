"""Proofs: every object in one state, every byte as it was, the index rebuilt from the archive.

May import ``archive`` and ``digests``.
"""
