"""Holdings registers: handed in, corrected, looked at; the file of the configuration is the first of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.archive.actions import Action
from sohoa.domain.coverage.holdings import Declaration, Holding, in_force
from sohoa.domain.coverage.register_table import Line, Rules, overlapping, register_of
from sohoa.domain.errors import InvalidRequest
from sohoa.domain.protection.access import Reader
from sohoa.ports import Clock, Entered, HoldingFiles, HoldingRegister, NewEvent, Snapshots
from sohoa.usecases.digests import file_sha256

CONFIGURED = "config/holdings.csv"
"""Who declares what stands in the file of the configuration."""


class ShelfRule(Protocol):
    """How many boxes stand on a metre of shelf."""

    @property
    def boxes_per_metre(self) -> int: ...


class DeclaredServices(Protocol):
    """What is declared, and the clock; ``holdings`` are those of the configuration's file."""

    @property
    def declared(self) -> HoldingRegister: ...
    @property
    def holdings(self) -> Sequence[Holding]: ...
    @property
    def snapshots(self) -> Snapshots: ...
    @property
    def clock(self) -> Clock: ...


class RegisterServices(DeclaredServices, Protocol):
    """What a register handed in needs on top."""

    @property
    def holding_files(self) -> HoldingFiles: ...
    @property
    def agencies(self) -> AgencyRegister: ...
    @property
    def policy(self) -> ShelfRule: ...


@dataclass(frozen=True, slots=True)
class HoldingsImport:
    """What became of a register; ``left`` are the rows that were not taken, each with its ``fault``."""

    entered: Entered
    faults: tuple[str, ...]
    notes: tuple[str, ...]
    left: tuple[Mapping[str, str], ...]


def import_holdings(
    reader: Reader, services: RegisterServices, path: Path, only_good: bool = False
) -> HoldingsImport:
    """Declare what the file says: all of it or, with a faulty row, nothing, unless only good rows are wanted.

    What stands in the configuration's file is declared first, so that the register corrects it. A row that
    says what its agency declared before adds nothing. Raises ``InvalidRequest`` for what is no register.
    """
    today = services.clock.today()
    rules = Rules(services.agencies, today, services.policy.boxes_per_metre, reader.access.covers)
    try:
        found = register_of(services.holding_files.read(path), path.name, rules)
    except ValueError as error:
        raise InvalidRequest("table", f"{path}: {error}") from error
    take_over(reader, services)
    known = services.declared.declarations()
    lines = overlapping(found.lines, declared_holdings(services, None))
    faults = tuple(f"dòng {line.number}: {fault}" for line in lines for fault in line.faults)
    left = tuple({**line.given, "fault": "; ".join(line.faults)} for line in lines if line.faults)
    if faults and not only_good:
        return HoldingsImport(Entered(0, 0, 0), faults, found.notes, left)
    entered, notes = _declare(reader, services, path, lines, known)
    return HoldingsImport(entered, faults, (*found.notes, *notes), left)


def _declare(
    reader: Reader,
    services: RegisterServices,
    path: Path,
    lines: Sequence[Line],
    known: Sequence[Declaration],
) -> tuple[Entered, list[str]]:
    said = {(d.holding.subject, d.holding.as_of): d.holding.statement for d in known}
    newest: dict[object, date] = {}
    for declaration in known:
        subject = declaration.holding.subject
        newest[subject] = max(newest.get(subject, date.min), declaration.holding.as_of)
    stated = [holding for line in lines if not line.faults for holding in line.holdings]
    fresh = [h for h in stated if said.get((h.subject, h.as_of)) != h.statement]
    new = sum(h.subject not in newest for h in fresh)
    entered = Entered(new, len(fresh) - new, len(stated) - len(fresh))
    notes = [
        f"{holding.row}: kiểm kê cũ hơn khai báo đang dùng, chỉ lưu vào lịch sử"
        for holding in fresh
        if holding.as_of < newest.get(holding.subject, date.min)
    ]
    if fresh:
        details = {"file": path.name, "sha256": file_sha256(path), "new": new, "changed": entered.changed}
        _add(services, fresh, reader.actor, NewEvent(reader.actor, Action.HOLDINGS_DECLARED, details))
    return entered, notes


def take_over(reader: Reader, services: DeclaredServices) -> int:
    """Declare what stands in the configuration's file and was not declared by it before; how many."""
    fresh = undeclared(services.holdings, services.declared.declarations())
    if fresh:
        details = {"file": CONFIGURED, "new": len(fresh)}
        _add(services, fresh, CONFIGURED, NewEvent(reader.actor, Action.HOLDINGS_DECLARED, details))
    return len(fresh)


def _add(services: DeclaredServices, fresh: Sequence[Holding], by: str, event: NewEvent) -> None:
    published = services.snapshots.newest()
    counts_from = published + timedelta(days=1) if published else date.min
    services.declared.declare(fresh, by, services.clock.now(), counts_from, event)


def undeclared(configured: Iterable[Holding], known: Iterable[Declaration]) -> list[Holding]:
    """Rows of the configuration's file that differ from what it said last, or else from what anybody did."""
    by_file: dict[object, object] = {}
    by_all: dict[object, object] = {}
    for declaration in known:
        key = declaration.holding.subject, declaration.holding.as_of
        by_all[key] = declaration.holding.statement
        if declaration.declared_by == CONFIGURED:
            by_file[key] = declaration.holding.statement
    return [
        holding
        for holding in configured
        if by_file.get(key := (holding.subject, holding.as_of), by_all.get(key)) != holding.statement
    ]


def declared_holdings(services: DeclaredServices, day: date | None) -> tuple[Holding, ...]:
    """The declarations in force at the end of the day (None: now), the configuration's file among them."""
    known = services.declared.declarations()
    standing = [d.holding for d in known if d.known_on(day)]
    return in_force([*standing, *undeclared(services.holdings, known)], day or services.clock.today())


def declared_on(services: DeclaredServices, days: Iterable[date]) -> Mapping[date, tuple[Holding, ...]]:
    """The declarations in force at the end of each of these days; between two that differ in none once."""
    known = services.declared.declarations()
    fresh = undeclared(services.holdings, known)
    stated = [(h, h.as_of) for h in fresh] + [(d.holding, d.counts_from) for d in known]
    turns = sorted({day for holding, since in stated for day in _turns(holding, since)})
    found: dict[int, tuple[Holding, ...]] = {}
    told = {}
    for day in days:
        place = bisect_right(turns, day)
        if place not in found:
            found[place] = in_force([*(d.holding for d in known if d.known_on(day)), *fresh], day)
        told[day] = found[place]
    return told


def _turns(holding: Holding, counts_from: date) -> Iterator[date]:
    """The days from which on the declaration changes what is in force."""
    yield holding.as_of
    yield counts_from
    if holding.valid_to is not None and holding.valid_to < date.max:
        yield holding.valid_to + timedelta(days=1)


def listed(reader: Reader, services: DeclaredServices, agency: str = "") -> Sequence[Holding]:
    """The declarations in force, of the reader's agencies, of one if wanted."""
    found = declared_holdings(services, None)
    return [h for h in found if agency in ("", h.agency) and reader.access.covers(h.agency)]


def history(
    reader: Reader, services: DeclaredServices, agency: str, fonds: str = "", year: int | None = None
) -> Sequence[Declaration]:
    """All that was ever declared for an agency, oldest first; of a fonds or a year if wanted."""
    return [
        d
        for d in services.declared.declarations(agency=agency)
        if reader.access.covers(d.holding.agency)
        and fonds in ("", d.holding.fonds)
        and year in (None, d.holding.year)
    ]
