"""What late evidence and learnt names read of the archive, and what they pass over."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest

from sohoa.domain.archive.actions import Action
from sohoa.domain.evidence.document_register import Direction, RegisterEntry
from sohoa.domain.extract.agency import code_of
from sohoa.domain.inbox.keys import Batch
from sohoa.domain.inbox.states import State
from sohoa.domain.protection.access import Reader
from sohoa.ports import ObjectStore, RecordRow
from sohoa.settings import load_settings
from sohoa.usecases.archive.standing import newest_record
from sohoa.usecases.archive.versions import current
from sohoa.usecases.evidence.aliases import aliases, learnt_agencies, note_alias
from sohoa.usecases.evidence.late_evidence import LateChanges, apply_late_manifest, apply_late_register
from sohoa.usecases.pipeline.ingest import ingest
from sohoa.usecases.pipeline.nightly import finish, nightly, plan_batches, run_batch
from sohoa.usecases.review.decide import correct
from sohoa.usecases.review.undo import withdraw
from sohoa.usecases.services import Services
from sohoa.wiring import init_home, open_services
from tests.support.site import SAMPLES, truth_of

pytestmark = pytest.mark.slow
ARCHIVIST, AGENCY, MANIFEST = "Cán bộ lưu trữ mẫu", "Z99.02", "Z99.02/lo/manifest.csv"
READER = Reader(ARCHIVIST, by_name=True, roles=frozenset({"archivist"}))
FIRST, SECOND = SAMPLES / "Z99.02/2026-01/bc-058.pdf", SAMPLES / "Z99.02/2026-01/to-trinh-37.jpg"
READ_BACK = {"manifest.json", "record.json", "events.jsonl", "body.txt"}
STRANGER = "Ban Quản lý khu kinh tế Sông Lam"


def manifest(folder: Path, *scans: Path) -> Path:
    """A shop's manifest that puts these scans into a file."""
    rows = "".join(f"{scan.name};Z99.2024.HS1\n" for scan in scans)
    path = folder / "manifest.csv"
    path.write_text(f"file;Mã hồ sơ\n{rows}", encoding="utf-8")
    return path


def at_home(home: Path) -> mock._patch_dict:
    return mock.patch.dict("os.environ", {"SOHOA_HOME": str(home), "SOHOA_NIGHTLY__MIN_FREE_BYTES": "0"})


def read_again() -> mock._patch[mock.MagicMock]:
    """Notes each record that late evidence reads from the archive."""
    return mock.patch("sohoa.usecases.evidence.late_evidence.current", wraps=current)


@contextmanager
def gets_of(opened: Services) -> Iterator[Counter[str]]:
    """How often each key of the archive is read."""
    counts, store = Counter[str](), type(opened.store)
    get = store.get

    def counted(self: ObjectStore, bucket: str, key: str) -> bytes:
        counts[key] += bucket == opened.policy.archive
        return get(self, bucket, key)

    with mock.patch.object(store, "get", counted):
        yield counts


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after a night over two scans and a manifest that names both; it read each record back once."""
    folder = tmp_path_factory.mktemp("reads")
    with at_home(folder / "home"), read_again() as read:
        init_home(load_settings())
        with open_services(load_settings()) as opened:
            ingest(opened, [FIRST, SECOND, manifest(folder, FIRST, SECOND)], AGENCY, "lo")
            with gets_of(opened) as gets:
                nightly(READER, opened, lambda _: None, lambda _: None)
            assert {key.rpartition("/")[2] for key in gets if gets[key] == 1} >= READ_BACK
            assert set(gets.values()) <= {0, 1}
            assert all(row.year for row in opened.records.records())
    assert not read.called
    return folder / "home"


@pytest.fixture
def services(night: Path, tmp_path: Path) -> Iterator[Services]:
    """The home after the night, a copy for one test, opened by an archivist."""
    shutil.copytree(night, tmp_path / "home", symlinks=True)
    with at_home(tmp_path / "home"), open_services(load_settings()) as opened:
        yield opened


def row_of(services: Services, scan: Path) -> RecordRow:
    return next(r for r in services.records.records() if r.holder_key.endswith(scan.name))


def contradicted(services: Services, scan: Path) -> int:
    """Enter a line that gives the scan another number; returns the scan's year."""
    fields = truth_of(scan)["fields"]
    values = {name: fields[name] for name in ("code_notation", "issued_date", "subject")}
    entry = RegisterEntry(AGENCY, Direction.OUT, "1", {**values, "code_number": "777"}, "so.csv:2")
    services.registers.enter([entry], services.clock.now())
    return int(values["issued_date"][:4])


def test_documents_of_the_night_heard_their_manifest_in_time(services: Services) -> None:
    """The records of the night have what the manifest says, and none was read again for it."""
    assert {member.code for member in services.dossiers.members()} == {"Z99.2024.HS1"}
    assert {row.version for row in services.records.records()} == {1}


