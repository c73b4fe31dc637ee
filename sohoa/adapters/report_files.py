"""Reports as files of one folder, replaced atomically: a reader sees the old or the new one, whole."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from sohoa.domain.coverage.report import CoverageReport
from sohoa.domain.errors import Misconfigured, NoSpace, Unavailable

_FIGURES = ".prom"
"""How names of figures for node_exporter end, the only ones that it reads."""


class ReportFiles:
    """Writes into ``folder``, which is made when the first report is written.

    Figures for monitoring are for any account, as they say nothing of records; ``figures`` is their folder
    where it is another.
    """

    def __init__(
        self,
        folder: Path,
        render: Callable[[CoverageReport, str, int], bytes],
        figures: Path | None = None,
    ) -> None:
        self._folder, self._figures = folder, figures or folder
        self._render = render

    def render(self, report: CoverageReport, kind: str, width: int = 80) -> bytes:
        """The report in that format; a table in lines of ``width`` characters."""
        return self._render(report, kind, width)

    def read(self, name: str) -> bytes | None:
        """The report, or None; raises ``Unavailable`` or ``Misconfigured``."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Unavailable(f"report {name} cannot be read: {error.strerror}") from error

    def write(self, name: str, data: bytes) -> None:
        """Put the report there; raises ``NoSpace``, ``Unavailable``, or ``Misconfigured`` for a bad name."""
        target = self._path(name)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, data)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise NoSpace(f"no room for report {name}: {error.strerror}") from error
            raise Unavailable(f"report {name} cannot be written: {error.strerror}") from error

    def _path(self, name: str) -> Path:
        if not name or name.startswith(".") or Path(name).name != name:
            raise Misconfigured(f"report name {name!r} is not a plain file name")
        return (self._figures if name.endswith(_FIGURES) else self._folder) / name


def _replace(target: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            # Readable for the group: figures hold no record's content and others fetch them.
            os.fchmod(file.fileno(), 0o644 if target.suffix == _FIGURES else 0o640)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
