"""Review: a person confirms or corrects what is doubtful, and is never overruled by a machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sohoa.domain.agencies import AgencyRegister, is_agency_code
from sohoa.domain.archive.actions import ENTRIES, Action
from sohoa.domain.archive.record import DecisionJson, Record
from sohoa.domain.archive.record_document import field_values
from sohoa.domain.errors import InvalidRequest, NotAllowed
from sohoa.domain.extract.agency import code_of
from sohoa.domain.fields import SETTABLE, field_of, is_missing
from sohoa.domain.protection.access import Reader, persons_among
from sohoa.domain.protection.rights import Right
from sohoa.domain.review.decisions import (
    DECIDABLE,
    DRAFT,
    SAME_NUMBER,
    is_persons,
    with_decision,
    with_values,
)
from sohoa.domain.review.queue import Assignment, Step, assignment_fault
from sohoa.domain.review.typed_values import Rules, parse_value
from sohoa.ports import ReviewQueue
from sohoa.usecases.archive.history import Done
from sohoa.usecases.archive.services import Registered, VersionServices
from sohoa.usecases.archive.standing import doubts_of, kept_with, rivals
from sohoa.usecases.archive.versions import Current, Revision, check_seen, claimed, history, revise, standing
from sohoa.usecases.evidence.aliases import learnt_agencies, note_alias
from sohoa.usecases.review.services import CorrectServices
from sohoa.usecases.review.undo import withdraw

Decision = Callable[[Current], Revision | None]
_TELL_AGENCY = ("organ_name", "parent_organ_name", "issued_date")


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision left: the record's version and open doubts.

    ``unknown_organ`` is the issuing agency that a person gave, while neither register nor person tells
    its code.
    """

    record_id: str
    version: int
    doubts: tuple[str, ...]
    unknown_organ: str = ""


def accept(
    reader: Reader,
    services: VersionServices,
    record_id: str,
    names: Sequence[str] = (),
    seen: int | None = None,
    why: str = "",
) -> Decided:
    """Confirm values of these fields, or settle doubts about no field by their code.

    Without names: every doubtful value that the record shows, and every doubt about no field except an
    equal number, which needs to be named. A missing value cannot be confirmed. Raises ``Refused``
    for a name that is neither, and ``Conflict`` as ``revise``.
    """
    person = reader.decides(Right.REVIEW)

    def decide(now: Current) -> Revision | None:
        doubts = doubts_of(services, now.row, now.record)
        chosen = [_plain(name, now) for name in names] or _shown(now, doubts)
        fields = [name for name in chosen if name not in DECIDABLE]
        values = {name: now.record["fields"][name]["value"] for name in fields}
        record: Record = with_values(now.record, values)
        actions: list[Done] = [
            (Action.CONFIRMED, {"field": name, "value": value, "why": why}) for name, value in values.items()
        ]
        for code in (code for code in chosen if code in DECIDABLE):
            decision = _decision(reader, services, now, code)
            record = with_decision(record, code, decision)
            actions.append((Action.DECIDED, {"doubt": code, "why": why, **decision}))
        return Revision(record, actions) if actions else None

    after = revise(reader, services, record_id, seen, _checked(services, person, decide))
    return _after(reader, services, person, record_id, after)


def _plain(name: str, now: Current) -> str:
    """A field's name or a doubt's code as typed, checked: a field must have a value to confirm."""
    name = field_of(name) or name
    if name in DECIDABLE:
        return name
    field = now.record["fields"].get(name)
    if name not in SETTABLE and field is None:
        raise InvalidRequest("field", f"{name!r} is neither a field nor one of {', '.join(DECIDABLE)}")
    if field is None or field["value"] is None:
        raise InvalidRequest(
            "missing_value", f"{name} has no value to confirm", record_id=now.row.record_id, field=name
        )
    return name


def _shown(now: Current, doubts: Sequence[str]) -> list[str]:
    fields = (field_of(code) for code in doubts if not is_missing(code))
    shown = [name for name in fields if name and name in now.record["fields"]]
    return [*shown, *(code for code in doubts if code in DECIDABLE and code != SAME_NUMBER)]


def _decision(reader: Reader, services: Registered, now: Current, code: str) -> DecisionJson:
    if code == SAME_NUMBER:
        others = rivals(services, now.row, now.record)
        if not others:
            raise InvalidRequest(
                "same_number", f"record {now.row.record_id} shares its number with no other record"
            )
        return {"by": reader.actor, "others": sorted({*kept_with(now.record), *others})}
    if code == DRAFT:
        return {"by": reader.actor, "draft": bool(now.record["draft"])}
    return {"by": reader.actor}


