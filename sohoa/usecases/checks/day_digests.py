"""Digests of days: made at the end of a night, compared with the archive, proofs for single records.

A record that was removed, replaced, rolled back or rewritten with all its hashes is noticed by the newest
digest; a digest that was made anew, by the copy that was exported to an independent place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Protocol

from sohoa.domain.archive import merkle
from sohoa.domain.archive.day_digest import (
    DIGEST,
    FOLDER,
    LEAVES,
    SIGNATURE,
    STAMP,
    DayDigest,
    Leaf,
    day_of,
    in_order,
    name_of,
)
from sohoa.domain.archive.versions import manifest_path, record_prefix, sha256_hex
from sohoa.domain.errors import NotFound, Unavailable
from sohoa.domain.local_time import VIETNAM
from sohoa.ports import Clock, EventLog, RecordRegister, Sealer, TextSeal
from sohoa.usecases.archive.services import StoredRecords
from sohoa.usecases.checks.faults import Fault, FaultKind, Faults

_TOLERANCE = timedelta(minutes=5)
"""How far the time of the signature may be from the one that the digest says."""
FILES = (LEAVES, SIGNATURE, STAMP, DIGEST)
Files = Mapping[str, bytes]
"""Digests by their paths, ``DAY/FILE``."""


class DigestServices(StoredRecords, Protocol):
    """The archive, the ledger's rows and events, and what signs."""

    @property
    def records(self) -> RecordRegister: ...
    @property
    def events(self) -> EventLog: ...
    @property
    def sealer(self) -> Sealer: ...
    @property
    def clock(self) -> Clock: ...


@dataclass(frozen=True, slots=True)
class DigestReport:
    """How many digests were checked, against how many records, and every fault."""

    digests: int
    records: int
    faults: tuple[Fault, ...]


def digest_of_the_day(services: DigestServices) -> dict[str, Any]:
    """Make the digest of this day, a further one where manifests changed since the last of the day.

    Where it cannot be signed now, the reason.
    """
    now = services.clock.now()
    known = stored_days(services)
    day = name_of(now.astimezone(VIETNAM).date(), known)
    if day_of(day) in known and not _changed_since(services, known[-1]):
        return {"day": known[-1], "made": False}
    leaves = [leaf.line for leaf in _leaves(services)]
    if not leaves:
        return {"day": day, "made": False}
    previous = sha256_hex(_get(services, known[-1], DIGEST)) if known else ""
    digest = DayDigest(day, now, previous, len(leaves), merkle.root(leaves), services.sealer.level)
    try:
        seal = services.sealer.sign_text(digest.to_bytes(), now)
    except Unavailable as error:
        return {"day": day, "made": False, "reason": str(error)}
    parts = {LEAVES: "".join(f"{line}\n" for line in leaves).encode(), SIGNATURE: seal.signature}
    for name, data in (parts | ({STAMP: seal.token} if seal.token else {})).items():
        services.store.put(services.policy.archive, f"{FOLDER}/{day}/{name}", data, replace=True)
    services.store.put(services.policy.archive, f"{FOLDER}/{day}/{DIGEST}", digest.to_bytes())
    return {"day": day, "made": True, "records": len(leaves)}


def stored_days(services: StoredRecords) -> list[str]:
    """The names of complete digests, oldest first."""
    keys = (info.key.split("/") for info in services.store.list(services.policy.archive, f"{FOLDER}/"))
    return in_order(parts[1] for parts in keys if len(parts) == 3 and parts[2] == DIGEST)


def exported(services: StoredRecords) -> Iterator[tuple[str, bytes]]:
    """Every file of every digest by its path; streaming."""
    for info in services.store.list(services.policy.archive, f"{FOLDER}/"):
        yield info.key.removeprefix(f"{FOLDER}/"), services.store.get(services.policy.archive, info.key)


def check_digests(services: DigestServices, elsewhere: Files) -> DigestReport:
    """Check the archive's digests, those kept elsewhere, and the archive against the newest of both."""
    faults, own = Faults(), dict(exported(services))
    for told, files in (("archive", own), ("exported", elsewhere)):
        before: bytes | None = b"" if told == "archive" else None
        for day in _days(files):
            place = f"{told}: {FOLDER}/{day}"
            faults.check(place, partial(_digest_faults, services, place, files, day, before))
            before = files[f"{day}/{DIGEST}"]
    faults += _differences(own, elsewhere)
    newest = {_leaves_of(files) for files in (own, elsewhere) if files}
    checked = set[str]()
    for lines in newest:
        leaves = faults.made(FOLDER, partial(_read, lines)) or []
        for leaf in leaves:
            checked.add(leaf.record_id)
            faults += [fault for fault in _record_faults(services, leaf) if fault not in faults]
    return DigestReport(len({*_days(own), *_days(elsewhere)}), len(checked), tuple(faults))


def proof(services: DigestServices, record_id: str) -> str:
    """What proves that the newest digest holds the record, for anyone with ``sha256sum``.

    Raises ``NotFound`` where no digest holds it.
    """
    for day in reversed(stored_days(services)):
        lines = _lines(_get(services, day, LEAVES))
        places = [at for at, line in enumerate(lines) if line.split(" ")[1:2] == [record_id]]
        if places:
            steps = merkle.path(lines, places[0])
            told = [f"{'left' if step.on_the_left else 'right'} {step.sibling}" for step in steps]
            digest = DayDigest.from_bytes(_get(services, day, DIGEST))
            return "\n".join([f"day {day}", f"leaf {lines[places[0]]}", *told, f"root {digest.root}", ""])
    raise NotFound("record", f"no digest holds a record {record_id!r}")


