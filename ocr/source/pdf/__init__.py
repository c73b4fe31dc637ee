"""PDF sources: pages as pictures, text and signature appearances; broken files repaired.

May import what ``source`` may; pypdfium2 and pikepdf stop here.
"""
