"""Packages for another system: hồ sơ as AIP_hoso, records as bags, judged by validators that are not ours."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import bagit  # type: ignore[import-untyped]
import pytest
from lxml import etree  # type: ignore[import-untyped]

from sohoa.wiring import read_table
from tests.support.site import ROOT, SAMPLES, Site

pytestmark = pytest.mark.slow
AGENCY, CODE, LACKING = "Z99.01", "Z99.01.2024.01", "Z99.01.2024.02"
ARCHIVIST = ("--as", "Cán bộ lưu trữ mẫu")
_LIST = f"""FileCode,Title,Maintenance,Rights,numberOfPaper,PaperFileCode,RiskRecovery
{CODE},Hồ sơ về chuyển đổi số,20 năm,02,5,Z99.K1.H2.01,0
{LACKING},Hồ sơ thiếu thông tin,,,,,
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A home with four records: two in a hồ sơ that is well described, one in one that is not, one loose."""
    site = Site(tmp_path_factory.mktemp("packages") / "home")
    site.run("init")
    inbox = tmp_path_factory.mktemp("batch") / "lo"
    inbox.mkdir()
    names = ("cv-3088.pdf", "qd-0047-2024.pdf", "Quyết định 1126.pdf", "kh-0212.tif")
    for name in names:
        shutil.copy(next((SAMPLES / AGENCY).rglob(name)), inbox)
    site.run("ingest", inbox, "--agency", AGENCY)
    site.run("nightly")
    listed = inbox.parent / "ho-so.csv"
    listed.write_text(_LIST, "utf-8")
    site.run("files", "import", listed, "--agency", AGENCY)
    for ordinal, record_id in ((4, ids(site)[0]), (7, ids(site)[1])):
        site.run("files", "attach", record_id, CODE, "--ordinal", str(ordinal), *ARCHIVIST)
    site.run("files", "attach", ids(site)[2], LACKING, *ARCHIVIST)
    return site


def ids(site: Site) -> list[str]:
    return sorted(path.name for path in (site.home / "archive" / AGENCY).iterdir())


def only(folder: Path) -> Path:
    (found,) = folder.iterdir()
    return found


def commons_ip(package: Path, reports: Path) -> str:
    """What commons-ip says; TT 05/2025 writes ``_`` for the ``:`` that it wants in a folder's name."""
    reports.mkdir(parents=True)
    named = reports / package.name.replace("_", ":")
    shutil.copytree(package, named)
    options = ("-o", str(reports), "--specification-version=2.0.4")
    subprocess.run(
        [str(ROOT / "scripts" / "commons-ip"), "validate", "-i", str(named), *options],
        check=True,
        capture_output=True,
        cwd=reports,
    )
    (report,) = reports.glob("*report*.json")
    return str(json.loads(report.read_text("utf-8"))["summary"]["result"])


def test_a_bag_of_each_record_is_valid_and_whole(site: Site, tmp_path: Path) -> None:
    """The Library of Congress's program accepts it, and its payload is what the archive keeps."""
    told = site.json("export", tmp_path / "bags", *ARCHIVIST)["packages"]
    assert [package["state"] for package in told] == ["written"] * 4
    for package in told:
        bag = tmp_path / "bags" / package["folder"]
        assert bagit.Bag(str(bag)).is_valid()
        kept = site.home / "archive" / AGENCY / package["subject"]
        for path in (path for path in kept.rglob("*") if path.is_file()):
            assert (bag / "data" / path.relative_to(kept)).read_bytes() == path.read_bytes()


def test_a_repeat_writes_only_what_is_not_there(site: Site, tmp_path: Path) -> None:
    """A package that is there stays; one that was begun and not ended is written anew."""
    folder = tmp_path / "bags"
    first = site.json("export", folder, ids(site)[0], *ARCHIVIST)["packages"][0]["folder"]
    (folder / first).rename(folder / f"{first}.part")
    (folder / f"{first}.part" / "data" / "v1" / "record.json").unlink()
    states = [package["state"] for package in site.json("export", folder, *ARCHIVIST)["packages"]]
    assert states == ["written"] * 4
    assert bagit.Bag(str(folder / first)).is_valid()
    states = [package["state"] for package in site.json("export", folder, *ARCHIVIST)["packages"]]
    assert states == ["already"] * 4


