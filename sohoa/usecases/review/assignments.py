"""Who works on what: steps of records that are given to persons."""

from __future__ import annotations

from collections.abc import Sequence

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import NotAllowed
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.rights import Right, rights_of
from sohoa.domain.review.queue import Assignment, Step, assignment_fault
from sohoa.usecases.archive.versions import claimed, standing
from sohoa.usecases.review.decide import entered_by
from sohoa.usecases.review.services import AssignServices


def assign(
    reader: Reader, services: AssignServices, record_ids: Sequence[str], person: str, step: Step
) -> None:
    """Give a step of these records to a person; an event of each record says by whom.

    Raises ``Refused`` for an unknown record or person, and where another person is needed; then
    none of the records is assigned.
    """
    reader.decides(Right.REVIEW)
    Reader(person, by_name=True, roles=_roles_of(services, person)).decides(Right.REVIEW)
    found = [standing(reader, services, name) for name in record_ids]
    for now in found:
        others = services.queue.assignments(record_id=now.row.record_id)
        if fault := assignment_fault(step, person, others, entered_by(services, now)):
            raise NotAllowed("step", f"record {now.row.record_id}: {fault}")
    for now in found:
        at, name = services.clock.now(), now.row.record_id
        with claimed(services, now.row):
            details = {"step": step.value, "to": person}
            services.events.append(name, reader.actor, Action.ASSIGNED, details, at)
        services.queue.assign(Assignment(name, step, person, reader.actor, at))


def reviewers(reader: Reader, services: AssignServices) -> Sequence[str]:
    """The names of all who may be given a step, sorted."""
    reader.decides(Right.REVIEW)
    named = {*services.people, *(account.name for account in services.accounts.listed())}
    return sorted(name for name in named if Right.REVIEW in rights_of(_roles_of(services, name)))


def _roles_of(services: AssignServices, person: str) -> frozenset[str]:
    """The roles of a person: those of the configuration, and those of an account that is not disabled."""
    named = (one.roles for one in services.accounts.listed() if one.name == person and not one.disabled)
    return services.people.get(person, frozenset()).union(*named)
