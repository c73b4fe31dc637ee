"""Packages: the holding, or a part of it, written for another system.

May import ``dossiers`` and ``archive``.
"""
