"""Holdings registers from the file to the coverage figures, through the command line."""

from __future__ import annotations

import csv
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support.site import Site

HEAD = "Mã cơ quan;Mã phông;Năm;Số văn bản;Căn cứ;Ngày kiểm kê\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A new home with the sample configuration."""
    made = Site(tmp_path / "home")
    made.run("init")
    return made


def register(folder: Path, *rows: str, name: str = "so.csv") -> Path:
    path = folder / name
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def held(site: Site, agency: str = "Z99.01") -> dict[Any, float]:
    (row,) = json.loads(site.run("coverage", "--agency", agency, "--format", "json"))["agencies"]
    return {year["year"]: year["held"].get("documents") for year in row["years"]}


def test_a_register_corrects_the_file_of_the_configuration(site: Site, tmp_path: Path) -> None:
    """Until then the file counts as it stands; the history has both, with who, when and on what basis."""
    assert held(site) == {2023: 4, 2024: 3, 2025: 2}
    path = register(
        tmp_path, "Z99.01;P01;2024;1.300;Biên bản 9;31/12/2025", "Z99.01;P01;2022;7;Biên bản 9;31/12/2025"
    )
    first = site.json("holdings", "import", path)
    assert (first["new"], first["changed"], first["same"], first["faults"]) == (1, 1, 0, [])
    assert held(site) == {2022: 7, 2023: 4, 2024: 1300, 2025: 2}
    again = site.json("holdings", "import", path)
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 2)
    told = site.json("holdings", "history", "Z99.01", "--year", "2024")["declarations"]
    assert [(d["held"], d["declared_by"] == "config/holdings.csv") for d in told] == [
        ("3", True),
        ("1300", False),
    ]
    assert told[1]["source"] == "Biên bản 9"
    listed = site.json("holdings", "list", "--agency", "Z99.01")["holdings"]
    assert [(h["year"], h["unit"], h["held"], h["row"]) for h in listed if h["year"] == 2024] == [
        (2024, "documents", "1300", "so.csv:2")
    ]
    assert "1300" in site.run("holdings", "list")
    assert site.run("holdings", "history", "Z99.01", "--fonds", "P01").count("Z99.01") == 6


def test_nothing_is_half_imported(site: Site, tmp_path: Path) -> None:
    """One wrong row keeps all of them out, with its line and reason; --only-good leaves it in a file."""
    path = register(tmp_path, "Z99.01;P01;2022;7;B;31/12/2025", "Z99.77;P01;2022;-1;B;31/12/2025")
    code, out, told = site.ask("holdings", "import", path)
    assert (code, "không nhập dòng nào" in out) == (2, True)
    assert "dòng 3: cột “Mã cơ quan”: “Z99.77” không có trong danh mục" in told
    assert 2022 not in held(site)
    rest = tmp_path / "rest.csv"
    code, out, _ = site.ask("holdings", "import", path, "--only-good", "--rest", rest)
    assert (code, out.startswith("1 mới, 0 sửa, 0 đã có, 1 dòng lỗi")) == (2, True)
    assert held(site)[2022] == 7
    (left,) = csv.DictReader(rest.read_text("utf-8-sig").splitlines())
    assert (left["Mã cơ quan"], "số âm" in left["Lỗi"]) == ("Z99.77", True)


def test_the_file_of_the_configuration_can_be_imported_themselves(site: Site) -> None:
    """It is the first import: a second one finds all of it declared."""
    path = Path(__file__).parents[2] / "config" / "holdings.csv"
    done = site.json("holdings", "import", path)
    assert (done["new"], done["changed"], done["same"], done["faults"]) == (0, 0, 11, [])


def test_a_changed_file_of_the_configuration_is_a_new_declaration(site: Site, tmp_path: Path) -> None:
    """Who has only that file edits it as before: the figures follow, also back again."""
    config = tmp_path / "config"
    shutil.copytree(Path(__file__).parents[2] / "config", config)
    moved = Site(site.home, {"SOHOA_CONFIG": os.fspath(config / "sohoa.yaml")})
    listed = config / "holdings.csv"
    moved.run("holdings", "import", listed)
    text = listed.read_text("utf-8")
    listed.write_text(text.replace("2024,documents,3,", "2024,documents,30,", 1), encoding="utf-8")
    assert held(moved)[2024] == 30
    moved.run("holdings", "import", listed)
    listed.write_text(text, encoding="utf-8")
    assert held(moved)[2024] == 3


def test_templates_are_written(site: Site, tmp_path: Path) -> None:
    """To a file or to standard output; as given out they declare nothing."""
    assert site.run("holdings", "template").startswith("\ufeffMã cơ quan,Mã phông,Năm,")
    path = tmp_path / "mau.xlsx"
    site.run("holdings", "template", "--format", "xlsx", "--out", path)
    code, _, told = site.ask("holdings", "import", path)
    assert (code, "VÍ DỤ" in told) == (2, True)
