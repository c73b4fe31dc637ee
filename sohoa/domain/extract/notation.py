"""The notation in the law's letters: type and agency of ``QĐ-UBND`` (Nghị định 30/2020, Điều 15)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from ocr.layout.number_line import parted
from ocr.page import Line, Source
from ocr.vietnamese.folding import fold, letters
from sohoa.domain.archive.records import Evidence, Field, Method
from sohoa.domain.extract.calibration import NotationShares
from sohoa.domain.extract.confidence import clip
from sohoa.domain.extract.head import Head
from sohoa.domain.extract.number import NumberLine
from sohoa.domain.extract.offices import IN_NOTATIONS
from sohoa.domain.extract.spelling import expand
from sohoa.domain.extract.types import DocumentType, TypeTable
from sohoa.domain.vietnamese import nfc

# ``HDND`` is nothing but ``HĐND``, whoever issued the paper.
_WELL_KNOWN = {letters(office): office for office in IN_NOTATIONS if len(office) >= 4}

_ASSEMBLY = re.compile(r"(?P<year>(?:19|20)\d\d)/(?P<body>(?:UBTV)?QH)(?P<term>[\dIl|]{0,4})")
_FIRST_TERM = 6
_TERMS = (1976, 1981, 1987, 1992, 1997, 2002, 2007, 2011, 2016, 2021, 2026)
"""Years in which terms of the National Assembly begin, from the sixth on (general knowledge)."""


def notation_field(
    parsed: NumberLine | None,
    head: Head,
    types: TypeTable,
    organ_name: str,
    texts: Sequence[str],
    shares: NotationShares,
) -> Field | None:
    """The notation in canonical letters; heading, agency and text vouch for its parts.

    ``texts`` are the document's lines: other numbers of the agency and ``Lưu: VT, <unit>`` repeat parts.
    """
    if parsed is None or not parsed.note:
        return None
    note, sure = _of_assembly(parsed.note) or _mend_type(parsed.note, head.kind, types)
    note, known = _mend_office(note, organ_name, as_text=head.page.source is Source.TEXT_LAYER)
    alone = shares.alone + shares.alone_by_ocr * parsed.note_confidence
    share = 1.0
    for index, part in enumerate(part for part in re.split(r"[-/]", note) if not part.isdecimal()):
        vouched = (index == 0 and sure) or part in known or _repeated(part, texts, parsed.line)
        share *= shares.vouched if vouched else alone * (shares.stroke if "D" in part else 1.0)
    if re.search(r"\d\W+[^\W\d_]\w+", parsed.raw) and not parted(parsed.raw):
        share *= shares.after_letters
    if _ASSEMBLY.fullmatch(note) and not sure:
        share *= shares.after_letters
    if parsed.several:
        share *= shares.one_of_several
    if parsed.cited:
        share *= shares.of_annex
    seen = Evidence(Method.TEXT, parsed.note, clip(parsed.note_confidence), head.page.number, parsed.line.box)
    return Field(note, parsed.note, clip(share), (seen,))


def _of_assembly(note: str) -> tuple[str, bool] | None:
    """``2006/UBTVQH11`` with the number of the term that the year falls in; True where it was read so.

    None for notations of others, and where two terms share the year and neither was read.
    """
    match = _ASSEMBLY.fullmatch(note)
    if match is None:
        return None
    begun = [term for term, start in enumerate(_TERMS, _FIRST_TERM) if start <= int(match["year"])][-2:]
    possible = begun if int(match["year"]) in _TERMS else begun[-1:]
    term = next((term for term in possible if match["term"] == str(term)), None)
    if term is None and len(possible) > 1:
        return note, False
    return f"{match['year']}/{match['body']}{term or possible[0]}", term is not None


def _repeated(part: str, texts: Sequence[str], own: Line) -> bool:
    """Whether the part stands in another number or after ``Lưu:``."""
    if len(part) < 2:
        return False
    pattern = re.compile(rf"[-/,.\s]{re.escape(part)}(?![a-zđA-ZĐ])")
    lines = [nfc(text) for text in texts if text != own.text]
    return any(pattern.search(text) for text in lines if re.search(r"\d\s*/|[Ll][ưu]u\s*:", text))


def _mend_type(note: str, kind: DocumentType | None, types: TypeTable) -> tuple[str, bool]:
    """The notation with its type abbreviation in the law's letters; True when heading and it agree."""
    year, first, rest = _split(note)
    if types.abbreviated(first) is not None and (kind is None or first in kind.abbreviations):
        return note, kind is not None
    like = types.abbreviations_like(first)
    if kind is not None:
        own = [text for text, owner in like if owner is kind]
        near = [text for text in kind.abbreviations if Levenshtein.distance(first.upper(), text.upper()) <= 1]
        lost = [text for text in kind.abbreviations if first and text.endswith(first)]
        if own or lost or (near and len(first) >= 2):
            return year + (own or lost or near)[0] + rest, True
    if kind is None and len(like) == 1 and rest:
        return year + like[0][0] + rest, False
    return note, False


