"""Packages taken in: bags of records give these records again, those of strangers papers for the inbox."""

from __future__ import annotations

import filecmp
import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

import bagit  # type: ignore[import-untyped]
import pytest

from sohoa.adapters.directory_store import DirectoryStore
from sohoa.domain.archive.actions import Action
from sohoa.usecases.archive.history import chained, events_bytes, events_from
from tests.support.nights import SampleNight
from tests.support.review import AN, BINH, TWO_PAGES, holds, id_of
from tests.support.site import SAMPLES, Site

pytestmark = pytest.mark.slow
AGENCY, ELSEWHERE, AS = "Z99.01", "Z99.02", ("--as", AN)
CLEAR = "cv-3088.pdf"


@pytest.fixture(scope="module")
def bags(night: SampleNight, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every record of an agency as a bag; one file of two pages was split into two records."""
    folder = tmp_path_factory.mktemp("bags") / "bags"
    night.site.run("review", "split", id_of(night.site, TWO_PAGES), "1", "2", *AS)
    night.site.run("export", folder, "--agency", AGENCY, *AS)
    return folder


@pytest.fixture(scope="module")
def revised(bags: Path, night: SampleNight, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bag of two versions: a record that was imported, corrected where it then was, and exported."""
    folder = tmp_path_factory.mktemp("revised")
    site = empty(night, folder)
    (told,) = site.json("import", smallest(bags, plain), *AS)["packages"]
    site.run("review", "set", told["record_id"], "subject=Về việc thử gói", *AS)
    site.run("export", folder / "bags", told["record_id"], *AS)
    return next((folder / "bags").iterdir())


@pytest.fixture
def other(night: SampleNight, tmp_path: Path) -> Site:
    """An empty home that trusts the keys of the one that wrote the bags."""
    return empty(night, tmp_path)


def empty(night: SampleNight, folder: Path) -> Site:
    site = Site(folder / "other" / "home", night.site.extra)
    site.run("init")
    shutil.copytree(night.site.home / "keys", site.home / "keys")
    return site


def flaws(site: Site, *packages: Path, agency: str = "") -> list[str]:
    """Why packages are refused; nothing of them is anywhere then."""
    before = sorted(path for path in site.home.rglob("*") if path.is_file() and "sqlite" not in path.name)
    told = site.json("import", *packages, "--agency", agency, *AS, code=2)["packages"]
    after = sorted(path for path in site.home.rglob("*") if path.is_file() and "sqlite" not in path.name)
    assert [path for path in after if path.parent.name != "work"] == [
        path for path in before if path.parent.name != "work"
    ]
    return [package["refused"]["flaw"] for package in told if package["refused"]]


def smallest(bags: Path, wanted: Callable[[Path], bool]) -> Path:
    """The smallest bag of those."""
    found = [bag for bag in bags.iterdir() if wanted(bag)]
    return min(found, key=lambda bag: sum(path.stat().st_size for path in bag.rglob("*.*")))


def record(bag: Path) -> dict[str, object]:
    newest = max((bag / "data").glob("v*/record.json"), key=lambda path: int(path.parent.name[1:]))
    loaded: dict[str, object] = json.loads(newest.read_text("utf-8"))
    return loaded


def plain(bag: Path) -> bool:
    """Whether it is of a file that was not split."""
    return not record(bag)["part"] and not record(bag).get("superseded_by")


def written(folder: Path) -> set[str]:
    """The files of a record there, but its manifests."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")
    return {path.relative_to(folder).as_posix() for path in files}


def rewritten(bag: Path) -> None:
    """Make the bag's lists, and the record's own manifest, agree with what was changed in it."""
    data = bag / "data"
    manifest = max(data.glob("v*/manifest.json"), key=lambda path: int(path.parent.name[1:]))
    told = json.loads(manifest.read_text("utf-8"))
    for name in told["files"]:
        content = (data / name).read_bytes()
        told["files"][name] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    manifest.write_text(text, "utf-8")
    relisted(bag)


def relisted(bag: Path) -> None:
    files = sorted(path for path in (bag / "data").rglob("*") if path.is_file())
    lines = (
        f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(bag).as_posix()}\n" for p in files
    )
    (bag / "manifest-sha256.txt").write_text("".join(lines), "utf-8")
    (bag / "tagmanifest-sha256.txt").unlink(missing_ok=True)
    (bag / "bag-info.txt").unlink(missing_ok=True)


def test_what_was_exported_comes_back_equal(bags: Path, other: Site, tmp_path: Path) -> None:
    """Records, parts and what they were made of: the archive holds, a repeat does nothing, bags are equal."""
    told = other.json("import", bags, *AS)["packages"]
    assert {package["state"] for package in told} == {"record"}
    assert len(told) == len(list(bags.iterdir()))
    holds(other)
    assert {p["state"] for p in other.json("import", bags, *AS)["packages"]} == {"already"}
    other.run("export", tmp_path / "again", *AS)
    compared = filecmp.dircmp(bags, tmp_path / "again")
    assert not [*compared.left_only, *compared.right_only]
    for bag in bags.iterdir():
        names = [str(path.relative_to(bag)) for path in (bag / "data").rglob("*") if path.is_file()]
        same, *wrong = filecmp.cmpfiles(bag, tmp_path / "again" / bag.name, names, False)
        assert (sorted(same), wrong) == (sorted(names), [[], []])
    shown = other.json("show", told[0]["record_id"])
    assert [event["action"] for event in shown["events"]].count("imported") == 1


def test_an_import_that_is_killed_anywhere_is_ended_by_the_same_command(revised: Path, other: Site) -> None:
    """Killed at each write to a store in turn, one after the other: then the record is here once, whole.

    No scan waits in the inbox, where a night may read it as a new one, until all but manifests is written.
    """
    bag, put = revised, DirectoryStore.put
    told, data = record(bag), written(bag / "data")
    scan = other.home / "inbox" / str(told["source"]["key"])  # type: ignore[index]
    archive = other.home / "archive" / str(told["agency"]) / str(told["record_id"])
    for turn in range(1, 30):
        left = [turn]

        def dies(*given: object, left: list[int] = left, **named: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
            return put(*given, **named)  # type: ignore[arg-type]

        with mock.patch.object(DirectoryStore, "put", dies):
            code, _, err = other.ask("import", bag, *AS)
        if code == 0:
            break
        assert code == 130, err
        assert not scan.exists() or data <= written(archive)
    assert turn > 10
    assert other.json("import", bag, *AS)["packages"][0]["state"] == "already"
    holds(other)


def test_a_record_that_is_not_as_it_was_signed_is_refused(bags: Path, other: Site, tmp_path: Path) -> None:
    """Another original, another copy, another agency's: with every checksum made anew."""
    sound = smallest(bags, plain)
    wanted = {
        "original": "record",
        "copy": "record",
        "id": "record",
        "agency": "agency",
        "mode": "classified",
    }
    for name, flaw in wanted.items():
        bag = tmp_path / name
        shutil.copytree(sound, bag)
        told = next((bag / "data").rglob("record.json"))
        text = told.read_text("utf-8")
        if name == "original":
            path = next((bag / "data").glob("original*"))
            path.write_bytes(path.read_bytes() + b"\n")
        elif name == "copy":
            path = next((bag / "data").rglob("archive.pdf"))
            path.write_bytes(path.read_bytes().replace(b"/Type", b"/type", 1))
        elif name == "id":
            told.write_text(
                text.replace(f'"record_id": "{record(bag)["record_id"]}"', '"record_id": "a"'), "utf-8"
            )
        elif name == "agency":
            told.write_text(text.replace(f'"agency": "{record(bag)["agency"]}"', '"agency": "X00"'), "utf-8")
        else:
            told.write_text(text.replace('"mode": "02"', '"mode": "03"'), "utf-8")
        rewritten(bag)
        assert bagit.Bag(str(bag)).is_valid()
        assert flaws(other, bag) == [flaw], name


def test_a_history_in_which_the_record_was_disposed_of_is_refused(
    bags: Path, revised: Path, other: Site, tmp_path: Path
) -> None:
    """Two persons decide that here; that the record came in a package before is no decision."""
    for action in (Action.DISPOSED, Action.DISPOSAL_PROPOSED):
        bag = tmp_path / action.value
        shutil.copytree(smallest(bags, plain), bag)
        told = next((bag / "data").rglob("events.jsonl"))
        events, details = events_from(told.read_bytes()), {"reason": "hết thời hạn", "manifest_sha256": ""}
        now = datetime.now(UTC)
        forged = chained(events[0].subject, "Bình", now, [(action, details)], events)
        told.write_bytes(events_bytes(forged))
        rewritten(bag)
        assert flaws(other, bag) == ["record"], action
    assert "imported" in (revised / "data" / "v2" / "events.jsonl").read_text("utf-8")
    assert other.json("import", revised, *AS)["packages"][0]["state"] == "record"
    holds(other)


def test_a_record_signed_by_a_key_that_is_not_trusted_is_refused(bags: Path, tmp_path: Path) -> None:
    """Who wrote the bag is known by the signature alone."""
    stranger = Site(tmp_path / "home")
    stranger.run("init")
    code, _, err = stranger.ask("import", smallest(bags, plain), "--as", "Cán bộ lưu trữ mẫu")
    assert code == 2
    assert "chữ ký được tin cậy" in err


def test_a_paper_that_the_inbox_holds_is_not_overwritten(bags: Path, other: Site, tmp_path: Path) -> None:
    """Neither under the key of the record nor under another."""
    bag = smallest(bags, plain)
    key = str(record(bag)["source"]["key"])  # type: ignore[index]
    agency, batch, name = key.split("/")
    (tmp_path / name).write_bytes(b"other bytes")
    other.run("ingest", tmp_path / name, "--agency", agency, "--batch", batch)
    assert flaws(other, bag) == ["held"]


def test_parts_without_their_whole_and_a_whole_without_its_parts_are_told(bags: Path, other: Site) -> None:
    """Each is named; what lacks may come later, in any order."""
    whole = smallest(bags, lambda bag: bool(record(bag).get("superseded_by")))
    parts = [bag for bag in bags.iterdir() if record(bag)["part"]]
    assert flaws(other, parts[0]) == ["parts"]
    told = other.json("import", whole, parts[0], *AS, code=2)["packages"]
    assert [package["state"] for package in told] == ["refused", "record"]
    assert told[0]["refused"]["flaw"] == "parts"
    told = other.json("import", *parts, whole, *AS)["packages"]
    assert sorted(package["state"] for package in told) == ["already", "already", "record"]
    holds(other)


def test_a_package_that_cannot_be_taken_stops_no_other(bags: Path, other: Site, tmp_path: Path) -> None:
    """A record that was disposed of here, one whose key leads out of the inbox, then a sound one."""
    gone, crooked, code = smallest(bags, plain), tmp_path / "crooked", f"{AGENCY}.2000.1"
    sound = smallest(bags, lambda bag: plain(bag) and bag != gone)
    (told,) = other.json("import", gone, *AS)["packages"]
    listed = "Mã hồ sơ;Tiêu đề hồ sơ;Thời hạn bảo quản;Kết thúc"
    (tmp_path / "list.csv").write_text(f"{listed}\n{code};Cũ;10 năm;31/12/2005\n", "utf-8")
    other.run("files", "import", tmp_path / "list.csv", "--agency", AGENCY)
    other.run("files", "attach", told["record_id"], code, *AS)
    other.run("dispose", "propose", told["record_id"], "--reason", "hết thời hạn", *AS)
    other.run("dispose", "confirm", told["record_id"], "--as", BINH)
    shutil.copytree(sound, crooked)
    document = next((crooked / "data").rglob("record.json"))
    key = str(record(sound)["source"]["key"])  # type: ignore[index]
    document.write_text(document.read_text("utf-8").replace(key, f"{AGENCY}/../../x.tif"), "utf-8")
    rewritten(crooked)
    done = other.json("import", gone, crooked, sound, *AS, code=2)["packages"]
    assert [package["refused"] and package["refused"]["flaw"] for package in done] == [
        "disposed",
        "path",
        None,
    ]
    holds(other)


def test_papers_of_a_stranger_go_the_way_of_every_scan(bags: Path, other: Site, tmp_path: Path) -> None:
    """A bag made by the bagit program, zipped: its papers are in the inbox, and archived by the night.

    The same paper of another agency comes as a record all the same.
    """
    folder = tmp_path / "Gói số 1"
    folder.mkdir()
    shutil.copy(next(SAMPLES.rglob(CLEAR)), folder)
    bagit.make_bag(str(folder), checksums=["sha256"])
    packed = tmp_path / "Gói số 1.zip"
    with zipfile.ZipFile(packed, "w") as target:
        for path in folder.rglob("*"):
            target.write(path, path.relative_to(tmp_path))
    (told,) = other.json("import", packed, "--agency", ELSEWHERE, *AS)["packages"]
    assert (told["state"], told["keys"]) == ("documents", [f"{ELSEWHERE}/Gói_số_1/{CLEAR}"])
    (again,) = other.json("import", packed, "--agency", ELSEWHERE, *AS)["packages"]
    assert again["state"] == "already"
    assert other.states()[told["keys"][0]][0] in ("archived", "needs_review")
    digest = hashlib.sha256((folder / "data" / CLEAR).read_bytes()).hexdigest()
    same = next(bag for bag in bags.iterdir() if record(bag)["source"]["sha256"] == digest)  # type: ignore[index]
    assert [package["state"] for package in other.json("import", same, *AS)["packages"]] == ["record"]
    holds(other)
    assert flaws(other, packed, agency="X00") == ["agency"]


def test_a_dossier_comes_back_with_its_descriptions(night: SampleNight, other: Site, tmp_path: Path) -> None:
    """From an AIP_hoso: the hồ sơ as its list had it, its document with what was known of it."""
    site, code, listed = night.site, f"{AGENCY}.2024.77", tmp_path / "list.csv"
    head = "FileCode,Title,Maintenance,Rights,numberOfPaper,PaperFileCode,RiskRecovery,Keyword"
    listed.write_text(f"{head}\n{code},Hồ sơ có mô tả,20 năm,02,2,Z99.K1.H2.01,0,số hóa\n", "utf-8")
    site.run("files", "import", listed, "--agency", AGENCY)
    record_id = id_of(site, CLEAR)
    site.run("files", "attach", record_id, code, "--ordinal", "3", *AS)
    site.run("export", tmp_path / "aip", "--form", "aip", "--file", code, "--zip", *AS)
    (told,) = other.json("import", tmp_path / "aip", "--agency", AGENCY, *AS)["packages"]
    assert told["state"] == "documents"
    before, after = (each.json("files", "show", code)["given"] for each in (site, other))
    before["maintenance"] = "05"
    assert before.items() <= after.items()
    ((state, found),) = [other.states()[key] for key in told["keys"]]
    assert state in ("archived", "needs_review")
    fields = [each.json("show", name)["fields"] for each, name in ((site, record_id), (other, found))]
    for name in ("code_number", "code_notation", "issued_date", "organ_name", "subject"):
        assert fields[0][name]["value"] == fields[1][name]["value"]
    (member,) = other.json("files", "show", code)["records"]
    assert (member["record_id"], member["ordinal"]) == (found, 3)


def test_a_package_that_is_called_secret_is_not_taken(
    other: Site, night: SampleNight, tmp_path: Path
) -> None:
    """Not even into an inbox."""
    site, code, listed = night.site, f"{AGENCY}.2024.78", tmp_path / "list.csv"
    head = "FileCode,Title,Maintenance,Rights,numberOfPaper,PaperFileCode,RiskRecovery"
    listed.write_text(f"{head}\n{code},Hồ sơ,20 năm,03,2,Z99.K1.H2.01,0\n", "utf-8")
    site.run("files", "import", listed, "--agency", AGENCY)
    site.run("files", "attach", id_of(site, CLEAR), code, *AS)
    site.run("export", tmp_path / "aip", "--form", "aip", "--file", code, *AS)
    assert flaws(other, tmp_path / "aip", agency=AGENCY) == ["classified"]
    (package,) = (tmp_path / "aip").iterdir()
    for told in ("02</ead:mode><ead:mode>03", "Mật", "3"):
        described = next((package / "metadata" / "descriptive").glob("*.xml"))
        before = described.read_bytes()
        described.write_bytes(re.sub(rb"(?<=mode>).*(?=</[^>]*mode>)", told.encode(), before))
        mets = package / "METS.xml"
        old, new = (hashlib.sha256(data).hexdigest() for data in (before, described.read_bytes()))
        mets.write_text(mets.read_text("utf-8").replace(old, new), "utf-8")
        assert flaws(other, package, agency=AGENCY) == ["classified"], told


def test_only_an_archivist_by_name_takes_packages_in(bags: Path, other: Site) -> None:
    """An operator is refused before a package is opened."""
    code, _, err = other.ask("import", bags, "--as", "Dũng")
    assert (code, "archivist" in err) == (2, True)
