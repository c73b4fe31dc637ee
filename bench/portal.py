"""How fast the portal answers: ``python -m bench.portal HOME [--records N] [--users N] [--seconds N]``.

HOME is a home after a night (``make run`` leaves ``var``); it is copied, and so many invented records of 400
words are added to the copy's index. The portal runs as its own process. One browser asks a fixed mix of
searches with facets and highlights, record pages, and pictures, each first cold, then warm; then vegeta asks
for as many users as wanted, each of whom looks at a page for some seconds. Milliseconds are those that the
asker waits, over loopback. Figures go to standard output as JSON; nothing fails because of one.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

import httpx

from bench.papers import papers, questions, vocabulary
from sohoa.domain.protection.access import Reader
from sohoa.settings import load_settings
from sohoa.usecases.people.accounts import add
from sohoa.wiring import open_services

_PASSWORD = "mười hai con trâu trên sông"  # noqa: S105 - of an account in a copy that is removed
_LOOKS_S = 5.0
_OF_EACH = 20
_BATCH = 500


def main() -> None:
    """Measure, print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument(
        "--vegeta", default="vegeta", help="the program; go install github.com/tsenart/vegeta"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        shutil.copytree(asked.home, home, symlinks=True)
        os.environ["SOHOA_HOME"] = str(home)
        first = _filled(asked.records)
        with _portal() as (process, address), httpx.Client(base_url=address, timeout=60) as browser:
            _sign_in(browser, first)
            figures = {"records": asked.records, **_alone(browser)}
            if asked.seconds:
                before = _resident_mb(process)
                figures["together"] = _together(browser, asked.vegeta, asked.users, asked.seconds)
                figures["memory_mb"] = {"before": before, "after": _resident_mb(process)}
    print(json.dumps(figures, ensure_ascii=False))  # noqa: T201 - the result


def _filled(number: int) -> str:
    """Add the invented records to the index; the first password of the account that asks."""
    with open_services(load_settings()) as services:
        entries = papers(number, vocabulary())
        while batch := list(islice(entries, _BATCH)):
            services.index.add(batch)
        given = add(Reader("bench"), services, "bench", "Bench", ["archivist"], [], ("01", "02"))
        return given.password


@contextmanager
def _portal() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The portal on a free port of this machine, warm as a service is."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    start = "from sohoa.cli import main; main()"
    process = subprocess.Popen([sys.executable, "-c", start, "portal", "--port", str(port)])
    try:
        while process.poll() is None:
            try:
                if httpx.get(f"{address}/healthz", timeout=30).status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        yield process, address
    finally:
        process.terminate()
        process.wait()


def _sign_in(browser: httpx.Client, first: str) -> None:
    browser.post("/login", data={"login": "bench", "password": first})
    found = re.search(r'name="csrf" value="(\w+)"', browser.get("/password").text)
    csrf = found[1] if found else ""
    form = {"csrf": csrf, "old": first, "new": _PASSWORD, "again": _PASSWORD}
    browser.post("/password", data=form)


def _alone(browser: httpx.Client) -> dict[str, object]:
    """One browser: searches, records and pictures."""
    words = vocabulary()
    asked = questions(list(islice(papers(2_000, words), 2_000)), words, _OF_EACH)
    searches = [f"/search?{urlencode({'q': text})}" for texts in asked.values() for text in texts]
    records = _records(browser)
    pictures = [path for record in records for path in _pictures(browser, record)]
    return {
        "search": _times(browser, searches),
        "record": _times(browser, records),
        "picture_cold": _times(browser, pictures),
        "picture_warm": _times(browser, pictures),
    }


def _records(browser: httpx.Client) -> list[str]:
    """Pages of the home's own records, which can be opened: those that browsing leads to."""
    agencies = re.findall(r'href="(/browse/[^"/]+)"', browser.get("/browse").text)
    pages = [browser.get(f"/coverage/{path.rpartition('/')[2]}").text for path in agencies]
    lists = {
        link.replace("&amp;", "&")
        for text in pages
        for link in re.findall(r'"(/cov[^"]+received[^"]*)"', text)
    }
    found = (re.findall(r'href="(/records/\w+)"', browser.get(link).text) for link in sorted(lists))
    return list(dict.fromkeys(path for paths in found for path in paths))


def _pictures(browser: httpx.Client, record: str) -> list[str]:
    numbers = re.findall(rf'href="{record}/pages/(\d+)\.png"', browser.get(record).text)
    return [f"{record}/pages/{number}.png" for number in dict.fromkeys(numbers)]


def _times(browser: httpx.Client, paths: Sequence[str]) -> dict[str, float]:
    """What each takes, of all and of the slowest of a hundred."""
    times = []
    for path in paths:
        start = time.perf_counter()
        answer = browser.get(path)
        times.append((time.perf_counter() - start) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{path} was answered with {answer.status_code}")
    return _percentiles(times)


def _percentiles(times: Iterable[float]) -> dict[str, float]:
    ordered = sorted(times)
    at = {f"p{n}_ms": ordered[min(len(ordered) - 1, len(ordered) * n // 100)] for n in (50, 95)}
    return {"asked": len(ordered)} | {name: round(value, 1) for name, value in at.items()}


def _together(browser: httpx.Client, vegeta: str, users: int, seconds: int) -> dict[str, object]:
    """Many users at once, who search, open records and look at pages by turns."""
    words = vocabulary()
    asked = questions(list(islice(papers(2_000, words), 2_000)), words, _OF_EACH)
    searches = [f"/search?{urlencode({'q': text})}" for texts in asked.values() for text in texts]
    records = _records(browser)
    pictures = [path for record in records for path in _pictures(browser, record)]
    base = str(browser.base_url).rstrip("/")
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    paths = [
        path
        for place, search in enumerate(searches)
        for path in (search, records[place % len(records)], pictures[place % len(pictures)])
    ]
    targets = "".join(f"GET {base}{path}\nCookie: {cookie}\n\n" for path in paths)
    rate = f"{round(users / _LOOKS_S)}/s"
    attack = [vegeta, "attack", f"-rate={rate}", f"-duration={seconds}s", f"-max-workers={users}"]
    sent = subprocess.run(attack, input=targets.encode(), check=True, stdout=subprocess.PIPE)
    told = subprocess.run(
        [vegeta, "report", "-type=json"], input=sent.stdout, check=True, capture_output=True
    )
    report = json.loads(told.stdout)
    return {
        "users": users,
        "rate": rate,
        "seconds": seconds,
        "asked": report["requests"],
        "p95_ms": round(report["latencies"]["95th"] / 1e6, 1),
        "statuses": report["status_codes"],
        "errors": report["errors"],
    }


def _resident_mb(process: subprocess.Popen[bytes]) -> int:
    status = Path(f"/proc/{process.pid}/status").read_text("ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) // 1024 if found else 0


if __name__ == "__main__":
    main()
