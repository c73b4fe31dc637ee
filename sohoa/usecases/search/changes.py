"""Who changed what of a record, version by version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sohoa.domain.archive.record import Record, read_record
from sohoa.domain.archive.record_document import field_values
from sohoa.domain.archive.versions import version_of
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.personal_data import masked
from sohoa.usecases.archive.services import Registered
from sohoa.usecases.archive.store import read_file
from sohoa.usecases.archive.versions import visible

_MOST = 20
_DERIVED = frozenset({"code"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field's value before and after, masked; empty where there was or is none."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class VersionChange:
    """What a version says otherwise than the one before: by whom, when (ISO 8601), which fields.

    ``mode`` is the level before and after where it changed.
    """

    version: int
    by: str
    at: str
    fields: tuple[FieldChange, ...]
    mode: tuple[str, str] | None


def changes(reader: Reader, services: Registered, record_id: str) -> list[VersionChange]:
    """The last 20 versions after the first, newest first; raises ``NotFound`` as ``visible``."""
    _, newest = visible(reader, services, record_id)
    found = sorted((p for p in newest.manifest.files if p.endswith("/record.json")), key=version_of)
    kept = found[-_MOST - 1 :]
    if len(kept) < 2:
        return []
    records = [read_record(read_file(services, newest.agency, newest.manifest, path)) for path in kept]
    versions = zip(kept[1:], pairwise(records), strict=True)
    return [
        VersionChange(
            version_of(path),
            after.get("changed_by", ""),
            after.get("changed_at", ""),
            tuple(_fields(services, before, after)),
            None if before["mode"] == after["mode"] else (before["mode"], after["mode"]),
        )
        for path, (before, after) in versions
    ][::-1]


def _fields(services: Registered, before: Record, after: Record) -> Iterator[FieldChange]:
    old, new = field_values(before), field_values(after)
    for name in sorted({*old, *new} - _DERIVED):
        if old.get(name, "") != new.get(name, ""):
            shown = (masked(values.get(name, ""), services.codes) for values in (old, new))
            yield FieldChange(name, *shown)
