"""Settings: ``config/sohoa.yaml`` and ``SOHOA_<SECTION>__<KEY>`` variables become one frozen object.

Unknown keys are errors that name the key. Secrets are ``SecretStr``: masked wherever they are shown.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from sohoa.domain.errors import Misconfigured
from sohoa.domain.protection.rights import RIGHTS

_NOT_SETTINGS = ("SOHOA_HOME", "SOHOA_CONFIG", "SOHOA_LANG", "SOHOA_TEST_")


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _unset(cls, value: Any, info: ValidationInfo) -> Any:
        """An empty variable names no file."""
        return None if value == "" and str(info.field_name).endswith("_file") else value

    def secret(self, name: str) -> str:
        """The secret of that key, or what the file named by ``<key>_file`` holds; empty when neither is set.

        Raises ``Misconfigured`` when the file cannot be read.
        """
        path = getattr(self, f"{name}_file")
        if path is None:
            return str(getattr(self, name).get_secret_value())
        try:
            return str(path.read_text(encoding="utf-8").strip())
        except (OSError, UnicodeDecodeError) as error:
            raise Misconfigured(f"{name}_file {path} cannot be read: {error}") from error


def named_in(text: str) -> frozenset[str]:
    """The words that a text names with commas in between."""
    return frozenset(filter(None, map(str.strip, text.split(","))))


class StoreSettings(_Section):
    """Object store: where inbox and archive live; ``endpoint`` is the URL of an S3 server.

    For ``lock_days`` the server refuses to remove what is archived (compliance mode); 0 for no lock.
    """

    kind: Literal["directory", "s3"] = "directory"
    inbox_bucket: str = "inbox"
    archive_bucket: str = "archive"
    quarantine_bucket: str = "quarantine"
    reports_bucket: str = "reports"
    lock_days: int = Field(0, ge=0)
    endpoint: str = ""
    region: str = ""
    access_key: SecretStr = SecretStr("")
    access_key_file: Path | None = None
    secret_key: SecretStr = SecretStr("")
    secret_key_file: Path | None = None
    ca_file: Path | None = None

    @model_validator(mode="after")
    def _complete(self) -> StoreSettings:
        if self.kind == "s3" and not self.endpoint.startswith(("http://", "https://")):
            raise ValueError("kind s3 needs endpoint, the server's URL (https://host:port)")
        if self.kind == "directory" and self.endpoint:
            raise ValueError("endpoint belongs to kind s3")
        if self.kind == "directory" and self.lock_days:
            raise ValueError("a directory cannot lock objects: lock_days needs kind s3")
        return self


class LedgerSettings(_Section):
    """Ledger database; ``url`` as SQLAlchemy writes it, without the password."""

    kind: Literal["sqlite", "postgresql"] = "sqlite"
    url: str = ""
    password: SecretStr = SecretStr("")
    password_file: Path | None = None

    @model_validator(mode="after")
    def _complete(self) -> LedgerSettings:
        if (self.kind == "postgresql") != self.url.startswith("postgresql+psycopg://"):
            raise ValueError(
                "kind postgresql, and it alone, needs url: postgresql+psycopg://user@host/database"
            )
        return self


class IndexSettings(_Section):
    """Search index; ``name`` is the alias that serves, ``url`` the address of Elasticsearch."""

    kind: Literal["sqlite", "elasticsearch"] = "sqlite"
    url: str = ""
    name: str = Field("records", pattern=r"^[a-z][a-z0-9-]{0,60}$")
    user: str = ""
    password: SecretStr = SecretStr("")
    password_file: Path | None = None
    ca_file: Path | None = None

    @model_validator(mode="after")
    def _complete(self) -> IndexSettings:
        if (self.kind == "elasticsearch") != self.url.startswith(("http://", "https://")):
            raise ValueError("kind elasticsearch, and it alone, needs url: https://host:port")
        return self


class IntakeSettings(_Section):
    """Limits on untrusted files: bytes, pages, pixels of one page."""

    max_bytes: int = Field(524_288_000, gt=0)
    max_pages: int = Field(2_000, gt=0)
    max_page_pixels: int = Field(120_000_000, gt=0)


class OcrSettings(_Section):
    """Recognition: engine, language, worker processes (0: one per core) and their limits."""

    engine: Literal["tesserocr", "pytesseract"] = "tesserocr"
    language: str = "vie"
    workers: int = Field(0, ge=0)
    page_timeout_s: int = Field(120, gt=0)
    document_timeout_s: int = Field(7_200, gt=0)
    worker_memory_mb: int = Field(3072, ge=512)


class SecrecySettings(_Section):
    """What happens to the file of a secret object; its text is never kept, whatever is set here."""

    disposition: Literal["hold", "move", "delete"] = "hold"


class ReviewSettings(_Section):
    """A required field with a confidence below this needs a person."""

    below: float = Field(0.9, ge=0, le=1)


class SealSettings(_Section):
    """Signing key, PAdES level, visible block, and what to do where page 1 has no free corner.

    Keys other than the test key are named in ``config/seals.yaml``. ``tsa`` is the URL of the time-stamping
    authority (RFC 3161); a time-stamp further than ``tolerance_s`` seconds from the printed time is no seal.
    A time-stamp of a lasting seal that ends within ``renew_days`` is renewed.
    """

    key: Literal["test", "pkcs12", "pkcs11"] = "test"
    level: Literal["B-B", "B-T", "B-LT", "B-LTA"] = "B-B"
    tsa: str = ""
    tolerance_s: int = Field(300, gt=0)
    no_room: Literal["strip", "invisible"] = "strip"
    font: Path = Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf")
    renew_days: int = Field(180, gt=0)

    @property
    def renew_within(self) -> timedelta:
        """A time-stamp that ends within it is renewed."""
        return timedelta(days=self.renew_days)

    @model_validator(mode="after")
    def _complete(self) -> SealSettings:
        if (self.level != "B-B") != self.tsa.startswith(("http://", "https://")):
            raise ValueError("level B-T, B-LT or B-LTA, and it alone, needs tsa: https://host/path")
        if self.key == "test" and self.level in ("B-LT", "B-LTA"):
            raise ValueError("the test authority publishes no revocation data: level B-LT needs another key")
        return self


class NightlySettings(_Section):
    """Batches, attempts of one night, nights that a failure is tried again, hours of a night, room needed."""

    batch_files: int = Field(50, gt=0)
    batch_bytes: int = Field(209_715_200, gt=0)
    attempts: int = Field(3, gt=0)
    nights: int = Field(5, gt=0)
    hours: float = Field(11, gt=0)
    min_free_bytes: int = Field(1_073_741_824, ge=0)


class VerifySettings(_Section):
    """How much is checked: bytes of the inbox by each `sohoa verify`, another share every day, and records.

    Every record is checked within ``period_days``, at most ``night_records`` of them a night.
    """

    inbox_bytes: int = Field(1_073_741_824, ge=0)
    period_days: int = Field(30, gt=0)
    night_records: int = Field(20_000, gt=0)


class PackageSettings(_Section):
    """Limits on one package that is imported: bytes and files unpacked, and times its own size."""

    max_bytes: int = Field(21_474_836_480, gt=0)
    max_files: int = Field(100_000, gt=0)
    max_ratio: int = Field(100, gt=0)


class CoverageSettings(_Section):
    """Target band of the headline ratio (Nghị quyết of the province: 70-100 %), boxes on a metre of shelf."""

    target_low: float = 0.7
    target_high: float = 1.0
    boxes_per_metre: int = Field(8, gt=0, le=100)
    pages_per_metre: int = Field(10_000, gt=0, le=20_000)


class MetricsSettings(_Section):
    """The folder that node_exporter's textfile collector reads; empty: figures stay with the reports."""

    folder: str = Field("", pattern=r"^(/.*)?$")


