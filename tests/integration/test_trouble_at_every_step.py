"""Whatever goes wrong with one document, at whatever step: the others end as always, and the night ends."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from sohoa.domain import errors as tree
from sohoa.domain.archive.records import Reading
from sohoa.domain.errors import SohoaError
from sohoa.domain.inbox.states import State
from sohoa.domain.protection.access import Reader
from sohoa.ports import FileFacts, KeyState, SealCheck, Sealed, TextSeal
from sohoa.settings import load_settings
from sohoa.usecases.archive.pending_seals import complete_seals
from sohoa.usecases.checks.reconcile import reconcile
from sohoa.usecases.pipeline.ingest import ingest
from sohoa.usecases.pipeline.nightly import last_report, nightly
from sohoa.usecases.services import Services
from sohoa.wiring import init_home, open_services
from tests.support.sealing import AT, read_page

STEPS = (
    "store.stat", "store.fetch", "recogniser.inspect", "records.hold", "recogniser.read", "sealer.seal",
    "states.claim", "states.find", "store.put", "index.add", "events.extend", "records.save",
    "queue.enqueue", "states.settle", "states.release",
)  # fmt: skip
DOCUMENTS = 3
VICTIM = 1


class PlainRecogniser:
    """Reads each file as one page with a few words, without a worker."""

    def inspect(self, path: Path) -> FileFacts:
        path.stat()
        return FileFacts("png", "png", 1)

    def read(self, path: Path, _facts: FileFacts) -> Reading:
        return Reading((read_page(path.read_text(encoding="utf-8")),))


class PlainSealer:
    """Seals without drawing."""

    level = "B-B"

    def seal(self, _files: Any, _pages: Any, _request: Any) -> Sealed:
        return Sealed(b"%PDF-1.7", "margin", None, "thử nghiệm", test_key=True, signing_time=AT)

    def complete(self, copy: Sealed, _request: Any) -> Sealed:
        return replace(copy, signer="thử nghiệm", unsealed="")

    def renew(self, pdf: bytes) -> tuple[bytes, SealCheck]:
        return pdf, self.check(pdf)

    def check(self, _pdf: bytes) -> SealCheck:
        return SealCheck(True, "", "thử nghiệm")

    def unsigned(self, _pdf: bytes) -> SealCheck:
        return SealCheck(False, "signed", "thử nghiệm")

    def sign_text(self, text: bytes, _at: datetime) -> TextSeal:
        return TextSeal(text, b"")

    def check_text(self, _text: bytes, _seal: TextSeal) -> SealCheck:
        return SealCheck(True, "", "thử nghiệm")

    def keys(self, _at: datetime) -> Sequence[KeyState]:
        return ()

    def exposed_keys(self) -> Sequence[str]:
        return ()


@dataclass
class Fault:
    """Raised at one call of one step, the first that is made when ``victim`` documents came before."""

    step: str
    error: BaseException | None = None
    left: int = field(default=0)

    def due(self, step: str) -> bool:
        if self.error is None or step != self.step:
            return False
        self.left -= 1
        return self.left == -1


class Faulty:
    """A port whose calls may fail."""

    def __init__(self, port: object, name: str, fault: Fault) -> None:
        self._port, self._name, self._fault = port, name, fault

    def __getattr__(self, name: str) -> Any:
        call, step, fault = getattr(self._port, name), f"{self._name}.{name}", self._fault

        def called(*args: Any, **kwargs: Any) -> Any:
            if fault.due(step):
                assert fault.error is not None
                raise fault.error
            return call(*args, **kwargs)

        return called


def all_errors() -> list[BaseException]:
    """One of every error of the tree but those of packages, and what a document may cause beside."""
    kinds: list[type[SohoaError]] = [SohoaError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    made: list[BaseException] = []
    for kind in filter(lambda kind: kind.__module__ == tree.__name__, kinds):
        two = issubclass(kind, tree.Rejected | tree.DocumentFailed | tree.Refused)
        made.append(kind("broken", "tệp") if two else kind("tệp"))
    others = (ValueError("x"), MemoryError(), RecursionError(), OSError(5, "x"), UnicodeError("x"))
    return [*made, *others]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    home = {"SOHOA_HOME": str(tmp_path / "home"), "SOHOA_NIGHTLY__MIN_FREE_BYTES": "0"}
    with mock.patch.dict(os.environ, home):
        settings = load_settings()
        init_home(settings)
        with open_services(settings) as opened:
            yield replace(opened, recogniser=PlainRecogniser(), sealer=PlainSealer(), workers=1)


def night(services: Services) -> None:
    nightly(Reader("may"), services, lambda _: None, lambda _: None)


def put_in(services: Services, folder: Path, name: str) -> list[str]:
    """New documents, none of the size of another; their keys."""
    (folder / name).mkdir()
    for number in range(DOCUMENTS):
        text = f"Công văn {name} {'một ' * (number + 1)} {date.today().isoformat()}"  # noqa: DTZ011
        (folder / name / f"{number}.png").write_text(text, encoding="utf-8")
    ingest(services, [folder / name], "Z99.01")
    return [f"Z99.01/{name}/{number}.png" for number in range(DOCUMENTS)]


@pytest.mark.parametrize("step", STEPS)
def test_one_document_never_costs_another(services: Services, tmp_path: Path, step: str) -> None:
    """Every error, at every step: the others are archived in that night, all but refused ones in the next."""
    fault = Fault(step)
    ports: dict[str, Any] = {
        name: Faulty(getattr(services, name), name, fault)
        for name in ("store", "recogniser", "records", "sealer", "states", "index", "events", "queue")
    }
    broken = replace(services, **ports)
    for number, error in enumerate(all_errors()):
        keys = put_in(services, tmp_path, f"d{number}")
        fault.error, fault.left = error, VICTIM
        with contextlib.suppress(SohoaError):
            night(broken)
        fault.error = None
        rows = {row.key: row for row in services.states.objects()}
        waiting = [key for key in keys if rows[key].state is not State.NEEDS_REVIEW]
        assert len(waiting) <= 1, (
            f"{step}, {error!r}: {[(rows[key].state, rows[key].reason) for key in keys]}"
        )
        assert all(rows[key].reason for key in waiting if rows[key].state is not State.PENDING)
    night(services)
    assert {row.state for row in services.states.objects()} <= {State.NEEDS_REVIEW, State.REJECTED}
    assert reconcile(services).holds


def test_services_that_are_away_end_the_night_at_once(services: Services, tmp_path: Path) -> None:
    """Three documents in a row that met the same silence are enough: the night ends, all keep their state."""

    class Away(PlainSealer):
        tried = 0

        def seal(self, _files: Any, _pages: Any, _request: Any) -> Sealed:
            Away.tried += 1
            raise tree.Misconfigured("no key")

    for name in ("a", "b", "c"):
        put_in(services, tmp_path, name)
    with pytest.raises(tree.Misconfigured, match="no key"):
        night(replace(services, sealer=Away()))
    assert Away.tried < 3 * DOCUMENTS
    assert {row.state for row in services.states.objects()} == {State.PENDING}


class KeysAway(PlainSealer):
    """The signing keys cannot even be looked at."""

    def keys(self, _at: datetime) -> Sequence[KeyState]:
        raise OSError(5, "keys")


def test_keys_that_cannot_be_looked_at_stop_neither_the_documents_nor_the_digest(
    services: Services, tmp_path: Path
) -> None:
    """Everything is archived, counted, bound into the digest and reported; then that is told."""
    put_in(services, tmp_path, "a")
    with pytest.raises(tree.Unavailable, match="OSError"):
        night(replace(services, sealer=KeysAway()))
    report = last_report(services.reports)
    assert {row.state for row in services.states.objects()} == {State.NEEDS_REVIEW}
    assert (report["reconciled"], report["digest"]["made"], "seals" in report) == (True, True, False)


def test_a_record_that_cannot_be_signed_keeps_no_other_waiting(services: Services, tmp_path: Path) -> None:
    """Whatever it raises is told by its type; the night is reported as any other."""

    class Waiting(PlainSealer):
        def seal(self, files: Any, pages: Any, request: Any) -> Sealed:
            return replace(super().seal(files, pages, request), signer="", unsealed="the key is away")

        def unsigned(self, _pdf: bytes) -> SealCheck:
            return SealCheck(True, "", "")

    class Stumbling(Waiting):
        tried = 0

        def complete(self, copy: Sealed, request: Any) -> Sealed:
            Stumbling.tried += 1
            if Stumbling.tried == 1:
                raise ValueError("riêng tư")
            return super().complete(copy, request)

    put_in(services, tmp_path, "a")
    night(replace(services, sealer=Stumbling()))
    seals = last_report(services.reports)["seals"]
    assert (seals["sealed"], seals["waiting"]) == (DOCUMENTS - 1, 1)
    done = complete_seals(Reader("may"), replace(services, sealer=Raising()))
    assert list(done.waiting.values()) == ["not signed (ValueError)"]


class Raising(PlainSealer):
    """Meets what nobody thought of."""

    def complete(self, copy: Sealed, _request: Any) -> Sealed:
        raise ValueError(copy.signer)


def test_late_manifests_in_trouble_keep_no_night_from_being_reported(
    services: Services, tmp_path: Path
) -> None:
    """Two manifests and then the seals meet trouble: the inbox is counted and reported all the same."""

    class NoManifests:
        def __getattr__(self, name: str) -> Any:
            return getattr(services.store, name)

        def stat(self, bucket: str, key: str) -> Any:
            if key.endswith("-list/manifest.csv"):
                raise tree.Unavailable("no manifest now")
            return services.store.stat(bucket, key)

    for name in ("a", "b"):
        put_in(services, tmp_path, name)
        (tmp_path / f"{name}-list").mkdir()
        (tmp_path / f"{name}-list" / "manifest.csv").write_text("file\n0.png\n", "utf-8")
        ingest(services, [tmp_path / f"{name}-list"], "Z99.01")
    broken: Any = NoManifests()
    with pytest.raises(tree.Unavailable, match="no manifest now"):
        night(replace(services, store=broken, sealer=KeysAway()))
    report = last_report(services.reports)
    assert report["states"][State.PENDING.value] == 2
    assert report["digest"]["made"]


def test_a_document_has_its_time_and_the_night_goes_on(services: Services, tmp_path: Path) -> None:
    """What takes longer than a document may is failed with that reason, once a night; the others go on."""

    class Slow(PlainRecogniser):
        tried = 0

        def read(self, path: Path, facts: FileFacts) -> Reading:
            if path.read_text(encoding="utf-8").count("một") == 2:
                Slow.tried += 1
                raise tree.DocumentFailed("timeout", "from page 7 of 1999 on")
            return super().read(path, facts)

    keys = put_in(services, tmp_path, "a")
    night(replace(services, recogniser=Slow()))
    rows = {row.key: row for row in services.states.objects()}
    assert [rows[key].state for key in keys] == [State.NEEDS_REVIEW, State.FAILED, State.NEEDS_REVIEW]
    assert (rows[keys[1]].reason, rows[keys[1]].attempts, Slow.tried) == ("timeout", 3, 1)


def test_no_document_is_begun_when_the_night_is_over(services: Services, tmp_path: Path) -> None:
    """What waits is as it was and is taken by the next night, which has time; nothing is counted as a try."""
    put_in(services, tmp_path, "a")
    over = replace(services, policy=replace(services.policy, night_seconds=-1.0))
    night(over)
    assert {(row.state, row.attempts) for row in services.states.objects()} == {(State.PENDING, 0)}
    assert reconcile(services).holds
    night(services)
    assert {row.state for row in services.states.objects()} == {State.NEEDS_REVIEW}
