"""What a person did with the archive's papers, chained in the event log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import NotFound
from sohoa.domain.people.account import NOBODY, login_of, searches_subject, subject_of, views_subject
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.personal_data import masked_values
from sohoa.domain.protection.rights import Right
from sohoa.ports import Event
from sohoa.usecases.people.services import ActServices, SessionServices


def noted(
    reader: Reader,
    services: ActServices,
    action: Action,
    record_id: str = "",
    details: Mapping[str, Any] | None = None,
    *,
    purpose: str = "",
    address: str = "",
) -> None:
    """Write down a view, download or print of a record, or (without one) a search or a refusal.

    A record's views are one chain, so that they can be counted; a person's searches are another. What was
    refused belongs to the person, with the id that was asked for in the details. Personal numbers are masked.
    """
    subject = views_subject(record_id) if record_id else searches_subject(reader.name)
    told = masked_values({"purpose": purpose} | dict(details or {}), services.codes)
    at = services.clock.now()
    services.events.append(subject, reader.actor, action, told | {"address": address}, at)


def done_by(reader: Reader, services: SessionServices, login: str = "") -> Sequence[Event]:
    """What happened to an account, and what its person looked for and was refused, oldest first.

    Without a login: the tries with logins that nobody has. Raises ``NotAllowed`` for a person who is no
    auditor, ``NotFound`` where there is no such account.
    """
    if reader.by_name:
        reader.decides(Right.AUDIT)
    if not login:
        return services.events.events(NOBODY)
    account = services.accounts.account(login_of(login))
    if account is None:
        raise NotFound("account", "there is no such account")
    chains = map(services.events.events, (subject_of(account.login), searches_subject(account.name)))
    return sorted(chain(*chains), key=lambda event: event.at)