def schemas() -> dict[str, etree.XMLSchema]:
    """The schemas of METS 1.12 with CSIP, and of PREMIS 3.0."""
    told = subprocess.run(
        [str(ROOT / "scripts" / "package-schemas")], check=True, capture_output=True, text=True
    )
    folder = Path(told.stdout.strip())
    files = {"mets": "mets1_12.xsd", "premis": "premis.xsd"}
    return {name: etree.XMLSchema(file=str(folder / file)) for name, file in files.items()}


def test_every_kind_of_package_is_valid_by_what_others_say(site: Site, tmp_path: Path) -> None:
    """METS and PREMIS by the Library of Congress's schemas, all by commons-ip, which finds one changed byte.

    Descriptions are valid by our schemas, which say that they are ours.
    """
    loose = ids(site)[3]
    head = ("--file", "Z99.01.2024.TL01", "--title", "Văn bản lẻ", "--source", "Văn thư")
    forms = {"aip": ("--file", CODE), "sip": ("--file", CODE), "aip-documents": (loose, *head)}
    known, packages = schemas(), dict[str, Path]()
    for form, asked in forms.items():
        written = site.json("export", tmp_path / form, *asked, "--form", form, *ARCHIVIST)["packages"]
        assert [package["state"] for package in written] == ["written"], form
        package = only(tmp_path / form)
        checked = 0
        for path in package.rglob("*.xml"):
            tree = etree.parse(str(path))
            schema = known.get(path.name.partition("_")[0].removesuffix(".xml").lower())
            name = "EAD_doc" if "EAD_doc" in path.name else "ead"
            own = etree.XMLSchema(file=str(package / "schemas" / f"{name}.xsd"))
            (schema or own).assertValid(tree)
            checked += 1
        assert checked >= 7 - ("documents" in form)
        assert "không phải lược đồ của thông tư" in (package / "schemas/ead.xsd").read_text("utf-8")
        packages[form] = package
    packages["changed"] = tmp_path / "changed" / packages["aip"].name
    shutil.copytree(packages["aip"], packages["changed"])
    copy = next(packages["changed"].rglob("*.pdf"))
    copy.write_bytes(copy.read_bytes()[:-1] + b" ")
    told = {form: commons_ip(package, tmp_path / "reports" / form) for form, package in packages.items()}
    assert told == {"aip": "VALID", "sip": "VALID", "aip-documents": "VALID", "changed": "INVALID"}


def test_a_record_of_a_dossier_is_no_loose_document(site: Site, tmp_path: Path) -> None:
    """What a hồ sơ was formed of goes with it; what a person must say of loose ones is asked for."""
    code, _, err = site.ask("export", tmp_path / "x", ids(site)[0], "--form", "aip-documents", *ARCHIVIST)
    assert (code, CODE in err) == (2, True)
    code, _, err = site.ask("export", tmp_path / "x", ids(site)[3], "--form", "aip-documents", *ARCHIVIST)
    assert code == 2
    assert all(f"thiếu {name} (bắt buộc)" in err for name in ("arcFileCode", "title", "source"))


def test_a_zipped_package_is_the_folder_in_one_file(site: Site, tmp_path: Path) -> None:
    """Its files are equal, it opens as a package again, a repeat writes nothing."""
    for form in ("bag", "aip"):
        asked = ("--form", form, "--file", CODE) if form == "aip" else (ids(site)[0],)
        site.run("export", tmp_path / form, *asked, "--zip", *ARCHIVIST)
        told = site.json("export", tmp_path / form, *asked, "--zip", *ARCHIVIST)["packages"]
        assert [package["state"] for package in told] == ["already"]
        packed = only(tmp_path / form)
        assert packed.name == f"{told[0]['folder']}.zip"
        shutil.unpack_archive(packed, tmp_path / f"{form}-unpacked")
        folder = only(tmp_path / f"{form}-unpacked")
        assert folder.name == told[0]["folder"]
        if form == "bag":
            assert bagit.Bag(str(folder)).is_valid()


