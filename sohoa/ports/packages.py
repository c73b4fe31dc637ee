"""Where packages are written for another system."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sohoa.domain.packages.package import DossierPackage, RecordBag

Fetch = Callable[[str, str], AbstractContextManager[Path]]
"""A file of a record as a local one, by record id and path below the record's folder."""


class PackageWriter(Protocol):
    """Packages in a place of their own; one that was begun and not ended is never taken for whole."""

    def holds(self, folder: str) -> bool:
        """Whether the package of that name is there, whole."""
        ...

    def write_dossier(self, package: DossierPackage, fetch: Fetch) -> None:
        """Write an AIP_hoso; raises ``Corrupt`` for a file that is not what its manifest says."""
        ...

    def write_bag(self, bag: RecordBag, fetch: Fetch) -> None:
        """Write a bag; raises ``Corrupt`` for a file that is not what its manifest says."""
        ...