def _split(note: str) -> tuple[str, str, str]:
    """Year with its slash, first part, and the rest with its leading sign."""
    match = re.match(r"((?:19|20)\d\d/)?([^-/]*)(.*)", note)
    return (match[1] or "", match[2], match[3]) if match else ("", note, "")


def initials(name: str) -> str:
    """First letters of the words of an agency's name without ``và``: ``STTTT``, ``BCĐ138``."""
    words = [
        word
        for word in re.split(r"[\s,–-]+", expand(nfc(name)))
        if word and word.lower() not in ("và", "của")
    ]
    return "".join(word if word.isdecimal() else _initial(word) for word in words)


def _initial(word: str) -> str:
    return "Đ" if word[0] in "đĐ" else fold(word[0]).upper()


def _mend_office(note: str, organ_name: str, *, as_text: bool) -> tuple[str, frozenset[str]]:
    """The notation with well-known office parts mended, and the parts that fit the agency's name.

    Letters that the file holds ``as_text`` were not misread: there only marks are mended.
    """
    whole = initials(organ_name)
    expected = [text for text in IN_NOTATIONS if whole.startswith(text)] + [whole] * (len(whole) >= 4)
    parts = re.split(r"([-/])", note)
    for index, part in enumerate(parts):
        # ``BCDCCHC`` of Ban Chỉ đạo cải cách hành chính tỉnh
        begins = len(part) >= 4 and letters(part) == letters(whole[: len(part)])
        alike = (office for office in expected if _slip(part, office, as_text=as_text))
        mended = whole[: len(part)] if begins else next(alike, part)
        parts[index] = _WELL_KNOWN.get(letters(mended), mended)
    return "".join(parts), frozenset(
        part
        for part in parts
        if (part in expected and part != note) or (stands_for(part, organ_name) and _marked_as(part, whole))
    )


def _marked_as(part: str, whole: str) -> bool:
    """Whether the part's letters stand in the initials with their strokes: ``Đ`` without its own is ``D``."""
    rest = iter(whole)
    return all(sign in rest for sign in part.upper())


def stands_for(part: str, organ_name: str) -> bool:
    """Whether the part's letters are initials of the name, in that order (``TCKH`` for ``PTCKH``)."""
    whole = letters(initials(organ_name))
    rest = iter(whole)
    wanted = letters(part)
    return len(wanted) > 1 and 2 * len(wanted) > len(whole) and all(sign in rest for sign in wanted)


def _slip(part: str, office: str, *, as_text: bool) -> bool:
    """Whether the part is the office's abbreviation but for marks, or one letter misread."""
    if letters(part) == letters(office):
        return True
    return not as_text and len(part) == len(office) >= 4 and Levenshtein.distance(part, office) == 1