def test_descriptions_are_as_their_schemas_and_the_records_say(site: Site, tmp_path: Path) -> None:
    """Each document stands with its ordinal, its fields and its signed copy, the hồ sơ with its totals."""
    site.run("export", tmp_path / "aip", "--form", "aip", "--file", CODE, *ARCHIVIST)
    package = only(tmp_path / "aip")
    whole = etree.parse(str(package / "metadata/descriptive/EAD.xml"))
    etree.XMLSchema(file=str(package / "schemas/ead.xsd")).assertValid(whole)
    values = {etree.QName(element).localname: element.text for element in whole.getroot()}
    assert (values["totalDoc"], values["maintenance"], values["arcFileCode"]) == ("2", "05", CODE)
    schema = etree.XMLSchema(file=str(package / "schemas/EAD_doc.xsd"))
    part = package / "representations/rep1"
    for record_id, ordinal in zip(ids(site)[:2], ("0000004", "0000007"), strict=True):
        document = etree.parse(str(part / f"metadata/descriptive/EAD_doc_{CODE}.{ordinal}.xml"))
        schema.assertValid(document)
        fields = site.json("show", record_id)["fields"]
        told = {etree.QName(element).localname: element.text for element in document.getroot()}
        assert told["subject"] == fields["subject"]["value"]
        kept = site.home / "archive" / AGENCY / record_id / "v1" / "archive.pdf"
        assert (part / f"data/{CODE}.{ordinal}.pdf").read_bytes() == kept.read_bytes()
        digest = hashlib.sha256(kept.read_bytes()).hexdigest()
        assert digest in (part / "metadata/preservation/PREMIS_rep1.xml").read_text("utf-8")


def test_a_dossier_that_lacks_what_a_package_must_say_is_refused_with_what_lacks(
    site: Site, tmp_path: Path
) -> None:
    """Nothing is invented and nothing written; each element is named."""
    code, _, err = site.ask("export", tmp_path / "aip", "--form", "aip", "--file", LACKING, *ARCHIVIST)
    assert code == 2
    for element in ("maintenance", "numberOfPaper", "paperFileCode", "riskRecovery"):
        assert f"thiếu {element} (bắt buộc)" in err
    assert not (tmp_path / "aip").exists()


def test_a_damaged_file_stops_its_package_alone(site: Site, tmp_path: Path) -> None:
    """It is named, its package is not there, those of others are; the exit code says that it is broken."""
    kept = site.home / "archive" / AGENCY / ids(site)[0] / "v1" / "text" / "body.txt"
    sound = kept.read_bytes()
    kept.chmod(0o640)
    kept.write_bytes(sound + b"!")
    try:
        code, _, err = site.ask("export", tmp_path / "bags", *ARCHIVIST)
    finally:
        kept.write_bytes(sound)
    assert code == 1
    assert "body.txt is not what its manifest says" in err
    assert len(list((tmp_path / "bags").iterdir())) == 3


def test_a_record_that_cannot_be_read_stops_its_package_alone(site: Site, tmp_path: Path) -> None:
    """Bags of the others are written, a hồ sơ with it is named, and so is what is wrong."""
    record_id = ids(site)[0]
    kept = site.home / "archive" / AGENCY / record_id / "v1" / "record.json"
    sound = kept.read_bytes()
    kept.chmod(0o640)
    kept.write_bytes(sound[:-5])
    try:
        bags, _, err = site.ask("export", tmp_path / "bags", *ARCHIVIST)
        assert f"{record_id}: " in err
        aips, _, err = site.ask("export", tmp_path / "aip", "--form", "aip", "--file", CODE, *ARCHIVIST)
    finally:
        kept.write_bytes(sound)
    assert (bags, aips, f"{CODE}: " in err) == (1, 1, True)
    assert len(list((tmp_path / "bags").iterdir())) == 3


