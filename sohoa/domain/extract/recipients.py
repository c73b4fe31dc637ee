"""To whom a paper goes: the addressees after ``Kính gửi`` (box 9a) and the list ``Nơi nhận`` (box 9b).

Nghị định 30/2020, Phụ lục I: every addressee of the list stands behind a dash, the last line says what is
kept (``Lưu: VT``); ``Như trên`` in the list stands for the addressees of ``Kính gửi``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ocr.layout import anchors
from ocr.page import Box, Line, Page, Zone
from ocr.vietnamese.folding import fold, letters
from sohoa.domain.archive.records import Evidence, Field, Method
from sohoa.domain.extract.calibration import RecipientShares
from sohoa.domain.extract.confidence import clip
from sohoa.domain.extract.copies import copied_from
from sohoa.domain.vietnamese import nfc

_SURE = 82
_SALUTATION = re.compile(r"^\W*\w{3,5}\s*(?:[gGq]\w{1,3}|tr\w{1,3}\s*(?=[:;]))\s*[:;.,]*\s*(?P<rest>.*)$")
_RECIPIENTS = re.compile(r"^\W*(?:\w{1,4}\s*)?nh\w{1,3}\s*[:;.,]*\s*(?P<rest>.*)$", re.IGNORECASE)
_AT_FOOT = re.compile(r"^\W*(?:\w{1,3} ?)?nhan\b")
_WITH_FIRST = re.compile(r"^\W*[nm]oi ?nhan\s*[:;]\s*[-–—+*]")
_DASH = re.compile(r"^[\s\"'.,:]*[-–—+*•·~_=]+\s*")
_ENDS = " \t;.,:/|_-–—~"
_KEPT = re.compile(r"^(?:luu|lru|luru)\b(?! (?:tru|hoc|thong|vuc))")
_AS_ABOVE = ("nhutren", "nhukinhgui")
_HEAD_SHARE = 0.6
_COLUMN_SHARE = 0.25
_INDENT_SHARE = 0.012
_NEAR = 1.0  # heights of the letters between lines of one addressee; the text below stands further off
_APART = 3.0  # and between addressees


@dataclass(frozen=True, slots=True)
class _Addressees:
    """Addressees as printed, without dashes, and the lines that they were read from."""

    items: tuple[str, ...]
    lines: tuple[Line, ...]
    page: int
    shares: RecipientShares

    @property
    def confidence(self) -> float:
        return clip(self.shares.list * min(line.confidence for line in self.lines))

    @property
    def evidence(self) -> Evidence:
        box = Box.around(line.box for line in self.lines)
        return Evidence(Method.TEXT, "; ".join(self.items), self.confidence, self.page, box)


def recipients_field(pages: Sequence[Page], shares: RecipientShares) -> Field | None:
    """All addressees in reading order, as printed, joined by ``; ``; None where the paper names none."""
    above = _salutation(pages[0], shares) if pages else None
    lists = [found for found in (above, _distribution(pages, shares)) if found is not None]
    named = [item for found in lists for item in found.items if above is None or not _stands_for_above(item)]
    if not named:
        return None
    first = {letters(item): item for item in reversed(named)}
    once = [first[read] for read in dict.fromkeys(map(letters, named))]
    raw = "\n".join(nfc(line.text) for found in lists for line in found.lines)
    share = min(found.confidence for found in lists)
    return Field("; ".join(once), raw, share, tuple(found.evidence for found in lists))


def _stands_for_above(item: str) -> bool:
    read = letters(item)
    return any(fuzz.ratio(read[: len(wording)], wording) >= _SURE for wording in _AS_ABOVE)


def _salutation(page: Page, shares: RecipientShares) -> _Addressees | None:
    """The addressees after ``Kính gửi`` in the upper part of the document's first page."""
    lines = [line for line in page.lines if line.box.y < _HEAD_SHARE * page.height_px]
    for label in lines:
        match = _SALUTATION.match(nfc(label.text)) if anchors.is_salutation(label.text) else None
        if match and not match["rest"][:1].islower():
            below = _addressed(label, match["rest"], _below(label, lines), _INDENT_SHARE * page.width_px)
            return _listed(label, match["rest"], list(below), page, shares)
    return None


def _addressed(label: Line, rest: str, below: Sequence[Line], indent: float) -> Iterator[Line]:
    """The lines that go on: behind a dash, or close by and further in than the text that follows."""
    edge, last, text = label.box.x + (indent if rest else -indent), label, rest
    for line in below:
        gap, dashed = line.box.y - last.box.bottom, bool(_DASH.match(line.text))
        far = gap > (_APART if dashed or not text else _NEAR) * last.box.h
        ended = not dashed and text.rstrip().endswith(".")
        if far or ended or line.box.x < (label.box.x - indent if dashed else edge):
            return
        yield line
        last, text = line, line.text


def _distribution(pages: Sequence[Page], shares: RecipientShares) -> _Addressees | None:
    """The list under ``Nơi nhận`` of the last page that has one, above a block of certified copy."""
    for page in reversed(pages):
        lines = [line for line in page.lines if line.box.y < copied_from(page)]
        for label in filter(_opens_list, lines):
            match = _RECIPIENTS.match(nfc(label.text))
            column = [line for line in lines if _same_column(line, label, page)]
            found = _listed(label, match["rest"] if match else "", _below(label, column), page, shares)
            if found is not None:
                return found
    return None


def _opens_list(line: Line) -> bool:
    """Whether it is ``Nơi nhận``; at the foot its first letters may be lost."""
    text = fold(line.text)
    at_foot = line.zone is Zone.FOOT_LEFT and bool(_AT_FOOT.match(text))
    return at_foot or anchors.is_recipients(line.text) or bool(_WITH_FIRST.match(text))


def _same_column(line: Line, label: Line, page: Page) -> bool:
    if label.zone is Zone.FOOT_LEFT:
        return line.zone is Zone.FOOT_LEFT
    return line.zone is label.zone and line.box.x < label.box.x + _COLUMN_SHARE * page.width_px


def _below(label: Line, lines: Sequence[Line]) -> list[Line]:
    lower = [line for line in lines if line is not label and line.box.y > label.box.middle[1]]
    return sorted(lower, key=lambda line: line.box.y)


def _listed(
    label: Line, rest: str, below: Sequence[Line], page: Page, shares: RecipientShares
) -> _Addressees | None:
    """The addressees on these lines, up to what is kept; None where nobody is named."""
    text, used = _DASH.sub("", rest), [label]
    for line in below:
        last = text.rpartition(";")[2].strip()
        if _KEPT.match(fold(last)) and not last.endswith(","):
            break
        printed = nfc(line.text)
        begins = _DASH.match(printed) or text.rstrip().endswith(".")
        text = f"{text}{';' if begins else ''} {_DASH.sub('', printed)}"
        used.append(line)
    items = tuple(filter(letters, (_DASH.sub("", item).strip(_ENDS) for item in text.split(";"))))
    return _Addressees(items, tuple(used), page.number, shares) if items else None
