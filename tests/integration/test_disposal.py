"""Holds refuse change and deletion; two persons dispose of what may go, and the trace proves itself."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from sohoa.adapters.directory_store import DirectoryStore
from sohoa.adapters.ledger.records import SqlRecords
from sohoa.domain.errors import ExitCode
from tests.support.review import AN, BINH, GUARD, PEOPLE
from tests.support.site import ROOT, Site, stored_site

pytestmark = pytest.mark.slow
BATCH = "Z99.01/lo-1"
PLAIN, DRAFT, FOLDER, WHOLE = "qd-47.tif", "du-thao.tif", "tap.pages/_complete", "hai-van-ban-2.tif"
OVER, RUNNING, PERMANENT = "HS-02", "HS-03", "HS-01"
WHY = ("--reason", "Quyết định 12/QĐ ngày 02/03/2026")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The stored home with a hồ sơ whose term is over, one whose term runs, and a digest of the day."""
    folder = tmp_path_factory.mktemp("made")
    site = stored_site(folder)
    shutil.copytree(ROOT / "config", folder / "config")
    people = yaml.safe_dump({"people": PEOPLE}, allow_unicode=True)
    (folder / "config" / "people.yaml").write_text(people, encoding="utf-8")
    site.extra["SOHOA_CONFIG"] = str(folder / "config" / "sohoa.yaml")
    lines = f"{OVER};Cũ;10 năm;31/12/2005\n{RUNNING};Mới;70 năm;31/12/2020\n"
    head = "Mã hồ sơ;Tiêu đề hồ sơ;Thời hạn bảo quản;Kết thúc\n"
    (folder / "ds.csv").write_text(head + lines, "utf-8")
    site.run("files", "import", folder / "ds.csv", "--agency", "Z99.01")
    shutil.copy(site.home / "inbox" / BATCH / DRAFT, site.home / "inbox" / BATCH / "ban-sao.tif")
    site.run("nightly")
    for name in (DRAFT, FOLDER):
        site.run("files", "attach", record(site, name), OVER, "--as", AN)
    for name in part_ids(site):
        site.run("files", "attach", name, OVER, "--as", AN)
    assert site.json("verify")["faults"] == []
    return site


@pytest.fixture
def site(made: Site, tmp_path: Path) -> Site:
    shutil.copytree(made.home, tmp_path / "home", symlinks=True)
    return Site(tmp_path / "home", dict(made.extra))


def record(site: Site, name: str) -> str:
    return str(site.json("where", f"{BATCH}/{name}")[0]["record_id"])


def asked(site: Site, statement: str, *values: str) -> list[str]:
    with closing(sqlite3.connect(site.home / "ledger.sqlite")) as connection:
        return [row[0] for row in connection.execute(statement, values)]


def part_ids(site: Site) -> list[str]:
    """The parts that stand for the file that was split."""
    listed = "SELECT record_id FROM records WHERE holder_key = ? AND withdrawn = '' ORDER BY record_id"
    return asked(site, listed, f"{BATCH}/{WHOLE}")


def refused(site: Site, *arguments: str) -> str:
    """What the command says when it refuses."""
    ended, _, err = site.ask(*arguments)
    assert ended == 2, err
    return err


def propose(site: Site, *names: str) -> None:
    site.run("dispose", "propose", *names, *WHY, "--as", AN)


def whole(site: Site) -> None:
    """Nothing is at fault, in the archive, the inbox or the digests."""
    assert site.json("verify")["faults"] == []
    assert site.json("reconcile")["holds"]
    assert "0 faults" in site.run("digest", "check")


def test_a_hold_refuses_every_change_until_it_is_released(site: Site) -> None:
    """Review, hồ sơ, parts, withdrawal and disposal; the record is still seen, and nothing is at fault."""
    name = record(site, DRAFT)
    propose(site, name)
    held = site.json("hold", "add", name, "--reason", "thanh tra", "--as", AN)["holds"]
    assert [(hold["record_id"], hold["in_force"], hold["reason"]) for hold in held] == [
        (name, True, "thanh tra")
    ]
    assert site.json("hold", "list", "--as", BINH)["holds"] == held
    before = asked(site, "SELECT version FROM records WHERE record_id = ?", name)
    for arguments in (
        ("review", "set", name, "subject=Khác", "--as", AN),
        ("review", "accept", name, "--as", AN),
        ("review", "reject", name, "--reason", "x", "--as", AN),
        ("withdraw", name, "--reason", "x"),
        ("files", "attach", name, RUNNING, "--as", AN),
        ("dispose", "propose", name, *WHY, "--as", AN),
        ("dispose", "confirm", name, "--as", BINH),
    ):
        assert "on hold: thanh tra" in refused(site, *arguments), arguments
    part = part_ids(site)[0]
    site.run("hold", "add", part, "--reason", "x", "--as", AN)
    assert "on hold" in refused(site, "review", "merge", *part_ids(site), "--reason", "x", "--as", AN)
    assert asked(site, "SELECT version FROM records WHERE record_id = ?", name) == before
    assert site.json("show", name)["version"] == int(before[0])
    whole(site)
    site.run("hold", "release", name, "--reason", "xong", "--as", BINH)
    assert "is not on hold" in refused(site, "hold", "release", name, "--reason", "x", "--as", AN)
    site.run("withdraw", name, "--reason", "nhầm")


