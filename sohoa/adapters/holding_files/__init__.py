"""Files of holdings registers: read in a worker process, as they come from outside; templates are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ocr.errors import WorkerFault
from ocr.process.pool import WorkerPool
from sohoa.domain.coverage.register_table import Sheet
from sohoa.domain.errors import InvalidRequest

MAX_BYTES = 64 * 1024 * 1024
_READ = "sohoa.adapters.holding_files.reading:read"
_TIMEOUT_S = 300.0


class HoldingFiles:
    """The ``HoldingFiles`` port; ``pool`` has the workers that may open what nobody vouches for."""

    def __init__(self, pool: WorkerPool) -> None:
        self._pool = pool

    def read(self, path: Path) -> Sequence[Sheet]:
        """The readings of the file's letters; see the port."""
        try:
            if path.stat().st_size > MAX_BYTES:
                raise InvalidRequest("table", f"{path}: tệp lớn hơn {MAX_BYTES // 2**20} MiB, hãy chia nhỏ")
            found: list[Sheet] | str = self._pool.call(_READ, path.resolve(), timeout_s=_TIMEOUT_S)
        except OSError as error:
            raise InvalidRequest("table", f"{path}: {error.strerror}") from error
        except WorkerFault as error:
            raise InvalidRequest(
                "table", f"{path}: không đọc được trong giới hạn bộ nhớ và thời gian, hãy chia nhỏ"
            ) from error
        if isinstance(found, str):
            raise InvalidRequest("table", f"{path}: {found}")
        return found

    def template(self, kind: str, agencies: Mapping[str, str]) -> bytes:
        """An empty register as ``csv`` or ``xlsx``; see the port."""
        from sohoa.adapters.holding_files import templates

        return templates.workbook(agencies) if kind == "xlsx" else templates.plain()

    def rest(self, rows: Sequence[Mapping[str, str]]) -> bytes:
        """Rows with their faults as CSV; see the port."""
        from sohoa.adapters.holding_files import templates

        return templates.table_of(rows)
