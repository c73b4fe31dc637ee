"""The composition root: the only place that constructs adapters.

Adapters are imported where they are constructed: a command pays only for the vendors that it uses.
"""

from __future__ import annotations

import contextlib
import getpass
import hashlib
import json
import logging
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cached_property, partial
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ocr.process.pool import WorkerPool, default_size
from ocr.vietnamese.language_file import syllables
from sohoa.adapters.clock import SystemClock
from sohoa.adapters.config_files import (
    entries,
    load_yaml,
    read_agencies,
    read_criteria,
    read_deliveries,
    read_holdings,
    read_people,
    read_targets,
)
from sohoa.adapters.report_files import ReportFiles
from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.errors import Misconfigured, NotAllowed
from sohoa.domain.extract.agency_words import AgencyWords, load_agency_words
from sohoa.domain.extract.calibration import Calibration, load_calibration
from sohoa.domain.extract.types import TypeTable, load_types
from sohoa.domain.extract.vocabularies import Vocabularies, load_vocabularies
from sohoa.domain.marks import Marks, load_marks
from sohoa.domain.packages.received import Limits
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.personal_codes import PersonalCodes, load_personal_codes
from sohoa.domain.tables import Cells
from sohoa.ports import Courier, PackageReader, PackageWriter, Reports, SearchIndex
from sohoa.settings import Settings, named_in
from sohoa.usecases.services import Policy, Services

if TYPE_CHECKING:
    from sohoa.adapters.config_files.deliveries import Receiver
    from sohoa.adapters.directory_store import DirectoryStore
    from sohoa.adapters.holding_files import HoldingFiles
    from sohoa.adapters.identity_provider import OidcProvider
    from sohoa.adapters.ledger import SqlLedger
    from sohoa.adapters.list_files import ListWriter
    from sohoa.adapters.minio_store import MinioStore
    from sohoa.adapters.page_viewer import WorkerViewer
    from sohoa.adapters.passwords import Argon2Passwords
    from sohoa.adapters.recogniser import OcrRecogniser
    from sohoa.adapters.sealer import PdfSealer, Pki
    from sohoa.adapters.second_factors import TotpCodes
    from sohoa.domain.coverage.report import CoverageReport
    from sohoa.usecases.pipeline.read import FileReader

Adapter = TypeVar("Adapter")
# Lists that come with the program, as no site may be without them.
_CALIBRATION = "calibration.yaml"
MARKS = Path(str(files("ocr"))) / "data" / "marks.yaml"
PERSONAL_CODES = Path(str(files("sohoa"))) / "domain" / "protection" / "personal_codes.yaml"
AGENCY_WORDS = Path(str(files("sohoa"))) / "domain" / "extract" / "agency_words.yaml"
_SIGN = "sohoa.adapters.pdf.signing_process:sign"
_SIGNING_MEMORY_MB, _SIGNING_SECONDS = 1024, 60.0
# Their warnings name objects (a secret one's key, too) and print tracebacks; what matters comes as an error.
_SILENT = ("elastic_transport", "elasticsearch", "pyhanko", "pyhanko_certvalidator", "urllib3")
_TOOLS = (
    *("sohoa", "tesserocr", "pytesseract", "rapidocr", "onnxruntime"),
    *("pypdfium2", "pdfplumber", "pikepdf", "pyhanko"),
)


def init_home(settings: Settings) -> None:
    """Make the home, the buckets, the ledger's tables and the index; harmless where they exist."""
    _silence_vendors()
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(
            f"cannot make the home {settings.home}: {error.strerror}; set SOHOA_HOME to a writable folder"
        ) from error
    _store(settings).prepare(*_buckets(settings))
    with _ledger(settings), _index(settings) as index:
        index.ping()


