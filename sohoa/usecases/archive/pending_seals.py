"""Seals that wait: signed as soon as key, TSA and revocation data are there, once, as a next version."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.archive.record import Record, is_sealed, value_of
from sohoa.domain.archive.versions import sha256_hex
from sohoa.domain.errors import SohoaError
from sohoa.domain.protection.access import Reader
from sohoa.ports import KeyState, Sealer
from sohoa.usecases.archive.history import sealed_or_not
from sohoa.usecases.archive.sealing import request_for, section_of, waiting_copy, with_seal
from sohoa.usecases.archive.services import Registered, VersionServices
from sohoa.usecases.archive.store import copy_path, load, read_file
from sohoa.usecases.archive.versions import Current, Revision, revise

log = logging.getLogger("sohoa.seals")


class SealServices(VersionServices, Protocol):
    """The records, and what seals them."""

    @property
    def sealer(self) -> Sealer: ...
    @property
    def agencies(self) -> AgencyRegister: ...


@dataclass(frozen=True, slots=True)
class SealsDone:
    """Ids of records that were signed now, and why others, by id, wait on."""

    sealed: tuple[str, ...]
    waiting: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """By which key, at which level and when a record was signed; old ones do not say the certificate."""

    record_id: str
    signer: str
    certificate: str
    level: str
    signing_time: str


def complete_seals(
    reader: Reader, services: SealServices, is_over: Callable[[], bool] = lambda: False
) -> SealsDone:
    """Sign every copy that waits for it; what cannot be signed yet stays as it is.

    A record is signed under its claim, on its newest version, and only where that one is not signed.
    """
    names = [row.record_id for row in services.records.records() if not row.signed and not row.withdrawn]
    sealed, waiting = list[str](), dict[str, str]()
    for name in names:
        if is_over():
            waiting[name] = "the time of the night is over"
            continue
        reason = _complete(reader, services, name)
        if reason:
            waiting[name] = reason
        else:
            sealed.append(name)
    return SealsDone(tuple(sealed), waiting)


def _complete(reader: Reader, services: SealServices, name: str) -> str:
    """Why the record's copy waits on; empty where it is signed now."""
    reasons = list[str]()

    def decide(now: Current) -> Revision | None:
        if is_sealed(now.record):
            return None
        made = _sealed(services, now)
        if isinstance(made, str):
            reasons.append(made)
            return None
        return made

    try:
        revise(reader, services, name, None, decide, despite_hold=True)
    except SohoaError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001  the other records are signed
        log.error("%s was not signed: %s", name, type(error).__name__)
        return f"not signed ({type(error).__name__})"
    return reasons[0] if reasons else ""


def _sealed(services: SealServices, now: Current) -> Revision | str:
    """The version with the signed copy, or why it waits on."""
    record, path = now.record, copy_path(now.manifest)
    copy = waiting_copy(read_file(services, now.agency, now.manifest, path), record["seal"])
    request = request_for(
        services.agencies,
        now.agency,
        record["record_id"],
        record["source"]["sha256"],
        value_of(record, "subject"),
        services.clock,
    )
    sealed = services.sealer.complete(copy, request)
    if sealed.unsealed:
        return sealed.unsealed
    revised: Record = with_seal(record, sealed, section_of(sealed))
    done = sealed_or_not(revised, sha256_hex(sealed.pdf))
    return Revision(revised, [done], {"archive.pdf": sealed.pdf})


def sealed_records(reader: Reader, services: Registered) -> Iterator[SealedRecord]:
    """By which key each record of the archive that stands was signed; streaming, read from the archive."""
    for row in services.records.records():
        found = None if row.withdrawn else load(services, row.agency, row.record_id)
        if found is None or not reader.access.allows(row.agency, found.record["mode"]):
            continue
        seal = found.record["seal"]
        yield SealedRecord(
            record_id=row.record_id,
            signer=seal["signer"],
            certificate=seal.get("certificate", ""),
            level=seal.get("level", ""),
            signing_time=seal["signing_time"],
        )


def seals_of_the_night(reader: Reader, services: SealServices, until: datetime) -> dict[str, Any]:
    """Sign what waits for it, until that time; how much waits on, and the state of the keys."""
    done = complete_seals(reader, services, lambda: services.clock.now() > until)
    keys = services.sealer.keys(services.clock.now())
    return {"sealed": len(done.sealed), "waiting": len(done.waiting), "keys": [*map(key_json, keys)]}


def key_warnings(services: SealServices) -> Iterator[str]:
    """A line for every key that has a problem, or will have one soon."""
    for key in services.sealer.keys(services.clock.now()):
        if key.problem or key.warning:
            yield f"the key of {key.signer} for {key.agency}: {key.problem or key.warning}"


def key_json(key: KeyState) -> dict[str, Any]:
    """A signing key as plain data; nothing of it is secret."""
    return {
        "agency": key.agency,
        "signer": key.signer,
        "certificate": key.certificate,
        "until": key.until.isoformat(),
        "problem": key.problem,
        "warning": key.warning,
    }
