"""The receivers of ``config/deliveries.yaml``. Secrets stand in files or variables that entries name."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from sohoa.adapters.config_files.strict_yaml import load_yaml, read_text
from sohoa.domain.coverage.deliveries import MEDIA_TYPES, Delivery, Language
from sohoa.domain.errors import Misconfigured

_SECTION = "deliveries"
_Address = Annotated[str, Field(pattern=r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+$")]


class Receiver(BaseModel):
    """What every receiver has; ``place`` is where it is, for people."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")
    kind: str
    formats: list[str] = Field(min_length=1)
    language: Language = "vi"

    @field_validator("formats")
    @classmethod
    def _known(cls, value: list[str]) -> list[str]:
        if unknown := [name for name in value if name not in MEDIA_TYPES]:
            raise ValueError(f"no format: {', '.join(unknown)}; formats are {', '.join(MEDIA_TYPES)}")
        if len(set(value)) != len(value):
            raise ValueError("a format stands twice")
        return value

    @field_validator("*", mode="before")
    @classmethod
    def _files(cls, value: Any, info: ValidationInfo) -> Any:
        """Paths are as seen from the folder of the configuration."""
        named = str(info.field_name)
        if isinstance(value, str) and (named.endswith("_file") or named == "path"):
            return (info.context or Path()) / value
        return value

    @property
    def place(self) -> str:
        """Where it is."""
        raise NotImplementedError

    @property
    def delivery(self) -> Delivery:
        """What the use cases know of it."""
        return Delivery(self.name, self.kind, self.place, tuple(self.formats), self.language)

    def secret(self, name: str) -> str:
        """The secret of that name, read now; raises ``Misconfigured`` where it is not there."""
        path, variable = getattr(self, f"{name}_file"), getattr(self, f"{name}_env")
        try:
            found = path.read_text(encoding="utf-8").strip() if path else os.environ.get(variable, "")
        except (OSError, UnicodeDecodeError) as error:
            raise Misconfigured(f"delivery {self.name}: {name}_file cannot be read: {error}") from error
        if not found:
            raise Misconfigured(f"delivery {self.name}: {path or 'variable ' + variable} holds no {name}")
        return str(found)

    def _needs(self, *names: str) -> Self:
        for name in names:
            if bool(getattr(self, f"{name}_file")) == bool(getattr(self, f"{name}_env")):
                raise ValueError(f"give either {name}_file or {name}_env")
        return self


class FolderReceiver(Receiver):
    """A folder that is there already, such as a mounted share."""

    kind: Literal["folder"]
    path: Path

    @property
    def place(self) -> str:
        """Its path."""
        return str(self.path)


class S3Receiver(Receiver):
    """A prefix in a bucket that is there already."""

    kind: Literal["s3"]
    endpoint: str
    bucket: str = Field(min_length=3)
    prefix: str = Field("", pattern=r"^([^/]+/)*$")
    region: str = ""
    ca_file: Path | None = None
    access_key_file: Path | None = None
    access_key_env: str = ""
    secret_key_file: Path | None = None
    secret_key_env: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        address = urlsplit(self.endpoint)
        plain = address.scheme == "http" and _is_loopback(address.hostname or "")
        if not address.hostname or address.username or not (address.scheme == "https" or plain):
            raise ValueError("endpoint must be https://host:port without a name or password in it")
        return self._needs("access_key", "secret_key")

    @property
    def place(self) -> str:
        """Server, bucket and prefix."""
        return f"{self.endpoint.rstrip('/')}/{self.bucket}/{self.prefix}"


class HttpsReceiver(Receiver):
    """An endpoint that takes signed requests."""

    kind: Literal["https"]
    url: str
    ca_file: Path | None = None
    secret_file: Path | None = None
    secret_env: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        address = urlsplit(self.url)
        if address.scheme != "https" or not address.hostname or address.username or address.fragment:
            raise ValueError("url must be https://host/path without a name or password in it")
        return self._needs("secret")

    @property
    def place(self) -> str:
        """Its address without the query, which may hold a key."""
        return self.url.partition("?")[0]


class EmailReceiver(Receiver):
    """People, by a mail server that speaks TLS."""

    kind: Literal["email"]
    host: str = Field(min_length=1)
    port: int = Field(587, ge=1, le=65535)
    security: Literal["starttls", "tls"] = "starttls"
    sender: _Address
    recipients: list[_Address] = Field(min_length=1, max_length=100)
    user: str = ""
    ca_file: Path | None = None
    password_file: Path | None = None
    password_env: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.user:
            return self._needs("password")
        if self.password_file or self.password_env:
            raise ValueError("a password needs user")
        return self

    @property
    def place(self) -> str:
        """Who gets it."""
        return ", ".join(self.recipients)


_KINDS: Mapping[str, type[Receiver]] = {
    "folder": FolderReceiver,
    "s3": S3Receiver,
    "https": HttpsReceiver,
    "email": EmailReceiver,
}


def read_deliveries(path: Path) -> Sequence[Receiver]:
    """All receivers in the order of the file; raises ``Misconfigured`` naming file, line and key."""
    data = load_yaml(path)
    listed = data.get(_SECTION)
    if set(data) != {_SECTION} or not isinstance(listed, list):
        raise Misconfigured(f"{path}: must hold {_SECTION}, a list, and nothing else")
    nodes = _nodes(path)
    receivers = [_receiver(path, entry, node) for entry, node in zip(listed, nodes, strict=True)]
    names: set[str] = set()
    for receiver, node in zip(receivers, nodes, strict=True):
        if receiver.name in names:
            raise Misconfigured(f"{path}:{_line(node)}: name: {receiver.name} stands twice")
        names.add(receiver.name)
    return receivers


def _receiver(path: Path, entry: Any, node: yaml.Node) -> Receiver:
    if not isinstance(entry, dict):
        raise Misconfigured(f"{path}:{_line(node)}: must be a mapping, not {type(entry).__name__}")
    kind = _KINDS.get(str(entry.get("kind")))
    if kind is None:
        raise Misconfigured(f"{path}:{_line(node, 'kind')}: kind: must be one of {', '.join(_KINDS)}")
    try:
        return kind.model_validate(entry, context=path.parent)
    except ValidationError as error:
        faults = (
            f"{path}:{_line(node, *one['loc'][:1])}: {'.'.join(map(str, one['loc'])) or entry.get('name')}:"
            f" {one['msg'].removeprefix('Value error, ')}"
            for one in error.errors(include_input=False)
        )
        raise Misconfigured("; ".join(faults)) from None


def _nodes(path: Path) -> Sequence[yaml.Node]:
    """The entries as they stand in the file."""
    root: Any = yaml.compose(read_text(path), Loader=yaml.CSafeLoader)
    return list(root.value[0][1].value)


def _line(node: yaml.Node, key: Any = None) -> int:
    """The line of the entry, or of a key in it where it has that."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    found = next((name for name, _ in pairs if name.value == key), node)
    return int(found.start_mark.line) + 1


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