@contextlib.contextmanager
def open_services(settings: Settings) -> Iterator[Services]:
    """Everything that use cases need, closed at the end of the block.

    Raises ``Misconfigured`` when the home was not made yet or a register is wrong.
    """
    from sohoa.adapters.processes import new_owner

    _require_home(settings)
    _silence_vendors()
    agencies = _agencies(settings)
    people = _people(settings)
    receivers = _receivers(settings)
    with (
        _ledger(settings) as ledger,
        _index(settings) as index,
        _pool(settings) as pool,
        WorkerPool(1, _SIGNING_MEMORY_MB) as signing,
    ):
        yield Services(
            store=_store(settings),
            states=ledger.states,
            records=ledger.records,
            events=ledger.events,
            queue=ledger.queue,
            registers=ledger.registers,
            dossiers=ledger.dossiers,
            declared=ledger.holdings,
            counts=ledger.coverage,
            work=ledger.work,
            snapshots=ledger.snapshots,
            fixity=ledger.fixity,
            dispatches=ledger.dispatches,
            holding_files=_on_use(partial(_holding_files, pool)),
            accounts=ledger.accounts,
            sessions=ledger.sessions,
            tokens=ledger.tokens,
            requests=ledger.requests,
            saved_queries=ledger.saved_queries,
            passwords=_on_use(_passwords),
            second_factors=_on_use(_second_factors),
            started=ledger.started,
            identity_provider=_on_use(partial(_identity_provider, settings))
            if settings.oidc.issuer
            else None,
            strong_levels=named_in(settings.oidc.strong_levels),
            sign_in_label=settings.oidc.label,
            second_factor_roles=named_in(settings.portal.second_factor_roles),
            index=index,
            recogniser=_on_use(partial(_recogniser, settings, pool)),
            viewer=_on_use(partial(_viewer, settings, pool)),
            sealer=_on_use(partial(_sealer, settings, pool, signing)),
            reports=open_reports(settings),
            list_files=_on_use(_list_files),
            clock=SystemClock(),
            agencies=agencies,
            types=_types(settings),
            calibration=_calibration(settings),
            marks=_marks(),
            agency_words=_agency_words(),
            codes=_codes(),
            holdings=read_holdings(settings.config_dir / "holdings.csv", agencies),
            policy=_policy(settings),
            owner=new_owner(secrets.token_hex(4)),
            workers=pool.size,
            targets=read_targets(settings.config_dir / "targets.yaml"),
            criteria=read_criteria(settings.config_dir / "targets.yaml"),
            deliveries=[receiver.delivery for receiver in receivers],
            couriers={r.name: _on_use(partial(_courier, settings, r)) for r in receivers},
            people=people,
            vocabularies=_vocabularies(settings),
        )


def _require_home(settings: Settings) -> None:
    if not settings.home.is_dir():
        raise Misconfigured(f"{settings.home} does not exist: run `sohoa init` (or set SOHOA_HOME)")


def _silence_vendors() -> None:
    for vendor in _SILENT:
        logging.getLogger(vendor).setLevel(logging.CRITICAL)


@contextlib.contextmanager
def open_reader(settings: Settings) -> Iterator[tuple[FileReader, AgencyRegister]]:
    """What reading one file needs; works without a home."""
    from sohoa.usecases.pipeline.read import FileReader

    agencies, types = _agencies(settings), _types(settings)
    with _pool(settings) as pool:
        limits = settings.intake
        reader = FileReader(
            _recogniser(settings, pool),
            types,
            _calibration(settings),
            _marks(),
            _agency_words(),
            settings.review.below,
            pool.size,
            limits.max_bytes,
            limits.max_pages,
            agencies,
            _vocabularies(settings),
            SystemClock(),
        )
        yield reader, agencies


def pings(settings: Settings) -> Mapping[str, Callable[[], str]]:
    """For each service, what asks for its health: one line, or an error of the domain.

    Raises ``Misconfigured`` when the home was not made yet.
    """

    def ledger() -> str:
        with _ledger(settings) as opened:
            return opened.states.ping()

    def index() -> str:
        with _index(settings) as opened:
            return opened.ping()

    _require_home(settings)
    _silence_vendors()
    return {"store": lambda: _store(settings).ping(), "ledger": ledger, "index": index}


