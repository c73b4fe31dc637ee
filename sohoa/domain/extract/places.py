"""Places with small slips mended: before the date (NĐ 30/2020, Phụ lục I, box 4), and in agencies' names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from ocr.vietnamese.folding import letters
from sohoa.domain.archive.records import Evidence, Field, Method
from sohoa.domain.extract.calibration import PlaceShares
from sohoa.domain.extract.confidence import clip
from sohoa.domain.extract.dates import DateLine
from sohoa.domain.extract.organ import Organ
from sohoa.domain.extract.slips import Slip, nearest, toned

_UNITS = "tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu"
_PREFIX = re.compile(rf"^(?:(?:TP|T\.P|TX|TT)\b\.?|{_UNITS})\s+", re.IGNORECASE)
_AGENCY_OF = re.compile(rf"\b(?:{_UNITS}|TP\.?)\s+(?P<place>[^\W\d_].*)$")
_OF_A_PROVINCE = re.compile(r"(?:(?<=\btỉnh )|(?<=\bthành phố )|(?<=\bTP\. ))[^\W\d_].*$")

_AFTER_PROVINCE = re.compile(r"(?:(?<=\btỉnh )|(?<=\bthành phố ))(?:[^\W\d_]+ ?){1,3}", re.IGNORECASE)


def place_field(
    day: DateLine | None, places: Iterable[str], texts: Sequence[str], shares: PlaceShares
) -> Field | None:
    """The place as read, or as the list spells it where only marks, or one letter, were misread."""
    if day is None or len(letters(day.place)) < 2:
        return None
    trust = day.line.confidence
    seen = Evidence(Method.TEXT, day.place, clip(trust), day.page, day.line.box)
    mended = _mended(day, places, texts)
    if mended == day.place:
        return Field(day.place, day.place, clip(trust * shares.reading), (seen,))
    known = Evidence(Method.REGISTER, mended, clip(trust * shares.reading))
    return Field(mended, day.place, clip(trust * shares.reading), (seen, known))


def _mended(day: DateLine, places: Iterable[str], texts: Sequence[str]) -> str:
    """A reading that the rest of the paper repeats stays; a letter is mended only to a place named there."""
    prefix = _PREFIX.match(day.place)
    start = prefix.end() if prefix else 0
    read = day.place[start:]
    found = nearest(read, places)
    if found is None or found[1] is Slip.NONE:
        return day.place
    name, how = found
    ours = _times(read, texts) - _times(read, (day.line.text,))
    agreed = _times(name, texts) > ours or (how is Slip.MARKS and ours <= 0)
    return day.place[:start] + name if agreed else day.place


def misread_places(text: str, places: Iterable[str]) -> Iterator[str]:
    """Names after ``tỉnh`` or ``thành phố`` that are listed ones but for a mark."""
    known = tuple(places)
    for match in _AFTER_PROVINCE.finditer(text):
        words = match.group().split()
        for size in (2, 3):
            found = nearest(" ".join(words[:size]), known, Slip.MARKS) if len(words) >= size else None
            if found and found[1] is Slip.MARKS:
                yield match.group()


def with_provinces(organ: Organ, places: Iterable[str]) -> Organ:
    """The agency and its parent with a wrong mark of their province mended: ``tỉnh Quảng Ngại`` is none."""
    known = tuple(places)
    name, parent = (_OF_A_PROVINCE.sub(partial(_spelled, known), text) for text in (organ.name, organ.parent))
    return replace(organ, name=name, parent=parent)


def _spelled(known: Sequence[str], match: re.Match[str]) -> str:
    found = nearest(match.group(), known, Slip.MARKS)
    return found[0] if found and found[1] is Slip.MARKS else match.group()


def _times(name: str, texts: Sequence[str]) -> int:
    wanted = re.compile(rf"(?<!\w){re.escape(toned(name))}(?!\w)")
    return sum(len(wanted.findall(toned(text))) for text in texts)


def places_of(names: Iterable[str]) -> frozenset[str]:
    """The places that names of agencies end in: ``Sông Lam`` of ``Ủy ban nhân dân tỉnh Sông Lam``."""
    found = (match["place"] for match in map(_AGENCY_OF.search, names) if match)
    return frozenset(place for place in found if place[0].isupper())
