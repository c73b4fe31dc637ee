"""The shape of the project: what may import what, how long a file may be, which words must not appear."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from sohoa.domain.reasons import REASONS

ROOT = Path(__file__).parents[2]
# A vendor's package, and the one place that may import it.
VENDORS = {
    "alembic": ("sohoa.adapters.ledger",),
    "airflow": ("sohoa.orchestration",),
    "fastapi": ("sohoa.orchestration", "sohoa.portal"),
    "fpdf": ("sohoa.adapters.coverage_report.paper", "sohoa.adapters.pdf"),
    "httpx": ("sohoa.orchestration.airflow_api", "sohoa.adapters.deliveries"),
    "pyhanko": ("sohoa.adapters",),
    "pytesseract": ("ocr.engines.pytesseract",),
    "tesserocr": ("ocr.engines.tesserocr",),
    "starlette": ("sohoa.portal",),
    "typer": ("sohoa.cli",),
    "uvicorn": ("sohoa.portal",),
}


def tracked(*patterns: str) -> list[Path]:
    """Files of the project: those that git knows, or a walk without build products."""
    listed = subprocess.run(
        ["git", "ls-files", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    return [ROOT / line for line in listed if (ROOT / line).is_file()]


def test_import_contracts_hold() -> None:
    """import-linter's contracts are kept, and a module outside the layers would break them."""
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_vendor_has_one_home() -> None:
    """Each vendor's package is imported in one place only."""
    graph = grimp.build_graph("sohoa", "ocr", include_external_packages=True, cache_dir=None)
    strays = [
        f"{module} imports {vendor}"
        for vendor, homes in VENDORS.items()
        for module in (graph.find_modules_that_directly_import(vendor) if vendor in graph.modules else ())
        if not module.startswith(homes)
    ]
    assert strays == []


def arrows(container: str) -> dict[str, set[str]]:
    """Which rooms, and modules beside them, import which others of the package."""
    graph = grimp.build_graph("sohoa", "ocr", cache_dir=None)
    depth = container.count(".") + 2

    def room(module: str) -> str:
        return ".".join(module.split(".")[:depth])

    inside = [module for module in graph.modules if module.startswith(f"{container}.")]
    found: dict[str, set[str]] = {room(module): set() for module in inside}
    for module in inside:
        for other in graph.find_modules_directly_imported_by(module):
            if other.startswith(f"{container}.") and room(other) != room(module):
                found[room(module)].add(room(other))
    return found


@pytest.mark.parametrize("container", ["ocr", "sohoa.domain", "sohoa.usecases"])
def test_rooms_form_no_circle(container: str) -> None:
    """Rooms can be put in an order in which each imports only those before it."""
    assert list(TopologicalSorter(arrows(container)).static_order())


@pytest.mark.parametrize("container", ["ocr", "sohoa.domain", "sohoa.usecases"])
def test_each_room_says_what_it_may_import(container: str) -> None:
    """The docstring of a room names, after ``May import``, every other room that it imports."""
    strays = []
    for room, others in arrows(container).items():
        package = ROOT / room.replace(".", "/") / "__init__.py"
        if package.is_file():
            said = ast.get_docstring(ast.parse(package.read_text("utf-8"))) or ""
            named = set(re.findall(r"``(\w+)``", said.partition("May import")[2]))
            strays += [f"{room} imports {other}" for other in others if other.split(".")[-1] not in named]
    assert strays == []


@pytest.mark.parametrize(("folder", "most"), [("dags", 60), ("plugins", 40)])
def test_wiring_files_stay_short(folder: str, most: int) -> None:
    """DAG files and plugins only wire: they stay within their length."""
    long = [
        path.name for path in (ROOT / folder).glob("*.py") if len(path.read_text("utf-8").splitlines()) > most
    ]
    assert long == []