def correct(
    reader: Reader,
    services: CorrectServices,
    record_id: str,
    values: Mapping[str, str],
    seen: int | None = None,
    why: str = "",
) -> Decided:
    """Set fields to what the paper shows; an empty text means that it shows none.

    ``draft`` may be set to yes or no. Raises ``Refused`` for a value that cannot be, and
    ``Conflict`` as ``revise``.
    """
    person = reader.decides(Right.REVIEW)
    given = _parsed(services, values)
    agencies = learnt_agencies(services) if _may_tell_code(given) else services.agencies

    def decide(now: Current) -> Revision:
        fields = {name: value for name, value in given.items() if name != DRAFT}
        record: Record = now.record
        if DRAFT in given:
            is_draft = given[DRAFT] == "yes"
            record = {**record, "draft": is_draft}
            record = with_decision(record, DRAFT, {"by": reader.actor, "draft": is_draft})
        code = _code(agencies, now, fields)
        return Revision(with_values(record, fields | code), _changes(now, given | code, why))

    after = revise(reader, services, record_id, seen, _checked(services, person, decide))
    organ = _organ_given(after) if given.keys() & {"organ_name", "authority_id"} else ""
    if organ:
        note_alias(reader, services, after.row, organ)
    coded = bool(field_values(after.record).get("authority_id"))
    return replace(_after(reader, services, person, record_id, after), unknown_organ="" if coded else organ)


def _organ_given(after: Current) -> str:
    """The issuing agency of the record where a person gave or confirmed it."""
    field = after.record["fields"].get("organ_name")
    return str(field["value"] or "") if field and is_persons(field) else ""


def _parsed(services: CorrectServices, values: Mapping[str, str]) -> dict[str, str | None]:
    """The values as they are stored; the type's code comes with its name."""
    rules = Rules(services.types, services.clock.today(), services.agencies, services.marks)
    try:
        given = {name: parse_value(name, text, rules) for name, text in values.items()}
    except ValueError as error:
        raise InvalidRequest("value", str(error)) from error
    if "type_name" in given:
        kind = services.types.named(given["type_name"] or "")
        given["type_code"] = kind.code if kind else None
    return given


def _code(agencies: AgencyRegister, now: Current, given: Mapping[str, str | None]) -> dict[str, str | None]:
    """The issuing agency's code where what the person set makes it another one, or none.

    A code that the person gives is taken as it is.
    """
    if not _may_tell_code(given):
        return {}
    old = field_values(now.record)
    name, parent, issued = ((given[key] if key in given else old.get(key)) or "" for key in _TELL_AGENCY)
    day = date.fromisoformat(issued) if issued else None
    held = old.get("authority_id", "")  # in records of earlier versions it may be no code but TM., KT.
    known = agencies.get(held)
    if given.keys().isdisjoint(_TELL_AGENCY[:2]) and known and (day is None or known.valid_on(day)):
        return {}
    code = code_of(agencies, name, parent, day)
    kept = held if is_agency_code(held) else None
    return {"authority_id": code} if code != kept else {}


def _may_tell_code(given: Mapping[str, str | None]) -> bool:
    return "authority_id" not in given and not given.keys().isdisjoint(_TELL_AGENCY)


def _changes(now: Current, given: Mapping[str, str | None], why: str) -> list[Done]:
    def old(name: str) -> str | None:
        if name == DRAFT:
            return "yes" if now.record["draft"] else "no"
        field = now.record["fields"].get(name)
        return field["value"] if field else None

    return [
        (Action.CORRECTED, {"field": name, "old": old(name), "new": value, "why": why})
        for name, value in given.items()
    ]


def reject(
    reader: Reader, services: VersionServices, record_id: str, why: str, seen: int | None = None
) -> None:
    """The scan is not usable, or it is the wrong paper: withdraw the record in the person's name.

    Raises ``Refused`` without a reason, and ``Conflict`` when the record changed since ``seen``.
    """
    reader.decides(Right.REVIEW)
    now = standing(reader, services, record_id)
    check_seen(services, now, now.manifest.version if seen is None else seen)
    withdraw(reader, services, record_id, why)


def _checked(services: VersionServices, person: str, decide: Decision) -> Decision:
    """The decision, refused where the person has a check to do of values that are their own."""

    def checked(now: Current) -> Revision | None:
        entered = entered_by(services, now)
        for work in _open(services.queue, now.row.record_id, person):
            if fault := assignment_fault(work.step, person, (), entered):
                raise NotAllowed("step", fault)
        return decide(now)

    return checked


def entered_by(services: VersionServices, now: Current) -> frozenset[str]:
    """The persons who gave or confirmed a value of the record."""
    return persons_among({event.actor for event in history(services, now) if event.action in ENTRIES})


def _open(queue: ReviewQueue, record_id: str, person: str) -> list[Assignment]:
    work = queue.assignments(record_id=record_id, person=person)
    return [assignment for assignment in work if assignment.done_at is None]


def _after(reader: Reader, services: VersionServices, person: str, record_id: str, after: Current) -> Decided:
    """Finish the person's assigned steps: a check by any decision, the entry when no doubt is left."""
    item, now = services.queue.item(record_id), services.clock.now()
    for work in _open(services.queue, record_id, person):
        if work.step is not Step.ENTRY or item is None:
            with claimed(services, after.row):
                services.events.append(
                    record_id, reader.actor, Action.STEP_DONE, {"step": work.step.value}, now
                )
            services.queue.finish(record_id, work.step, now)
    return Decided(record_id, after.manifest.version, item.doubts if item else ())
