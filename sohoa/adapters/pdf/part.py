"""Some pages of a file as a PDF of their own; runs in a limited worker process."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf

from sohoa.adapters.pdf.images import BrokenImage, image_pdf
from sohoa.domain.errors import Rejected


def cut(path: Path, kind: str, first: int, last: int) -> bytes:
    """The pages first to last (1-based, inclusive), contents and annotations as they are.

    Raises ``Rejected`` (broken) for a file that cannot be taken apart.
    """
    try:
        source = path if kind == "pdf" else io.BytesIO(image_pdf(path, (), []))
        with pikepdf.open(source) as pdf:
            del pdf.pages[last:]
            del pdf.pages[: first - 1]
            written = io.BytesIO()
            pdf.save(written)
    except (pikepdf.PdfError, BrokenImage) as error:
        raise Rejected("broken", f"cannot be taken apart ({type(error).__name__})") from error
    return written.getvalue()
