# ruff: noqa: S608  the parts are constants of this module
"""How fast coverage is counted: a full count, a night's touched cells, and a past day.

usage: .venv/bin/python -m bench.coverage [--records 1000000] [--registers 10000] [--postgresql]

Fills a new ledger by SQL with records of 300 agencies and 60 years, as many objects, and declarations; with
--postgresql a database of its own on the server of `scripts/services`, which is dropped at the end. Prints
one JSON object: seconds by the clock and of CPU, the peak of this process's memory. A measurement, no test.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import text

from sohoa.adapters.clock import SystemClock
from sohoa.adapters.ledger import SqlLedger, open_ledger
from sohoa.adapters.ledger.database import Database
from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.archive.actions import Action
from sohoa.domain.coverage.holdings import Holding, Unit
from sohoa.domain.coverage.ranking import Criterion
from sohoa.domain.coverage.targets import LegalTarget
from sohoa.domain.protection.access import Reader
from sohoa.ports import CoverageCounts, HoldingRegister, NewEvent, Snapshots, WorkHistory
from sohoa.usecases.coverage.measure import measure
from tests.support.databases import fresh_database
from tests.support.servers import servers

AGENCIES, YEARS, FIRST_YEAR = 300, 60, 1966
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
_MOMENT = BEGAN.isoformat(timespec="microseconds")
_SPAN = (
    "record_id, agency, year, searchable, signed, complete, draft, sheets, confidence, originally_signed,"
    " started, ended"
)
_NUMBERS = {
    "sqlite": "WITH RECURSIVE s(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM s WHERE n < :last) ",
    "postgresql": "WITH s(n) AS (SELECT generate_series(CAST(:first AS integer), CAST(:last AS integer))) ",
}
_AGENCY = {
    "sqlite": f"printf('Z%02d.%02d', 10 + n % {AGENCIES} / 50, n % {AGENCIES} % 50)",
    "postgresql": f"format('Z%s.%s', 10 + n % {AGENCIES} / 50, lpad((n % {AGENCIES} % 50)::text, 2, '0'))",
}


@dataclass(frozen=True)
class Band:
    target_low: float = 0.7
    target_high: float = 1.0
    pages_per_metre: int = 10_000


@dataclass(frozen=True)
class Province:
    """What measuring takes of ``Services``."""

    counts: CoverageCounts
    work: WorkHistory
    declared: HoldingRegister
    snapshots: Snapshots
    agencies: AgencyRegister
    holdings: Sequence[Holding] = ()
    targets: Sequence[LegalTarget] = ()
    criteria: Sequence[Criterion] = ()
    clock: SystemClock = field(default_factory=SystemClock)
    policy: Band = field(default_factory=Band)


def main() -> None:
    """Fill, count, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--registers", type=int, default=10_000)
    parser.add_argument("--postgresql", action="store_true")
    options = parser.parse_args()
    with _address(options.postgresql) as url:
        ledger = open_ledger(url, lambda _: False)
        sys.stdout.write(
            json.dumps(_measured(ledger, url, options.records, options.registers), indent=1) + "\n"
        )
        ledger.close()


@contextlib.contextmanager
def _address(postgresql: bool) -> Iterator[str]:
    if not postgresql:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/ledger.sqlite"
        return
    found = servers()
    if found is None:
        sys.exit("no servers: run scripts/services start")
    with fresh_database(found.ledger) as url:
        yield url


def _measured(ledger: SqlLedger, url: str, records: int, registers: int) -> Mapping[str, Any]:
    _fill(url, records)
    agencies = _agencies()
    _declare(ledger, agencies, registers)
    province = Province(ledger.coverage, ledger.work, ledger.holdings, ledger.snapshots, agencies)
    seconds = {
        "first_count_of_all_cells": _seconds(ledger.coverage.refresh),
        "full_recount": _seconds(ledger.coverage.recount),
        "figures_now": _seconds(lambda: measure(Reader("bench"), province)),
        "figures_of_a_past_day": _seconds(lambda: measure(Reader("bench"), province, date(2026, 1, 2))),
    }
    _records(url, records + 1, records + 10_000)
    seconds |= {
        "figures_now_before_the_night_counts": _seconds(lambda: measure(Reader("bench"), province)),
        "cells_touched_by_10000_records": _seconds(ledger.coverage.refresh),
    }
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sizes = {"ledger": url.partition(":")[0], "records": records, "registers": registers}
    return {**sizes, "seconds": seconds, "memory_mb": memory}


