"""Digests of days compared with the archive.

A record that was removed, replaced, rolled back or rewritten with all its hashes is noticed by the newest
digest; a digest that was made anew, by the copy that was exported to an independent place.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

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
)
from sohoa.domain.archive.versions import manifest_path, record_prefix, sha256_hex
from sohoa.domain.errors import Corrupt
from sohoa.domain.local_time import VIETNAM
from sohoa.ports import TextSeal
from sohoa.usecases.checks.day_digests import DigestServices, Files, batches, lines_of, stored_digests
from sohoa.usecases.checks.faults import Fault, FaultKind, Faults

_TOLERANCE = timedelta(minutes=5)
"""How far the time of the signature may be from the one that the digest says."""


@dataclass(frozen=True, slots=True)
class DigestReport:
    """How many digests were checked, against how many records, and every fault."""

    digests: int
    records: int
    faults: tuple[Fault, ...]


def check_digests(services: DigestServices, elsewhere: Files) -> DigestReport:
    """Check the archive's digests, those kept elsewhere, and the archive against the newest of both."""
    faults, own = Faults(), stored_digests(services)
    for told, files in (("archive", own), ("exported", elsewhere)):
        before: bytes | None = b"" if told == "archive" else None
        for day in _days(files):
            place = f"{told}: {FOLDER}/{day}"
            faults.check(place, partial(_digest_faults, services, place, files, day, before))
            before = files[f"{day}/{DIGEST}"]
    faults += _differences(own, elsewhere)
    newest = {_leaves_of(files) for files in (own, elsewhere) if files}
    leaves = dict.fromkeys(
        leaf for lines in newest for leaf in faults.made(FOLDER, partial(_read, lines)) or ()
    )
    faults += _record_faults(services, leaves)
    records = len({leaf.record_id for leaf in leaves})
    return DigestReport(len({*_days(own), *_days(elsewhere)}), records, tuple(faults))


def newest_faults(services: DigestServices, names: Container[str], known: Container[str]) -> Iterator[Fault]:
    """The newest digest is rightly signed, the ledger knows its records, and those of ``names`` are there."""
    faults, own = Faults(), stored_digests(services)
    days = _days(own)
    for day in days[-1:]:
        before = own[f"{days[-2]}/{DIGEST}"] if len(days) > 1 else b""
        place = f"archive: {FOLDER}/{day}"
        faults.check(place, partial(_digest_faults, services, place, own, day, before))
        leaves = faults.made(FOLDER, lambda: _read(_leaves_of(own))) or []
        for leaf in leaves:
            if leaf.record_id not in known:
                faults.append(
                    Fault(leaf.record_id, FaultKind.MISSING_RECORD, "a record of the ledger", "none")
                )
        faults += _record_faults(services, (leaf for leaf in leaves if leaf.record_id in names))
    return iter(faults)


def _digest_faults(
    services: DigestServices, place: str, files: Files, day: str, before: bytes | None
) -> Iterator[Fault]:
    """Name, order, root and signature of one digest; ``before`` is the one before it, None where unknown."""
    data = files[f"{day}/{DIGEST}"]
    digest, lines = DayDigest.from_bytes(data), lines_of(files.get(f"{day}/{LEAVES}", b""))
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
    for path in sorted(elsewhere):
        expected = sha256_hex(elsewhere[path])
        found = sha256_hex(own[path]) if path in own else ""
        if not found:
            yield Fault(f"{FOLDER}/{path}", FaultKind.MISSING, expected, "no such file")
        elif found != expected:
            yield Fault(f"{FOLDER}/{path}", FaultKind.CHANGED, expected, found)


def _record_faults(services: DigestServices, leaves: Iterable[Leaf]) -> Iterator[Fault]:
    """The version that the digest names is there with its manifest, the history goes through its head."""
    for batch in batches(leaves):
        chains = services.events.hashes([leaf.record_id for leaf in batch])
        for leaf in batch:
            yield from _manifest_faults(services, leaf)
            if leaf.head and leaf.head not in chains[leaf.record_id]:
                yield Fault(leaf.record_id, FaultKind.EVENT_CHAIN, f"an event {leaf.head}", "none")


def _manifest_faults(services: DigestServices, leaf: Leaf) -> Iterator[Fault]:
    place = record_prefix(leaf.agency, leaf.record_id) + manifest_path(leaf.version)
    try:
        found = sha256_hex(services.store.get(services.policy.archive, place))
    except Corrupt:
        yield Fault(place, FaultKind.MISSING_RECORD, leaf.manifest_sha256, "no such file")
        return
    if found != leaf.manifest_sha256:
        yield Fault(place, FaultKind.CHANGED, leaf.manifest_sha256, found)


def _days(files: Files) -> list[str]:
    return in_order(path.partition("/")[0] for path in files if path.endswith(f"/{DIGEST}"))


def _leaves_of(files: Files) -> tuple[str, ...]:
    days = _days(files)
    return tuple(lines_of(files.get(f"{days[-1]}/{LEAVES}", b""))) if days else ()


def _read(lines: Sequence[str]) -> list[Leaf]:
    return [Leaf.from_line(line) for line in lines]