@pytest.mark.parametrize("path", sorted((ROOT / "dags").glob("*.py")), ids=lambda path: path.stem)
def test_dag_files_import_only_the_sdk_and_orchestration(path: Path) -> None:
    """A DAG file imports airflow.sdk, sohoa.orchestration and the standard library."""
    allowed = {"airflow.sdk", "sohoa.orchestration"} | set(sys.stdlib_module_names)
    modules = {
        name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    assert modules <= allowed
    assert f'dag_id="{path.stem}"' in path.read_text("utf-8")


def test_no_file_names_a_machine() -> None:
    """No file of the project holds a path of somebody's machine or the address of a package registry."""
    words = re.compile(
        "|".join(["/" + "work/", "/home/" + r"[a-z]+/", "files.python" + "hosted", "pypi" + r"\.org"])
    )
    found = []
    for path in tracked():
        text = (
            path.read_bytes().decode("utf-8", errors="ignore") if path.suffix not in {".pdf", ".tif"} else ""
        )
        found += [f"{path.relative_to(ROOT)}: {hit.group()}" for hit in words.finditer(text)]
    assert found == []


def test_every_reason_code_that_the_code_gives_exists() -> None:
    """Codes of Rejected, Unreadable, DocumentFailed, Outcome and reason= are keys of domain.reasons."""
    before = r"(?:Rejected|Unreadable|DocumentFailed)\(|Outcome\(\s*State\.\w+,"
    given = re.compile(rf"""(?:{before})\s*"([a-z_]+)"|reason\s*=\s*"([a-z_]+)\"""")
    used = {
        code
        for path in [*(ROOT / "sohoa").rglob("*.py"), *(ROOT / "ocr").rglob("*.py")]
        for pair in given.findall(path.read_text("utf-8"))
        for code in pair
        if code
    }
    assert used <= set(REASONS), used - set(REASONS)


def test_the_lock_satisfies_the_project() -> None:
    """Every direct dependency is locked in a fitting version, and every locked package has hashes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements.txt").read_text("utf-8"))
    locked = {}
    for block in blocks:
        name, _, version = block.partition("==")
        assert "--hash=sha256:" in block, f"{name} is locked without a hash"
        locked[canonicalize_name(name)] = Version(re.split(r"[ ;\\]", version)[0])
    for text in [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]:
        wanted = Requirement(text)
        assert canonicalize_name(wanted.name) in locked, f"{text} is not locked: scripts/lock"
        assert wanted.specifier.contains(locked[canonicalize_name(wanted.name)]), f"{text}: scripts/lock"


def test_every_direct_dependency_is_accounted_for() -> None:
    """docs/dependencies.md has a row for each direct dependency, and for nothing else."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    direct = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    rows = re.findall(
        r"^\| ([a-z][a-z0-9-]+) \|", (ROOT / "docs/dependencies.md").read_text("utf-8"), re.MULTILINE
    )
    assert sorted(set(rows) - {"package"}) == sorted(
        canonicalize_name(Requirement(text).name) for text in direct
    )


def test_the_architecture_page_leads_somewhere() -> None:
    """Every module that docs/architecture.md names is there, from the root or from one of the packages."""
    named = re.findall(r"`([a-z_/]+\.(?:py|yaml))`", (ROOT / "docs/architecture.md").read_text("utf-8"))
    roots = [ROOT, *(ROOT / place for place in ("sohoa", "sohoa/usecases", "sohoa/domain"))]
    inside = [folder for root in roots[1:] for folder in root.iterdir() if folder.is_dir()]
    inside += [folder for folder in (ROOT / "ocr").iterdir() if folder.is_dir()]
    assert len(named) > 40
    assert [name for name in named if not any((root / name).exists() for root in [*roots, *inside])] == []


def test_the_readme_names_every_make_target() -> None:
    """A newcomer finds every target of the Makefile in the README."""
    phony = re.search(r"^\.PHONY:(.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert phony is not None
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [target for target in phony.group(1).split() if f"make {target}" not in readme] == []


def test_scripts_stop_at_errors() -> None:
    """Every shell script stops at the first error and at unset variables."""
    for path in [*(ROOT / "scripts").iterdir(), ROOT / ".ci" / "run"]:
        text = path.read_text("utf-8")
        assert re.search(r"^set -euo? ?(pipefail)?$", text, re.MULTILINE), path.name
