"""Completion of commands and options in the shells of Linux, installed by the program itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOHOA = Path(sys.executable).with_name("sohoa")
# What a shell hands over: the line up to the cursor, in its own way.
ASK = {
    "bash": lambda line: {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)},
    "zsh": lambda line: {"_TYPER_COMPLETE_ARGS": line},
    "fish": lambda line: {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
}


def asked(home: Path, instruction: str, **more: str) -> str:
    """What the program prints when a shell calls it for completion."""
    environment = {**os.environ, "HOME": str(home), "_SOHOA_COMPLETE": instruction, **more}
    done = subprocess.run([SOHOA], env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("shell", ASK)
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("sohoa rec", "reconcile"),
        ("sohoa review sp", "split"),
        ("sohoa show --pers", "--personal"),
        ("sohoa list --state quar", "quarantined"),
    ],
)
def test_commands_options_and_their_values_are_completed(
    shell: str, line: str, offered: str, tmp_path: Path
) -> None:
    """Also below a group, and without a home."""
    assert offered in asked(tmp_path, f"complete_{shell}", **ASK[shell](line))


@pytest.mark.parametrize("shell", ASK)
def test_each_shell_gets_a_script(shell: str, tmp_path: Path) -> None:
    """The script that a packager installs for all users asks the program in that shell's way."""
    assert f"complete_{shell}" in asked(tmp_path, f"source_{shell}")


def test_completion_installs_itself(tmp_path: Path) -> None:
    """A new bash completes commands after ``sohoa --install-completion``; twice does no harm."""
    environment = {**os.environ, "HOME": str(tmp_path), "PATH": f"{SOHOA.parent}:{os.environ['PATH']}"}
    for _ in range(2):
        subprocess.run(
            ["bash", "-c", "sohoa --install-completion; exit $?"],
            env=environment,
            check=True,
            capture_output=True,
        )
    script = "source ~/.bashrc; COMP_WORDS=(sohoa rec) COMP_CWORD=1; _sohoa_completion sohoa; echo $COMPREPLY"
    told = subprocess.run(["bash", "-c", script], env=environment, check=True, capture_output=True, text=True)
    assert told.stdout == "reconcile\n"
    assert (tmp_path / ".bashrc").read_text("utf-8").count("sohoa.sh") == 1
