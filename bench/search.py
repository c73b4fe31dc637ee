"""How fast the search indices are: ``python -m bench.search bulk|search [--records N] [--engine NAME]``.

``bulk`` indexes the same records through our Elasticsearch index and by the client's own ``parallel_bulk``,
in turns, and prints the ratio of the speeds (1: as fast), to a plain side that makes the same documents while
it sends them, and to one that has them ready. ``search`` fills an index (kept with ``--keep
NAME``, asked again when that is there) and asks a fixed mix with facets and highlights, warm; it prints
milliseconds of the median and of the 95th in a hundred, of every kind. Elasticsearch is the one of
``SOHOA_INDEX__*``.
Figures go to standard output as JSON, progress to standard error; nothing fails because of one.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

from elasticsearch import Elasticsearch
from elasticsearch.helpers import parallel_bulk

from bench.papers import papers, questions, vocabulary
from sohoa.adapters.elastic_index import ElasticIndex
from sohoa.adapters.elastic_index.documents import document
from sohoa.adapters.elastic_index.mapping import SETTINGS, mapping
from sohoa.adapters.sqlite_index import SqliteIndex
from sohoa.domain.protection.access import OPERATOR
from sohoa.domain.search.entry import IndexEntry
from sohoa.domain.search.query import parse_query
from sohoa.ports import SearchIndex
from sohoa.settings import IndexSettings, load_settings
from tests.support.indices import client as bare_client
from tests.support.indices import remove_indices

_ROUNDS = 3
_OF_EACH = 60


def main() -> None:
    """Measure what was asked for, print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=("bulk", "search"))
    parser.add_argument("--records", type=int, default=0, help="default 6,000 for bulk, 100,000 for search")
    parser.add_argument("--engine", choices=("elasticsearch", "sqlite"), default="elasticsearch")
    parser.add_argument("--keep", default="", help="alias, or folder for SQLite, of an index that stays")
    asked = parser.parse_args()
    figures: Mapping[str, object]
    if asked.what == "bulk":
        figures = _bulk(asked.records or 6_000)
    else:
        figures = _search(asked.records or 100_000, asked.engine, asked.keep)
    print(json.dumps(figures, ensure_ascii=False))  # noqa: T201 - the result


def _bulk(number: int) -> dict[str, float]:
    """Several turns of both on new indices; the records are in memory, and the plain documents."""
    settings = load_settings().index
    entries = list(papers(number, vocabulary()))
    documents = [document(entry) for entry in entries]
    ours_s = plain_s = making_s = 0.0
    with bare_client(settings) as client:
        for turn in range(_ROUNDS):
            with _elastic(settings, f"bench-{turn}") as index:
                ours_s += _seconds(f"ours {turn}", partial(index.add, entries))
            plain_s += _seconds(f"plain {turn}", partial(_plainly, client, documents))
            making_s += _seconds(f"plain, making {turn}", lambda: _plainly(client, map(document, entries)))
    speed = _ROUNDS * number
    return {
        "records": speed,
        "ours_per_s": round(speed / ours_s),
        "plain_per_s": round(speed / plain_s),
        "plain_making_per_s": round(speed / making_s),
        "ratio": round(making_s / ours_s, 3),
        "ratio_to_ready_documents": round(plain_s / ours_s, 3),
    }


def _plainly(client: Elasticsearch, documents: Iterable[dict[str, object]]) -> None:
    name = "bench-plain"
    client.options(ignore_status=404).indices.delete(index=name)
    client.indices.create(index=name, settings=SETTINGS, mappings=mapping())
    actions = ({"_index": name, "_id": doc["record_id"], "_source": doc} for doc in documents)
    deque(parallel_bulk(client, actions), maxlen=0)
    client.indices.refresh(index=name)
    client.indices.delete(index=name)


def _search(number: int, engine: str, keep: str) -> dict[str, object]:
    words = vocabulary()
    asked = questions(list(islice(papers(number, words), 2000)), words, _OF_EACH)
    figures: dict[str, object] = {"engine": engine, "records": number}
    with _engine(engine, keep) as index:
        if index.search(parse_query("den:9999-12-31"), OPERATOR).total != number:
            seconds = _seconds("fill", lambda: index.rebuild(_counted(papers(number, words))))
            figures["filled_per_s"] = round(number / seconds)
        everything: list[float] = []
        for kind, texts in asked.items():
            for text in texts:
                index.search(parse_query(text), OPERATOR)
            times = [_milliseconds(index, text) for text in texts]
            everything += times
            figures[kind] = _percentiles(times)
        figures["all"] = _percentiles(everything)
    return figures


def _milliseconds(index: SearchIndex, text: str) -> float:
    start = time.perf_counter()
    index.search(parse_query(text), OPERATOR)
    return (time.perf_counter() - start) * 1000


def _percentiles(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {f"p{n}_ms": round(ordered[min(len(ordered) - 1, len(ordered) * n // 100)], 1) for n in (50, 95)}


@contextmanager
def _engine(engine: str, keep: str) -> Iterator[SearchIndex]:
    if engine == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            place = Path(keep or folder)
            place.mkdir(exist_ok=True)
            yield SqliteIndex(place / "index.sqlite")
    else:
        with _elastic(load_settings().index, keep or "bench-search", keep=bool(keep)) as index:
            yield index


@contextmanager
def _elastic(settings: IndexSettings, alias: str, *, keep: bool = False) -> Iterator[ElasticIndex]:
    """An index behind the alias, removed afterwards unless it is to be kept."""
    password = settings.secret("password")
    index = ElasticIndex(settings.url, alias, user=settings.user, password=password, ca_file=settings.ca_file)
    with closing(index):
        index.ping()
        yield index
    if not keep:
        remove_indices(settings, alias)


def _counted(entries: Iterator[IndexEntry]) -> Iterator[IndexEntry]:
    for number, entry in enumerate(entries, 1):
        if number % 10_000 == 0:
            print(f"{number} records", file=sys.stderr)  # noqa: T201 - progress
        yield entry


def _seconds(name: str, work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    print(f"{name}: {seconds:.1f} s", file=sys.stderr)  # noqa: T201 - progress
    return seconds


if __name__ == "__main__":
    main()
