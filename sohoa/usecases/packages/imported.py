"""What importing a package needs, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sohoa.domain.packages.received import PackageRefused
from sohoa.ports import Dossiers
from sohoa.usecases.pipeline.services import DocumentServices


class ImportServices(DocumentServices, Protocol):
    """The way of a scan, and the lists of hồ sơ."""

    @property
    def dossiers(self) -> Dossiers: ...


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one package: the record that it is, or the inbox keys of its documents.

    ``already``: all of it was here before. ``refused`` says why none of it was taken.
    """

    package: str
    record_id: str = ""
    keys: tuple[str, ...] = ()
    already: bool = False
    refused: PackageRefused | None = None
