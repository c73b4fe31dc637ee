"""Where words stand on the page: runs, zones, and the printed words that fix the layout.

May import ``page`` and ``vietnamese``; it sees boxes and text, never pixels.
"""
