"""Who works on what: assignments of records, and the acceptance of a batch by sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sohoa.domain.errors import Misconfigured
from sohoa.domain.review.batch_acceptance import Judgement, Result, Verdict, draw, judge
from sohoa.domain.review.queue import Assignment, Step, assignment_fault
from sohoa.ports import Event, RecordRow
from sohoa.usecases.archive.versions import claimed, standing
from sohoa.usecases.deciders import decider, with_role
from sohoa.usecases.review.decide import entered_by
from sohoa.usecases.services import Services

_DRAWN, _CHECKED = "sample_drawn", "sample_checked"
_ENDED = {Verdict.ACCEPTED: "batch_accepted", Verdict.REFUSED: "batch_refused"}


@dataclass(frozen=True, slots=True)
class Sample:
    """A drawn sample of a batch and how it stands; the seed makes the draw repeatable."""

    seed: str
    accept_number: int
    population: int
    record_ids: tuple[str, ...]
    results: tuple[Result, ...]
    judgement: Judgement


def assign(services: Services, record_ids: Sequence[str], person: str, step: Step) -> None:
    """Give a step of these records to a person; an event of each record says by whom.

    Raises ``Misconfigured`` for an unknown record or person, and where another person is needed; then
    none of the records is assigned.
    """
    decider(services, "archivist")
    with_role(services, person, "archivist")
    found = [standing(services, name) for name in record_ids]
    for now in found:
        others = services.queue.assignments(record_id=now.row.record_id)
        if fault := assignment_fault(step, person, others, entered_by(services, now)):
            raise Misconfigured(f"record {now.row.record_id}: {fault}")
    for now in found:
        at, name = services.clock.now(), now.row.record_id
        with claimed(services, now.row):
            details = {"step": step.value, "to": person}
            services.events.append(name, services.actor, "assigned", details, at)
        services.queue.assign(Assignment(name, step, person, services.actor, at))


def draw_sample(
    services: Services, agency: str, batch: str, size: int, accept_number: int, seed: str
) -> Sample:
    """Draw a sample of the batch's records; a batch has one sample at a time.

    Raises ``Misconfigured`` for an empty batch, while a sample is open, and after the batch was accepted.
    """
    decider(services, "archivist")
    known = sample_of(services, agency, batch)
    if known is not None and known.judgement.verdict is not Verdict.REFUSED:
        raise Misconfigured(f"the sample of {agency}/{batch} is {known.judgement.verdict}: no other is drawn")
    prefix = f"{agency}/{batch.strip('/')}/"
    rows = services.records.records(agency=agency)
    population = [row.record_id for row in rows if row.holder_key.startswith(prefix) and not row.withdrawn]
    if not population or size < 1 or accept_number < 0:
        raise Misconfigured(
            f"{len(population)} records in {prefix}; a sample needs a size of 1 or more and an acceptance"
            " number of 0 or more"
        )
    details = {
        "seed": seed,
        "size": size,
        "accept_number": accept_number,
        "population": len(population),
        "record_ids": list(draw(population, size, seed)),
    }
    services.events.append(_subject(agency, batch), services.actor, _DRAWN, details, services.clock.now())
    return _needed(services, agency, batch)


def check_sample(
    services: Services, agency: str, batch: str, sound: Sequence[str], defective: Sequence[str]
) -> Sample:
    """Record what a person found of records of the sample; the verdict is an event once it is clear.

    Raises ``Misconfigured`` for records that are not in the sample and when the verdict is there already.
    """
    person = decider(services, "archivist")
    known = _needed(services, agency, batch)
    wrong = ({*sound, *defective} - {*known.record_ids}) | ({*sound} & {*defective})
    if wrong:
        raise Misconfigured(f"not in the sample, or both sound and defective: {', '.join(sorted(wrong))}")
    if known.judgement.verdict is not Verdict.OPEN:
        raise Misconfigured(f"the batch {agency}/{batch} is {known.judgement.verdict} already")
    subject, now = _subject(agency, batch), services.clock.now()
    for name, is_defective in [(n, False) for n in sound] + [(n, True) for n in defective]:
        details = {"record_id": name, "person": person, "is_defective": is_defective}
        services.events.append(subject, services.actor, _CHECKED, details, now)
    found = _needed(services, agency, batch)
    if found.judgement.verdict is not Verdict.OPEN:
        details = {"defective": list(found.judgement.defective), "accept_number": found.accept_number}
        services.events.append(subject, services.actor, _ENDED[found.judgement.verdict], details, now)
    return found


def sample_of(services: Services, agency: str, batch: str) -> Sample | None:
    """The newest sample of a batch, or None."""
    events = services.events.events(_subject(agency, batch))
    last = max((place for place, event in enumerate(events) if event.action == _DRAWN), default=None)
    return None if last is None else _sample(events[last], events[last + 1 :])


def verdicts_on(services: Services, row: RecordRow) -> tuple[Event, ...]:
    """Whether batches that the record lay in, when their sample was drawn, were accepted by it, and by whom.

    Each verdict's event with batch, size, acceptance number, both persons, and whether the record was drawn.
    """
    folders = row.holder_key.split("/")[1:-1]
    batches = ["/".join(folders[:depth]) for depth in range(1, len(folders) + 1)]
    found = (_verdict_on(services, row, batch) for batch in batches)
    return tuple(event for event in found if event is not None)


def _verdict_on(services: Services, row: RecordRow, batch: str) -> Event | None:
    events = services.events.events(_subject(row.agency, batch))
    verdict = next((event for event in reversed(events) if event.action in _ENDED.values()), None)
    if verdict is None or row.archived_at is None:
        return None
    before = events[: events.index(verdict)]
    drawn = max((place for place, event in enumerate(before) if event.action == _DRAWN), default=None)
    if drawn is None or before[drawn].at < row.archived_at:
        return None
    sample = _sample(before[drawn], before[drawn + 1 :])
    details = {
        "batch": batch,
        "size": len(sample.record_ids),
        "population": sample.population,
        "accept_number": sample.accept_number,
        "defective": len(sample.judgement.defective),
        "persons": sorted({result.person for result in sample.results}),
        "drawn": row.record_id in sample.record_ids,
    }
    return replace(verdict, details=details)


def _sample(drawn: Event, later: Sequence[Event]) -> Sample:
    details = drawn.details
    names = tuple(details["record_ids"])
    results = tuple(
        Result(event.details["record_id"], event.details["person"], event.details["is_defective"])
        for event in later
        if event.action == _CHECKED
    )
    accept_number = details["accept_number"]
    judgement = judge(names, results, accept_number)
    return Sample(details["seed"], accept_number, details["population"], names, results, judgement)


def _needed(services: Services, agency: str, batch: str) -> Sample:
    found = sample_of(services, agency, batch)
    if found is None:
        raise Misconfigured(f"no sample of {agency}/{batch} was drawn: add --size N --accept-number C")
    return found


def _subject(agency: str, batch: str) -> str:
    return f"sample:{agency}/{batch.strip('/')}"