def test_who_may_not_hold_or_dispose_is_told(site: Site) -> None:
    """It takes a role, a name, a reason, and a second person for what is proposed."""
    name = record(site, DRAFT)
    assert "role" in refused(site, "hold", "add", name, "--reason", "x", "--as", GUARD)
    assert "reason" in refused(site, "hold", "add", name, "--reason", " ", "--as", AN)
    assert "there is no record" in refused(site, "hold", "add", "none", "--reason", "x", "--as", AN)
    assert "nobody proposed" in refused(site, "dispose", "confirm", name, "--as", AN)
    propose(site, name)
    assert "another person" in refused(site, "dispose", "confirm", name, "--as", AN)
    site.run("review", "set", name, "subject=Khác", "--as", AN)
    assert "changed after" in refused(site, "dispose", "confirm", name, "--as", BINH)


@pytest.mark.parametrize("code", ["", PERMANENT, RUNNING])
def test_a_record_within_its_term_stays(site: Site, code: str) -> None:
    """As does one in no hồ sơ, and one that is in a second hồ sơ whose term runs."""
    name = record(site, PLAIN if code == PERMANENT else DRAFT)
    if not code:
        name = record(site, "hai-van-ban.tif")
    if code == RUNNING:
        site.run("files", "attach", name, code, "--as", AN)
    assert "term" in refused(site, "dispose", "propose", name, *WHY, "--as", AN)


