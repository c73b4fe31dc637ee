"""A command starts at once: it imports what it needs itself, and nothing of its neighbours."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command, get_group

from sohoa.cli.commands import COMMANDS, app, load
from tests.support.site import Site, stored_site

_ASKED = """
import json, sys
from sohoa.cli import main
sys.argv = ["sohoa", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print("LOADED" + json.dumps(sorted(sys.modules)))
"""
_ENGINES = (
    *("cv2", "numpy", "onnxruntime", "pytesseract", "tesserocr", "PIL"),
    *(
        "fpdf",
        "img2pdf",
        "pdfplumber",
        "pikepdf",
        "pyhanko",
        "pypdfium2",
        "cryptography",
        "openpyxl",
        "jinja2",
    ),
)
_SERVERS = ("airflow", "alembic", "elasticsearch", "fastapi", "httpx", "minio", "psycopg")
HELP_NEEDS_NONE = (
    *_ENGINES,
    *_SERVERS,
    *("pydantic", "rapidfuzz", "rich", "sqlalchemy", "structlog", "yaml"),
    *("ocr", "sohoa.adapters", "sohoa.ports", "sohoa.settings", "sohoa.usecases", "sohoa.wiring"),
)
ONE_RECORD_NEEDS_NONE = (
    *_ENGINES,
    *_SERVERS,
    *("ocr.engines", "ocr.image", "ocr.read_page", "ocr.source", "sqlalchemy.dialects.postgresql"),
    *(
        "sohoa.adapters.pdf",
        "sohoa.adapters.recogniser",
        "sohoa.domain.extract.describe",
        "sohoa.orchestration",
    ),
)


def loaded_by(home: Path, *arguments: str) -> set[str]:
    """Every module that the command has imported when it ends, with the packages that they are in."""
    done = subprocess.run(
        [sys.executable, "-c", _ASKED, *arguments],
        env=Site(home).environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout.partition("LOADED")[2]))


def test_help_imports_no_command(tmp_path: Path) -> None:
    """The list of commands is told without any of them, and without what they need."""
    loaded = loaded_by(tmp_path, "--help")
    commands = {f"sohoa.cli.{module}" for module, _ in COMMANDS.values()}
    assert loaded & {*HELP_NEEDS_NONE, *commands} == set()


def test_reading_one_record_opens_no_engine(tmp_path: Path) -> None:
    """To show a record, or where an object is, neither pixels nor seals nor a server's client are loaded."""
    site = stored_site(tmp_path)
    row = site.json("list", "--state", "archived")[0]
    for command in (("show", row["record_id"]), ("where", row["key"])):
        assert loaded_by(site.home, *command) & set(ONE_RECORD_NEEDS_NONE) == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_of_a_command_what_it_says_itself(name: str) -> None:
    """Its name and the first sentence of its help stand in the table as in its module."""
    command, listed = load(name), get_command(app).get_command(None, name)  # type: ignore[attr-defined]
    assert command.name == name
    assert command.get_short_help_str(200) == listed.get_short_help_str(200)


def test_the_list_has_every_command() -> None:
    """No module of the command line has a command that the table leaves out."""
    modules = {module: load(name) for name, (module, _) in COMMANDS.items()}
    for module in modules:
        found = get_group(sys.modules[f"sohoa.cli.{module}"].commands).commands
        assert {name for name, (home, _) in COMMANDS.items() if home == module} == set(found)
