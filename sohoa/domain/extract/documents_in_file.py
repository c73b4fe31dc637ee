"""Which pages belong to which document of a file.

Conservative: only a later page with a motto, a number line that holds a number, and another number or
notation begins a new document. Annexes, attached plans with the same number and drafts without number
stay parts of the first one; but its signature is looked for before them. No document begins in the middle
of a sheet: where the right one of two pages begins another, a person must look.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
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
    """One document: all its pages, its head, and the pages before the first attachment's own head.

    ``begins_beside`` says that it, or another one among its pages, begins right of a page with print.
    """

    pages: tuple[Page, ...]
    own_pages: tuple[Page, ...]
    head: Head
    begins_beside: bool = False


def split(
    pages: Sequence[Page], types: TypeTable, shares: Calibration, right: Set[int] = frozenset()
) -> tuple[Part, ...]:
    """The documents of a file in order; there is always at least one, and no page is lost.

    ``right`` are the numbers of pages that lie right of the one before on the same sheet.
    """
    heads = [find_head(page, types, shares.pages) for page in pages]
    first = _first(heads, right)
    starts, attached, beside = [0], set[int](), {first} if _is_beside(heads, first, right) else set[int]()
    current = parse_number_line(heads[first], shares)
    for index in range(first + 1, len(heads)):
        if not heads[index].motto:
            continue
        parsed = parse_number_line(heads[index], shares)
        another = parsed is not None and _another(parsed, current, shares.numbers)
        if not another or heads[index].date is None:
            attached.add(index)
            continue
        current = parsed
        if pages[index].number in right:
            attached.add(index)
            beside.add(index)
        else:
            starts.append(index)
    bounds = [*starts, len(pages)]
    return tuple(
        _part(pages, heads, (begin, end), attached, first if begin == 0 else begin, beside)
        for begin, end in pairwise(bounds)
    )


def _is_beside(heads: Sequence[Head], index: int, right: Set[int]) -> bool:
    """Whether the page lies right of one with print."""
    return heads[index].page.number in right and bool(heads[index - 1].page.lines)


def _first(heads: Sequence[Head], right: Set[int]) -> int:
    """The page with the first document's head: a cover sheet or a blank page may stand before it.

    So may the last page of a folded sheet, which lies left of the first.
    """
    written = next((index for index, head in enumerate(heads) if head.page.lines), 0)
    beside = written + 1
    if (
        not heads[written].motto
        and beside < len(heads)
        and heads[beside].motto
        and heads[beside].page.number in right
    ):
        return beside
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
    pages: Sequence[Page],
    heads: Sequence[Head],
    span: tuple[int, int],
    attached: Set[int],
    head_at: int,
    beside: Set[int],
) -> Part:
    begin, end = span
    own_end = min((index for index in attached if begin < index < end), default=end)
    begins_beside = any(begin <= index < end for index in beside)
    return Part(tuple(pages[begin:end]), tuple(pages[begin:own_end]), heads[head_at], begins_beside)
