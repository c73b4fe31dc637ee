"""Evidence from outside the paper, of lists and paths: how it changes the trust in what was read.

Every source counts as independent: it multiplies the odds of the value that it names. What the paper shows
is never replaced, only doubted, and all evidence is kept.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from ocr.vietnamese.folding import fold, letters
from sohoa.domain.archive.records import Evidence, Field, Fields, Method
from sohoa.domain.extract.confidence import clip
from sohoa.domain.extract.spelling import expand
from sohoa.domain.extract.types import TypeTable
from sohoa.domain.fields import FIELDS, Kind
from sohoa.domain.vietnamese import normalise

MOST_WITHOUT_PAPER = 0.85
"""The most that a value is trusted which nothing on the paper shows."""

Given = Mapping[str, Sequence[Evidence]]

_OUTSIDE = frozenset({Method.MANIFEST, Method.REGISTER, Method.FILENAME})

_OTHER_WORDS = 60.0
_AGENCIES = frozenset({"organ_name", "parent_organ_name"})  # ``UBND tỉnh`` is the ``Ủy ban nhân dân tỉnh``


def agree(name: str, one: str, other: str) -> bool | None:
    """Whether two values of a field say the same; None where that cannot be decided.

    Numbers ignore noughts in front. A notation without marks neither agrees with one that has them nor
    contradicts it (``QD`` may be ``QĐ``). Wordings are compared by likeness. Lists of recipients are
    shortened by every clerk in another way: they never contradict each other.
    """
    first, second = comparable(name, one), comparable(name, other)
    if first == second:
        return True
    spec = FIELDS.get(name)
    if spec is not None and spec.alike is not None:
        alike = fuzz.ratio(fold(first), fold(second))
        unlike = alike < _OTHER_WORDS and not spec.shortened
        return True if alike >= spec.alike else False if unlike else None
    return None if fold(first) == fold(second) else False


def fuse(name: str, read: Field | None, given: Iterable[Evidence]) -> Field | None:
    """The field with all evidence; ``read`` is what the paper shows, None where it shows nothing.

    The order of ``given`` does not matter. More evidence for the value never lowers the trust in it, evidence
    against it never raises it. Without ``given`` the field comes back as it is.
    """
    outside = sorted(given, key=lambda seen: (seen.method, seen.value, seen.confidence))
    if not outside:
        return read
    if read is not None:
        confidence = _share(name, read.value, [read.confidence], outside)
        return Field(read.value, read.raw, clip(confidence), (*read.evidence, *outside))
    values = sorted({seen.value for seen in outside})
    shares = {value: _share(name, value, [], outside) for value in values}
    best = max(values, key=lambda value: shares[value])
    return Field(best, best, clip(min(shares[best], MOST_WITHOUT_PAPER)), tuple(outside))


def is_from_outside(seen: Evidence) -> bool:
    """Whether a list or a path gives it: where a list agreed with a reading it has that reading's page."""
    return seen.method in _OUTSIDE and seen.page is None


def opposed(name: str, field: Field) -> tuple[Evidence, ...]:
    """The evidence from outside the paper that contradicts the field's value."""
    outside = filter(is_from_outside, field.evidence)
    return tuple(seen for seen in outside if agree(name, field.value, seen.value) is False)


def fuse_late(name: str, stored: Field, late: Sequence[Evidence]) -> Field | None:
    """The same as ``fuse`` for a field that has outside evidence already: what contradicts it still does."""
    fused, against = fuse(name, stored, late), opposed(name, stored)
    if fused is None or not against:
        return fused
    share = _open(stored.confidence)
    odds = share / (1 - share) * (1 + _weight_against(name, stored.value, against))
    confidence = _share(name, stored.value, [odds / (odds + 1)], [*against, *late])
    return replace(fused, confidence=clip(confidence))


def fuse_all(fields: Fields, given: Given) -> dict[str, Field]:
    """All fields of a document with all evidence."""
    fused = dict(fields)
    for name, evidence in given.items():
        field = fuse(name, fields.get(name), evidence)
        if field is not None:
            fused[name] = field
    return fused


def together(one: Given, other: Given) -> dict[str, tuple[Evidence, ...]]:
    """The evidence of both, by field name."""
    return {name: (*one.get(name, ()), *other.get(name, ())) for name in {**one, **other}}


def with_type_codes(given: Given, types: TypeTable) -> Given:
    """The same with type names as the table spells them, and the codes that go with them."""
    named: list[Evidence] = []
    codes: list[Evidence] = []
    for seen in given.get("type_name", ()):
        kind = next((kind for kind in types.types if letters(kind.name) == letters(seen.value)), None)
        named.append(replace(seen, value=kind.name) if kind else seen)
        codes += [replace(seen, value=kind.code)] if kind else []
    return {**given, "type_name": named, "type_code": codes} if named else given


def _share(name: str, value: str, own: Sequence[float], outside: Sequence[Evidence]) -> float:
    """The probability of a value against the others that were named, and against none of them being right."""
    weight = _weight([*own, *(seen.confidence for seen in outside if agree(name, value, seen.value))])
    return weight / (weight + _weight_against(name, value, outside) + 1)


def _weight_against(name: str, value: str, outside: Iterable[Evidence]) -> float:
    contra = dict[str, list[float]]()
    for seen in outside:
        if agree(name, value, seen.value) is False:
            contra.setdefault(comparable(name, seen.value), []).append(seen.confidence)
    return math.fsum(map(_weight, contra.values()))


def _weight(shares: Sequence[float]) -> float:
    """Odds of all evidence together; a piece that alone would be doubtful does no harm to the others."""
    odds = sorted(share / (1 - share) for share in map(_open, shares))
    for_it = [each for each in odds if each > 1]
    return math.prod(for_it) if for_it else odds[-1]


def _open(share: float) -> float:
    return min(max(share, 0.001), 0.999)


def comparable(name: str, value: str) -> str:
    """The form in which values of a field are compared: never for storing."""
    value = expand(normalise(value)) if name in _AGENCIES else normalise(value)
    text = re.sub(r"\s+", " ", value.casefold()).strip(" .;,")
    kind = FIELDS[name].kind if name in FIELDS else Kind.TEXT
    if kind in (Kind.NUMBER, Kind.COUNT):
        return text.replace(" ", "").lstrip("0")
    if kind is Kind.NOTATION:
        return re.sub(r"[\s.]", "", re.sub("[–—]", "-", text)).strip("/-")
    return text
