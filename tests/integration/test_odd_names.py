"""Names from outside: not UTF-8, with controls of a terminal, of things that are no files."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from tests.support.scanmaker import CLEAN, as_jpeg, load_document, render_document
from tests.support.site import Site

STEERING = "a\x1b[31m\r\nnew\u202egpj.b\x9bc.jpg"


@pytest.fixture(scope="module")
def picture() -> bytes:
    """A page that is read at once."""
    return as_jpeg(render_document(load_document("qd_47"), CLEAN)[0].resize((300, 400)), 200)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "home")
    made.run("init")
    (tmp_path / "lo").mkdir()
    return made


def test_a_name_that_is_not_utf8_is_found_by_its_bytes(site: Site, tmp_path: Path, picture: bytes) -> None:
    """Stray bytes on the command line mean the object that was taken in under them; or nothing is known."""
    name = os.fsdecode(b"v\xe9\xff.jpg")
    (tmp_path / "lo" / name).write_bytes(picture)
    site.run("ingest", tmp_path / "lo", "--agency", "Z99.01")
    for asked in (f"Z99.01/lo/{name}", str(tmp_path / "lo" / name)):
        (found,) = json.loads(site.run("where", asked, "--json"))
        assert found["key"] == "Z99.01/lo/v\uefe9\uefff.jpg"
    site.run("where", f"Z99.01/lo/{os.fsdecode(bytes([0xFE]))}.jpg", code=2)
    for command in ("show", "retry"):
        site.run(command, name, code=2)
    site.run("withdraw", name, "--reason", "sai", "--as", "lan", code=2)


def test_no_name_steers_the_terminal(site: Site, tmp_path: Path, picture: bytes) -> None:
    """Escape sequences, line ends and overrides of direction are shown as escapes; JSON keeps the name."""
    (tmp_path / "lo" / STEERING).write_bytes(picture[:200])
    said = "".join(site.ask("ingest", tmp_path / "lo", "--agency", "Z99.01")[1:])
    said += "".join(site.ask("nightly")[1:])
    for state in ("rejected", "failed", "pending"):
        said += "".join(site.ask("list", "--state", state)[1:])
    said += "".join(site.ask("where", f"Z99.01/lo/{STEERING}")[1:])
    said += "".join(site.ask("where", f"{STEERING}x")[1:])
    assert "a\\u001b[31m\\u000d\\u000anew\\u202egpj.b\\u009bc.jpg" in said
    printed = site.run("where", f"Z99.01/lo/{STEERING}", "--json")
    assert not set(STEERING) & set("\x1b\r\u202e\x9b") & set(said + printed)
    assert json.loads(printed)[0]["key"] == f"Z99.01/lo/{STEERING}"


def test_what_is_no_file_is_named_and_not_taken(site: Site, tmp_path: Path, picture: bytes) -> None:
    """Links that lead out of the folder, pipes and sockets are counted beside what was copied."""
    folder, secret = tmp_path / "lo", tmp_path / "elsewhere"
    secret.write_bytes(picture)
    (folder / "a.jpg").write_bytes(picture)
    (folder / "link.jpg").symlink_to(secret)
    (folder / "folder").symlink_to(tmp_path, target_is_directory=True)
    (folder / "dangling.jpg").symlink_to(tmp_path / "nowhere")
    os.mkfifo(folder / "pipe.jpg")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "s"))
        code, out, err = site.ask("ingest", folder, "--agency", "Z99.01")
    assert (code, out.strip()) == (2, "1 copied, 0 already there, 5 not taken")
    named = ("link.jpg", "folder", "dangling.jpg", "pipe.jpg", "s")
    assert all(f"{folder / name}: no regular file" in err for name in named)


def test_a_link_that_a_person_names_is_followed(site: Site, tmp_path: Path, picture: bytes) -> None:
    """A path on the command line may be a link: whoever names it means what it leads to."""
    (tmp_path / "elsewhere.jpg").write_bytes(picture)
    (tmp_path / "lo" / "link.jpg").symlink_to(tmp_path / "elsewhere.jpg")
    assert site.run("ingest", tmp_path / "lo" / "link.jpg", "--agency", "Z99.01").startswith("1 copied")


def test_what_is_no_file_in_the_inbox_is_named_and_counted(site: Site) -> None:
    """A night and ``reconcile`` name pipes and links that somebody put there; the invariant holds."""
    folder = site.home / "inbox" / "Z99.01" / "lo"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "pipe\x1b.pdf")
    (folder / "link.pdf").symlink_to("/etc/hostname")
    site.run("nightly")
    assert json.loads((site.home / "reports" / "last-run.json").read_text("utf-8"))["strays"] == 2
    code, out, err = site.ask("reconcile")
    assert (code, "the invariant holds" in out) == (0, True)
    assert "Z99.01/lo/pipe\\u001b.pdf: a pipe; it is not taken" in err
    assert "Z99.01/lo/link.pdf: a symbolic link; it is not taken" in err