def read_table(path: Path) -> list[Cells]:
    """The lines of a CSV, XLSX or XML file; raises ``Misconfigured`` naming file, reason and what to do."""
    if path.suffix.lower() == ".xml":
        from sohoa.adapters.packages.xml_table import xml_cells

        return xml_cells(path)
    from sohoa.adapters.config_files.cells import read_cells

    return read_cells(path)


def open_packages(folder: Path, *, zipped: bool = False) -> PackageWriter:
    """Where packages are written: a folder, made when the first one is."""
    from sohoa.adapters.packages import PackageFolders

    return PackageFolders(folder, version("sohoa"), zipped=zipped)


def received_packages(settings: Settings) -> PackageReader:
    """Where packages of others are read; each is unpacked into a folder of its own below the home."""
    from sohoa.adapters.directory_store import DirectoryStore
    from sohoa.adapters.packages import ReceivedPackages
    from sohoa.adapters.scratch import scratch_folder

    work, limits = settings.home / "work", settings.packages
    return ReceivedPackages(
        Limits(limits.max_bytes, limits.max_files, limits.max_ratio),
        partial(scratch_folder, work),
        lambda folder: DirectoryStore(folder, work),
    )


def open_reports(settings: Settings) -> Reports:
    """Where reports are kept: usable even when nothing else is."""

    def rendered(report: CoverageReport, kind: str, width: int) -> bytes:
        from sohoa.adapters.coverage_report import Means, render

        return render(report, kind, width, Means(settings.portal.address, settings.seal.font))

    figures = settings.metrics.folder
    return ReportFiles(settings.home / "reports", rendered, Path(figures) if figures else None)


def _store(settings: Settings) -> DirectoryStore | MinioStore:
    store = settings.store
    if store.kind == "directory":
        from sohoa.adapters.directory_store import DirectoryStore

        return DirectoryStore(settings.home, settings.home / "work")
    from sohoa.adapters.minio_store import MinioStore

    return MinioStore(
        store.endpoint,
        store.secret("access_key"),
        store.secret("secret_key"),
        scratch=settings.home / "work",
        buckets=_buckets(settings),
        locked_days={store.archive_bucket: store.lock_days} if store.lock_days else {},
        region=store.region,
        ca_file=store.ca_file,
    )


def _buckets(settings: Settings) -> tuple[str, ...]:
    store = settings.store
    return store.inbox_bucket, store.archive_bucket, store.quarantine_bucket, store.reports_bucket


@contextlib.contextmanager
def _index(settings: Settings) -> Iterator[SearchIndex]:
    index = settings.index
    if index.kind == "sqlite":
        from sohoa.adapters.sqlite_index import SqliteIndex

        yield SqliteIndex(settings.home / "index.sqlite")
        return
    from sohoa.adapters.elastic_index import ElasticIndex
    from sohoa.adapters.processes import may_live, new_owner

    served = ElasticIndex(
        index.url,
        index.name,
        user=index.user,
        password=index.secret("password"),
        ca_file=index.ca_file,
        owner=new_owner(secrets.token_hex(4)),
        may_live=may_live,
    )
    with contextlib.closing(served):
        yield served


@contextlib.contextmanager
def _ledger(settings: Settings) -> Iterator[SqlLedger]:
    from sohoa.adapters.ledger import open_ledger
    from sohoa.adapters.processes import alive, may_live

    if settings.ledger.kind == "sqlite":
        ledger = open_ledger(f"sqlite:///{settings.home / 'ledger.sqlite'}", alive)
    else:
        ledger = open_ledger(settings.ledger.url, may_live, settings.ledger.secret("password"))
    try:
        yield ledger
    finally:
        ledger.close()


def _pool(settings: Settings) -> WorkerPool:
    return WorkerPool(settings.ocr.workers or default_size(), settings.ocr.worker_memory_mb)


def _recogniser(settings: Settings, pool: WorkerPool) -> OcrRecogniser:
    from ocr.read_page import ReadOptions
    from ocr.source.files import Limits
    from sohoa.adapters.recogniser import OcrRecogniser

    limits = settings.intake
    return OcrRecogniser(
        pool,
        limits=Limits(limits.max_bytes, limits.max_pages, limits.max_page_pixels),
        options=ReadOptions(
            settings.ocr.engine, settings.ocr.language, limits.max_page_pixels, _calibration(settings).words
        ),
        page_timeout_s=settings.ocr.page_timeout_s,
        document_timeout_s=settings.ocr.document_timeout_s,
        trusted=_trusted(settings),
    )


