"""The archive's unit: records, their versions, pages, manifests, keys and the chain of events.

May import ``errors``, ``protection`` and ``reasons``.
"""
