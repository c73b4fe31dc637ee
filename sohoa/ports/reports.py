"""Reports for people and other systems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol

from sohoa.domain.coverage.report import CoverageReport


class Reports(Protocol):
    """Renders reports and puts them where people and other systems take them."""

    def render(self, report: CoverageReport, kind: str, width: int = 80) -> bytes:
        """The report as ``json``, ``csv``, ``xlsx``, ``html``, ``pdf``, ``table`` or ``summary``.

        A ``summary`` is a few sentences, ``summary-en`` the same in English; ValueError for other kinds.

        ``width`` is how many characters a line of the table has room for.
        """
        ...

    def read(self, name: str) -> bytes | None:
        """The report of that plain file name, or None."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Put the report under that plain file name, atomically; an older one of the name is replaced."""
        ...


ListForm = Literal["csv", "xlsx", "docx"]


class ListFiles(Protocol):
    """Writes lists for people; no text of theirs becomes a formula or markup."""

    def pieces(
        self, form: ListForm, title: str, head: Sequence[str], rows: Iterable[Sequence[str]]
    ) -> Iterator[bytes]:
        """The file piece by piece; rows are read while it is written."""
        ...