def _sealer(settings: Settings, pool: WorkerPool, signing: WorkerPool) -> PdfSealer:
    """``signing`` is the one process that opens keys; it starts when the first of them signs."""
    from sohoa.adapters.pdf.values import SigningPolicy
    from sohoa.adapters.sealer import Appearance, PdfSealer

    seal, trusted = settings.seal, _trusted(settings)
    pki = _pki(settings, trusted, signing)
    policy = SigningPolicy(
        seal.level, seal.tsa, timedelta(seconds=seal.tolerance_s), (*trusted, *pki.roots())
    )
    return PdfSealer(pool, pki, Appearance(settings.profile, seal.font, seal.no_room), policy)


def _trusted(settings: Settings) -> tuple[bytes, ...]:
    from sohoa.adapters.pdf.seal_keys import trusted_in

    return trusted_in(settings.config_dir / "trust")


def _pki(settings: Settings, trusted: tuple[bytes, ...], signing: WorkerPool) -> Pki:
    keys = settings.home / "keys"
    if settings.seal.key == "test":
        from sohoa.adapters.pdf.local_pki import LocalTestPki

        return LocalTestPki(keys / "test")
    from sohoa.adapters.pdf import seal_keys

    path = settings.config_dir / "seals.yaml"
    listed = entries(path, "seals", seal_keys.ENTRY_KEYS, seal_keys.REQUIRED_KEYS)
    sign = partial(signing.call, _SIGN, timeout_s=_SIGNING_SECONDS)
    return seal_keys.configured_pki(settings.seal.key, listed, path.parent, keys / "pins", trusted, sign)


def _list_files() -> ListWriter:
    from sohoa.adapters.list_files import ListWriter

    return ListWriter()


def _holding_files(pool: WorkerPool) -> HoldingFiles:
    from sohoa.adapters.holding_files import HoldingFiles

    return HoldingFiles(pool)


def _passwords() -> Argon2Passwords:
    from sohoa.adapters.passwords import Argon2Passwords

    return Argon2Passwords()


def _identity_provider(settings: Settings) -> OidcProvider:
    from sohoa.adapters.identity_provider import OidcProvider

    given = settings.oidc
    secret, back = given.secret("client_secret"), f"{settings.portal.address.rstrip('/')}/login/oidc/back"
    return OidcProvider(given.issuer, given.client_id, secret, back, given.ca_file)


def _second_factors() -> TotpCodes:
    from sohoa.adapters.second_factors import TotpCodes

    return TotpCodes()


def _viewer(settings: Settings, pool: WorkerPool) -> WorkerViewer:
    from sohoa.adapters.page_viewer import WorkerViewer

    return WorkerViewer(pool, settings.intake.max_page_pixels, settings.ocr.page_timeout_s)