def test_a_late_manifest_reads_the_records_that_it_names(services: Services, tmp_path: Path) -> None:
    """It waits for the end of the night, is read once, and other records of its folder are left alone."""
    path = services.policy.inbox, MANIFEST
    services.store.put(*path, manifest(tmp_path, FIRST), replace=True)
    batches, began = plan_batches(services), services.clock.now()
    with read_again() as read, mock.patch.object(services.store, "get", wraps=services.store.get) as got:
        results = [run_batch(READER, services, batch, began) for batch in batches]
        assert [pair[0] for result in results for group in result.skipped for pair in group] == [MANIFEST]
        assert not read.called
        finish(READER, services, began, [result.to_json() for result in results])
    assert [call.args[2] for call in read.call_args_list] == [row_of(services, FIRST).record_id]
    assert [call.args for call in got.call_args_list].count(path) == 1
    assert [row.state for row in services.states.find(MANIFEST) if not row.replaced] == [State.COMPANION]


def test_a_manifest_that_another_run_holds_is_left_to_it(services: Services) -> None:
    """A batch never works on a manifest, be it alone."""
    batch, began = Batch((((MANIFEST, "e"),),)), services.clock.now()
    assert run_batch(READER, services, batch, began).skipped == (((MANIFEST, "e"),),)


def test_a_register_reads_the_records_of_its_years(services: Services) -> None:
    """Lines of other years read nothing; the manifests of the inbox are not read at all."""
    year = contradicted(services, FIRST)
    with read_again() as read:
        for others in ({1999}, set[int]()):
            assert apply_late_register(READER, services, AGENCY, others) == LateChanges(0, 0)
    assert not read.called
    with mock.patch("sohoa.usecases.evidence.given.parse_manifest", side_effect=AssertionError):
        assert apply_late_register(READER, services, AGENCY, {year}) == LateChanges(1, 1)


def test_a_record_withdrawn_before_its_turn_is_passed_over(services: Services) -> None:
    """Whoever withdraws a record while a register is heard does not stop the import."""
    year, row = contradicted(services, FIRST), row_of(services, FIRST)
    withdraw(READER, services, row.record_id, "nhầm cơ quan")
    with mock.patch.object(services.records, "records", return_value=iter([row])):
        assert apply_late_register(READER, services, AGENCY, {year}) == LateChanges(0, 0)
    assert apply_late_manifest(READER, services, MANIFEST) == LateChanges(0, 0)


@pytest.mark.parametrize("name", ["SỞ NỘI VỤ", "Sở nội vụ", "So Noi vu"])
def test_a_slip_does_not_teach_a_registered_agencys_name(services: Services, name: str) -> None:
    """With another agency's code it is not learnt, nor was it by an earlier note; papers still match."""
    row = row_of(services, SECOND)
    correct(READER, services, row.record_id, {"organ_name": name, "authority_id": AGENCY})
    assert not services.events.events(f"aliases:{AGENCY}")
    details = {"alias": name, "record_id": row.record_id}
    services.events.append(f"aliases:{AGENCY}", "person:X", Action.ALIAS_FOUND, details, services.clock.now())
    assert list(aliases(READER, services)) == []
    assert code_of(learnt_agencies(services), "Sở Nội vụ", "", None) == "Z99.03"


def test_the_first_record_that_vouches_for_a_name_is_enough(services: Services) -> None:
    """A name given on two records is read on one; the other one vouches once the first is withdrawn."""
    rows = [row_of(services, scan) for scan in (FIRST, SECOND)]
    for row in rows:
        correct(READER, services, row.record_id, {"organ_name": STRANGER, "authority_id": "Z99.03"})
        note_alias(READER, services, row, STRANGER)
    with mock.patch("sohoa.usecases.evidence.aliases.newest_record", wraps=newest_record) as read:
        assert code_of(learnt_agencies(services), STRANGER, "", None) == "Z99.03"
    assert read.call_count == 1
    withdraw(READER, services, rows[0].record_id, "nhầm")
    (left,) = aliases(READER, services)
    assert (left.record_id, left.authority_id) == (rows[1].record_id, "Z99.03")


def test_a_decision_reads_the_new_version_once(services: Services) -> None:
    """A correction reads each manifest and record that it wrote once, for ledger, index, queue and state."""
    row = row_of(services, SECOND)
    with gets_of(services) as gets:
        correct(READER, services, row.record_id, {"subject": "Về việc kiểm tra hồ sơ"})
    written = {key: count for key, count in gets.items() if f"{row.record_id}/v2/" in key and count}
    assert {key.rpartition("/")[2] for key in written} >= {"manifest.json", "record.json", "events.jsonl"}
    assert set(written.values()) == {1}
