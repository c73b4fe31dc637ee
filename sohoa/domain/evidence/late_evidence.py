"""Evidence that comes after a record was described: what it changes, and where a person must look.

It counts as it would have in time: it multiplies the odds of the values it names. What a person decided
stays. A trusted value stays, too; evidence that contradicts it sends the record to a person. While any
evidence contradicts a value, no later evidence makes it sure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sohoa.domain.archive.as_json import fields_json, read_field
from sohoa.domain.archive.record import Record, value_of
from sohoa.domain.archive.records import Evidence, Field
from sohoa.domain.extract.fusion import Given, agree, fuse, fuse_late, is_from_outside, opposed
from sohoa.domain.fields import CONTESTED, OF_THE_FILE, REQUIRED, doubtful, field_of
from sohoa.domain.review.decisions import is_persons, with_fields

_PLACE = frozenset({"file_code", "doc_ordinal"})
_NAMED_BY = {"type_code": "type_name"}
_BELOW = 0.01


@dataclass(frozen=True, slots=True)
class Reweighed:
    """The record with late evidence: the fields it changed, and those it contradicts.

    Each that it contradicts is a doubt of the record.
    """

    record: Record
    fields: tuple[str, ...]
    contradicted: tuple[str, ...]


def reweigh(record: Record, given: Given, below: float) -> Reweighed | None:
    """The record with what is new to it in ``given``; None where that changes nothing.

    Fields without a value, or trusted less than ``below``, are weighed anew. Trusted ones are left as they
    are by who agrees, and doubted, their value kept, by who contradicts. Applying it twice is the same as
    once.
    """
    stored = record["fields"]
    changed, contradicted = dict[str, Field](), list[str]()
    for name, late in _new_to(record, given).items():
        old = read_field(stored[name]) if name in stored else None
        against = old is not None and any(agree(name, old.value, seen.value) is False for seen in late)
        if old is None or old.confidence < below or against:
            weighed = _reweighed(name, old, late)
            changed |= {name: _unsettled(name, old, weighed, below)} if weighed else {}
            decided = _NAMED_BY.get(name, name)
            contradicted += [decided] if against and decided in CONTESTED else []
    if not changed:
        return None
    renewed = with_fields(record, {**stored, **fields_json(changed)})
    review = _review(record, changed, contradicted, below)
    return Reweighed({**renewed, "review": review}, tuple(sorted(changed)), tuple(sorted(set(contradicted))))


def _review(
    record: Record, changed: Mapping[str, Field], contradicted: Sequence[str], below: float
) -> list[str]:
    """The record's doubts: one stays that some evidence still speaks for."""
    known, decided_anew = record["review"], {*changed, *contradicted}
    doubts = [code for code in known if field_of(code) not in decided_anew]
    for name, code in ((name, doubtful(name)) for name in CONTESTED if name in decided_anew):
        field = changed.get(name)
        still = code in known and (field is None or bool(opposed(name, field)))
        weak = field is not None and name in REQUIRED and field.confidence < below
        doubts += [code] if name in contradicted or still or weak else []
    return doubts


def _new_to(record: Record, given: Given) -> dict[str, tuple[Evidence, ...]]:
    """The evidence for fields that no person decided and that do not have it yet.

    An ordinal in another file than the record's says nothing of its place.
    """
    several = len(record["documents"]) > 1
    elsewhere = _names_another_file(record, given)
    found = dict[str, tuple[Evidence, ...]]()
    for name, evidence in given.items():
        field = record["fields"].get(name)
        if is_persons(field) or (several and name not in OF_THE_FILE):
            continue
        if name == "doc_ordinal" and elsewhere:
            continue
        seen = filter(is_from_outside, read_field(field).evidence) if field else ()
        known = {(each.method, each.value) for each in seen}
        new = tuple(each for each in evidence if (each.method, each.value) not in known)
        found |= {name: new} if new else {}
    return found


def _names_another_file(record: Record, given: Given) -> bool:
    held = value_of(record, "file_code")
    named = (seen.value for seen in given.get("file_code", ()))
    return bool(held) and any(agree("file_code", held, value) is False for value in named)


def _reweighed(name: str, old: Field | None, late: Sequence[Evidence]) -> Field | None:
    """The field with the late evidence; one that the paper does not show is chosen among all of them anew.

    What says the same keeps its spelling. A record never leaves its place in a file without a person.
    """
    if old is not None and not all(map(is_from_outside, old.evidence)):
        return fuse_late(name, old, late)
    chosen = fuse(name, None, (*(old.evidence if old else ()), *late))
    if old is None or chosen is None:
        return chosen
    same = bool(agree(name, chosen.value, old.value))
    if name in _PLACE:
        sure = max(old.confidence, chosen.confidence if same else 0)
        return Field(old.value, old.raw, sure, chosen.evidence)
    return replace(chosen, value=old.value, raw=old.raw) if same else chosen


def _unsettled(name: str, old: Field | None, weighed: Field, below: float) -> Field:
    """The field, not surer than a doubtful one while evidence contradicts it."""
    most = max(old.confidence if old else 0, below - _BELOW)
    return replace(weighed, confidence=min(weighed.confidence, most)) if opposed(name, weighed) else weighed
