"""Text of a page that may be hidden: in layers, and outside the crop box; read by pdfplumber.

It tells of each character in what marked content it stands, which PDFium does not.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

_LAYER = "OC"  # the tag of optional content (ISO 32000-1, 8.11.3.2)
_MOST_CONTENT = 300_000  # bytes as they are stored


def lines(path: Path, number: int) -> tuple[str, ...]:
    """Such text of the page of that number (1-based), NFC, one printed line a line.

    A page of much content, as drawings of maps are, is left to its picture, and so is the margin of a page
    that is stored lying, whose crop box pdfplumber does not turn. Raises what pdfplumber does.
    """
    import pdfplumber  # a tenth of a second to start, and few files need it
    from pdfplumber.utils.text import extract_text

    with pdfplumber.open(path, pages=[number]) as document:
        page = document.pages[0]
        contents = (part.resolve() if hasattr(part, "resolve") else part for part in page.page_obj.contents)
        if sum(len(stream.get_rawdata() or b"") for stream in contents) > _MOST_CONTENT:
            return ()
        layered = [each for each in page.chars if each.get("tag") == _LAYER]
        outside = [] if page.rotation else [each for each in page.chars if not _is_inside(each, page.cropbox)]
        texts = (extract_text(signs) for signs in (layered, outside))
        found = (" ".join(line.split()) for text in texts for line in text.splitlines())
        return tuple(unicodedata.normalize("NFC", line) for line in found if line)


def _is_inside(sign: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    across, down = (sign["x0"] + sign["x1"]) / 2, (sign["top"] + sign["bottom"]) / 2
    left, top, right, bottom = box
    return bool(left <= across <= right and top <= down <= bottom)
