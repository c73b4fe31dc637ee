"""Tables in which several persons sign: who leads by rank is the signer.

``TT | Họ và tên | Chức vụ | Ký tên``: members of councils, teams and boards under minutes and reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocr.page import Line, Page
from ocr.vietnamese.folding import fold, letters
from sohoa.domain.archive.records import Evidence, Field, Method
from sohoa.domain.extract.calibration import SignerShares
from sohoa.domain.extract.confidence import clip
from sohoa.domain.extract.names import name_in
from sohoa.domain.extract.spelling import sentence_case
from sohoa.domain.vietnamese import nfc

_HEADING = re.compile(r"ho(?:va)?ten.*(?:chuc(?:vu|danh)|nhiemvu).*ky")  # in letters squeezed together
_BEGIN = (("ho",), ("chuc", "nhiem"), ("ky", "chu"))
_LEADS = re.compile(
    r"^(?:(?:chu (?:tich|nhiem|toa|tri)|bi thu|giam doc|tong giam doc|hieu truong|vien truong|cuc truong|"
    r"(?:truong|to|doi|doan|nhom) (?:truong|ban|phong|doan|khoa)|truong\b))"
)
_DEPUTY, _SECOND = re.compile(r"^pho\b|\bpho\b"), re.compile(r"\bthu ky\b|\bke toan\b|\bthu quy\b")
_REACH_PX_SHARE = 0.02  # of the page: cells begin so near their heading


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the table: the line, the name and the post in it."""

    line: Line
    name: str
    post: str


def table_fields(pages: Sequence[Page], shares: SignerShares) -> dict[str, Field]:
    """signer_name and signer_position of who leads in the last table; nothing without one. Never certain."""
    for page in reversed(pages):
        rows = list(_rows(page))
        if rows:
            first = min(rows, key=lambda row: _rank(row.post))
            others = [row for row in rows if row is not first]
            return _fields(page, first, others, shares)
    return {}


def _fields(page: Page, first: _Row, others: Sequence[_Row], shares: SignerShares) -> dict[str, Field]:
    def seen(row: _Row) -> Evidence:
        share = clip(min(shares.stamped, row.line.confidence))
        return Evidence(Method.TEXT, row.name, share, page.number, row.line.box)

    own = seen(first)
    fields = {"signer_name": Field(first.name, first.name, own.confidence, (own, *map(seen, others)))}
    if first.post:
        post = sentence_case(first.post)
        told = Evidence(Method.TEXT, post, own.confidence, page.number, first.line.box)
        fields["signer_position"] = Field(post, first.post, own.confidence, (told,))
    return fields


def _rows(page: Page) -> Iterator[_Row]:
    """The rows below a heading that names columns of names, posts and signatures."""
    heading = next((line for line in reversed(page.lines) if _is_heading(line)), None)
    if heading is None:
        return
    names, posts, signs = _columns(heading)
    reach = _REACH_PX_SHARE * page.width_px
    for line in page.lines:
        if line.box.middle[1] <= heading.box.bottom:
            continue
        named = name_in(_between(line, names - reach, posts - reach))
        if named:
            yield _Row(line, named, _between(line, posts - reach, signs - reach))


def _is_heading(line: Line) -> bool:
    return bool(_HEADING.search(letters(line.text)))


def _columns(heading: Line) -> tuple[int, int, int]:
    """Where the columns of names, posts and signatures begin; a heading is of two words at least."""
    words = sorted(heading.words, key=lambda word: word.box.x)
    folded = [fold(nfc(word.text)).strip(" .,|") for word in words]
    found = list[int]()
    for begin in _BEGIN:
        places = (word.box.x for word, text in zip(words, folded, strict=True) if text.startswith(begin))
        found.append(next((x for x in places if x > max(found, default=-1)), heading.box.right))
    return found[0], found[1], found[2]


def _between(line: Line, left: float, right: float) -> str:
    return nfc(" ".join(word.text for word in line.words if left <= word.box.x < right)).strip(" |")


def _rank(post: str) -> int:
    """Who leads, deputies, members, and who writes or keeps the accounts."""
    text = fold(post).strip()
    if _SECOND.search(text):
        return 3
    if _DEPUTY.search(text):
        return 1
    return 0 if _LEADS.match(text) else 2
