"""From a page's pixels to its lines: the first reading, what it missed, what it doubts, what is noise.

May import ``engines``, ``handwriting``, ``image``, ``layout``, ``page``, ``stamps`` and ``vietnamese``.
"""