def test_only_an_archivist_by_name_takes_packages(site: Site, tmp_path: Path) -> None:
    """An operator is refused; nothing is written."""
    code, _, err = site.ask("export", tmp_path / "bags", "--as", "Người vận hành mẫu")
    assert (code, (tmp_path / "bags").exists()) == (2, False)
    assert "archivist" in err


def test_a_record_tells_that_it_was_packed(site: Site, tmp_path: Path) -> None:
    """The event names who and the package, and the archive still holds."""
    record_id = ids(site)[0]
    package = site.json("export", tmp_path / "bags", record_id, *ARCHIVIST)["packages"][0]["folder"]
    events = [event for event in site.json("show", record_id)["events"] if event["action"] == "packed"]
    assert events[-1]["details"] == {"package": package}
    assert events[-1]["actor"] == "person:Cán bộ lưu trữ mẫu"
    assert site.json("verify")["faults"] == []


@pytest.mark.parametrize(("rules", "form"), [("nd30", "csv"), ("tt02", "xlsx"), ("nd30", "xml")])
def test_tables_go_out_and_come_in(site: Site, tmp_path: Path, rules: str, form: str) -> None:
    """Lists of hồ sơ come in as they went out; documents are evidence elsewhere, line for line."""
    asked = ("--agency", AGENCY, "--rules", rules, "--format", form, *ARCHIVIST)
    names = [package["folder"] for package in site.json("tables", tmp_path / "out", *asked)["packages"]]
    assert names == [f"{AGENCY}_{rules}_{what}.{form}" for what in ("ho-so", "van-ban")]
    other = Site(tmp_path / "home")
    other.run("init")
    taken = other.json("files", "import", tmp_path / "out" / names[0], "--agency", AGENCY)
    assert (taken["new"], taken["faults"]) == (2, [])
    taken = other.json("register", "import", tmp_path / "out" / names[1], "--agency", AGENCY)
    assert (taken["new"], taken["faults"]) == (4, [])
    other.run("tables", tmp_path / "again", *asked)
    lists = [read_table(tmp_path / folder / names[0]) for folder in ("out", "again")]
    assert lists[0] == lists[1]


def test_a_table_that_does_not_fit_is_not_written(site: Site, tmp_path: Path) -> None:
    """The column is named with hồ sơ, limit and length; the table of documents, which fits, is there."""
    code = "Z99.01.2024.03"
    listed = tmp_path / "list.csv"
    listed.write_text(f"FileCode,Title\n{code},{'x' * 501}\n", "utf-8")
    other = Site(tmp_path / "home")
    other.run("init")
    other.run("files", "import", listed, "--agency", AGENCY)
    asked = ("--agency", AGENCY, "--rules", "nd30", "--format", "csv", *ARCHIVIST)
    ended, _, err = other.ask("tables", tmp_path / "out", *asked)
    assert (ended, f"{code}: Title dài 501 ký tự, nhiều nhất 500" in err) == (2, True)
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{AGENCY}_nd30_van-ban.csv"]
    ended, _, err = other.ask("tables", tmp_path / "out", *asked[:-2], "--as", "Người vận hành mẫu")
    assert (ended, "archivist" in err) == (2, True)


def test_a_table_with_entities_is_not_read(site: Site, tmp_path: Path) -> None:
    """XML that declares a document type is refused as a list, too."""
    listed = tmp_path / "list.xml"
    listed.write_text('<!DOCTYPE a [<!ENTITY b "x">]><a><f><FileCode>&b;</FileCode></f></a>', "utf-8")
    ended, _, err = site.ask("files", "import", listed, "--agency", AGENCY)
    assert (ended, "DOCTYPE" in err) == (2, True)
