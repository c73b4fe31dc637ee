"""Notices secrecy marks on pages, before any text is kept, and in the names of files.

Wordings are data (``sohoa.domain.marks``). Forms of marks: Thông tư 24/2020/TT-BCA (two red frames, upper
case); they stand under the number or in the head of a page, printed ones in a line of their own anywhere. A
hit names the rule, the reason code and the page, never the text. Running words (``bí mật``, ``mật độ``,
``bảo mật``) and urgency marks (NĐ 30/2020) are no hits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from ocr.page import Attachment, Box, Line, MarkKind, Page, Word, Zone
from ocr.vietnamese.folding import letters
from sohoa.domain.marks import DECLASSIFIED, RECALL, SECRECY, Marks
from sohoa.domain.protection import stamps, wordings
from sohoa.domain.protection.line_cuts import HEAD_ZONES, across, segments
from sohoa.domain.protection.secret_names import says_secret
from sohoa.domain.vietnamese import is_upper, nfc

_PRIORITY = (RECALL, DECLASSIFIED, SECRECY)
_HEAD_SHARE = 0.4
_LONGEST_PIECE = 14
_HALVES = frozenset({"bí", "bảo", "độ"})
_TITLED = ("tailieu", "vanban", "hoso", "congvan")  # begin a mark, or end a heading: `QUẢN LÝ / TÀI LIỆU MẬT`
_DETAIL = re.compile(r"rule (\S+), page (\d+)")


@dataclass(frozen=True, slots=True)
class NoticedMark:
    """A secrecy mark was noticed: which rule, which reason code, on which page (1-based)."""

    rule: str
    reason: str
    page: int

    @property
    def detail(self) -> str:
        """What the ledger keeps of it beside the reason."""
        return f"rule {self.rule}, page {self.page}"

    @staticmethod
    def of(reason: str, detail: str) -> NoticedMark | None:
        """The inverse of ``detail``; None for any other text."""
        found = _DETAIL.fullmatch(detail)
        return NoticedMark(found[1], reason, int(found[2])) if found else None


def screen(
    pages: Sequence[Page],
    marks: Marks,
    released: Set[NoticedMark] = frozenset(),
    attached: Sequence[Attachment] = (),
    key: str = "",
) -> NoticedMark | None:
    """The gravest mark of the pages and of their file's name, or None. Nothing that it returns holds text.

    ``released`` are marks that a named person released for this very file: these alone are passed over.
    A mark on an ``attached`` file has the number of the file for a page. ``key`` is the file's name, with
    its folders where they count.
    """
    found = [hit for page in pages for leaf in page.leaves for hit in _of_page(leaf, marks)]
    found += [
        replace(hit, rule=f"attached:{hit.rule}", page=file.number)
        for file in attached
        for hit in _of_attached(file, marks)
    ]
    if says_secret(key):
        found.append(NoticedMark("file_name", SECRECY, 1))
    hits = [hit for hit in found if hit not in released]
    if not hits:
        return None
    return min(hits, key=lambda hit: (_PRIORITY.index(hit.reason), hit.page))


def _of_attached(file: Attachment, marks: Marks) -> Iterator[NoticedMark]:
    if says_secret(file.name):
        yield NoticedMark("file_name", SECRECY, file.number)
    if file.page is not None:
        yield from (hit for leaf in file.page.leaves for hit in _of_page(leaf, marks))


def _of_page(page: Page, marks: Marks) -> Iterator[NoticedMark]:
    yield from _from_marks(page, marks)
    yield from _from_lines(page, marks)
    for text in page.asides:
        if reason := stamps.wording_of(text, marks):
            yield NoticedMark("aside", reason, page.number)


def _from_marks(page: Page, marks: Marks) -> Iterator[NoticedMark]:
    for mark in page.marks:
        if mark.kind is MarkKind.SIGNATURE_APPEARANCE:  # its logo says "Xác thực & Bảo mật"
            continue
        reason = stamps.reason_of(mark, marks)
        if reason:
            yield NoticedMark(f"mark:{mark.kind.value}", reason, page.number)


def _from_lines(page: Page, marks: Marks) -> Iterator[NoticedMark]:
    for line in (*page.lines, *across(page)):
        reasons = ((words, _segment_reason(words, line, page, marks)) for words in segments(line))
        found = [(words, reason) for words, reason in reasons if reason]
        if len(found) != 1:  # several on one row are the cells of a table, a form of levels to tick
            continue
        words, reason = found[0]
        if _stands_alone(Box.around(word.box for word in words), line, page):
            yield NoticedMark("head_line", reason, page.number)
    for line in page.lines:
        if _may_stand(line.box, line, page) and (cut := wordings.over_print(line, marks)):
            yield NoticedMark("run_in", cut, page.number)
    yield from _from_two_lines(page, marks)


def _from_two_lines(page: Page, marks: Marks) -> Iterator[NoticedMark]:
    """Wordings broken over two lines; several that begin on one line are the head of a table."""
    found: dict[int, list[NoticedMark]] = {}
    for upper, lower in _stacked(page):
        reason = wordings.whole(upper.text + lower.text, marks)
        if reason and _stands_alone(upper.box, upper.line, page):
            found.setdefault(id(upper.line), []).append(NoticedMark("head_lines", reason, page.number))
    yield from (hits[0] for hits in found.values() if len(hits) == 1)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words in capitals, of one line, that stand where a mark may be."""

    text: str
    box: Box
    line: Line


