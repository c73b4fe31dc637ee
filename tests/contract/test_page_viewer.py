"""Single pages of untrusted files, shown and cut out in worker processes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from ocr.page import Box
from ocr.process.pool import WorkerPool
from sohoa.adapters.page_viewer import WorkerViewer
from sohoa.domain.errors import Rejected, Unavailable
from sohoa.ports import PageViewer
from tests.support.site import SAMPLES

PDF = SAMPLES / "Z99.01/2026-01/qd-0047-2024.pdf"
TIFF = SAMPLES / "Z99.01/2026-01/kh-0212.tif"
two_pages = pytest.mark.parametrize(("path", "kind"), [(PDF, "pdf"), (TIFF, "tiff")])


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1, 2048) as opened:
        yield opened


@pytest.fixture(scope="module")
def viewer(pool: WorkerPool) -> PageViewer:
    return WorkerViewer(pool, 120_000_000, 60)


@two_pages
def test_a_place_on_any_page_is_shown(viewer: PageViewer, path: Path, kind: str) -> None:
    """The picture is a PNG somewhat larger than the box."""
    with Image.open(io.BytesIO(viewer.picture(path, kind, 2, Box(400, 400, 200, 60)))) as shown:
        assert shown.format == "PNG"
        assert 200 < shown.width <= 500
        assert 60 < shown.height <= 360


@two_pages
def test_pages_are_cut_out(viewer: PageViewer, path: Path, kind: str) -> None:
    """A PDF of just these pages, gone after the block; the file itself is as it was."""
    before = path.read_bytes()
    for first, last in ((1, 1), (2, 2), (1, 2)):
        with viewer.cut(path, kind, first, last) as part, pikepdf.open(part) as pdf:
            assert len(pdf.pages) == last - first + 1
        assert not part.exists()
    assert path.read_bytes() == before


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nnothing", b"\0" * 5000])
def test_a_file_that_is_no_document_is_rejected(viewer: PageViewer, tmp_path: Path, data: bytes) -> None:
    """What nobody can draw or take apart is the file's fault, and says so."""
    (tmp_path / "x.pdf").write_bytes(data)
    with pytest.raises(Rejected):
        viewer.picture(tmp_path / "x.pdf", "pdf", 1, None)
    with pytest.raises(Rejected), viewer.cut(tmp_path / "x.pdf", "pdf", 1, 1):
        pass


def test_a_page_that_takes_too_long_is_given_up(pool: WorkerPool) -> None:
    """A file that hangs a worker costs this picture only."""
    with pytest.raises(Unavailable, match="cannot be shown"):
        WorkerViewer(pool, 120_000_000, 0.0).picture(PDF, "pdf", 1, None)


def test_a_page_of_an_archive_copy_is_drawn_and_covered(viewer: PageViewer) -> None:
    """The whole page as PNG at the resolution asked for; hidden boxes are painted over, nothing else."""
    size, hidden = (1654, 2339), Box(200, 300, 400, 100)
    pictures = [
        Image.open(io.BytesIO(viewer.archived(PDF, 2, 100, size, boxes))).convert("RGB")
        for boxes in ((), [hidden])
    ]
    plain, covered = pictures
    assert plain.size == covered.size
    assert abs(plain.width - 827) < 4
    scale = plain.width / size[0]
    inside = round((hidden.x + 40) * scale), round((hidden.y + 50) * scale)
    assert covered.getpixel(inside) == (90, 90, 90)
    below = (0, round(600 * scale), plain.width, plain.height)
    assert plain.crop(below).tobytes() == covered.crop(below).tobytes()


def test_no_page_is_drawn_that_is_not_there(viewer: PageViewer) -> None:
    """A page beyond the last is a sentence, not a dead worker."""
    with pytest.raises(Rejected):
        viewer.archived(PDF, 99, 100, (100, 100), ())
