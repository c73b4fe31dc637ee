"""Scan maker: invented administrative documents as scans, with the truth about each.

``render_document`` paints pages, ``as_pdf`` and its siblings write files, ``text_of`` is the exact text,
``samples`` is the sample inbox, ``hard_pages`` makes photographs, typewritten pages and the like. The same
seed and library versions give the same bytes.
"""

from tests.support.scanmaker.ageing import CLEAN, GOOD, POOR, WORN, Ageing
from tests.support.scanmaker.born_digital import as_born_digital
from tests.support.scanmaker.catalogue import Sample, Scan, samples
from tests.support.scanmaker.document import Document, Impression, document_from, load_document
from tests.support.scanmaker.folder import truth_path, write_samples
from tests.support.scanmaker.hard import KINDS, HardPages, hard_pages
from tests.support.scanmaker.painting import render_document
from tests.support.scanmaker.signing import digitally_signed
from tests.support.scanmaker.typesetting import sheets_of, text_of
from tests.support.scanmaker.writers import (
    as_bilevel_pdf,
    as_jpeg,
    as_pdf,
    as_png,
    as_tiff,
    encrypted,
    truncated,
)

__all__ = [
    "CLEAN",
    "GOOD",
    "KINDS",
    "POOR",
    "WORN",
    "Ageing",
    "Document",
    "HardPages",
    "Impression",
    "Sample",
    "Scan",
    "as_bilevel_pdf",
    "as_born_digital",
    "as_jpeg",
    "as_pdf",
    "as_png",
    "as_tiff",
    "digitally_signed",
    "document_from",
    "encrypted",
    "hard_pages",
    "load_document",
    "render_document",
    "samples",
    "sheets_of",
    "text_of",
    "truncated",
    "truth_path",
    "write_samples",
]