def _leaves(services: DigestServices) -> Iterator[Leaf]:
    for row in services.records.records():
        events = services.events.events(row.record_id)
        head = events[-1].hash if events else ""
        yield Leaf(row.agency, row.record_id, row.version, row.manifest_sha256, head)


def _changed_since(services: DigestServices, day: str) -> bool:
    """Whether any record has another manifest than the digest names, or is not in it, or no longer."""
    bound = {line.rpartition(" ")[0] for line in _lines(_get(services, day, LEAVES))}
    rows = services.records.records()
    leaves = (Leaf(row.agency, row.record_id, row.version, row.manifest_sha256, "") for row in rows)
    return bound != {leaf.line.rpartition(" ")[0] for leaf in leaves}


def _digest_faults(
    services: DigestServices, place: str, files: Files, day: str, before: bytes | None
) -> Iterator[Fault]:
    """Name, order, root and signature of one digest; ``before`` is the one before it, None where unknown."""
    data = files[f"{day}/{DIGEST}"]
    digest, lines = DayDigest.from_bytes(data), _lines(files.get(f"{day}/{LEAVES}", b""))
    if digest.day != day:
        yield Fault(place, FaultKind.SWAPPED, f"the digest of {day}", f"that of {digest.day}")
    expected = sha256_hex(before) if before else ""
    if before is not None and digest.previous != expected:
        yield Fault(
            place, FaultKind.CHANGED, f"after {expected or 'none'}", f"after {digest.previous or 'none'}"
        )
    if (digest.size, digest.root) != (len(lines), merkle.root(lines)):
        yield Fault(place, FaultKind.CHANGED, f"root {digest.root}", f"root {merkle.root(lines)}")
    made_on = digest.made_at.astimezone(VIETNAM).date().isoformat()
    if made_on != day_of(digest.day):
        yield Fault(place, FaultKind.CHANGED, f"made on {day_of(digest.day)}", f"on {made_on}")
    seal = TextSeal(files.get(f"{day}/{SIGNATURE}", b""), files.get(f"{day}/{STAMP}", b""))
    yield from _seal_faults(services, place, digest, data, seal)


def _seal_faults(
    services: DigestServices, place: str, digest: DayDigest, data: bytes, seal: TextSeal
) -> Iterator[Fault]:
    """The signature, at the level and the time that the digest says."""
    check = services.sealer.check_text(data, seal)
    if not check.valid:
        yield Fault(place, FaultKind.SIGNATURE, "a valid signature of ours", check.problem)
        return
    if digest.level not in ("", "B-B") and not seal.token:
        yield Fault(place, FaultKind.SIGNATURE, f"level {digest.level}, with a time-stamp", check.level)
    at = check.signing_time
    if at is not None and abs(at - digest.made_at) > _TOLERANCE:
        yield Fault(
            place, FaultKind.SIGNATURE, f"signed at {digest.made_at.isoformat()}", f"at {at.isoformat()}"
        )


def _differences(own: Files, elsewhere: Files) -> Iterator[Fault]:
    """What was exported is in the archive, byte for byte; a proof needs all of it."""
    for path, data in sorted(elsewhere.items()):
        if path not in own:
            yield Fault(f"{FOLDER}/{path}", FaultKind.MISSING, sha256_hex(data), "no such file")
        elif own[path] != data:
            yield Fault(f"{FOLDER}/{path}", FaultKind.CHANGED, sha256_hex(data), sha256_hex(own[path]))


def _record_faults(services: DigestServices, leaf: Leaf) -> Iterator[Fault]:
    """The version that the digest names is there with its manifest, the history goes through its head."""
    prefix = record_prefix(leaf.agency, leaf.record_id)
    place = prefix + manifest_path(leaf.version)
    if services.store.stat(services.policy.archive, place) is None:
        yield Fault(place, FaultKind.MISSING_RECORD, leaf.manifest_sha256, "no such file")
        return
    found = sha256_hex(services.store.get(services.policy.archive, place))
    if found != leaf.manifest_sha256:
        yield Fault(place, FaultKind.CHANGED, leaf.manifest_sha256, found)
    if leaf.head and leaf.head not in {event.hash for event in services.events.events(leaf.record_id)}:
        yield Fault(leaf.record_id, FaultKind.EVENT_CHAIN, f"an event {leaf.head}", "none")


def _days(files: Files) -> list[str]:
    return in_order(path.partition("/")[0] for path in files if path.endswith(f"/{DIGEST}"))


def _leaves_of(files: Files) -> tuple[str, ...]:
    days = _days(files)
    return tuple(_lines(files.get(f"{days[-1]}/{LEAVES}", b""))) if days else ()


def _read(lines: Sequence[str]) -> list[Leaf]:
    return [Leaf.from_line(line) for line in lines]


def _lines(data: bytes) -> Sequence[str]:
    return data.decode(errors="replace").splitlines()


def _get(services: StoredRecords, day: str, name: str) -> bytes:
    return services.store.get(services.policy.archive, f"{FOLDER}/{day}/{name}")
