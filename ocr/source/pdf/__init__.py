"""PDF files: the only package of ``ocr`` that knows PDFium and pikepdf."""
