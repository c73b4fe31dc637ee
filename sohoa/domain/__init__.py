"""What the archive is about, pure: values and decisions; no file, no clock, no vendor.

May import the standard library, rapidfuzz, and of ``ocr`` pages and what knows the language and the layout.
"""
