"""Evidence that comes after a record was described: what it changes, and where a person must look.

It is heard as the fusion hears it in time: it multiplies the odds of the values it names. What a person
said stays. A trusted value stays, too; who contradicts it sends the record to a person. While anybody
contradicts a value, no later voice makes it sure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sohoa.domain.archive.as_json import fields_json, read_field
from sohoa.domain.archive.record_document import REQUIRED
from sohoa.domain.archive.records import Evidence, Field
from sohoa.domain.extract.fusion import OF_THE_FILE, Given, agree, fuse, fuse_late, is_from_outside, opposed
from sohoa.domain.review.decisions import Record, field_of, is_persons, with_fields

_PLACE = frozenset({"file_code", "doc_ordinal"})
_NAMED_BY = {"type_code": "type_name"}
_BELOW = 0.01

DECIDED_BY_A_PERSON = (*REQUIRED, "signer_name", "arrival_number", "arrival_date", "file_code", "doc_ordinal")
"""Fields that become a doubt where late evidence contradicts them; ``type_code`` goes with its name."""


@dataclass(frozen=True, slots=True)
class Reweighed:
    """The record after late evidence was heard: the fields it changed, and those it contradicts.

    Each that it contradicts is a doubt of the record.
    """

    record: Mapping[str, Any]
    fields: tuple[str, ...]
    contradicted: tuple[str, ...]


def reweigh(record: Record, given: Given, below: float) -> Reweighed | None:
    """The record with what it had not heard yet of ``given``; None where that changes nothing.

    Fields without a value, or trusted less than ``below``, are weighed anew. Trusted ones are left as they
    are by who agrees, and doubted, their value kept, by who contradicts. Applying it twice is the same as
    once.
    """
    stored: Mapping[str, Any] = record["fields"]
    changed, contradicted = dict[str, Field](), list[str]()
    for name, voices in _unheard(record, given).items():
        old = read_field(stored[name]) if name in stored else None
        against = old is not None and any(agree(name, old.value, said.value) is False for said in voices)
        if old is None or old.confidence < below or against:
            heard = _heard(name, old, voices)
            changed |= {name: _unsettled(name, old, heard, below)} if heard else {}
            decided = _NAMED_BY.get(name, name)
            contradicted += [decided] if against and decided in DECIDED_BY_A_PERSON else []
    if not changed:
        return None
    weighed = with_fields(record, {**stored, **fields_json(changed)})
    review = _review(record, changed, contradicted, below)
    return Reweighed({**weighed, "review": review}, tuple(sorted(changed)), tuple(sorted(set(contradicted))))


def _review(
    record: Record, changed: Mapping[str, Field], contradicted: Sequence[str], below: float
) -> list[str]:
    """The record's doubts: one stays that a voice in the evidence still speaks for."""
    known, told = record["review"], {*changed, *contradicted}
    doubts = [code for code in known if field_of(code) not in told]
    for name, code in ((name, f"doubtful_{name}") for name in DECIDED_BY_A_PERSON if name in told):
        field = changed.get(name)
        still = code in known and (field is None or bool(opposed(name, field)))
        weak = field is not None and name in REQUIRED and field.confidence < below
        doubts += [code] if name in contradicted or still or weak else []
    return doubts


def _unheard(record: Record, given: Given) -> dict[str, tuple[Evidence, ...]]:
    """What is said of fields that no person decided and whose evidence does not have it.

    An ordinal in another file than the record's says nothing of its place.
    """
    several = len(record["documents"]) > 1
    elsewhere = _names_another_file(record, given)
    found = dict[str, tuple[Evidence, ...]]()
    for name, voices in given.items():
        field = record["fields"].get(name)
        if is_persons(field) or (several and name not in OF_THE_FILE):
            continue
        if name == "doc_ordinal" and elsewhere:
            continue
        seen = filter(is_from_outside, read_field(field).evidence) if field else ()
        heard = {(each.method, each.value) for each in seen}
        new = tuple(said for said in voices if (said.method, said.value) not in heard)
        found |= {name: new} if new else {}
    return found


def _names_another_file(record: Record, given: Given) -> bool:
    held = record["fields"].get("file_code", {}).get("value")
    said = (voice.value for voice in given.get("file_code", ()))
    return bool(held) and any(agree("file_code", held, value) is False for value in said)


def _heard(name: str, old: Field | None, voices: Sequence[Evidence]) -> Field | None:
    """The field with more voices; one that the paper does not show is chosen among all of them anew.

    What says the same keeps its spelling. A record never leaves its place in a file without a person.
    """
    if old is not None and not all(map(is_from_outside, old.evidence)):
        return fuse_late(name, old, voices)
    chosen = fuse(name, None, (*(old.evidence if old else ()), *voices))
    if old is None or chosen is None:
        return chosen
    same = bool(agree(name, chosen.value, old.value))
    if name in _PLACE:
        sure = max(old.confidence, chosen.confidence if same else 0)
        return Field(old.value, old.raw, sure, chosen.evidence)
    return replace(chosen, value=old.value, raw=old.raw) if same else chosen


def _unsettled(name: str, old: Field | None, heard: Field, below: float) -> Field:
    """The field, not surer than a doubtful one while anybody contradicts it."""
    most = max(old.confidence if old else 0, below - _BELOW)
    return replace(heard, confidence=min(heard.confidence, most)) if opposed(name, heard) else heard
