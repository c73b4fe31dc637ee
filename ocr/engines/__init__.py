"""Recognition engines behind one port, and how one is opened: Tesseract in the process or as a program.

May import ``image`` and ``page``; tesserocr and pytesseract stop here.
"""
