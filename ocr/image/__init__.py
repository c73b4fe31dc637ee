"""Pixels: decoding image files, cleaning, turning, inks and areas, and how good a scan is.

May import ``errors`` and ``page``; OpenCV and Pillow are used here, numpy arrays by all rooms of pixels.
"""
