"""Search, the same for every index: the query language, folding, snippets, pages of hits.

May import ``errors`` and ``protection``.
"""
