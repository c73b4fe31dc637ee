"""Registers of an agency as evidence, from the file to the record, through the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.support.scanmaker import GOOD, as_jpeg, load_document, render_document
from tests.support.site import Site

pytestmark = pytest.mark.slow
NOTICE, PLAN = load_document("tb_21"), load_document("kh_212")
HEADINGS = ("Số, ký hiệu văn bản", "Ngày tháng văn bản", "Trích yếu nội dung văn bản", "Người ký", "Nơi nhận")


def register(path: Path, *more: tuple[str, ...]) -> Path:
    """The agency's register of outgoing documents; it holds another number for the plan."""
    book = Workbook()
    sheet = book.worksheets[0]
    fields, other = NOTICE.fields(), PLAN.fields()
    code = f"{fields['code_number']}/{fields['code_notation']}"
    sheet.append(HEADINGS)
    sheet.append([code, NOTICE.issued, fields["subject"], fields["signer_name"], "Sở A"])
    sheet.append([f"777/{other['code_notation']}", PLAN.issued, other["subject"], "", ""])
    for line in more:
        sheet.append(line)
    book.save(path)
    return path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A home with a register, in which a night has run over two scans."""
    folder = tmp_path_factory.mktemp("shop") / "lo-3"
    folder.mkdir()
    for name, document in (("tb.jpg", NOTICE), ("kh.jpg", PLAN)):
        (folder / name).write_bytes(as_jpeg(render_document(document, GOOD, 200)[0], 200))
    site = Site(tmp_path_factory.mktemp("night") / "home")
    site.run("init")
    site.run("register", "import", register(folder.parent / "so.xlsx"), "--agency", "Z99.01")
    site.run("ingest", folder, "--agency", "Z99.01")
    site.run("nightly")
    return site


def number_of(site: Site, name: str) -> dict[str, Any]:
    row = site.json("where", f"Z99.01/lo-3/{name}")[0]
    field: dict[str, Any] = site.json("show", row["record_id"])["fields"]["code_number"]
    return field


def alone(site: Site, name: str) -> dict[str, Any]:
    """What is read of the page without a register."""
    field: dict[str, Any] = site.json("read", site.home / "inbox/Z99.01/lo-3" / name)["fields"]["code_number"]
    return field


def test_a_line_with_the_same_number_confirms_it(site: Site) -> None:
    """The register is among the evidence, and the trust is not lower than without it."""
    found, read = number_of(site, "tb.jpg"), alone(site, "tb.jpg")
    assert found["value"] == read["value"] == NOTICE.number
    assert "register" in [evidence["method"] for evidence in found["evidence"]]
    assert found["confidence"] >= max(read["confidence"], 0.95)


def test_a_line_with_the_same_date_and_subject_doubts_another_number(site: Site) -> None:
    """The paper's number stays, less trusted; the register's is kept as evidence."""
    found, read = number_of(site, "kh.jpg"), alone(site, "kh.jpg")
    assert found["value"] == read["value"]
    assert found["confidence"] < read["confidence"]
    assert "777" in [evidence["value"] for evidence in found["evidence"]]


def test_a_repeat_changes_nothing_and_faults_are_told(site: Site, tmp_path: Path) -> None:
    """Counts, line numbers and what to do; good lines are taken all the same, and the exit code says so."""
    same = site.json("register", "import", register(tmp_path / "so.xlsx"), "--agency", "Z99.01")
    assert same == {"new": 0, "changed": 0, "same": 2, "reweighed": 0, "contradicted": 0, "faults": []}
    more = register(tmp_path / "so.xlsx", ("9/TB-UBND", "1/1/2024", "Mới"), ("", "", "Chỉ có trích yếu"))
    ended, out, err = site.ask("register", "import", more, "--agency", "Z99.01")
    assert (ended, out.strip()) == (2, "1 new, 0 changed, 2 already there, 1 faults")
    assert "so.xlsx, line 5: not taken: needs number and notation" in err


def test_what_cannot_be_a_register_is_refused(site: Site, tmp_path: Path) -> None:
    """An unknown agency, a missing file and a table of something else end with 2 and a sentence."""
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    for path, agency, words in (
        (tmp_path / "x.csv", "Z99.01", "no column of a register"),
        (tmp_path / "x.csv", "Z00", "not in the agency register"),
        (tmp_path / "y.csv", "Z99.01", "cannot be read"),
    ):
        ended, _, err = site.ask("register", "import", path, "--agency", agency)
        assert ended == 2
        assert words in err
