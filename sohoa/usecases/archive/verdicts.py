"""The acceptance of batches by sample: what was drawn, how it stands, which records it speaks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sohoa.domain.archive.actions import Action
from sohoa.domain.protection.access import Reader
from sohoa.domain.review.batch_acceptance import Judgement, Result, Verdict, judge
from sohoa.ports import Event, EventLog, RecordRow

ENDED = {Verdict.ACCEPTED: Action.BATCH_ACCEPTED, Verdict.REFUSED: Action.BATCH_REFUSED}


@dataclass(frozen=True, slots=True)
class Sample:
    """A drawn sample of a batch and how it stands; the seed makes the draw repeatable."""

    seed: str
    accept_number: int
    population: int
    record_ids: tuple[str, ...]
    results: tuple[Result, ...]
    judgement: Judgement


def sample_of(reader: Reader, events: EventLog, agency: str, batch: str) -> Sample | None:
    """The newest sample of a batch of the reader's agencies, or None."""
    if not reader.access.covers(agency):
        return None
    drawn = events.events(batch_subject(agency, batch))
    last = max(
        (place for place, event in enumerate(drawn) if event.action == Action.SAMPLE_DRAWN), default=None
    )
    return None if last is None else _sample(drawn[last], drawn[last + 1 :])


def verdicts_on(events: EventLog, row: RecordRow) -> tuple[Event, ...]:
    """Whether batches that the record lay in, when their sample was drawn, were accepted by it, and by whom.

    Each verdict's event with batch, size, acceptance number, both persons, and whether the record was drawn.
    """
    folders = row.holder_key.split("/")[1:-1]
    batches = ["/".join(folders[:depth]) for depth in range(1, len(folders) + 1)]
    found = (_verdict_on(events, row, batch) for batch in batches)
    return tuple(event for event in found if event is not None)


def _verdict_on(log: EventLog, row: RecordRow, batch: str) -> Event | None:
    events = log.events(batch_subject(row.agency, batch))
    verdict = next((event for event in reversed(events) if event.action in ENDED.values()), None)
    if verdict is None or row.archived_at is None:
        return None
    before = events[: events.index(verdict)]
    drawn = max(
        (place for place, event in enumerate(before) if event.action == Action.SAMPLE_DRAWN), default=None
    )
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
        if event.action == Action.SAMPLE_CHECKED
    )
    accept_number = details["accept_number"]
    judgement = judge(names, results, accept_number)
    return Sample(details["seed"], accept_number, details["population"], names, results, judgement)


def batch_subject(agency: str, batch: str) -> str:
    return f"sample:{agency}/{batch.strip('/')}"
