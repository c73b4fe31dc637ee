"""Entry point for worker processes: ``sohoa.adapters.pdfa:derive``."""

from __future__ import annotations

from sohoa.adapters.pdf.derive import derive
from sohoa.adapters.pdf.values import Derived, DeriveOptions, PdfSource

__all__ = ["DeriveOptions", "Derived", "PdfSource", "derive"]
