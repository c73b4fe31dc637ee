"""Packages: the holding, or a part of it, written for another system; those of others taken in.

May import ``pipeline``, ``dossiers``, ``checks``, ``archive`` and ``digests``.
"""
