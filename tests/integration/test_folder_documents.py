"""Folders of the inbox that are one document each, through the command line and every real program."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from tests.support.buckets import client, remove
from tests.support.scanmaker import CLEAN, as_jpeg, as_pdf, as_png, as_tiff, load_document, render_document
from tests.support.scanmaker.document import Document
from tests.support.servers import needed, variables
from tests.support.site import Site
from tests.support.verapdf import not_pdfa

pytestmark = pytest.mark.slow
DPI = 200
BATCH = "Z99.01/lo-1"


def sheets(name: str) -> list[Any]:
    """The pages of an invented document."""
    return list(render_document(load_document(name), CLEAN, DPI))


def blank(width: int) -> Any:
    """A page that nobody wrote on, told apart by its width."""
    return Image.new("RGB", (width, 400), "white")


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def row_of(site: Site, key: str) -> dict[str, Any]:
    found = [row for row in site.json("where", key) if row["key"] == key and not row["replaced"]]
    assert len(found) == 1, (key, found)
    row: dict[str, Any] = found[0]
    return row


def states(site: Site, folder: str) -> dict[str, tuple[str, str]]:
    """State and reason of every object of a folder, by its name there."""
    prefix = f"{BATCH}/{folder}"
    rows = [row for row in site.json("where", prefix) if not row["replaced"]]
    return {row["key"].removeprefix(f"{prefix}/"): (row["state"], row["reason"]) for row in rows}


def order_of_pages(site: Site, record_id: str) -> list[str]:
    return [Path(file["name"]).name for file in site.json("show", record_id)["source"]["files"]]


def archive_copy(site: Site, record_id: str) -> Path:
    return site.home / "archive" / "Z99.01" / record_id / "v1" / "archive.pdf"


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch of a scanning shop: five folders and a file."""
    batch = tmp_path_factory.mktemp("shop") / "lo-1"
    first = sheets("bc_58_digital")[0]
    numbered = {f"page{n}.jpg": as_jpeg(blank(200 + n), DPI) for n in range(2, 13)}
    write(batch / "whole.pages", {"page1.jpg": as_jpeg(first, DPI), "_complete": b"", **numbered})
    letter = sheets("tb_21")
    mixed = {
        "1.png": as_png(letter[0], DPI),
        "2.tif": as_tiff([blank(300), blank(310)], DPI),
        "3.pdf": as_pdf([blank(320)], DPI),
        "_complete": b"",
    }
    write(batch / "mixed.PAGES", mixed)
    write(batch / "open.pages", {"1.jpg": as_jpeg(blank(400), DPI), "2.jpg": as_jpeg(blank(410), DPI)})
    hurt = as_jpeg(sheets("ttr_33")[0], DPI)
    damaged = {"1.jpg": hurt, "2.jpg": hurt[: len(hurt) // 2], "3.jpg": hurt, "_complete": b""}
    write(batch / "damaged.pages", damaged)
    secret = {f"{n}.jpg": as_jpeg(page, DPI) for n, page in enumerate(sheets("bc_secret"), 1)}
    write(batch / "secret.pages", {**secret, "9.jpg": as_jpeg(blank(500), DPI), "_complete": b""})
    write(batch, {"alone.jpg": as_jpeg(sheets("kh_212")[0], DPI)})
    return batch


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, batch: Path) -> Site:
    """A home in which the night has run over the batch."""
    site = Site(tmp_path_factory.mktemp("night") / "home")
    site.run("init")
    site.run("ingest", batch, "--agency", "Z99.01")
    (site.home / "night.json").write_text(site.run("nightly", "--json"), encoding="utf-8")
    return site


def test_a_whole_folder_is_one_record_in_natural_order(site: Site, batch: Path) -> None:
    """The marker carries the state, the pages are companions; page2 comes before page10."""
    shown = states(site, "whole.pages")
    state, reason = shown.pop("_complete")
    assert state in ("archived", "needs_review"), reason
    assert set(shown.values()) == {("companion", "page")}
    record_id = row_of(site, f"{BATCH}/whole.pages/_complete")["record_id"]
    assert order_of_pages(site, record_id) == [f"page{n}.jpg" for n in range(1, 13)]
    record = site.json("show", record_id)
    assert [page["number"] for page in record["pages"]] == list(range(1, 13))
    assert record["fields"]["number_of_page"]["value"] == "12"
    folder = site.home / "archive" / "Z99.01" / record_id
    for number, file in enumerate(record["source"]["files"], 1):
        assert file["original"] == f"original/{number:04d}.jpg"
        kept = (folder / file["original"]).read_bytes()
        assert kept == (batch / "whole.pages" / file["name"]).read_bytes()


def test_the_digest_is_what_sha256sum_says(site: Site) -> None:
    """``sha256sum * | sha256sum`` in the record's folder ``original`` gives the record's digest."""
    record_id = row_of(site, f"{BATCH}/whole.pages/_complete")["record_id"]
    folder = archive_copy(site, record_id).parents[1] / "original"
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(folder.iterdir())
    ]
    digest = hashlib.sha256("".join(lines).encode()).hexdigest()
    assert site.json("show", record_id)["source"]["sha256"] == digest


