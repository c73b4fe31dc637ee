"""Every odd and hostile file of the reference collection has an outcome, and the workers live on."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ocr.process.pool import WorkerPool
from ocr.read_page import ReadOptions
from ocr.source.files import Limits
from sohoa.adapters.recogniser import OcrRecogniser
from sohoa.domain.archive.records import Reading
from sohoa.domain.errors import Rejected, Unavailable
from sohoa.domain.reasons import REASONS
from sohoa.ports import FileFacts
from tests.support.site import ABSENT, SHARED

_PAGE_TIMEOUT_S = 60.0
_LIMITS = Limits(max_bytes=100_000_000, max_pages=2_000, max_page_pixels=60_000_000)
_PAGES_READ = 2


def _files() -> list[Path]:
    folders = [folder for name in ("pdf", "img", "sig") for folder in SHARED.glob(f"data/{name}-*")]
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


def _outcome(recogniser: OcrRecogniser, path: Path) -> str:
    """What became of the file; all of it is inspected, its first pages are read.

    Of signed files, whose pages are like any other's, none is read.
    """
    try:
        facts = recogniser.inspect(path)
        if path.relative_to(SHARED / "data").parts[0].startswith("sig-"):
            return f"inspected: {facts.kind}"
        short = FileFacts(facts.kind, facts.extension, min(facts.pages, _PAGES_READ))
        reading = recogniser.read(path, short)
    except Rejected as error:
        return f"rejected: {error.code}"
    except Unavailable as error:
        return f"failed: {str(error).partition(':')[2].strip()}"
    return f"read: {_sources(reading)}"


def _sources(reading: Reading) -> str:
    return "+".join(sorted({str(page.source) for page in reading.pages}))


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.skipif(not SHARED.exists(), reason=ABSENT)
def test_every_file_has_an_outcome_within_its_limits(capsys: pytest.CaptureFixture[str]) -> None:
    """No crash, hang or lost file; none fails for a reason of ours, each rejection has a known one."""
    files, started = _files(), time.monotonic()
    with WorkerPool(2, 3072) as pool, ThreadPoolExecutor(2) as threads:
        recogniser = OcrRecogniser(
            pool,
            limits=_LIMITS,
            options=ReadOptions(max_page_pixels=_LIMITS.max_page_pixels),
            page_timeout_s=_PAGE_TIMEOUT_S,
            inspect_timeout_s=_PAGE_TIMEOUT_S,
        )
        outcomes = list(threads.map(lambda path: _outcome(recogniser, path), files))
    counts = Counter(outcomes)
    with capsys.disabled():
        print(f"\n{len(files)} odd and hostile files, {time.monotonic() - started:.0f} s")  # noqa: T201
        for outcome, count in counts.most_common():
            print(f"  {count:4}  {outcome}")  # noqa: T201 - the table is what the test is for
    assert len(outcomes) == len(files)
    pairs = zip(files, outcomes, strict=True)
    assert [path.name for path, outcome in pairs if outcome.startswith("failed")] == []
    assert {outcome.partition(": ")[2] for outcome in counts if outcome.startswith("rejected")} <= set(
        REASONS
    )
