"""Declarations and published figures are as their chains of events tell."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from sohoa.domain.archive.actions import Action
from sohoa.ports import Event, EventLog, HoldingRegister, ObjectStore, Snapshots
from sohoa.usecases.checks.faults import Fault, FaultKind

HOLDINGS, SNAPSHOTS = "holdings", "snapshots"


class ReportsBucket(Protocol):
    """The bucket of what is published."""

    @property
    def reports(self) -> str: ...


class FiguresServices(Protocol):
    """Declarations and snapshots, their events, and what was published."""

    @property
    def store(self) -> ObjectStore: ...
    @property
    def events(self) -> EventLog: ...
    @property
    def declared(self) -> HoldingRegister: ...
    @property
    def snapshots(self) -> Snapshots: ...
    @property
    def policy(self) -> ReportsBucket: ...


def declaration_faults(services: FiguresServices) -> Iterator[Fault]:
    """Declarations that no event tells of, or that are gone."""
    told = sum(
        event.details.get("new", 0) + event.details.get("changed", 0)
        for event in services.events.events(HOLDINGS)
        if event.action == Action.HOLDINGS_DECLARED
    )
    found = len(services.declared.declarations())
    if told != found:
        yield Fault(HOLDINGS, FaultKind.LEDGER_DIFFERS, f"{told} declarations", f"{found}")


def snapshot_faults(services: FiguresServices) -> Iterator[Fault]:
    """Snapshots that are not what their events tell, in the ledger or where they were published."""
    chain = services.events.events(SNAPSHOTS)
    made, published = _by_day(chain, Action.SNAPSHOT_MADE), _by_day(chain, Action.SNAPSHOT_PUBLISHED)
    for day in sorted({*services.snapshots.days(), *made}):
        kept = services.snapshots.snapshot(day)
        told = made[day].details["sha256"] if day in made else "none"
        found = hashlib.sha256(kept.data).hexdigest() if kept else "none"
        if found != told or (kept and kept.sha256 != told):
            yield Fault(f"{SNAPSHOTS}/{day}", FaultKind.CHANGED, told, found)
        if day not in published and (manifest := _manifest(services, day)) not in ("", told):
            yield Fault(f"{services.policy.reports}/{SNAPSHOTS}/{day}", FaultKind.CHANGED, told, manifest)
    for day, event in published.items():
        yield from _published_faults(services, day, event)


def _manifest(services: FiguresServices, day: date) -> str:
    """The hash of the snapshot that was published before the ledger was restored; empty without any."""
    bucket, key = services.policy.reports, f"{SNAPSHOTS}/{day}/manifest.json"
    if services.store.stat(bucket, key) is None:
        return ""
    return str(json.loads(services.store.get(bucket, key))["snapshot_sha256"])


def _published_faults(services: FiguresServices, day: date, event: Event) -> Iterator[Fault]:
    bucket = services.policy.reports
    for name, told in event.details["files"].items():
        key = f"{SNAPSHOTS}/{day}/{name}"
        if services.store.stat(bucket, key) is None:
            yield Fault(f"{bucket}/{key}", FaultKind.MISSING, told, "none")
            continue
        found = hashlib.sha256(services.store.get(bucket, key)).hexdigest()
        if found != told:
            yield Fault(f"{bucket}/{key}", FaultKind.CHANGED, told, found)


def _by_day(chain: Sequence[Event], action: Action) -> dict[date, Event]:
    return {date.fromisoformat(event.details["day"]): event for event in chain if event.action == action}
