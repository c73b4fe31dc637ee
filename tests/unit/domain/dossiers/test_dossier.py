"""Files of records: their lists, what paths say, and what is missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.archive.records import Method
from sohoa.domain.dossiers.dossier import (
    DossierEntry,
    DossierMember,
    dossier_table,
    is_file_code,
    path_evidence,
    summary,
)
from sohoa.domain.tables import csv_cells

CODE = "H49.64.33.2001.160"


def table_of(text: str) -> tuple[tuple[DossierEntry, ...], tuple[str, ...]]:
    found = dossier_table(csv_cells(text.encode()), "Z99.01", "ds.csv")
    return found.entries, found.faults


@pytest.mark.parametrize(
    "text",
    [
        "FileCode,Title,Maintenance,Rights,StartDate,EndDate,DocTotal,PageTotal\n"
        f"{CODE},Đất đai,Vĩnh viễn,2,05/01/2001,12/2001,3,20",
        "Mã hồ sơ;Tiêu đề hồ sơ;Thời hạn bảo quản;Chế độ sử dụng;Bắt đầu;Kết thúc;Tổng số văn bản;Số trang\n"
        f"{CODE};Đất đai;Vĩnh viễn;2;5/1/2001;12/2001;3;20",
        "Organld,FileCatalog,FileNotation,Title,Maintenance,Rights,StartDate,EndDate,TotalDoc,PageNumber\n"
        "H49.64.33,2001,160,Đất đai,Vĩnh viễn,2,2001-01-05,12/2001,3.0,20",
    ],
)
def test_lists_of_every_regulation(text: str) -> None:
    """Headings of TT 02, NĐ 30, TT 05 and in Vietnamese give the same file; a code may come in parts."""
    (entry,), faults = table_of(text)
    assert faults == ()
    assert (entry.code, dict(entry.values)) == (
        CODE,
        {
            "title": "Đất đai", "maintenance": "Vĩnh viễn", "mode": "2", "start_date": "2001-01-05",
            "end_date": "2001-12", "total_doc": "3", "number_of_page": "20",
        },
    )  # fmt: skip


def test_bad_lines_of_a_list() -> None:
    """They are told by line; a bad cell costs its value only."""
    entries, faults = table_of(
        "FileCode,StartDate,DocTotal\nA.1,32/1/2001,x\n,1/1/2001,2\nA.1,,\nA.2,2001,2\n"
    )
    assert [entry.code for entry in entries] == ["A.1", "A.2"]
    assert entries[0].values == {}
    assert [fault.partition(":")[0] for fault in faults] == ["line 2", "line 2", "line 3", "line 4"]
    with pytest.raises(ValueError, match="no column"):
        table_of("a,b\n1,2\n")


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (f"Z99.01/lo/{CODE}.001.pdf", (CODE, "1")),
        (f"Z99.01/lo/{CODE}.0000012_signed.pdf", (CODE, "12")),
        (f"Z99.01/lo/{CODE}.7.pages/_complete", (CODE, "7")),
        (f"Z99.01/lo/{CODE}.pdf", (CODE, None)),
        (f"Z99.01/{CODE}/scan 3.pdf", (CODE, None)),
        ("Z99.01/lo/000.01.12.H49.2020.05.3.tif", ("000.01.12.H49.2020.05", "3")),
        ("Z99.01/2020/05.3.pdf", (None, None)),
        ("Z99.01/lo/374-QD.2024.pdf", (None, None)),
    ],
)
def test_what_a_path_says(key: str, said: tuple[str | None, str | None]) -> None:
    """File code and ordinal as TT 02 and TT 05 name scans; a folder may carry the code."""
    evidence = path_evidence(key, 0.8)
    found = [evidence[name][0].value if name in evidence else None for name in ("file_code", "doc_ordinal")]
    assert tuple(found) == said
    assert is_file_code(CODE)


def members(*ordinals: int | None) -> list[DossierMember]:
    return [
        DossierMember("Z99.01", CODE, f"r{place}", ordinal, Method.MANIFEST, f"2001-01-{place + 1:02d}")
        for place, ordinal in enumerate(ordinals)
    ]


def gaps(*ordinals: int | None, **values: str) -> tuple[str, ...]:
    found = members(*ordinals)
    entry = DossierEntry("Z99.01", CODE, values, "ds.csv:2")
    made = summary("Z99.01", CODE, entry, found, {member.record_id: 2 for member in found})
    return tuple(map(str, made.gaps))


def test_gaps_are_named() -> None:
    """Missing and doubled ordinals, and totals that differ from the list's."""
    assert gaps(1, 2, 3, total_doc="3", number_of_page="6") == ()
    assert gaps(2, 3, 7, 9) == ("ordinals missing: 1, 4-6, 8",)
    assert gaps(1, 2, 2) == ("ordinals given twice: 2",)
    assert gaps(1, 2, total_doc="4") == ("the list says 4 documents, 2 are here", "ordinals missing: 3-4")
    assert gaps(1, None, total_doc="4") == ("the list says 4 documents, 2 are here",)
    assert list(map(str, summary("Z99.01", CODE, None, [], {}).gaps)) == ["in no imported list"]


@given(st.sets(st.integers(1, 60), min_size=1), st.integers(0, 70))
def test_there_and_missing_are_everything(ordinals: set[int], total: int) -> None:
    """The ordinals that are there and those named missing are all from 1 to the last or the list's total."""
    named = [
        gap for gap in gaps(*sorted(ordinals), total_doc=str(total)) if gap.startswith("ordinals missing")
    ]
    missing = {
        number
        for gap in named
        for span in gap.removeprefix("ordinals missing: ").split(", ")
        for number in range(int(span.split("-")[0]), int(span.split("-")[-1]) + 1)
    }
    assert missing.isdisjoint(ordinals)
    assert missing | ordinals == set(range(1, max(*ordinals, total, 1) + 1))


def test_dates_and_totals_follow_the_records_that_count() -> None:
    """A withdrawn record no longer counts; what the list says stays beside it."""
    found = summary("Z99.01", CODE, None, members(1, 2, 3), {"r0": 2, "r1": 5})
    assert (found.start_date, found.end_date, found.documents, found.pages) == (
        "2001-01-01",
        "2001-01-02",
        2,
        7,
    )