class _OnUse:
    """Stands for an adapter and makes it at its first call: most commands load no vendor of pixels or PDF."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> object:
        return self._make()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made, name)


def _on_use(make: Callable[[], Adapter]) -> Adapter:
    return cast("Adapter", _OnUse(make))


def _agencies(settings: Settings) -> AgencyRegister:
    return read_agencies(settings.config_dir / "agencies.yaml")


def _types(settings: Settings) -> TypeTable:
    return load_types(load_yaml(settings.config_dir / "document_types.yaml"))


def _calibration(settings: Settings) -> Calibration:
    return load_calibration(load_yaml(settings.config_dir / _CALIBRATION))


def _marks() -> Marks:
    return load_marks(load_yaml(MARKS))


def _agency_words() -> AgencyWords:
    return load_agency_words(load_yaml(AGENCY_WORDS))


def _codes() -> PersonalCodes:
    return load_personal_codes(load_yaml(PERSONAL_CODES))


def _vocabularies(settings: Settings) -> Vocabularies:
    """Places, posts and words that readings are held against; a site without the file has none."""
    path = settings.config_dir / "vocabularies.yaml"
    return load_vocabularies(load_yaml(path), syllables()) if path.exists() else Vocabularies()


def _people(settings: Settings) -> Mapping[str, frozenset[str]]:
    """Roles by name; a site without the file has nobody who acts by name."""
    path = settings.config_dir / "people.yaml"
    return read_people(path) if path.exists() else {}


def _receivers(settings: Settings) -> Sequence[Receiver]:
    """Who gets snapshots; a site without the file delivers to nobody."""
    path = settings.config_dir / "deliveries.yaml"
    return read_deliveries(path) if path.exists() else ()


def _courier(settings: Settings, receiver: Receiver) -> Courier:
    from sohoa.adapters.config_files import deliveries as kinds
    from sohoa.adapters.deliveries import MailCourier, ShelfCourier, WebhookCourier

    clock, secret = SystemClock(), receiver.secret
    match receiver:
        case kinds.FolderReceiver():
            from sohoa.adapters.directory_store import DirectoryStore

            shelf = DirectoryStore(receiver.path.parent, settings.home / "work")
            return ShelfCourier(shelf, receiver.path.name)
        case kinds.S3Receiver():
            from sohoa.adapters.minio_store import MinioStore

            served = MinioStore(
                receiver.endpoint,
                secret("access_key"),
                secret("secret_key"),
                scratch=settings.home / "work",
                region=receiver.region,
                ca_file=receiver.ca_file,
            )
            return ShelfCourier(served, receiver.bucket, receiver.prefix)
        case kinds.HttpsReceiver():
            return WebhookCourier(receiver.url, partial(secret, "secret"), receiver.ca_file, clock.now)
        case kinds.EmailReceiver():
            return MailCourier(
                (receiver.host, receiver.port, receiver.security),
                (receiver.user, partial(secret, "password")) if receiver.user else None,
                receiver.sender,
                receiver.recipients,
                receiver.ca_file,
                clock.now,
            )
    raise Misconfigured(f"delivery {receiver.name}: no courier for {receiver.kind}")


def reader_of(services: Services, person: str = "") -> Reader:
    """Who asks: the person of ``config/people.yaml``, or the account that runs this process.

    Raises ``NotAllowed`` for a person who is not there.
    """
    if not person:
        return Reader(getpass.getuser())
    if person not in services.people:
        raise NotAllowed("person", f"{person!r} is not known")
    return Reader(person, by_name=True, roles=services.people[person])


def _policy(settings: Settings) -> Policy:
    shown = settings.shown()
    for place in ("home", "config_dir"):
        shown.pop(place)
    # How far readings are trusted decides as the settings do: what was described says by which values.
    shown["calibration"] = hashlib.sha256((settings.config_dir / _CALIBRATION).read_bytes()).hexdigest()
    night, store = settings.nightly, settings.store
    return Policy(
        profile=settings.profile,
        inbox=store.inbox_bucket,
        archive=store.archive_bucket,
        quarantine=store.quarantine_bucket,
        reports=store.reports_bucket,
        disposition=settings.secrecy.disposition,
        review_below=settings.review.below,
        attempts=night.attempts,
        nights=night.nights,
        batch_files=night.batch_files,
        batch_bytes=night.batch_bytes,
        min_free_bytes=night.min_free_bytes,
        night_seconds=night.hours * 3600,
        document_seconds=settings.ocr.document_timeout_s,
        target_low=settings.coverage.target_low,
        target_high=settings.coverage.target_high,
        boxes_per_metre=settings.coverage.boxes_per_metre,
        pages_per_metre=settings.coverage.pages_per_metre,
        settings_sha256=hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest(),
        tools={name: version(name) for name in _TOOLS},
        max_bytes=settings.intake.max_bytes,
        max_pages=settings.intake.max_pages,
        verify_inbox_bytes=settings.verify.inbox_bytes,
        verify_period_days=settings.verify.period_days,
        verify_night_records=settings.verify.night_records,
    )
