from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sohoa.adapters.config_files import load_yaml, read_agencies, read_holdings
from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.coverage.holdings import Holding, Unit
from sohoa.domain.errors import Misconfigured

CONFIG = Path(__file__).parents[3] / "config"
AGENCIES = AgencyRegister([Agency("Z01", "Một", fonds=("P1", "P2")), Agency("Z02", "Hai")])
HEADER = "agency,fonds,year,unit,held,source,as_of\n"


def written(folder: Path, text: str | bytes, name: str = "register") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_registers_of_the_project_are_sound() -> None:
    """The shipped registers agree with each other, and one agency has a year without denominator."""
    agencies = read_agencies(CONFIG / "agencies.yaml")
    holdings = read_holdings(CONFIG / "holdings.csv", agencies)
    assert {holding.agency for holding in holdings} == {agency.code for agency in agencies}
    assert {h.unit for h in holdings if h.agency == "Z99.03" and h.year == 2023} == {Unit.FILES}


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("{code: Z01}", r"agencies\[1\]: name is missing"),
        ("{code: 101, name: A}", r"code: must be text"),
        ("{code: Z01, name: A, successsor: Z02}", r"agencies\[1\]: unknown key successsor"),
        ("{code: Z01, name: A, valid_from: 2020}", r"valid_from: must be a date"),
        ("{code: Z01, name: A, closed: maybe}", r"closed: must be true or false"),
        ("{code: Z01, name: A, fonds: P1}", r"fonds: must be a list"),
        ("{code: Z01, name: A, aliases: B}", r"aliases: must be a list"),
        ("{code: Z01, name: A, aliases: [1]}", r"aliases: must be a list"),
        ("{code: Z01, name: A, name: B}", r":2: name stands twice"),
        ("{code: Z01, name: A, parent: Z09}", r"parent Z09 is not in the register"),
        ("Z01", r"agencies\[1\]: must be a mapping"),
        ("{code: [", r"register:3"),
    ],
)
def test_a_fault_in_the_agency_register_is_named(tmp_path: Path, entry: str, fault: str) -> None:
    """The message names file, entry or line, key and what is wrong."""
    with pytest.raises(Misconfigured, match=fault):
        read_agencies(written(tmp_path, f"agencies:\n  - {entry}\n"))


@pytest.mark.parametrize(
    "text", [b"", b"- a\n", b"\xff\xfe", b"? [a]\n: 1\n", b"a: 2020-99-99\n", b"!!python/name:x\n"]
)
def test_a_file_that_is_no_register_is_misconfigured(tmp_path: Path, text: bytes) -> None:
    """Anything but a YAML mapping of plain data in UTF-8 is refused with the file's name."""
    with pytest.raises(Misconfigured, match="register"):
        load_yaml(written(tmp_path, text))


def test_a_missing_register_is_misconfigured(tmp_path: Path) -> None:
    """The message names the file that is not there."""
    with pytest.raises(Misconfigured, match=r"nowhere\.csv cannot be read"):
        read_holdings(tmp_path / "nowhere.csv", AGENCIES)


def test_holdings_as_a_spreadsheet_writes_them(tmp_path: Path) -> None:
    """Byte order mark, semicolons, CRLF, decomposed letters, another order and empty lines are taken."""
    header = "\ufeffheld;unit;year;agency;fonds;as_of;source\r\n"
    rows = "12.5;metres;;Z01;P2;2025-12-31;Biên ba\u0309n\r\n;;;;;;\r\n"
    assert read_holdings(written(tmp_path, header + rows), AGENCIES) == [
        Holding(
            "Z01", "P2", None, Unit.METRES, Decimal("12.5"), "Biên b\u1ea3n", date(2025, 12, 31), "register:2"
        )
    ]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("Z09,P1,2024,documents,1,S,2025-01-01", "agency: 'Z09' is not in the agency register"),
        ("Z01,P9,2024,documents,1,S,2025-01-01", "fonds: 'P9' is not a fonds of Z01"),
        ("Z01,P1,24,documents,1,S,2025-01-01", "year: '24'"),
        ("Z01,P1,2024,boxes,1,S,2025-01-01", "unit: 'boxes'"),
        ("Z01,P1,2024,documents,-1,S,2025-01-01", "held: '-1' is negative"),
        ("Z01,P1,2024,documents,1.5,S,2025-01-01", "held: '1.5' is not a whole number"),
        ("Z01,P1,2024,documents,1.234,S,2025-01-01", "held: '1.234' is not a whole number"),
        ("Z01,P1,2024,metres,nan,S,2025-01-01", "held: 'nan'"),
        ("Z01,P1,2024,documents,,S,2025-01-01", "held: ''"),
        ("Z01,P1,2024,documents,1,,2025-01-01", "source"),
        ("Z01,P1,2024,documents,1,S,31/12/2025", "as_of: '31/12/2025'"),
        ("Z01,P1,2024,documents,1,S", "6 cells, not 7"),
    ],
)
def test_a_fault_in_the_holdings_is_named_with_its_line(tmp_path: Path, row: str, fault: str) -> None:
    """The message names file, line, column and reason."""
    path = written(tmp_path, f"{HEADER}Z02,,2024,documents,4,S,2025-01-01\n{row}\n")
    with pytest.raises(Misconfigured, match=f"register:3: {fault}"):
        read_holdings(path, AGENCIES)


def test_two_declarations_of_one_day_contradict(tmp_path: Path) -> None:
    """The same agency, fonds, year, unit and day twice is refused; another day is a newer count."""
    row = "Z01,P1,2024,documents,{held},S,2025-{month}-01\n"
    good = HEADER + row.format(held=4, month="01") + row.format(held=5, month="02")
    assert len(read_holdings(written(tmp_path, good), AGENCIES)) == 2
    with pytest.raises(Misconfigured, match="register:4: declares the same as line 2"):
        read_holdings(written(tmp_path, good + row.format(held=6, month="01")), AGENCIES)


def test_unknown_columns_are_refused(tmp_path: Path) -> None:
    """A header that is not exactly the seven columns is an error of line 1."""
    with pytest.raises(Misconfigured, match="register:1: the columns must be"):
        read_holdings(written(tmp_path, "agency,held\nZ01,4\n"), AGENCIES)