def test_pages_of_several_kinds_become_one_copy(site: Site) -> None:
    """PNG, a TIFF of two pages and a PDF: one PDF/A with all pages in order, found by its text."""
    record_id = row_of(site, f"{BATCH}/mixed.PAGES/_complete")["record_id"]
    copy = archive_copy(site, record_id)
    assert not_pdfa([copy]) == []
    with pikepdf.open(copy) as pdf:
        widths = [round(float(page.mediabox[2]) * DPI / 72) for page in pdf.pages]
    assert widths[1:] == [300, 310, 320]
    fields = load_document("tb_21").fields()
    hits = site.json("search", f"{fields['code_number']}/{fields['code_notation']}")["hits"]
    assert hits[0]["record_id"] == record_id


def test_a_local_folder_is_found_with_all_its_objects(site: Site, batch: Path) -> None:
    """``where FOLDER.pages`` shows marker and pages, as the folder's key does."""
    found = site.json("where", batch / "mixed.PAGES")
    assert found == site.json("where", f"{BATCH}/mixed.PAGES/")
    assert [Path(row["key"]).name for row in found] == ["1.png", "2.tif", "3.pdf", "_complete"]


def test_a_folder_without_a_marker_waits(site: Site) -> None:
    """Its pages stay pending and ``where`` says what is missing."""
    assert set(states(site, "open.pages").values()) == {("pending", "folder_not_whole")}
    assert "_complete" in site.run("where", f"{BATCH}/open.pages/1.jpg")


def test_a_damaged_page_rejects_its_document_by_name(site: Site) -> None:
    """The marker is rejected and names the page's file; the other documents of the batch are there."""
    row = row_of(site, f"{BATCH}/damaged.pages/_complete")
    assert (row["state"], row["reason"]) == ("rejected", "broken")
    assert "2.jpg" in row["detail"]
    assert states(site, "damaged.pages")["1.jpg"] == ("companion", "page")
    assert row_of(site, f"{BATCH}/alone.jpg")["state"] in ("archived", "needs_review")


def test_every_object_of_a_secret_folder_is_in_quarantine(site: Site) -> None:
    """Marker and pages, also those without a mark, are quarantined and their names hidden."""
    rows = site.json("list", "--state", "quarantined")
    assert len(rows) == len(sheets("bc_secret")) + 2
    assert {row["reason"] for row in rows} == {"secrecy_mark", "page_of_secret"}
    assert "secret.pages" not in json.dumps(rows)
    assert not any(row["detail"].endswith(".jpg") for row in rows)


def test_the_invariants_hold(site: Site, batch: Path) -> None:
    """``reconcile`` counts every object once, ``verify`` finds every page file as it was written."""
    balance = site.json("reconcile")
    files = [path for path in batch.rglob("*") if path.is_file()]
    assert balance["holds"], balance["faults"]
    assert balance["listing"] == len(files) == sum(balance["states"].values())
    assert site.json("verify")["faults"] == []


def test_verify_names_a_page_that_was_changed(site: Site) -> None:
    """One changed page file of an original is a fault with its path."""
    record_id = row_of(site, f"{BATCH}/whole.pages/_complete")["record_id"]
    page = archive_copy(site, record_id).parents[1] / "original" / "0007.jpg"
    before, stat = page.read_bytes(), page.stat()
    page.write_bytes(before + b"!")
    faults = site.json("verify", record_id, code=1)["faults"]
    page.write_bytes(before)
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert [(fault["kind"], fault["path"]) for fault in faults] == [
        ("changed", f"Z99.01/{record_id}/original/0007.jpg")
    ]


def test_a_second_night_changes_nothing(site: Site) -> None:
    """Nothing is read again, no event is added, the states stay."""
    before = site.json("list", "--state", "pending"), site.json("reconcile")["states"]
    again = site.json("nightly")
    assert again["pages"] == 0
    assert not any(row["new"] for row in again["documents"])
    assert (site.json("list", "--state", "pending"), site.json("reconcile")["states"]) == before


def test_reading_a_folder_reads_one_document(site: Site, batch: Path) -> None:
    """``read FOLDER.pages`` answers like ``read FILE``, with the digest of the record."""
    answer = site.json("read", batch / "mixed.PAGES")
    fields: Document = load_document("tb_21")
    assert answer["file"] == "mixed.PAGES"
    assert [page["number"] for page in answer["pages"]] == [1, 2, 3, 4]
    assert answer["fields"]["code_notation"]["value"] == fields.notation
    record_id = row_of(site, f"{BATCH}/mixed.PAGES/_complete")["record_id"]
    assert answer["sha256"] == site.json("show", record_id)["source"]["sha256"]
    assert site.ask("read", batch)[0] == 2


