"""Files of records (hồ sơ), from their list to their gaps, through the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.support.scanmaker import as_jpeg
from tests.support.site import Site

pytestmark = pytest.mark.slow
CODE, OTHER = "Z99.01.2001.160", "Z99.01.2001.161"
PERSON = ("--as", "Cán bộ bảo mật mẫu")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A home with a list of two files, in which a night has run over five scans."""
    folder = tmp_path_factory.mktemp("shop")
    names = (
        f"lo/{CODE}.001.jpg",
        f"lo/{CODE}.003.jpg",
        "lo/theo-danh-muc.jpg",
        "lo/le.jpg",
        f"{OTHER}/a.jpg",
    )
    for width, name in enumerate(names, 300):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(as_jpeg(Image.new("RGB", (width, 300), "white"), 200))
    row = f"theo-danh-muc.jpg;{CODE};4;07/02/2001\n"
    (folder / "lo" / "manifest.csv").write_text(f"Tên tệp;Mã hồ sơ;STT;Ngày\n{row}", "utf-8")
    listed = f"{CODE};Đất đai;Vĩnh viễn;4\n{OTHER};Nhà ở;10 năm;1\n"
    (folder / "ds.csv").write_text(
        f"Mã hồ sơ;Tiêu đề hồ sơ;Thời hạn bảo quản;Tổng số văn bản\n{listed}", "utf-8"
    )
    site = Site(tmp_path_factory.mktemp("night") / "home")
    site.run("init")
    imported = site.json("files", "import", folder / "ds.csv", "--agency", "Z99.01")
    assert imported == {"new": 2, "changed": 0, "same": 0, "faults": []}
    assert site.json("files", "import", folder / "ds.csv", "--agency", "Z99.01")["same"] == 2
    site.run("ingest", folder / "lo", folder / OTHER, "--agency", "Z99.01")
    site.run("nightly")
    return site


def record_id(site: Site, key: str) -> str:
    return str(site.json("where", f"Z99.01/{key}")[0]["record_id"])


def file_of(site: Site, code: str) -> dict[str, Any]:
    found: dict[str, Any] = site.json("files", "show", code)
    return found


def test_records_are_in_the_file_that_path_or_manifest_name(site: Site) -> None:
    """By file name, by manifest and by folder; dates, documents and pages follow them, gaps are named."""
    found = file_of(site, CODE)
    assert [(row["ordinal"], row["method"]) for row in found["records"]] == [
        (1, "filename"), (3, "filename"), (4, "manifest"),
    ]  # fmt: skip
    assert (found["start_date"], found["total_doc"], found["number_of_page"]) == ("2001-02-07", 3, 3)
    assert found["gaps"] == ["the list says 4 documents, 3 are here", "ordinals missing: 2"]
    assert found["given"]["title"] == "Đất đai"
    assert [row["method"] for row in file_of(site, OTHER)["records"]] == ["filename"]


def test_a_record_in_no_file_is_loose(site: Site) -> None:
    """The list of files and the record itself say so."""
    alone = record_id(site, "lo/le.jpg")
    assert site.json("files", "list")["loose"] == [alone]
    assert "none, a loose record" in site.run("show", alone)
    assert site.run("files", "list").strip().endswith("2 files, 1 loose records")


def test_a_person_puts_a_record_into_a_file(site: Site) -> None:
    """The gap is closed, the person is in the record's history, and a repeated night changes nothing."""
    alone = record_id(site, "lo/le.jpg")
    site.run("files", "attach", alone, CODE, "--ordinal", "2", *PERSON)
    assert file_of(site, CODE)["gaps"] == []
    assert site.json("show", alone)["file_codes"] == [CODE]
    event = site.json("show", alone)["events"][-1]
    assert (event["actor"], event["action"]) == ("person:Cán bộ bảo mật mẫu", "attached")
    assert event["details"] == {"file_code": CODE, "ordinal": 2}
    assert "số thứ tự 2" in " ".join(site.run("show", alone).split())
    assert alone in {hit["record_id"] for hit in site.json("search", f"hoso:{CODE}")["hits"]}
    site.run("nightly")
    assert file_of(site, CODE)["gaps"] == []
    assert site.json("verify")["faults"] == []


def test_a_person_moves_a_record(site: Site) -> None:
    """What was only derived gives way to what a person says, also in the record itself."""
    moved = record_id(site, f"{OTHER}/a.jpg")
    site.run("files", "attach", moved, CODE, *PERSON)
    shown = site.json("show", moved)
    assert shown["file_codes"] == [CODE]
    assert shown["fields"]["file_code"]["value"] == CODE
    assert {said["method"] for said in shown["fields"]["file_code"]["evidence"]} >= {"person"}
    assert file_of(site, OTHER)["total_doc"] == 0


def test_a_withdrawn_record_no_longer_counts(site: Site) -> None:
    """Its file is short of a document again."""
    site.run("withdraw", record_id(site, f"lo/{CODE}.003.jpg"), "--reason", "nhầm")
    assert "ordinals missing: 3" in file_of(site, CODE)["gaps"]


def test_what_is_not_there_is_told(site: Site, tmp_path: Path) -> None:
    """Unknown codes, records and lists end with 2 and a sentence that says what to do."""
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    asked: tuple[tuple[tuple[str | Path, ...], str], ...] = (
        (("files", "show", "X.1"), "sohoa files list"),
        (("files", "attach", "nothing", CODE, *PERSON), "there is no record"),
        (("files", "attach", record_id(site, "lo/le.jpg"), "X.1", *PERSON), "sohoa files import"),
        (("files", "import", tmp_path / "x.csv", "--agency", "Z99.01"), "no column of a list of files"),
    )
    for arguments, words in asked:
        ended, _, err = site.ask(*arguments)
        assert ended == 2, arguments
        assert words in err


def test_a_file_whose_term_is_over_is_proposed_and_stays(site: Site) -> None:
    """From 1 January after its last year on; what is kept permanently never."""
    before, after, held = "2011-12-31", "2012-01-01", file_of(site, OTHER)["records"]
    site.run("files", "import", _ended(site, OTHER, "2001"), "--agency", "Z99.01")
    assert site.json("files", "expired", "--on", before)["files"] == []
    (due,) = site.json("files", "expired", "--on", after)["files"]
    assert (due["file_code"], due["expired_on"], due["proposal"]) == (OTHER, after, "Xem xét hủy")
    assert file_of(site, OTHER)["records"] == held
    assert [f["file_code"] for f in site.json("files", "expired", "--on", "2999-01-01")["files"]] == [OTHER]


def _ended(site: Site, code: str, year: str) -> Path:
    listed = site.home.parent / "ended.csv"
    listed.write_text(
        f"Mã hồ sơ;Tiêu đề hồ sơ;Thời hạn bảo quản;Kết thúc\n{code};Nhà ở;10 năm;{year}\n", "utf-8"
    )
    return listed
