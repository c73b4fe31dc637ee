"""What signing in and the writing of events cost: `python -m bench.people [EVENTS]`.

Over an embedded ledger, as JSON: how far wrong names and wrong passwords are apart (median of 200 tries each,
in turn); what a search costs and what its event; how long an event takes while others write. So many events
are there already (default 100,000).
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import create_engine, insert

from sohoa.adapters.ledger.tables import EVENTS
from sohoa.adapters.sqlite_index import SqliteIndex
from sohoa.domain.archive.actions import Action
from sohoa.domain.protection.access import OPERATOR, Reader
from sohoa.domain.search.entry import IndexEntry
from sohoa.domain.search.query import parse_query
from sohoa.usecases.people.acts import noted
from sohoa.usecases.people.sign_in import sign_in
from tests.support.moments import NOON
from tests.support.people import People, opened_people

_TRIES, _SEARCHES, _WRITERS = 200, 500, 20


def main() -> None:
    """Print the figures."""
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with TemporaryDirectory() as folder, opened_people(Path(folder)) as people:
        figures: dict[str, object] = {"sign_in": _sign_ins(people), "events": events}
        _fill(Path(folder), events)
        figures |= {"search": _searches(people, Path(folder)), "at_once": _writers(people)}
    json.dump(figures, sys.stdout, indent=1)


def _sign_ins(people: People) -> dict[str, float]:
    people.with_own_password("lan")
    times: dict[str, list[float]] = {"lan": [], "nobody": []}
    for _ in range(_TRIES):
        for login, taken in times.items():
            people.clock.pass_by(timedelta(hours=1))
            began = perf_counter()
            sign_in(people, login, "a wrong password", "192.0.2.1")
            taken.append((perf_counter() - began) * 1000)
    known, unknown = (median(taken) for taken in times.values())
    return {"wrong_password_ms": known, "wrong_name_ms": unknown, "apart_ms": abs(known - unknown)}


def _fill(folder: Path, number: int) -> None:
    """Events of other chains, so that the table is as large as after months."""
    rows = (
        {
            "subject": f"views/{at % 5000:026}",
            "position": at // 5000 + 1,
            "at": NOON,
            "actor": "person:X",
            "action": "viewed",
            "details": "{}",
            "previous": "",
            "hash": "0" * 64,
        }
        for at in range(number)
    )
    engine = create_engine(f"sqlite:///{folder / 'ledger.sqlite'}")
    with engine.begin() as connection:
        connection.execute(insert(EVENTS), list(rows))
    engine.dispose()


def _searches(people: People, folder: Path) -> dict[str, object]:
    index = SqliteIndex(folder / "index.sqlite")
    body = "quyết định số {} của Uỷ ban"
    index.rebuild(IndexEntry(f"{at:026}", "Z1", "01", {}, body.format(at)) for at in range(2000))
    reader, query = Reader("Lan", True, frozenset({"reader"})), parse_query("quyết định")
    alone, writing = list[float](), list[float]()
    for _ in range(_SEARCHES):
        began = perf_counter()
        found = index.search(query, OPERATOR, size=20)
        middle = perf_counter()
        noted(reader, people, Action.SEARCHED, details={"query": "quyết định", "total": found.total})
        alone.append((middle - began) * 1000)
        writing.append((perf_counter() - middle) * 1000)
    return {"search": _shown(alone), "its_event": _shown(writing)}


def _writers(people: People) -> dict[str, object]:
    def work(number: int) -> list[float]:
        reader, taken = Reader(f"Người {number}", True), list[float]()
        for _ in range(25):
            began = perf_counter()
            noted(reader, people, Action.SEARCHED, details={"query": "quyết định"})
            taken.append((perf_counter() - began) * 1000)
        return taken

    with ThreadPoolExecutor(_WRITERS) as pool:
        times = [one for taken in pool.map(work, range(_WRITERS)) for one in taken]
    return {"writers": _WRITERS, "an_event": _shown(times)}


def _shown(times: list[float]) -> dict[str, float]:
    return {"median_ms": round(median(times), 2), "p95_ms": round(quantiles(times, n=20)[-1], 2)}


if __name__ == "__main__":
    main()