def test_what_the_store_keeps_is_not_disposed_of(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither proposed nor confirmed while a lock of the store lasts; nothing is begun."""
    name, until = record(site, DRAFT), datetime.now(UTC) + timedelta(days=1)
    propose(site, name)
    monkeypatch.setattr(DirectoryStore, "locked_until", lambda *_: until)
    for arguments in (("propose", name, *WHY), ("confirm", name)):
        assert "the store keeps record" in refused(site, "dispose", *arguments, "--as", BINH)
    whole(site)


def test_what_is_disposed_of_leaves_its_trace_alone(site: Site) -> None:
    """Files, index, queue and scans are gone, copies too; manifests, history, tombstone and digests hold."""
    name = record(site, DRAFT)
    site.run("digest", "export", site.home.parent / "elsewhere")
    propose(site, name)
    assert [one["record_id"] for one in site.json("dispose", "list", "--as", AN)["records"]] == [name]
    done = site.json("dispose", "confirm", name, "--as", BINH)["records"]
    assert [(one["state"], one["proposed_by"], one["confirmed_by"]) for one in done] == [
        ("disposed", f"person:{AN}", f"person:{BINH}")
    ]
    folder = site.home / "archive" / "Z99.01" / name
    left = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    kept = {f"v{number}/{file}" for number in (1, 2) for file in ("manifest.json", "events.jsonl")}
    assert left == {"disposed.json"} | {path for path in kept if (folder / path).exists()}
    scans = {path.name for path in (site.home / "inbox" / BATCH).iterdir()}
    assert not scans & {DRAFT, "ban-sao.tif"}
    assert name not in {item["record_id"] for item in site.json("review", "list")}
    assert site.json("dispose", "list", "--as", AN)["records"] == []
    assert "was disposed of" in refused(site, "show", name)
    whole(site)
    assert "0 faults" in site.run("digest", "check", site.home.parent / "elsewhere")
    site.run("reindex")
    assert site.json("verify", "--due")["faults"] == []
    site.json("dispose", "confirm", name, "--as", BINH)
    whole(site)


def test_what_was_disposed_of_does_not_stop_an_export(site: Site, tmp_path: Path) -> None:
    """The others go, as bags, as a hồ sơ and in tables; those on hold are named, as holds stay behind."""
    name, held, out = record(site, DRAFT), record(site, FOLDER), tmp_path / "out"
    site.run("hold", "add", held, "--reason", "x", "--as", AN)
    propose(site, name)
    site.run("dispose", "confirm", name, "--as", BINH)
    packed = site.json("export", out, "--as", AN)["packages"]
    left = "SELECT record_id FROM records WHERE withdrawn NOT LIKE 'disposed%' AND version > 0"
    assert {package["subject"] for package in packed} == set(asked(site, left))
    assert [package["subject"] for package in packed if package["on_hold"]] == [held]
    assert "disposed" not in str(site.ask("export", out, "--form", "aip", "--file", OVER, "--as", AN))
    site.run("tables", out, "--agency", "Z99.01", "--as", AN)


def test_the_same_scan_does_not_come_back(site: Site, made: Site, tmp_path: Path) -> None:
    """Received again it is rejected, as its record was disposed of; the night goes on."""
    name = record(site, DRAFT)
    propose(site, name)
    site.run("dispose", "confirm", name, "--as", BINH)
    again = tmp_path / "again" / "moi.tif"
    again.parent.mkdir()
    shutil.copy(made.home / "inbox" / BATCH / DRAFT, again)
    site.run("ingest", again.parent, "--agency", "Z99.01", "--batch", "lo-2")
    site.run("nightly")
    (found,) = site.json("where", "Z99.01/lo-2/moi.tif")
    assert (found["state"], found["reason"]) == ("rejected", "withdrawn")
    whole(site)


def test_a_folder_document_goes_with_its_pages(site: Site) -> None:
    """No page of it is left in the inbox."""
    name = record(site, FOLDER)
    propose(site, name)
    site.run("dispose", "confirm", name, "--as", BINH)
    left = site.home / "inbox" / BATCH / "tap.pages"
    assert not left.exists() or not list(left.iterdir())
    whole(site)


def test_a_file_that_was_split_goes_after_its_parts(site: Site) -> None:
    """The scan stays as long as a part of it stands; that of the whole file goes last, with the scan."""
    names = part_ids(site)
    propose(site, *names)
    site.run("dispose", "confirm", names[0], "--as", BINH)
    assert (site.home / "inbox" / BATCH / WHOLE).exists()
    whole(site)
    file = asked(site, "SELECT record_id FROM records WHERE withdrawn LIKE 'superseded%'")[0]
    site.run("files", "attach", file, OVER, "--as", AN)
    assert "is to be disposed of before" in refused(site, "dispose", "propose", file, *WHY, "--as", AN)
    site.run("dispose", "confirm", *names[1:], "--as", BINH)
    propose(site, file)
    site.run("dispose", "confirm", file, "--as", BINH)
    assert not (site.home / "inbox" / BATCH / WHOLE).exists()
    whole(site)


def test_a_reason_of_withdrawal_does_not_pass_for_a_disposal(site: Site) -> None:
    """Parts that one person withdrew stand for the scan, whatever the reason reads like."""
    names = part_ids(site)
    for word in ("disposed: ", "superseded by "):
        assert "reword" in refused(site, "withdraw", names[0], "--reason", f"{word}x")
    with closing(sqlite3.connect(site.home / "ledger.sqlite")) as ledger, ledger:
        ledger.execute("UPDATE records SET withdrawn = 'disposed: x' WHERE record_id = ?", (names[0],))
    propose(site, *names[1:])
    site.run("dispose", "confirm", *names[1:], "--as", BINH)
    assert (site.home / "inbox" / BATCH / WHOLE).exists()


def test_a_disposal_that_was_interrupted_is_made_good(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until then verify names what is unfinished."""
    name, tries = record(site, DRAFT), list[str]()
    propose(site, name)
    real = DirectoryStore.delete

    def killed(self: DirectoryStore, bucket: str, key: str) -> None:
        tries.append(key)
        if len(tries) == 3:
            raise KeyboardInterrupt
        real(self, bucket, key)

    with monkeypatch.context() as patched:
        patched.setattr(DirectoryStore, "delete", killed)
        assert site.ask("dispose", "confirm", name, "--as", BINH)[0] == ExitCode.INTERRUPTED
    assert "extra" in {fault["kind"] for fault in site.json("verify", code=1)["faults"]}
    site.run("dispose", "confirm", name, "--as", BINH)
    whole(site)


def test_a_record_whose_disposal_has_begun_is_not_put_on_hold(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hold that is granted holds: killed before the ledger knows, the disposal goes on all the same."""
    name = record(site, DRAFT)
    propose(site, name)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(SqlRecords, "save", killed)
        assert site.ask("dispose", "confirm", name, "--as", BINH)[0] == ExitCode.INTERRUPTED
    assert "was disposed of" in refused(site, "hold", "add", name, "--reason", "x", "--as", AN)
    assert "was disposed of" in refused(site, "review", "set", name, "subject=Khác", "--as", AN)
    site.run("dispose", "confirm", name, "--as", BINH)
    whole(site)


def test_a_scan_that_an_interrupted_disposal_left_is_named_and_goes(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its removal is in the ledger already; the same command removes it."""
    name = record(site, DRAFT)
    propose(site, name)
    real = DirectoryStore.delete

    def killed(self: DirectoryStore, bucket: str, key: str) -> None:
        if key.startswith(BATCH):
            raise KeyboardInterrupt
        real(self, bucket, key)

    with monkeypatch.context() as patched:
        patched.setattr(DirectoryStore, "delete", killed)
        assert site.ask("dispose", "confirm", name, "--as", BINH)[0] == ExitCode.INTERRUPTED
    assert any("repeat its removal" in fault for fault in site.json("reconcile", code=1)["faults"])
    site.run("dispose", "confirm", name, "--as", BINH)
    assert not {DRAFT, "ban-sao.tif"} & {path.name for path in (site.home / "inbox" / BATCH).iterdir()}
    whole(site)


def test_a_secret_paper_that_an_interrupted_removal_left_is_named_and_goes(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its removal is in the ledger already; the same command removes it."""
    (secret,) = site.json("quarantine", "list")
    remove = ("quarantine", "remove", secret["sha256"], "--as", AN, "--reason", "x")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(DirectoryStore, "delete", killed)
        assert site.ask(*remove)[0] == ExitCode.INTERRUPTED
    assert any("repeat its removal" in fault for fault in site.json("reconcile", code=1)["faults"])
    site.run(*remove)
    whole(site)


def test_a_disposal_that_an_older_ledger_forgot_is_told_anew(site: Site) -> None:
    """By the tombstone, as it was decided."""
    name, ledger = record(site, DRAFT), site.home / "ledger.sqlite"
    propose(site, name)
    before = ledger.read_bytes()
    first = site.json("dispose", "confirm", name, "--as", BINH)["records"]
    ledger.write_bytes(before)
    assert site.json("dispose", "confirm", name, "--as", AN)["records"] == first
    whole(site)


def test_an_event_of_disposal_alone_deletes_nothing(site: Site) -> None:
    """Such as a package may bring along: without row and tombstone two persons decide as ever."""
    name = record(site, DRAFT)
    folder = site.home / "archive" / "Z99.01" / name
    shutil.copytree(folder, site.home.parent / "kept")
    propose(site, name)
    site.run("dispose", "confirm", name, "--as", BINH)
    shutil.rmtree(folder)
    shutil.copytree(site.home.parent / "kept", folder)
    _row(folder)
    assert "nobody proposed" in refused(site, "dispose", "confirm", name, "--as", AN)
    assert any(folder.rglob("archive.pdf"))


def _tombstone(folder: Path) -> None:
    (folder / "disposed.json").write_text("{}", "utf-8")


def _gone(folder: Path) -> None:
    (folder / "disposed.json").unlink()


def _back(folder: Path) -> None:
    (folder / "v1" / "archive.pdf").write_bytes(b"%PDF-1.7")


def _manifest(folder: Path) -> None:
    (folder / "v1" / "manifest.json").unlink()


def _history(folder: Path) -> None:
    (folder / "v1" / "events.jsonl").write_bytes(b"")


def _row(folder: Path) -> None:
    with closing(sqlite3.connect(folder.parents[2] / "ledger.sqlite")) as ledger, ledger:
        assert ledger.execute(
            "UPDATE records SET withdrawn = '' WHERE record_id = ?", (folder.name,)
        ).rowcount


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (_tombstone, "changed"),
        (_gone, "missing"),
        (_back, "extra"),
        (_manifest, "missing"),
        (_history, "changed"),
        (_row, "withdrawal"),
    ],
)
def test_a_trace_that_was_tampered_with_is_noticed(
    site: Site, act: Callable[[Path], None], kind: str
) -> None:
    """And so is a record whose files are gone although nobody disposed of it."""
    name = record(site, DRAFT)
    propose(site, name)
    site.run("dispose", "confirm", name, "--as", BINH)
    act(site.home / "archive" / "Z99.01" / name)
    assert kind in {fault["kind"] for fault in site.json("verify", code=1)["faults"]}