def test_what_comes_later(site: Site, batch: Path) -> None:
    """In one more night a marker makes the open folder whole and a good page mends the damaged one.

    A late page of an archived folder is refused, one of a secret folder is secret, a copy is a duplicate.
    """
    inbox = site.home / "inbox" / BATCH
    write(inbox / "open.pages", {"_complete": b""})
    write(inbox / "damaged.pages", {"2.jpg": as_jpeg(sheets("ttr_33")[-1], DPI)})
    write(inbox / "whole.pages", {"page13.jpg": as_jpeg(blank(600), DPI)})
    write(inbox / "secret.pages", {"late.jpg": as_jpeg(blank(610), DPI)})
    copied = {f"copy.pages/{path.name}": path.read_bytes() for path in (batch / "mixed.PAGES").iterdir()}
    write(inbox, copied)
    site.run("nightly")
    assert states(site, "open.pages")["_complete"][0] in ("archived", "needs_review")
    assert states(site, "damaged.pages")["_complete"][0] in ("archived", "needs_review")
    late = row_of(site, f"{BATCH}/whole.pages/page13.jpg")
    assert (late["state"], late["reason"]) == ("rejected", "folder_closed")
    assert len(site.json("list", "--state", "quarantined")) == len(sheets("bc_secret")) + 3
    assert states(site, "copy.pages")["_complete"] == ("duplicate", "same_bytes")
    assert site.json("reconcile")["holds"]
    assert site.json("verify")["faults"] == []


def test_a_renewed_marker_makes_a_new_document(site: Site) -> None:
    """After the marker was replaced the folder is another document, with the late page in it."""
    old = row_of(site, f"{BATCH}/whole.pages/_complete")["record_id"]
    write(site.home / "inbox" / BATCH / "whole.pages", {"_complete": b"2026-11-22"})
    site.run("nightly")
    new = row_of(site, f"{BATCH}/whole.pages/_complete")["record_id"]
    assert new not in ("", old)
    assert order_of_pages(site, new)[-1] == "page13.jpg"
    assert states(site, "whole.pages")["page13.jpg"] == ("companion", "page")
    assert site.json("reconcile")["holds"]
    assert site.json("verify")["faults"] == []


def test_a_vanished_page_is_named(site: Site) -> None:
    """``reconcile`` names a page file that is no longer in the inbox."""
    page = site.home / "inbox" / BATCH / "open.pages" / "2.jpg"
    data, stat = page.read_bytes(), page.stat()
    page.unlink()
    balance = site.json("reconcile", code=1)
    page.write_bytes(data)
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert balance["faults"] == [f"{BATCH}/open.pages/2.jpg was received but is no longer in the inbox"]


def test_the_secret_folder_is_removed_as_a_whole(site: Site) -> None:
    """The digest of the document removes all its objects in a person's name; the tombstones are counted."""
    marked = [row for row in site.json("list", "--state", "quarantined") if row["reason"] == "secrecy_mark"]
    person = ("--as", "Cán bộ bảo mật mẫu", "--reason", "xử lý riêng")
    site.run("quarantine", "remove", marked[0]["sha256"], *person)
    assert not list((site.home / "inbox" / BATCH / "secret.pages").glob("*"))
    assert site.json("reconcile")["holds"]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Site]:
    """A home whose buckets are on the object store's server."""
    store, token = needed("store").store, secrets.token_hex(5)
    buckets = {
        f"SOHOA_STORE__{name.upper()}_BUCKET": f"{name}-{token}"
        for name in ("inbox", "archive", "quarantine")
    }
    mine = {name: value for name, value in variables().items() if name.startswith("SOHOA_STORE__")}
    site = Site(tmp_path / "home", {**mine, **buckets})
    site.run("init")
    yield site
    for bucket in buckets.values():
        remove(client(store), bucket)


def test_a_folder_on_a_server_is_one_record(served: Site, tmp_path: Path) -> None:
    """On S3 as on the disk: one record in natural order, nothing lost, no working copy left behind."""
    pages = {f"page{n}.jpg": as_jpeg(blank(200 + n), DPI) for n in (1, 2, 10)}
    served.run(
        "ingest", write(tmp_path / "lo-1" / "s3.pages", {**pages, "_complete": b""}), "--agency", "Z99.01"
    )
    served.run("nightly")
    shown = states(served, "s3.pages")
    assert shown.pop("_complete")[0] == "needs_review"
    assert set(shown.values()) == {("companion", "page")}
    record_id = row_of(served, f"{BATCH}/s3.pages/_complete")["record_id"]
    assert order_of_pages(served, record_id) == ["page1.jpg", "page2.jpg", "page10.jpg"]
    assert served.json("reconcile")["holds"]
    assert served.json("verify") == {"checked": 1, "faults": []}
    assert list((served.home / "work").iterdir()) == []
    assert not any(row["new"] for row in served.json("nightly")["documents"])
