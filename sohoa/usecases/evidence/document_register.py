"""Enter an agency's register of outgoing or incoming documents: its lines become evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import InvalidRequest, NotFound
from sohoa.domain.evidence.document_register import Direction, register_table
from sohoa.domain.protection.access import Reader
from sohoa.domain.tables import Cells
from sohoa.ports import Clock, DocumentRegisters, Entered, EventLog
from sohoa.usecases.digests import file_sha256


class RegisterServices(Protocol):
    """What entering a register needs of ``Services``."""

    @property
    def registers(self) -> DocumentRegisters: ...
    @property
    def agencies(self) -> AgencyRegister: ...
    @property
    def events(self) -> EventLog: ...
    @property
    def clock(self) -> Clock: ...


@dataclass(frozen=True, slots=True)
class RegisterImport:
    """What became of the lines of a register file; ``faults`` name lines and what to do.

    ``years`` are those of the documents; None stands for lines without a date.
    """

    entered: Entered
    faults: tuple[str, ...]
    years: frozenset[int | None]


def enter_register(
    reader: Reader,
    services: RegisterServices,
    path: Path,
    lines: Iterable[Cells],
    agency: str,
    direction: Direction | None = None,
) -> RegisterImport:
    """Enter the lines of the file at ``path``; the same file again changes nothing.

    Raises ``Refused`` for an unknown agency and for a file without a column of a register.
    """
    if not services.agencies.knows(agency) or not reader.access.covers(agency):
        raise NotFound("agency", f"agency {agency!r} is not in the agency register")
    try:
        found = register_table(lines, agency, path.name, direction)
    except ValueError as error:
        raise InvalidRequest("table", f"{path}: {error}") from error
    now = services.clock.now()
    entered = services.registers.enter(found.entries, now)
    if entered.new or entered.changed:
        details = {"file": path.name, "sha256": file_sha256(path), "new": entered.new}
        details |= {"changed": entered.changed, "faults": len(found.faults)}
        services.events.append(f"register:{agency}", reader.actor, Action.REGISTER_ENTERED, details, now)
    issued = (entry.issued_date for entry in found.entries)
    return RegisterImport(entered, found.faults, frozenset(int(day[:4]) if day else None for day in issued))
