"""Snapshots for others to fetch: written once, each file with its hash in a chained event."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.event_chain import canonical_json
from sohoa.domain.coverage.deliveries import MEDIA_TYPES
from sohoa.domain.protection.access import Reader
from sohoa.ports import Event, EventLog, ObjectStore, Reports, Snapshot
from sohoa.usecases.coverage.measure import CoverageServices, TargetBand, measure

log = logging.getLogger("sohoa.coverage")
CHAIN = "snapshots"
"""The subject of the events that tell of snapshots."""
MANIFEST = "manifest.json"
_SUMMARIES = {"summary.vi.txt": "summary", "summary.en.txt": "summary-en"}


class ReportsBucket(Protocol):
    """The bucket of what is published."""

    @property
    def reports(self) -> str: ...


class PublishedServices(Protocol):
    """What was published, and where."""

    @property
    def store(self) -> ObjectStore: ...
    @property
    def events(self) -> EventLog: ...
    @property
    def policy(self) -> ReportsBucket: ...


class PublishPolicy(TargetBand, ReportsBucket, Protocol):
    """What measuring and publishing are told."""


class PublishServices(CoverageServices, Protocol):
    """The figures, and where they are published."""

    @property
    def store(self) -> ObjectStore: ...
    @property
    def events(self) -> EventLog: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def policy(self) -> PublishPolicy: ...


def key_of(day: date, name: str) -> str:
    """Where a file of that day's snapshot is, in the bucket of reports."""
    return f"snapshots/{day}/{name}"


def published(services: PublishedServices) -> Mapping[date, Event]:
    """The events of all published snapshots, by day: ``sha256``, and ``files`` with their hashes."""
    return {
        date.fromisoformat(event.details["day"]): event
        for event in services.events.events(CHAIN)
        if event.action == Action.SNAPSHOT_PUBLISHED
    }


def publish_missing(reader: Reader, services: PublishServices) -> list[date]:
    """Publish every kept snapshot that is not yet; which days these were.

    Its JSON is what the ledger keeps. The other files are made anew, and only where the day, told again, has
    the same figures: a configuration that changed since gives no second truth. What was published of a day
    with other figures, before the ledger was restored, stays, and is an error in the log.
    """
    done, now = published(services), list[date]()
    for day in services.snapshots.days():
        snapshot = None if day in done else services.snapshots.snapshot(day)
        if snapshot is None:
            continue
        manifest = manifest_of(services, day) or _written(reader, services, snapshot)
        if manifest["snapshot_sha256"] != snapshot.sha256:
            log.error("the snapshot of %s was published with other figures; they stay: sohoa verify", day)
            continue
        details = {"day": day.isoformat(), "sha256": snapshot.sha256, "files": manifest["files"]}
        services.events.append(CHAIN, reader.actor, Action.SNAPSHOT_PUBLISHED, details, services.clock.now())
        now.append(day)
    return now


def manifest_of(services: PublishedServices, day: date) -> Mapping[str, Any] | None:
    """The manifest that lies beside a day's files; None where there is none."""
    key = key_of(day, MANIFEST)
    if services.store.stat(services.policy.reports, key) is None:
        return None
    return dict(json.loads(services.store.get(services.policy.reports, key)))


def _written(reader: Reader, services: PublishServices, snapshot: Snapshot) -> Mapping[str, Any]:
    day, bucket = snapshot.day, services.policy.reports
    report = measure(reader, services, as_of=day)
    files = {"coverage.json": snapshot.data}
    if services.reports.render(report, "json") == snapshot.data:
        kinds = {f"coverage.{kind}": kind for kind in MEDIA_TYPES if kind != "json"}
        files |= {name: services.reports.render(report, kind) for name, kind in (kinds | _SUMMARIES).items()}
    for name, data in files.items():
        # Without a manifest these are debris of somebody who died.
        services.store.put(bucket, key_of(day, name), data, replace=True)
    manifest = {
        "day": day.isoformat(),
        "snapshot_sha256": snapshot.sha256,
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    services.store.put(bucket, key_of(day, MANIFEST), f"{canonical_json(manifest)}\n".encode())
    return manifest
