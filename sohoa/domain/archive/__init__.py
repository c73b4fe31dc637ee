"""The archive's unit: records, their versions, pages, manifests, keys and the chain of events.

May import ``errors``, ``fields``, ``protection`` and ``reasons``.
"""
