"""Requests for a restricted record: asked with a reason, granted by a named person, ended by itself."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import InvalidRequest, NotAllowed, NotFound
from sohoa.domain.people.access_request import MOST_WAITING, AccessRequest, checked_request, decided
from sohoa.domain.people.account import Account
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.personal_data import masked
from sohoa.domain.protection.rights import Right
from sohoa.ports import NewEvent
from sohoa.usecases.archive.versions import unknown, visible
from sohoa.usecases.search.services import GrantServices


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that may be decided, and who asks."""

    request: AccessRequest
    account: Account


def ask_for(
    reader: Reader, services: GrantServices, account: Account, record_id: str, reason: str
) -> AccessRequest:
    """Ask to see a record; whether there is one of that id is not told. Personal numbers in it are masked.

    Raises ``InvalidRequest``: ``record``, ``reason`` as ``checked_request``, ``too_many`` where many wait.
    """
    at = services.clock.now()
    waiting = [one for one in services.requests.of(account.login) if one.standing(at) == "waiting"]
    if len(waiting) >= MOST_WAITING:
        raise InvalidRequest("too_many", f"{MOST_WAITING} requests wait: more cannot be asked")
    about, why = (masked(text, services.codes) for text in (record_id.strip(), " ".join(reason.split())))
    request = checked_request(AccessRequest(services.requests.fresh_id(), account.login, about, why, at))
    services.requests.ask(request, NewEvent(reader.actor, Action.ACCESS_ASKED, request.told()))
    return request


def to_decide(reader: Reader, services: GrantServices) -> Sequence[Waiting]:
    """Requests of others for records within the reader's own scope, newest first; raises ``NotAllowed``."""
    reader.decides(Right.GRANT)
    found = []
    for request in services.requests.waiting():
        account = services.accounts.account(request.login)
        with suppress(NotFound):
            _check_record(reader, services, request.record_id, granted=False)
            if account is not None and account.name != reader.name:
                found.append(Waiting(request, account))
    return found


def decide(reader: Reader, services: GrantServices, request_id: str, days: int | None) -> AccessRequest:
    """Grant a request for so many days, or refuse it by None; good from the person's next question.

    Raises ``NotFound`` for a request, or a record, that is not there for the reader, ``NotAllowed``
    (``own_request``) for one's own, ``InvalidRequest`` as ``decided``.
    """
    name, at = reader.decides(Right.GRANT), services.clock.now()
    asked = next((one for one in services.requests.listed() if one.request_id == request_id), None)
    account = services.accounts.account(asked.login) if asked else None
    if asked is None or account is None:
        raise unknown(request_id)
    _check_record(reader, services, asked.record_id, granted=days is not None)
    if account.name == name:
        raise NotAllowed("own_request", "another person has to decide on one's own request")

    def change(request: AccessRequest) -> tuple[AccessRequest, NewEvent]:
        then = decided(request, name, at, days)
        action = Action.ACCESS_GRANTED if days else Action.ACCESS_DENIED
        return then, NewEvent(reader.actor, action, then.told())

    return services.requests.change(asked, change, at)


def _check_record(reader: Reader, services: GrantServices, record_id: str, *, granted: bool) -> None:
    """Raise ``NotFound`` unless the record is within the reader's scope; one disposed of is only refused."""
    try:
        visible(reader.without_grants, services, record_id)
    except NotFound as error:
        if granted or error.code != "disposed":
            raise
