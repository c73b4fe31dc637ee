"""Tables of TT 02/2019 and NĐ 30: what is too long is named, what is written is read again as it was."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.dossiers.dossier import DossierEntry, DossierSummary, dossier_table, summary
from sohoa.domain.packages.elements import Element, Fault
from sohoa.domain.packages.tables import DOSSIERS, RECORDS, Rules, cells, dossier_row, row_faults, xml_pieces
from sohoa.domain.tables import csv_cells

GIVEN = {
    "title": "Hồ sơ; có dấu chấm phẩy, dấu phẩy",
    "maintenance": "20 năm",
    "mode": "02",
    "start_date": "2020-01",
    "end_date": "2021-12-31",
    "total_doc": "7",
    "number_of_page": "12",
    "description": "-không phải công thức",
}


def dossier(**changes: str) -> DossierSummary:
    values = GIVEN | changes
    return summary("Z99.01", "Z99.01.2024.07", DossierEntry("Z99.01", "Z99.01.2024.07", values, ""), (), {})


@pytest.mark.parametrize("rules", list(Rules))
def test_a_table_is_read_again_as_it_was_written(rules: Rules) -> None:
    """The hồ sơ's entry has the same values."""
    columns = DOSSIERS[rules]
    lines = [(1, tuple(column.name for column in columns)), (2, cells(columns, dossier_row(dossier())))]
    (entry,) = dossier_table(lines, "Z99.01", "list").entries
    assert (entry.code, dict(entry.values)) == ("Z99.01.2024.07", GIVEN)


@given(st.sampled_from([(table, rules) for table in (DOSSIERS, RECORDS) for rules in Rules]), st.data())
def test_a_value_that_is_too_long_is_named_with_limit_and_length(chosen: Any, data: st.DataObject) -> None:
    """Its column, its hồ sơ or record; nothing else is."""
    table, rules = chosen
    column: Element = data.draw(st.sampled_from(list(table[rules])))
    length = data.draw(st.integers(1, column.limit + 50))
    found = list(row_faults(table[rules], {column.name: "x" * length}, "here"))
    wanted = [Fault(column.name, column.limit, length, "here")] if length > column.limit else []
    assert found == wanted


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=40))
def test_any_text_stands_in_xml_as_it_is(text: str) -> None:
    """Signs of markup are escaped."""
    columns = DOSSIERS[Rules.TT02]
    data = b"".join(xml_pieces(Rules.TT02, "file", columns, iter([{"Title": text}])))
    assert ET.fromstring(data).findtext("./file/Title") == text  # noqa: S314  of our own making


def test_the_delimiter_of_a_table_is_not_one_inside_of_quotes() -> None:
    """Recipients with semicolons are one cell."""
    text = 'Số,Nơi nhận,Trích yếu\n1,"a; b; c",x\n2,"d; e; f",y\n'
    assert [row for _, row in csv_cells(text.encode())][1] == ("1", "a; b; c", "x")
