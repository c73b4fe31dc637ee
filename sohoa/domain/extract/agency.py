"""Which agency of the register issued a paper: its name, as printed and perhaps misread, in its time.

A paper belongs to the agency that existed on its day; the one that took over since is only mentioned.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from ocr.vietnamese.folding import fold, letters
from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.archive.records import Evidence, Field, Method
from sohoa.domain.extract.calibration import AgencyShares
from sohoa.domain.extract.confidence import clip
from sohoa.domain.extract.organ import Organ
from sohoa.domain.extract.places import places_of
from sohoa.domain.extract.slips import toned
from sohoa.domain.extract.spelling import expand, shortened
from sohoa.domain.vietnamese import normalise

_FORGIVING, _LETTERS_A_SLIP = (
    8,
    14,
)  # names of so many letters may hold a wrong one, one more for each so many
_COUNTED = re.compile(r"\w*\d\w*|[ivxl]+")
_PLACE = re.compile(
    r".*\b(?:tinh|thanh pho|tp|huyen|quan|thi xa|xa|phuong|thi tran|dac khu)\b[. ]*(?P<place>.+)$"
)


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper says of who issued it: the names as read, its day, the running text.

    ``inbox`` is the name of the agency whose inbox the paper lay in, "" where that is not known.
    ``doubtful`` says that the name was hardly read.
    """

    name: str
    parent: str = ""
    day: date | None = None
    texts: Sequence[str] = ()
    inbox: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """An agency of the register, and the one of its names that the paper bears.

    ``wrong`` counts wrong letters, marks left aside. ``parent`` is its parent's name where the paper prints
    it, "" where it prints none or none is known. ``sure`` says that wrong letters were misread: the
    text names the agency, or of a doubtful reading parent or inbox vouch for it.
    """

    agency: Agency
    name: str
    wrong: int
    parent: str
    sure: bool


def match_agency(register: AgencyRegister, paper: Paper) -> Match | None:
    """The agency of the printed name below the printed parent; None where none, or none alone, is near.

    Only agencies that existed on the paper's day compete; those of all times where it bears none.
    """
    existing = [agency for agency in register if paper.day is None or agency.valid_on(paper.day)]
    near = [
        (match, _rank(match, paper)) for agency in existing for match in _matches(register, agency, paper)
    ]
    if not near:
        return None
    best, rank = min(near, key=lambda item: item[1])
    others = [(match, other) for match, other in near if match.agency.code != best.agency.code]
    if any(other == rank or (best.wrong and match.wrong == best.wrong) for match, other in others):
        return None
    return best


def code_of(register: AgencyRegister, name: str, parent: str, day: date | None) -> str | None:
    """The code of the agency that has this name on that day, marks and short forms left aside."""
    match = match_agency(register, Paper(name, parent, day))
    return match.agency.code if match and not match.wrong else None


def _rank(match: Match, paper: Paper) -> tuple[int, int, bool]:
    marks = Levenshtein.distance(toned(expand(match.name)), toned(expand(paper.name)))
    return match.wrong, marks, not match.parent


def _matches(register: AgencyRegister, agency: Agency, paper: Paper) -> Iterator[Match]:
    """The agency by each of its names that is near, unless the paper names another parent."""
    found = {name: wrong_letters(paper.name, name, paper.texts) for name in agency.names}
    if all(wrong is None for wrong in found.values()):
        return
    above = register.get(agency.parent) if agency.parent and paper.parent else None
    parent = _nearest_parent(above, paper) if above else ""
    if above is not None and not parent:
        return
    for name, wrong in found.items():
        if wrong is not None:
            vouched = paper.doubtful and (bool(parent) or name == paper.inbox)
            sure = not wrong or vouched or _stands(name, paper.texts)
            yield Match(agency, name, wrong, parent, sure)


def _nearest_parent(above: Agency, paper: Paper) -> str:
    """The name of the parent that the paper prints; "" where it prints another agency's."""
    weighed = [(wrong_letters(paper.parent, name, paper.texts), name) for name in above.names]
    near = [(wrong, name) for wrong, name in weighed if wrong is not None]
    return min(near)[1] if near else ""


