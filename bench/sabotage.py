"""Whether the tests notice: breaks the product on purpose and runs the tests that must fail then.

usage: python -m bench.sabotage [--list] [NAME ...]

Each sabotage of ``sabotage.yaml`` replaces one passage of a file in a copy of the working tree; its tests
must pass before. Exits with 1 when one is not caught, when its passage is no longer in the file, and when its
tests do not pass unhurt or do not run: some need the servers of ``scripts/services``.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

_ROOT = Path(__file__).parents[1]
_LIST = Path(__file__).with_name("sabotage.yaml")
_PASSED, _FAILED = 0, 1
_TIMEOUT_S = 900


@dataclass(frozen=True)
class Sabotage:
    """A passage of a file, what takes its place, and pytest's arguments for the tests that must fail then."""

    name: str
    suite: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def main() -> int:
    """Run them; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--list", action="store_true", help="only say which there are")
    given = parser.parse_args()
    known = sabotages()
    if unknown := set(given.names) - {each.name for each in known}:
        parser.error(f"no such sabotage: {', '.join(sorted(unknown))}")
    chosen = [each for each in known if not given.names or each.name in given.names]
    if given.list:
        for each in chosen:
            print(f"{each.name:28} {each.suite:22} {each.file}")  # noqa: T201
        return 0
    with tempfile.TemporaryDirectory(prefix="sabotage-") as folder:
        return _run(copy_of_the_tree(Path(folder)), chosen)


def sabotages() -> list[Sabotage]:
    """All of the list; raises ``TypeError`` for an entry with other keys."""
    entries = yaml.safe_load(_LIST.read_text(encoding="utf-8"))
    return [Sabotage(**{**entry, "tests": tuple(shlex.split(entry["tests"]))}) for entry in entries]


def passage_is_there(each: Sabotage, tree: Path = _ROOT) -> bool:
    """Whether the passage stands in the file, once."""
    path = tree / each.file
    return path.is_file() and path.read_text(encoding="utf-8").count(each.old) == 1


def copy_of_the_tree(folder: Path) -> Path:
    """The working tree without what git ignores, beside the reference collection and with our servers."""
    tree = folder / _ROOT.name
    listed = _git(_ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    for name in filter(None, listed):
        if (_ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(_ROOT / name, tree / name)
    _git(tree, "init", "-q")
    _git(tree, "add", "-A")
    (tree / ".venv").symlink_to(_ROOT / ".venv")
    if (_ROOT.parent / "shared").exists():
        (folder / "shared").symlink_to(_ROOT.parent / "shared")
    if (_ROOT / "var" / "services.env").is_file():
        (tree / "var").mkdir()
        (tree / "var" / "services.env").symlink_to(_ROOT / "var" / "services.env")
    return tree


def _git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout  # noqa: S607


def _run(tree: Path, chosen: Sequence[Sabotage]) -> int:
    bad = 0
    for each in chosen:
        started = time.monotonic()
        verdict = _verdict(tree, each)
        bad += verdict != "caught"
        print(f"{verdict:34} {each.name:28} {time.monotonic() - started:5.0f} s", flush=True)  # noqa: T201
    print(f"{len(chosen) - bad} of {len(chosen)} sabotages are caught")  # noqa: T201
    return 1 if bad else 0


def _verdict(tree: Path, each: Sabotage) -> str:
    if not passage_is_there(each, tree):
        return "PASSAGE NOT FOUND"
    if (code := _pytest(tree, each.tests)) != _PASSED:
        return f"TESTS DO NOT PASS UNHURT ({code})"
    path = tree / each.file
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace(each.old, each.new), encoding="utf-8")
    try:
        code = _pytest(tree, each.tests)
    finally:
        path.write_text(before, encoding="utf-8")
    if code == _PASSED:
        return "NOT CAUGHT"
    return "caught" if code == _FAILED else f"TESTS DO NOT RUN ({code})"


def _pytest(tree: Path, tests: Sequence[str]) -> int:
    """The exit code; a skip is not a pass (2)."""
    variables = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(tree)}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(
        command,
        cwd=tree,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
        check=False,
    )
    return 2 if " skipped" in done.stdout.splitlines()[-1] else done.returncode


if __name__ == "__main__":
    sys.exit(main())
