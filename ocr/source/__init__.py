"""The files that papers come in: what they are, their pages, crops, and the text that some bring along.

May import ``errors``, ``image``, ``page`` and ``vietnamese``.
"""