def wrong_letters(read: str, known: str, texts: Sequence[str] = ()) -> int | None:
    """How many letters of the name were misread; None where it is another name.

    Numbers must be the same. A place must be the same, too, unless the running text names the known one;
    a reading that the running text repeats is right.
    """
    one, other = name_key(read), name_key(known)
    allowed = max(1, len(other) // _LETTERS_A_SLIP) if len(other) >= _FORGIVING else 0
    wrong = Levenshtein.distance(one, other, score_cutoff=allowed)
    if wrong > allowed:
        return None
    if wrong and (_counted(read) != _counted(known) or _stands(read, texts)):
        return None
    place = _place(known)
    if wrong and letters(_place(read)) != letters(place) and not _stands(place, texts):
        return None
    return wrong


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """What of a name counts when names are matched: its letters, short forms spelled out, no marks."""
    return letters(expand(normalise(name)))


def _counted(name: str) -> list[str]:
    """Arabic and Roman numbers of a name: ``Chi cục khu vực II`` is not ``khu vực I`` misread."""
    return [word for word in fold(name).split() if _COUNTED.fullmatch(word)]


def _place(name: str) -> str:
    match = _PLACE.match(fold(name))
    return match["place"] if match else ""


def _stands(name: str, texts: Sequence[str]) -> bool:
    wanted = re.compile(rf"(?<!\w){re.escape(fold(name))}(?!\w)")
    return bool(name) and any(wanted.search(fold(text)) for text in texts)


def with_spelling(organ: Organ, own: Match | None, above: Match | None) -> Organ:
    """The agency and its parent in the register's spelling; what was read stays beside it.

    ``above`` is the parent, found by itself: it must have existed, too. Short forms stay where the paper
    prints them, and nowhere else.
    """
    name = _spelled(organ.name, own.name) if own and own.sure else organ.name
    vouched = above is not None and (above.sure or (own is not None and own.parent == above.name))
    parent = _spelled(organ.parent, above.name) if above and vouched else organ.parent
    return dataclasses.replace(organ, name=name, parent=parent, raw=organ.name, raw_parent=organ.parent)


def _spelled(read: str, known: str) -> str:
    return shortened(normalise(known), read) if expand(known) == " ".join(known.split()) else read


def authority_field(
    organ: Organ | None,
    match: Match | None,
    register: AgencyRegister,
    named: Field | None,
    issued: Field | None,
    shares: AgencyShares,
) -> Field | None:
    """authority_id: the agency's code, never surer than the name, and the day, that it was found by."""
    if organ is None or match is None or named is None or not match.sure:
        return None
    share = shares.below_its_parent if match.parent else shares.by_name
    if not match.parent and places_of((match.name,)):
        share = shares.names_its_place
    share *= (shares.misread if match.wrong else 1) * (1 if issued else shares.undated)
    if issued and _depends_on_day(organ, match, register):
        share = min(share, issued.confidence)
    sure = clip(min(share, named.confidence))
    page = next((seen.page for seen in named.evidence if seen.page is not None), None)
    method, shown = Method.REGISTER, _with_heir(match.agency, register)
    if match.name in match.agency.learnt:
        method, shown = Method.ALIAS, f"{shown}, theo tên đã học khi rà soát: {match.name}"
    return Field(match.agency.code, named.raw, sure, (Evidence(method, shown, sure, page, organ.box),))


def _depends_on_day(organ: Organ, match: Match, register: AgencyRegister) -> bool:
    """Whether another agency has that name on other days."""
    any_day = match_agency(register, Paper(organ.name, organ.parent))
    return any_day is None or any_day.agency.code != match.agency.code


def _with_heir(agency: Agency, register: AgencyRegister) -> str:
    """The agency's name, and what stands in its place now."""
    heir = register.heir(agency.code)
    return f"{agency.name} (nay: {heir.name}, {heir.code})" if heir else agency.name
