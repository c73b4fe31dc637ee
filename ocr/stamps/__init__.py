"""What was put on a page after it was printed: stamps, seals, names stamped under them, notes by hand.

May import ``engines``, ``handwriting``, ``image``, ``layout``, ``page`` and ``vietnamese``.
"""
