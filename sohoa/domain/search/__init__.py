"""Search, the same for every index: the query language, folding, snippets, pages of hits.

May import ``archive``, ``errors`` and ``protection``.
"""