def _fill(url: str, many: int) -> None:
    """Records and objects as the ledger has them after as many nights, written by the database itself."""
    database = Database(url)
    kind = "postgresql" if database.is_server else "sqlite"
    name = "CAST(n AS TEXT)"
    settled = f"'e', 1, 'archived', '', '', '', {name}, 1, 1, false, '', '{_MOMENT}', NULL, {name}"
    key, size = f"{_AGENCY[kind]} || '/lo/' || n", {"first": 1, "last": many}
    span = f"SELECT {key}, 'e', {_AGENCY[kind]}, 'archived', '', false, '{_MOMENT}', NULL FROM s"
    with database.writing() as connection:
        database.take_time(connection)
        if (
            database.is_server
        ):  # a row at a time its trigger takes ten times as long, and is not what is measured
            connection.execute(text("ALTER TABLE objects DISABLE TRIGGER USER"))
        connection.execute(text(f"INSERT INTO objects {_NUMBERS[kind]}SELECT {key}, {settled} FROM s"), size)
        if database.is_server:
            connection.execute(text(f"INSERT INTO object_spans {_NUMBERS[kind]}{span}"), size)
            connection.execute(text("ALTER TABLE objects ENABLE TRIGGER USER"))
    database.close()
    _records(url, 1, many)


def _records(url: str, first: int, last: int) -> None:
    """So many records, with the cells that they touch."""
    database = Database(url)
    kind = "postgresql" if database.is_server else "sqlite"
    quality = "1 + n % 5, 60 + n % 41, n % 3 = 0"
    facts = "n % 10 <> 0, n % 11 <> 0, n % 7 <> 0, n % 50 = 0"
    year = f"{FIRST_YEAR} + n / {AGENCIES} % {YEARS}"
    row = f"CAST(n AS TEXT), {_AGENCY[kind]}, {year}, {facts}, {quality}, '{_MOMENT}', NULL"
    size = {"first": first, "last": last}
    with database.writing() as connection:
        database.take_time(connection)
        spans = f"INSERT INTO record_spans ({_SPAN}) {_NUMBERS[kind]}SELECT {row} FROM s"
        connection.execute(text(spans), size)
        cells = f"SELECT DISTINCT {_AGENCY[kind]}, {year}, '{_MOMENT}' FROM s"
        connection.execute(text(f"INSERT INTO coverage_touched {_NUMBERS[kind]}{cells}"), size)
        if database.is_server:
            connection.execute(text("ANALYZE"))
    database.close()


def _agencies() -> AgencyRegister:
    codes = [f"Z{10 + n // 50}.{n % 50:02}" for n in range(AGENCIES)]
    return AgencyRegister(Agency(code, code) for code in codes)


def _declare(ledger: SqlLedger, agencies: AgencyRegister, registers: int) -> None:
    codes = [agency.code for agency in agencies]
    holdings = [
        Holding(
            agency=codes[n % AGENCIES],
            fonds=f"P{n // (AGENCIES * YEARS)}",
            year=FIRST_YEAR + n // AGENCIES % YEARS,
            unit=Unit.DOCUMENTS,
            held=Decimal(1000),
            source="bench",
            as_of=date(2025, 12, 31),
        )
        for n in range(registers)
    ]
    event = NewEvent("bench", Action.HOLDINGS_DECLARED, {})
    ledger.holdings.declare(holdings, "bench", BEGAN, date.min, event)


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    """By the clock, and of this process's CPU: all of it on SQLite, without the server's on PostgreSQL."""
    began = time.perf_counter(), time.process_time()
    work()
    return round(time.perf_counter() - began[0], 2), round(time.process_time() - began[1], 2)


if __name__ == "__main__":
    main()
