"""Evidence that comes after a record was described: what it changes, and where a person must look.

It is heard as the fusion hears it in time: it multiplies the odds of the values it names. What a person
said stays. A trusted value stays, too; who contradicts it sends the record to a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sohoa.domain.as_json import fields_json, read_field
from sohoa.domain.extract.fusion import OF_THE_FILE, Given, agree, fuse
from sohoa.domain.record_document import REQUIRED
from sohoa.domain.records import Evidence, Field, Method
from sohoa.domain.review import Record, field_of, is_persons, with_fields

_NOT_ON_THE_PAPER = frozenset({Method.MANIFEST, Method.REGISTER, Method.FILENAME})


@dataclass(frozen=True, slots=True)
class Reweighed:
    """The record after late evidence was heard: the fields it changed, and those it contradicts."""

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
            changed |= {name: heard} if heard else {}
            contradicted += [name] if against else []
    if not changed:
        return None
    weighed = with_fields(record, {**stored, **fields_json(changed)})
    others = [code for code in record["review"] if field_of(code) not in changed]
    doubted = [name for name in REQUIRED if name in changed]
    doubted = [name for name in doubted if name in contradicted or changed[name].confidence < below]
    review = [*others, *(f"doubtful_{name}" for name in doubted)]
    return Reweighed({**weighed, "review": review}, tuple(sorted(changed)), tuple(sorted(contradicted)))


def _unheard(record: Record, given: Given) -> dict[str, tuple[Evidence, ...]]:
    """What is said of fields that no person decided and whose evidence does not have it."""
    several = len(record["documents"]) > 1
    found = dict[str, tuple[Evidence, ...]]()
    for name, voices in given.items():
        field = record["fields"].get(name)
        if is_persons(field) or (several and name not in OF_THE_FILE):
            continue
        heard = {(seen["method"], seen["value"]) for seen in field["evidence"]} if field else set()
        new = tuple(said for said in voices if (said.method, said.value) not in heard)
        found |= {name: new} if new else {}
    return found


def _heard(name: str, old: Field | None, voices: Sequence[Evidence]) -> Field | None:
    """The field with more voices; one that the paper does not show is chosen among all of them anew."""
    if old is None or all(seen.method in _NOT_ON_THE_PAPER for seen in old.evidence):
        return fuse(name, None, (*(old.evidence if old else ()), *voices))
    return fuse(name, old, voices)
