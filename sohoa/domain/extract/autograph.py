"""Notes written on the paper by hand, ``bút tích`` (Thông tư 05/2025): how many and where, never read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ocr.page import Box, MarkKind, Page, Zone
from sohoa.domain.archive.records import Evidence, Field, Method
from sohoa.domain.extract.calibration import PageShares
from sohoa.domain.extract.confidence import clip

_SEEN = "chữ viết tay"
_RIGHT_SHARE = 0.42


def autograph_field(pages: Sequence[Page], shares: PageShares) -> Field | None:
    """How many places bear handwriting beside the signature and what forms are filled in with."""
    seen = [(page.number, box) for page in pages for box in _notes(page)]
    if not seen:
        return None
    numbers = ", ".join(map(str, dict.fromkeys(number for number, _ in seen)))
    value = f"{len(seen)} vùng {_SEEN} (trang {numbers})"
    share = clip(shares.notes)
    evidence = (Evidence(Method.TEXT, _SEEN, share, number, box) for number, box in seen)
    return Field(value, value, share, tuple(evidence))


def _notes(page: Page) -> Iterator[Box]:
    """Handwriting in no stamp, in no gap for number or day, and not under the signer's post."""
    written = (mark.box for mark in page.marks if mark.kind is MarkKind.HANDWRITING)
    others = [mark.box for mark in page.marks if mark.kind is not MarkKind.HANDWRITING]
    signed = min((line.box.y for line in page.lines if line.zone is Zone.FOOT_RIGHT), default=page.height_px)
    for box in written:
        stamped = any(other.holds(box.middle) for other in others)
        filled = any(box.holds(digits.box.middle) for digits in page.digits)
        signature = box.middle[1] > signed and box.middle[0] > _RIGHT_SHARE * page.width_px
        if not (stamped or filled or signature):
            yield box
