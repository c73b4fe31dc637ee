"""Programs that are not ours agree with our own check of seals: veraPDF, pdfsig and EU DSS."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from ocr.process.pool import WorkerPool
from sohoa.domain.errors import Unavailable
from sohoa.ports import Sealed
from tests.support.authority import Authority, authority
from tests.support.dss import Verdict, published, verdicts
from tests.support.sealing_keys import Keys, completed, unsigned_copy
from tests.support.verapdf import not_pdfa

_FORMATS = {"B-B": "B", "B-T": "T", "B-LT": "LT", "B-LTA": "LTA"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with authority(tmp_path_factory.mktemp("authority") / "ca") as running:
        yield running


@pytest.fixture(scope="module")
def keys(made: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keys]:
    with WorkerPool(1, 1024) as signing:
        yield Keys(made, tmp_path_factory.mktemp("keys"), signing)


def _turned(pdf: bytes) -> bytes:
    """The file with its page turned by a revision behind the seal."""
    writer, output = IncrementalPdfFileWriter(io.BytesIO(pdf)), io.BytesIO()
    place = writer.root["/Pages"]["/Kids"].raw_get(0)
    place.get_object()["/Rotate"] = NumberObject(90)  # type: ignore[no-untyped-call]
    writer.mark_update(place)
    writer.write(output)  # type: ignore[no-untyped-call]
    return output.getvalue()


def _renewed(keys: Keys, copy: Sealed, level: str) -> bytes:
    """A copy at that level whose time-stamp ends soon, with a further one."""
    short = keys.sealer(level=level, tsa=keys.made.tsa_that_ends)
    sealed = completed(short, copy)
    assert sealed.until is not None
    with pytest.raises(Unavailable, match="ends no later"):
        short.renew(sealed.pdf)
    stamped, check = keys.sealer(level=level).renew(sealed.pdf)
    assert (check.valid, check.level, stamped.startswith(sealed.pdf)) == (True, "B-LTA", True)
    assert check.until is not None
    assert check.until > sealed.until
    return stamped


def test_a_second_validator_passes_every_level(keys: Keys, tmp_path: Path) -> None:
    """EU DSS: total passed, the level asked for, a whole revision signed, nothing else behind it.

    Renewed seals, too: signature and bytes of before stay, and all of them are PDF/A-2b.
    """
    copy, files = unsigned_copy(tmp_path), list[Path]()
    for level in _FORMATS:
        files.append(tmp_path / f"{level}.pdf")
        files[-1].write_bytes(completed(keys.sealer(level=level), copy).pdf)
    for level in ("B-LT", "B-LTA"):
        files.append(tmp_path / f"renewed-{level}.pdf")
        files[-1].write_bytes(_renewed(keys, copy, level))
    assert not_pdfa(files) == []
    files.append(tmp_path / "turned.pdf")
    files[-1].write_bytes(_turned(files[1].read_bytes()))
    *told, turned = verdicts(published(keys.made, tmp_path / "trust"), files)
    assert told == [
        Verdict("TOTAL_PASSED", "-", f"PAdES-BASELINE-{name}", "whole", "unchanged")
        for name in (*_FORMATS.values(), "LTA", "LTA")
    ]
    assert turned.later == "changed"
