"""The coverage page as a leader sees it, in a real Chromium, of a small province and of a large one.

Pictures of each first screen are kept below the run's temporary folder (``screenshots``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from sohoa.adapters.coverage_report import Means, render, words
from sohoa.adapters.coverage_report.standing import behind, standings
from sohoa.domain.coverage.report import CoverageReport
from tests.support.chromium import AXE, WIDTHS, chromium
from tests.support.coverage import generated
from tests.support.site import stored_site

PORTAL = "https://luu-tru.example.vn/"
PROVINCES = {"small": (3, 12), "large": (300, 50)}
SCREENS = [
    *(("small", "phone", "light"), ("small", "desk", "dark")),
    *(("large", "phone", "dark"), ("large", "desk", "light")),
]
LINK = re.compile(
    r'<td><a href="([^/"]+)/records\?figure=(\w+)&amp;year=(\d*)(?:&amp;day=([\d-]+))?">([\d.]+)</a>'
)


@pytest.fixture(scope="module")
def reports() -> dict[str, CoverageReport]:
    return {size: generated(*many, as_of=date(2025, 12, 31)) for size, many in PROVINCES.items()}


@pytest.fixture(scope="module")
def pages(reports: dict[str, CoverageReport], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    files = {size: folder / f"{size}.html" for size in reports}
    for size, file in files.items():
        file.write_bytes(render(reports[size], "html", means=Means(PORTAL)))
    return files


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("screenshots", numbered=False)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.mark.slow
@pytest.mark.parametrize(("size", "width", "scheme"), SCREENS)
def test_the_first_screen_says_who_is_behind_by_how_many_and_why(
    browser: Browser,
    pages: dict[str, Path],
    reports: dict[str, CoverageReport],
    pictures: Path,
    size: str,
    width: str,
    scheme: str,
) -> None:
    """Without scrolling: name, documents, reason; no complaint, nothing cut off, hard to read, too large."""
    worst = behind(standings(reports[size]))[0]
    shape = {"width": WIDTHS[width], "height": 800}
    page = browser.new_page(viewport=shape, color_scheme=scheme)  # type: ignore[arg-type]
    complaints = list[str]()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(pages[size].as_uri())
    page.screenshot(path=pictures / f"{size}-{width}-{scheme}.png")
    for text in (worst.agency.name, f"{words.number(worst.line.missing or 0)} văn bản", words.why(worst.gap)):
        box = page.locator(".worst").get_by_text(text).first.bounding_box()
        assert box is not None, text
        assert box["y"] + box["height"] <= shape["height"], text
    wide, room = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= room
    assert size == "large" or hard_to_use(page) == []
    assert complaints == []
    assert pages[size].stat().st_size < 2_000_000
    page.close()


def hard_to_use(page: Page) -> list[str]:
    """What axe complains of, contrast below AA among other things; of a large page it takes a minute."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


@pytest.mark.slow
def test_each_number_leads_to_as_many_records(tmp_path: Path) -> None:
    """`sohoa list` has as many records as a linked figure says, of now and of a past day, none twice."""
    site = stored_site(tmp_path)
    for on in ([], ["--as-of", "2026-11-27"]):
        links = LINK.findall(site.run("coverage", "--format", "html", *on))
        assert len({figure for _, figure, *_ in links}) >= 4
        for agency, figure, year, day, number in links:
            assert [*on[1:]] == [day][: len(on)]
            asked = ("--agency", agency, "--figure", figure, "--year", year or "0", *on)
            listed = [each["record_id"] for each in site.json("list", *asked)]
            assert len(listed) == len(set(listed)) == int(number.replace(".", "")), asked


@pytest.mark.slow
def test_what_is_not_counted_can_be_listed(tmp_path: Path) -> None:
    """Secret, duplicate, damaged and waiting objects: as many are listed as the report says."""
    site = stored_site(tmp_path)
    for on in ([], ["--as-of", "2026-11-27"]):
        figures = json.loads(site.run("coverage", "--format", "json", *on))
        told = 0
        for agency in figures["agencies"]:
            counted = {**agency["excluded"], "waiting": agency["waiting"]}
            for figure in ("secret", "duplicate", "damaged", "waiting"):
                listed = site.json("list", "--agency", agency["agency"], "--figure", figure, *on)
                assert len(listed) == counted[figure], (agency["agency"], figure)
                told += len(listed)
        assert told > 0
