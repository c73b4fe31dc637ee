"""What a person did with the archive's papers, chained in the event log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sohoa.domain.archive.actions import Action
from sohoa.domain.people.account import searches_subject, views_subject
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.personal_data import masked_values
from sohoa.usecases.people.services import ActServices


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
