"""Reads pages: from the bytes of a scan or PDF to words with boxes, reading order and marks.

It knows nothing of archives and imports nothing of ``sohoa``; each room says what it may import.
"""
