"""Digests of days: made at the end of a night, kept in the archive, proofs for single records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Protocol, TypeVar

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
from sohoa.domain.archive.versions import sha256_hex
from sohoa.domain.errors import NotFound, Unavailable
from sohoa.domain.local_time import VIETNAM
from sohoa.ports import Clock, EventLog, RecordRegister, Sealer
from sohoa.usecases.archive.services import StoredRecords

FILES = (LEAVES, SIGNATURE, STAMP, DIGEST)
_AT_ONCE = 500
"""Records whose histories the ledger is asked for at once."""
Item = TypeVar("Item")
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


class Kept(Files):
    """Digests that stay where they are: each file is read when it is asked for, one at a time."""

    def __init__(self, paths: Collection[str], read: Callable[[str], bytes]) -> None:
        self._paths = frozenset(paths)
        self._read = read

    def __getitem__(self, path: str) -> bytes:
        if path not in self._paths:
            raise KeyError(path)
        return self._read(path)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._paths))

    def __len__(self) -> int:
        return len(self._paths)


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


def stored_digests(services: StoredRecords) -> Files:
    """Every file of every digest in the archive."""
    listed = services.store.list(services.policy.archive, f"{FOLDER}/")
    paths = [info.key.removeprefix(f"{FOLDER}/") for info in listed]
    return Kept(paths, lambda path: services.store.get(services.policy.archive, f"{FOLDER}/{path}"))


def proof(services: DigestServices, record_id: str) -> str:
    """What proves that the newest digest holds the record, for anyone with ``sha256sum``.

    Raises ``NotFound`` where no digest holds it.
    """
    for day in reversed(stored_days(services)):
        lines = lines_of(_get(services, day, LEAVES))
        places = [at for at, line in enumerate(lines) if line.split(" ")[1:2] == [record_id]]
        if places:
            steps = merkle.path(lines, places[0])
            told = [f"{'left' if step.on_the_left else 'right'} {step.sibling}" for step in steps]
            digest = DayDigest.from_bytes(_get(services, day, DIGEST))
            return "\n".join([f"day {day}", f"leaf {lines[places[0]]}", *told, f"root {digest.root}", ""])
    raise NotFound("record", f"no digest holds a record {record_id!r}")


def _leaves(services: DigestServices) -> Iterator[Leaf]:
    for rows in batches(services.records.records()):
        chains = services.events.hashes([row.record_id for row in rows])
        for row in rows:
            head = chains[row.record_id][-1] if chains[row.record_id] else ""
            yield Leaf(row.agency, row.record_id, row.version, row.manifest_sha256, head)


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items in lists, each of so many as the ledger is asked for at once."""
    iterator = iter(items)
    while batch := list(islice(iterator, _AT_ONCE)):
        yield batch


def _changed_since(services: DigestServices, day: str) -> bool:
    """Whether any record has another manifest than the digest names, or is not in it, or no longer."""
    bound = {line.rpartition(" ")[0] for line in lines_of(_get(services, day, LEAVES))}
    rows = services.records.records()
    leaves = (Leaf(row.agency, row.record_id, row.version, row.manifest_sha256, "") for row in rows)
    return bound != {leaf.line.rpartition(" ")[0] for leaf in leaves}


def lines_of(data: bytes) -> Sequence[str]:
    """The lines of ``leaves.txt``."""
    return data.decode(errors="replace").splitlines()


def _get(services: StoredRecords, day: str, name: str) -> bytes:
    return services.store.get(services.policy.archive, f"{FOLDER}/{day}/{name}")