class PortalSettings(_Section):
    """Where the portal listens. ``cookie`` auto: cookies go over TLS alone unless it listens on loopback.

    ``secure``: people reach it over TLS although it listens on loopback, behind a proxy. ``address`` is where
    people find it, for links from elsewhere. Who has one of ``second_factor_roles`` needs a second factor.
    """

    host: str = Field("127.0.0.1", min_length=1)
    port: int = Field(8081, ge=1, le=65535)
    cookie: Literal["auto", "secure"] = "auto"
    second_factor_roles: str = ""
    address: str = Field("http://127.0.0.1:8081/", pattern=r"^https?://[^\s]+$")

    @field_validator("second_factor_roles")
    @classmethod
    def _known_roles(cls, value: str) -> str:
        if unknown := [role for role in sorted(named_in(value)) if role not in RIGHTS]:
            raise ValueError(f"no role: {', '.join(unknown)}; roles are {', '.join(sorted(RIGHTS))}")
        return value


class OidcSettings(_Section):
    """The sign-in service of the province (OpenID Connect); none without ``issuer``, its URL.

    ``label`` is what its button says; at these ``strong_levels`` (``acr``) it asked for a second factor.
    ``ca_file`` holds the authorities of its certificate where the system does not know them.
    """

    issuer: str = Field("", pattern=r"^(https://[^\s]+|http://(127\.0\.0\.1|localhost)(:\d+)?(/[^\s]*)?)?$")
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    client_secret_file: Path | None = None
    ca_file: Path | None = None
    label: str = Field("Cổng đăng nhập chung của tỉnh", min_length=1, max_length=60)
    strong_levels: str = ""

    @model_validator(mode="after")
    def _complete(self) -> OidcSettings:
        if bool(self.issuer) != bool(self.client_id):
            raise ValueError("issuer and client_id belong together")
        return self


