"""Folder documents that hold several documents: split and merged by persons, through the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from tests.support.scanmaker import CLEAN, as_jpeg, as_tiff, load_document, render_document
from tests.support.site import Site
from tests.support.verapdf import not_pdfa

pytestmark = pytest.mark.slow
DPI = 200
ARCHIVIST = "Cán bộ lưu trữ mẫu"
NOTICE, PLAN = load_document("tb_21"), load_document("kh_212")
MARKER = "Z99.01/lo-1/hai.pages/_complete"


def blank(width: int) -> Any:
    """A page that nobody wrote on, told apart by its width."""
    return Image.new("RGB", (width, 400), "white")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A home with a folder of two documents; the second begins inside a TIFF of two pages."""
    folder = tmp_path_factory.mktemp("shop") / "lo-1" / "hai.pages"
    folder.mkdir(parents=True)
    notice, plan = (next(iter(render_document(paper, CLEAN, DPI))) for paper in (NOTICE, PLAN))
    (folder / "1.jpg").write_bytes(as_jpeg(notice, DPI))
    (folder / "2.tif").write_bytes(as_tiff([blank(300), plan], DPI))
    (folder / "3.jpg").write_bytes(as_jpeg(blank(310), DPI))
    (folder / "_complete").touch()
    site = Site(tmp_path_factory.mktemp("night") / "home")
    site.run("init")
    site.run("ingest", folder.parent, "--agency", "Z99.01")
    site.run("nightly")
    return site


def holds(site: Site) -> None:
    assert site.json("verify")["faults"] == []
    assert site.json("reconcile")["holds"]


def widths(site: Site, record: str) -> list[int]:
    """The pages of a record's signed copy by their widths in pixels of the scan."""
    copy = site.home / "archive" / "Z99.01" / record / "v1" / "archive.pdf"
    assert not_pdfa([copy]) == []
    with pikepdf.open(copy) as pdf:
        return [round(float(page.mediabox[2]) * DPI / 72) for page in pdf.pages]


def test_a_folder_document_is_split_and_merged_like_any_file(site: Site) -> None:
    """Each part has its pages, fields and copy; the first holds the page files, the marker the state."""
    whole = site.json("where", MARKER)[0]["record_id"]
    parts = site.json("review", "split", whole, "1-2", "3-4", "--as", ARCHIVIST)["record_ids"]
    first, second = (site.json("show", part) for part in parts)
    assert (first["part"], second["part"]) == ("p1-2", "p3-4")
    assert first["fields"]["code_notation"]["value"] == NOTICE.notation
    assert second["fields"]["code_notation"]["value"] == PLAN.notation
    assert [path for path in first["files"] if path.startswith("original")] == [
        "original/0001.jpg", "original/0002.tif", "original/0003.jpg",
    ]  # fmt: skip
    assert not any(path.startswith("original") for path in second["files"])
    assert widths(site, parts[0])[1:] == [300]
    assert widths(site, parts[1])[1:] == [310]
    assert site.json("where", MARKER)[0]["state"] in ("archived", "needs_review")
    assert {row["state"] for row in site.json("where", str(Path(MARKER).parent))} >= {"companion"}
    holds(site)
    site.run("reindex")
    assert site.json("review", "merge", *parts, "--as", ARCHIVIST)["record_ids"] == [whole]
    assert site.json("where", MARKER)[0]["record_id"] == whole
    holds(site)
    again = site.json("review", "split", whole, "1-2", "3-4", "--as", ARCHIVIST)["record_ids"]
    assert again == parts


def test_a_split_folder_stays_closed(site: Site) -> None:
    """A page that comes after it is refused as before, and a further night changes no part."""
    late = site.home / "inbox" / "Z99.01/lo-1/hai.pages/4.jpg"
    late.write_bytes(as_jpeg(blank(320), DPI))
    before = site.json("where", MARKER)[0]
    site.run("nightly")
    assert site.json("where", "Z99.01/lo-1/hai.pages/4.jpg")[0]["reason"] == "folder_closed"
    assert site.json("where", MARKER)[0] == before
    holds(site)


def test_a_part_hears_a_late_register_and_shows_the_place_on_its_own_page(site: Site, tmp_path: Path) -> None:
    """A line with another number makes the part's number a doubt; its picture comes from the TIFF's page."""
    whole = site.json("where", MARKER)[0]["record_id"]
    site.ask("review", "split", whole, "1-2", "3-4", "--as", ARCHIVIST)  # refused where it is split already
    fields = PLAN.fields()
    line = f"777/{PLAN.notation},{fields['issued_date']},{fields['subject']}"
    late = tmp_path / "so.csv"
    late.write_text(f"Số ký hiệu,Ngày tháng,Trích yếu\n{line}\n", encoding="utf-8")
    assert site.json("register", "import", late, "--agency", "Z99.01")["contradicted"] == 1
    (row,) = site.json("review", "list")
    shown = site.json("review", "show", row["record_id"])
    assert (shown["part"], [reason["code"] for reason in shown["reasons"]]) == (
        "p3-4",
        ["doubtful_code_number"],
    )
    assert Path(shown["pictures"]["code_number"]).read_bytes().startswith(b"\x89PNG")
    holds(site)
