"""The servers without Docker: what a machine lacks is said in a sentence; only own processes are stopped."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.services import elasticsearch, machine, minio, postgresql
from tests.support.services.__main__ import main
from tests.support.services.machine import Running, Trouble


def java(folder: Path, version: str) -> str:
    """A folder that looks like a JDK."""
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "java").touch()
    (folder / "release").write_text(f'JAVA_VERSION="{version}"\n', encoding="utf-8")
    return str(folder)


def test_a_jdk_must_be_new_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the machine's JDKs one of 21 or newer is taken; without one the sentence says what to install."""
    monkeypatch.setattr(elasticsearch, "PLACES", (str(tmp_path / "jvm"),))
    monkeypatch.setenv("JAVA_HOME", java(tmp_path / "old", "17.0.15"))
    monkeypatch.delenv("ES_JAVA_HOME", raising=False)
    with pytest.raises(Trouble, match="JDK of 21 or newer"):
        elasticsearch.jdk()
    java(tmp_path / "jvm" / "new", "25.0.1")
    assert elasticsearch.jdk() == tmp_path / "jvm" / "new"


def test_missing_programs_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go for MinIO, Maven for Elasticsearch, the server's own programs for PostgreSQL."""
    monkeypatch.setattr(machine, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(postgresql, "_newest", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    for ask, missing in (
        (minio.program, "golang-go"),
        (elasticsearch.archive, "maven"),
        (postgresql.programs, "apt-get install postgresql"),
    ):
        with pytest.raises(Trouble, match=missing):
            ask()


def test_another_process_with_the_number_is_left_alone() -> None:
    """A process is known by its number and the moment it began; a server of an old note is not ours."""
    process = subprocess.Popen(["sleep", "60"])
    try:
        ours = Running.of("sleep", process.pid, Path(os.devnull))
        other = replace(ours, start_ticks="1")
        other.stop()
        assert ours.alive
        assert not other.alive
    finally:
        process.kill()
        process.wait()


def test_what_is_there_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without servers ``status`` ends with 3 and names the command; ``stop`` is harmless."""
    monkeypatch.setenv("SOHOA_HOME", str(tmp_path))
    assert main(["status"]) == 3
    assert "scripts/services start" in capsys.readouterr().out
    assert main(["stop"]) == 0
    assert main(["restart"]) == 2