class Settings(_Section):
    """All settings in force; ``home`` and ``config_dir`` are absolute."""

    home: Path
    config_dir: Path
    profile: Literal["tt05-archive", "nd30-copy", "tthc"] = "tt05-archive"
    store: StoreSettings = StoreSettings()
    ledger: LedgerSettings = LedgerSettings()
    index: IndexSettings = IndexSettings()
    intake: IntakeSettings = IntakeSettings()
    ocr: OcrSettings = OcrSettings()
    secrecy: SecrecySettings = SecrecySettings()
    review: ReviewSettings = ReviewSettings()
    seal: SealSettings = SealSettings()
    nightly: NightlySettings = NightlySettings()
    verify: VerifySettings = VerifySettings()
    packages: PackageSettings = PackageSettings()
    coverage: CoverageSettings = CoverageSettings()
    metrics: MetricsSettings = MetricsSettings()
    portal: PortalSettings = PortalSettings()
    oidc: OidcSettings = OidcSettings()

    def shown(self) -> dict[str, Any]:
        """The effective settings as plain data with secrets masked."""
        return self.model_dump(mode="json")


def _config_file(environ: Mapping[str, str]) -> Path:
    given = environ.get("SOHOA_CONFIG")
    path = Path(given) if given else Path(__file__).resolve().parents[1] / "config" / "sohoa.yaml"
    if not path.is_file():
        raise Misconfigured(f"settings file {path} not found: set SOHOA_CONFIG to the path of sohoa.yaml")
    return path.resolve()


def _home(environ: Mapping[str, str], config: Path) -> Path:
    given = environ.get("SOHOA_HOME")
    if not given:
        return config.parent.parent / "var"
    if not Path(given).is_absolute():
        raise Misconfigured(f"SOHOA_HOME must be an absolute path, not {given!r}")
    return Path(given)


def home_folder(environ: Mapping[str, str] | None = None) -> Path:
    """Where state lives: ``SOHOA_HOME``, else ``var/`` beside the configuration; raises ``Misconfigured``."""
    environ = os.environ if environ is None else environ
    return _home(environ, _config_file(environ))


def _overrides(environ: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """``SOHOA_OCR__WORKERS=1`` becomes {"ocr": {"workers": "1"}}; anything else named SOHOA_ is an error."""
    found: dict[str, dict[str, str]] = {}
    for name, value in environ.items():
        if not name.startswith("SOHOA_") or name.startswith(_NOT_SETTINGS):
            continue
        section, separator, key = name.removeprefix("SOHOA_").lower().partition("__")
        if not separator:
            raise Misconfigured(f"unknown variable {name}: settings are SOHOA_<SECTION>__<KEY>")
        found.setdefault(section, {})[key] = value
    return found


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the configuration in use; raises ``Misconfigured`` naming file, key and what is wrong."""
    environ = os.environ if environ is None else environ
    config = _config_file(environ)
    try:
        data = yaml.load(config.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
    except (yaml.YAMLError, OSError) as error:
        raise Misconfigured(f"{config} cannot be read: {error}") from error
    if not isinstance(data, dict):
        raise Misconfigured(f"{config} must hold sections, not {type(data).__name__}")
    for section, values in _overrides(environ).items():
        data[section] = {**(data.get(section) or {}), **values}
    try:
        return Settings.model_validate({**data, "home": _home(environ, config), "config_dir": config.parent})
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise Misconfigured(f"{config} or SOHOA_ variables: {faults}") from error
