"""Digits written by hand into the head's number and date, read again by a second reader.

May import ``confidences``, ``image``, ``layout``, ``page`` and ``vietnamese``; onnxruntime stops here.
"""