def _pieces(page: Page) -> Iterator[_Piece]:
    for line in (*page.lines, *across(page)):
        for words in segments(line):
            text, box = " ".join(word.text for word in words), Box.around(word.box for word in words)
            if is_upper(text) and len(letters(text)) <= _LONGEST_PIECE and _may_stand(box, line, page):
                yield _Piece(text, box, line)


def _stacked(page: Page) -> Iterator[tuple[_Piece, _Piece]]:
    """Pieces one right above the other: a wording that was broken over two lines."""
    pieces = list(_pieces(page))
    for upper in pieces:
        for lower in pieces:
            gap, high = lower.box.y - upper.box.bottom, max(upper.box.h, lower.box.h)
            aside = abs(lower.box.middle[0] - upper.box.middle[0])
            if (
                lower.line is not upper.line
                and -high < 2 * gap < 2 * high
                and aside < max(upper.box.w, lower.box.w) / 2
            ):
                yield upper, lower


def _segment_reason(words: tuple[Word, ...], line: Line, page: Page, marks: Marks) -> str | None:
    text = " ".join(word.text for word in words)
    box = Box.around(word.box for word in words)
    is_line = len(words) == len(line.words)
    if not (is_line or _may_stand(box, line, page)):
        return None
    reason = wordings.whole(text, marks)
    if reason is None:
        return None
    capital = is_upper(text) or letters(text).startswith(wordings.LABEL)
    return (
        reason if capital or (line.zone in HEAD_ZONES and is_upper(text.strip(wordings.EDGES)[:1])) else None
    )


def _may_stand(box: Box, line: Line, page: Page) -> bool:
    """Whether a mark may be there: in the head, or in the upper part of the page."""
    return line.zone in HEAD_ZONES or box.y <= _HEAD_SHARE * page.height_px


def _stands_alone(box: Box, line: Line, page: Page) -> bool:
    """Whether no line right above or below in the same column is a heading that this is a part of."""
    titled = letters(line.text).startswith(_TITLED)
    for other in page.lines:
        if other is line or not is_upper(other.text) or other.zone is not line.zone:
            continue
        near = min(abs(other.box.y - box.bottom), abs(box.y - other.box.bottom)) < box.h // 2
        if line.zone is Zone.BODY and _continues(other, box):
            return False
        beside = other.box.x < box.x and other.box.right > box.right
        if line.zone is Zone.BODY and near and titled:
            return False
        if near and beside and other.box.w > 3 * box.w and abs(other.box.h - box.h) < box.h // 4:
            return False
    return True


def _continues(above: Line, box: Box) -> bool:
    """Whether the line right above ends with the first half of ``bí mật`` or ``bảo mật``."""
    last = nfc(above.words[-1].text).lower() if above.words else ""
    return last in _HALVES and -box.h < box.y - above.box.bottom < box.h
