"""Coverage measured from the ledger against declared holdings, and its snapshot.

May import ``archive`` and ``digests``.
"""
