"""Acceptance of a batch by sample: drawn, then checked by two persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import InvalidRequest, NotFound
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.rights import Right
from sohoa.domain.review.batch_acceptance import Verdict, draw
from sohoa.ports import EventLog
from sohoa.usecases.archive.verdicts import ENDED, Sample, batch_subject, sample_of
from sohoa.usecases.review.services import SampleServices


def batches(reader: Reader, services: SampleServices, agency: str) -> Mapping[str, int]:
    """The agency's batch folders, and how many records stand for what lay in each; empty for another's."""
    rows = services.records.records(agency=agency) if agency and reader.access.covers(agency) else ()
    folders = (row.holder_key.split("/")[1:-1] for row in rows if not row.withdrawn)
    return dict(sorted(Counter(folder[0] for folder in folders if folder).items()))


def draw_sample(
    reader: Reader,
    services: SampleServices,
    agency: str,
    batch: str,
    size: int,
    accept_number: int,
    seed: str,
) -> Sample:
    """Draw a sample of the batch's records; a batch has one sample at a time.

    Raises ``Refused`` for an empty batch, while a sample is open, and after the batch was accepted.
    """
    reader.decides(Right.REVIEW)
    known = sample_of(reader, services.events, agency, batch)
    if known is not None and known.judgement.verdict is not Verdict.REFUSED:
        raise InvalidRequest(
            "sample_open", f"the sample of {agency}/{batch} is {known.judgement.verdict}: no other is drawn"
        )
    prefix = f"{agency}/{batch.strip('/')}/"
    rows = services.records.records(agency=agency) if reader.access.covers(agency) else ()
    population = [row.record_id for row in rows if row.holder_key.startswith(prefix) and not row.withdrawn]
    if not population or size < 1 or accept_number < 0:
        raise InvalidRequest(
            "sample_size",
            f"{len(population)} records in {prefix}; a sample needs a size of 1 or more and an acceptance"
            " number of 0 or more",
        )
    details = {
        "seed": seed,
        "size": size,
        "accept_number": accept_number,
        "population": len(population),
        "record_ids": list(draw(population, size, seed)),
    }
    services.events.append(
        batch_subject(agency, batch), reader.actor, Action.SAMPLE_DRAWN, details, services.clock.now()
    )
    return _needed(reader, services.events, agency, batch)


def check_sample(
    reader: Reader,
    services: SampleServices,
    agency: str,
    batch: str,
    sound: Sequence[str],
    defective: Sequence[str],
) -> Sample:
    """Record what a person found of records of the sample; the verdict is an event once it is clear.

    Raises ``Refused`` for records that are not in the sample and when the verdict is there already.
    """
    person = reader.decides(Right.REVIEW)
    known = _needed(reader, services.events, agency, batch)
    wrong = ({*sound, *defective} - {*known.record_ids}) | ({*sound} & {*defective})
    if wrong:
        raise InvalidRequest(
            "sample_records", f"not in the sample, or both sound and defective: {', '.join(sorted(wrong))}"
        )
    if known.judgement.verdict is not Verdict.OPEN:
        raise InvalidRequest(
            "sample_ended", f"the batch {agency}/{batch} is {known.judgement.verdict} already"
        )
    subject, now = batch_subject(agency, batch), services.clock.now()
    for name, is_defective in [(n, False) for n in sound] + [(n, True) for n in defective]:
        details = {"record_id": name, "person": person, "is_defective": is_defective}
        services.events.append(subject, reader.actor, Action.SAMPLE_CHECKED, details, now)
    found = _needed(reader, services.events, agency, batch)
    if found.judgement.verdict is not Verdict.OPEN:
        details = {"defective": list(found.judgement.defective), "accept_number": found.accept_number}
        services.events.append(subject, reader.actor, ENDED[found.judgement.verdict], details, now)
    return found


def _needed(reader: Reader, events: EventLog, agency: str, batch: str) -> Sample:
    found = sample_of(reader, events, agency, batch)
    if found is None:
        raise NotFound("sample", f"no sample of {agency}/{batch} was drawn")
    return found
