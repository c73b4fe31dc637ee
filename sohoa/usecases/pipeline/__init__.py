"""The way of a scan, from a shop's folder through the night to its state; secret ones held and released.

May import ``archive``, ``checks``, ``coverage``, ``digests``, ``evidence`` and ``services``.
"""
