"""What a scanning shop's ``manifest.csv`` does in a night, through the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.support.scanmaker import GOOD, as_jpeg, load_document, render_document
from tests.support.site import Site

pytestmark = pytest.mark.slow
BATCH = "Z99.01/lo-2"
LETTER = load_document("tb_21")


def blank(width: int) -> bytes:
    return as_jpeg(Image.new("RGB", (width, 300), "white"), 200)


def write(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A home in which the night has run over a batch with manifests."""
    batch, fields = tmp_path_factory.mktemp("shop") / "lo-2", LETTER.fields()
    letter = as_jpeg(render_document(LETTER, GOOD, 200)[0], 200)
    lines = [
        "Tên tệp;Mã hồ sơ;STT;Số tờ;Số;Ký hiệu;Ngày;Trích yếu",
        f"thu.jpg;H49.2024.05;1;1;{fields['code_number']};{fields['code_notation']};;{fields['subject']}",
        "trang.jpg;H49.2024.05;2;5;12;TB-UBND;07/02/2024;Về việc kiểm tra",
        "khac.jpg;;;;999;XX-YY;41/13/2024;",
        "van-ban.pages;H49.2024.05;3;2;13;TB-UBND;08/02/2024;Về việc họp",
    ]
    write(batch, {"manifest.csv": "\n".join(lines).encode("utf-16")})
    write(batch, {"thu.jpg": letter, "khac.jpg": letter + b"\0", "trang.jpg": blank(300)})
    own = b"\xef\xbb\xbffile,ordinal\nb.jpg,1\na.jpg,2\n"
    write(batch / "van-ban.pages", {"manifest.csv": own, "a.jpg": blank(310), "b.jpg": blank(320)})
    write(batch / "thieu.pages", {"manifest.csv": own, "a.jpg": blank(330), "_complete": b""})
    write(
        batch / "thua.pages",
        {"manifest.csv": own, **{f"{n}.jpg": blank(340 + i) for i, n in enumerate("abc")}},
    )
    site = Site(tmp_path_factory.mktemp("night") / "home")
    site.run("init")
    site.run("ingest", batch, "--agency", "Z99.01")
    site.run("nightly")
    return site


def row_of(site: Site, name: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = site.json("where", f"{BATCH}/{name}")
    return found[0]


def record_of(site: Site, name: str) -> dict[str, Any]:
    record: dict[str, Any] = site.json("show", row_of(site, name)["record_id"])
    return record


def methods(field: dict[str, Any]) -> set[str]:
    return {evidence["method"] for evidence in field["evidence"]}


def test_what_the_paper_does_not_show_comes_from_the_manifest(site: Site) -> None:
    """A blank page has the row's values, each trusted at most 0.85, and is left to a person."""
    fields = record_of(site, "trang.jpg")["fields"]
    values = {name: field["value"] for name, field in fields.items()}
    assert values["code_number"] == "12"
    assert (values["issued_date"], values["subject"]) == ("2024-02-07", "Về việc kiểm tra")
    assert (values["file_code"], values["doc_ordinal"]) == ("H49.2024.05", "2")
    assert all(methods(field) == {"manifest"} and field["confidence"] <= 0.85 for field in fields.values())
    assert row_of(site, "trang.jpg")["state"] == "needs_review"


def test_an_agreeing_row_raises_and_a_contradicting_one_lowers_the_trust(site: Site) -> None:
    """The same page twice: both keep the number of the paper, and the manifest's as evidence."""
    agreed, doubted = (record_of(site, name)["fields"]["code_number"] for name in ("thu.jpg", "khac.jpg"))
    assert agreed["value"] == doubted["value"]
    assert agreed["confidence"] > doubted["confidence"]
    assert "manifest" in methods(agreed) & methods(doubted)
    assert "999" in [evidence["value"] for evidence in doubted["evidence"]]


def test_a_bad_row_is_a_finding_and_a_reason(site: Site) -> None:
    """The record and the manifest's own row in the ledger name line and column; the night went on."""
    findings = [f for f in record_of(site, "khac.jpg")["findings"] if f["code"] == "manifest_row"]
    assert [f["detail"] for f in findings] == [f"{BATCH}/manifest.csv, line 4: issued_date"]
    row = row_of(site, "manifest.csv")
    assert (row["state"], row["reason"]) == ("companion", "manifest_faults")
    assert "line 4" in row["detail"]


def test_more_sheets_than_pages_is_a_finding(site: Site) -> None:
    """Five sheets cannot be one page."""
    details = [f["detail"] for f in record_of(site, "trang.jpg")["findings"] if f["code"] == "manifest_pages"]
    assert details == ["5 sheets counted, 1 pages received"]


def test_a_folder_follows_its_manifest(site: Site) -> None:
    """Pages in the order of the ordinals; the batch's row describes the document its manifest stands for."""
    record = record_of(site, "van-ban.pages/manifest.csv")
    assert [file["name"] for file in record["source"]["files"]] == ["b.jpg", "a.jpg"]
    assert record["fields"]["code_number"]["value"] == "13"
    assert not [f for f in record["findings"] if f["code"].startswith("manifest")]


def test_a_folder_waits_for_the_pages_of_its_manifest(site: Site) -> None:
    """The page that is missing is named; nothing of the folder is lost."""
    row = row_of(site, "thieu.pages/manifest.csv")
    assert (row["state"], row["reason"], row["detail"]) == ("pending", "folder_not_whole", "b.jpg")
    assert row_of(site, "thieu.pages/a.jpg")["state"] == "pending"
    assert "(b.jpg)" in site.run("where", f"{BATCH}/thieu.pages/a.jpg")


def test_a_page_too_many_is_left_to_a_person(site: Site) -> None:
    """The document is archived in natural order, with a reason for review and the page's name."""
    record = record_of(site, "thua.pages/manifest.csv")
    assert "manifest_differs" in record["review"]
    assert [file["name"] for file in record["source"]["files"]] == ["a.jpg", "b.jpg", "c.jpg"]
    assert "c.jpg is not in manifest.csv" in [f["detail"] for f in record["findings"]]
    left = site.json(
        "review", "accept", record["record_id"], "manifest_differs", "--as", "Cán bộ lưu trữ mẫu"
    )
    assert "manifest_differs" not in [reason["code"] for reason in left["reasons"]]


def test_the_invariants_hold(site: Site) -> None:
    """``reconcile`` and ``verify`` find no fault, and a second night does nothing."""
    assert site.json("reconcile")["holds"]
    assert site.json("verify")["faults"] == []
    assert not any(row["new"] for row in site.json("nightly")["documents"])
