"""Which pages belong to which document of a file.

Conservative: only a later page with a motto, a number line that holds a number, and another number or
notation begins a new document. Annexes, attached plans with the same number and drafts without number
stay parts of the first one; but its signature is looked for before them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ocr.page import Page
from ocr.vietnamese.folding import letters
from sohoa.domain.extract.calibration import Calibration, NumberShares
from sohoa.domain.extract.head import Head, find_head
from sohoa.domain.extract.number import NumberLine, parse_number_line
from sohoa.domain.extract.types import TypeTable


@dataclass(frozen=True, slots=True)
class Part:
    """One document: all its pages, its head, and the pages before the first attachment's own head."""

    pages: tuple[Page, ...]
    own_pages: tuple[Page, ...]
    head: Head


def split(pages: Sequence[Page], types: TypeTable, shares: Calibration) -> tuple[Part, ...]:
    """The documents of a file in order; there is always at least one, and no page is lost."""
    heads = [find_head(page, types, shares.pages) for page in pages]
    first = _first(heads)
    starts, attached = [0], set[int]()
    current = parse_number_line(heads[first], shares)
    for index in range(first + 1, len(heads)):
        if not heads[index].motto:
            continue
        parsed = parse_number_line(heads[index], shares)
        if parsed is not None and _another(parsed, current, shares.numbers) and heads[index].date is not None:
            starts.append(index)
            current = parsed
        else:
            attached.add(index)
    bounds = [*starts, len(pages)]
    return tuple(
        _part(pages, heads, (begin, end), attached, first if begin == 0 else begin)
        for begin, end in pairwise(bounds)
    )


def _first(heads: Sequence[Head]) -> int:
    """The page with the first document's head: a cover sheet or a blank page may stand before it."""
    written = next((index for index, head in enumerate(heads) if head.page.lines), 0)
    if heads[written].motto or heads[written].kind is not None:
        return written
    return next((i for i, head in enumerate(heads[: written + 3]) if head.motto), written)


def _another(parsed: NumberLine, current: NumberLine | None, shares: NumberShares) -> bool:
    """Whether this is a second number, not the same one again or one left open."""
    if parsed.is_open or not parsed.note:
        return False
    if current is None or letters(parsed.note) != letters(current.note):
        return True
    both = (parsed.sign, current.sign)
    sure = all(sign.text.isdecimal() and sign.fits(int(sign.text)) > shares.sure_of_another for sign in both)
    return sure and _number(parsed) != _number(current)


def _number(parsed: NumberLine) -> tuple[int, str]:
    return int(parsed.sign.text), parsed.suffix.strip().lower()


def _part(
    pages: Sequence[Page], heads: Sequence[Head], span: tuple[int, int], attached: set[int], head_at: int
) -> Part:
    begin, end = span
    own_end = min((index for index in attached if begin < index < end), default=end)
    return Part(tuple(pages[begin:end]), tuple(pages[begin:own_end]), heads[head_at])
