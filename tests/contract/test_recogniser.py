"""The recogniser over real worker processes: facts, text, findings, and how each bad file fails."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import img2pdf  # type: ignore[import-untyped]  # ships no types
import numpy as np
import pikepdf
import pytest
from fpdf import FPDF
from PIL import Image

from ocr.page import MarkKind, Source
from ocr.process.pool import WorkerPool
from ocr.read_page import ReadOptions
from ocr.source.files import Limits
from sohoa.adapters.recogniser import OcrRecogniser
from sohoa.domain.errors import DocumentFailed, Rejected, Unavailable
from sohoa.ports import FileFacts, Recogniser
from tests.support.drawn import PROSE, page, stamp

LIMITS = Limits(max_bytes=20_000_000, max_pages=3, max_page_pixels=30_000_000)


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(2, 3072) as pool:
        yield pool


@pytest.fixture(scope="module")
def recogniser(pool: WorkerPool) -> Recogniser:
    return OcrRecogniser(pool, limits=LIMITS, options=ReadOptions(max_page_pixels=LIMITS.max_page_pixels))


def saved(folder: Path, name: str, *pictures: Image.Image) -> Path:
    """The pictures as one file of the format that the name says, at 200 dpi."""
    path = folder / name
    more: dict[str, Any] = {"compression": "tiff_lzw"} if path.suffix == ".tif" else {}
    if len(pictures) > 1:
        more |= {"save_all": True, "append_images": pictures[1:]}
    pictures[0].save(path, dpi=(200, 200), resolution=200, **more)
    return path


@pytest.mark.parametrize("name", ["scan.pdf", "scan.tif", "scan.jpg", "scan.png"])
def test_every_format_is_read(recogniser: Recogniser, tmp_path: Path, name: str) -> None:
    """A page in each accepted format gives its text, size and resolution, whatever its name ends in."""
    path = saved(tmp_path, name, page()).rename(tmp_path / "scan.bin")
    facts = recogniser.inspect(path)
    reading = recogniser.read(path, facts)
    assert facts.pages == 1
    assert reading.pages[0].text.splitlines() == list(PROSE)
    assert (reading.pages[0].dpi, reading.pages[0].source) == (200, Source.OCR)
    assert reading.signatures == ()
    assert reading.findings == ()


@pytest.mark.parametrize("name", ["scan.pdf", "scan.tif"])
def test_pages_keep_their_order(recogniser: Recogniser, tmp_path: Path, name: str) -> None:
    """Pages read side by side come back in the file's order, a blank one in its place."""
    path = saved(tmp_path, name, page(("Trang thứ nhất của tài liệu này",)), page(()), page(PROSE))
    reading = recogniser.read(path, recogniser.inspect(path))
    assert [one.number for one in reading.pages] == [1, 2, 3]
    assert reading.pages[0].text == "Trang thứ nhất của tài liệu này"
    assert reading.pages[1].source is Source.BLANK
    assert [(finding.code, finding.page) for finding in reading.findings] == [("blank_page", 2)]


def test_pages_without_a_scan_are_known_before_they_are_read(recogniser: Recogniser, tmp_path: Path) -> None:
    """Of a scan, a typed page and an empty one only the typed page needs no recognition; the order stays."""
    path = saved(tmp_path, "mixed.pdf", page(PROSE))
    typed = FPDF()
    typed.add_page()
    typed.set_font("Helvetica")
    typed.cell(text="Typed words that nobody has to recognise")
    typed.add_page()
    with pikepdf.open(path, allow_overwriting_input=True) as mixed:
        with pikepdf.open(io.BytesIO(typed.output())) as other:
            mixed.pages.extend(other.pages)
        mixed.save(path)
    facts = recogniser.inspect(path)
    reading = recogniser.read(path, facts)
    assert (facts.pages, facts.born_digital) == (3, frozenset({2}))
    assert [one.number for one in reading.pages] == [1, 2, 3]
    assert reading.pages[0].source is Source.OCR
    assert "recognise" in reading.pages[1].text


def test_marks_are_apart_from_the_text(recogniser: Recogniser, tmp_path: Path) -> None:
    """A red secrecy stamp is a mark in the page's pixels; its words are not in the lines."""
    picture = page(PROSE, dpi=300)
    stamp(picture, "TỐI MẬT", 2, (30, 8), dpi=300, at_mm=(40, 150))
    path = tmp_path / "scan.png"
    picture.save(path, dpi=(300, 300))
    (read,) = recogniser.read(path, recogniser.inspect(path)).pages
    assert [(mark.kind, mark.text) for mark in read.marks] == [(MarkKind.SECRECY, "TỐI MẬT")]
    assert read.marks[0].box.middle == pytest.approx((669, 1843), abs=40)
    assert "MẬT" not in read.text


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_turned_scans_are_read_upright(recogniser: Recogniser, tmp_path: Path, turns: int) -> None:
    """A scan on its side or upside down gives its text, boxes in the file's own pixels, and a finding."""
    upright = page(PROSE * 4)
    path = saved(tmp_path, "scan.png", upright.rotate(90 * turns, expand=True))
    reading = recogniser.read(path, recogniser.inspect(path))
    assert reading.pages[0].text.splitlines()[:4] == list(PROSE)
    assert [finding.code for finding in reading.findings] == ["rotated"]
    box = reading.pages[0].lines[0].box
    assert box.right <= reading.pages[0].width_px
    assert box.bottom <= reading.pages[0].height_px


def test_poor_scans_have_findings(recogniser: Recogniser, tmp_path: Path) -> None:
    """A grey page of 150 dpi that is no A size is read, and each defect is named."""
    path = tmp_path / "scan.png"
    page(PROSE, dpi=150).convert("L").crop((0, 0, 1240, 1240)).save(path, dpi=(150, 150))
    reading = recogniser.read(path, recogniser.inspect(path))
    assert {finding.code for finding in reading.findings} == {"low_resolution", "not_colour", "page_size"}


def test_files_that_are_no_documents_are_rejected(recogniser: Recogniser, tmp_path: Path) -> None:
    """Empty, foreign, cut, too long and too large files are rejected, each with its reason."""
    whole = saved(tmp_path, "whole.png", page()).read_bytes()
    long = saved(tmp_path, "long.tif", *[page(())] * 4).read_bytes()
    wide = tmp_path / "wide.png"
    Image.new("1", (8000, 8000)).save(wide)
    contents = {
        "empty": b"",
        "not_a_document": b"PK\x03\x04 office",
        "broken": whole[: len(whole) // 2],
        "too_many_pages": long,
        "page_too_large": wide.read_bytes(),
        "too_large": b"%PDF-1.7" + b" " * LIMITS.max_bytes,
    }
    found = {}
    for wanted, content in contents.items():
        path = tmp_path / "object"
        path.write_bytes(content)
        with pytest.raises(Rejected) as caught:
            recogniser.inspect(path)
        found[wanted] = caught.value.code
    assert found == {code: code for code in contents}


def test_page_that_never_ends_is_unavailable(pool: WorkerPool, tmp_path: Path) -> None:
    """A page over its time limit is tried twice, then named with its cause; the pool goes on."""
    hasty = OcrRecogniser(pool, limits=LIMITS, options=ReadOptions(), page_timeout_s=0.05)
    path = saved(tmp_path, "scan.png", page(PROSE * 5))
    with pytest.raises(Unavailable, match=r"page 1 .*time limit"):
        hasty.read(path, FileFacts("png", "png", 1))


def test_a_document_has_so_much_time(pool: WorkerPool, recogniser: Recogniser, tmp_path: Path) -> None:
    """A file whose pages take longer than a document may fails for that reason, not page by page."""
    slow = OcrRecogniser(pool, limits=LIMITS, options=ReadOptions(), document_timeout_s=0)
    path = saved(tmp_path, "scan.png", Image.new("RGB", (300, 400), "white"))
    with pytest.raises(DocumentFailed) as caught:
        slow.read(path, recogniser.inspect(path))
    assert caught.value.code == "timeout"


def test_looking_into_a_long_file_needs_no_more_memory_than_into_a_short_one(tmp_path: Path) -> None:
    """Scans of 40 MB in all are looked at a few pages at a time: 20 MB more at most."""
    noise = np.random.default_rng(1).integers(0, 255, (700, 700, 3), dtype=np.uint8)
    jpeg = io.BytesIO()
    Image.fromarray(noise).save(jpeg, "JPEG", quality=95)
    for name, pages in (("short", 2), ("long", 40_000_000 // len(jpeg.getvalue()))):
        (tmp_path / f"{name}.pdf").write_bytes(img2pdf.convert([jpeg.getvalue()] * pages))
    with WorkerPool(1, 3072) as alone:
        peaks = []
        for name in ("short", "long"):
            alone.call("ocr.source.files:inspect", tmp_path / f"{name}.pdf", timeout_s=60)
            status = Path(f"/proc/{alone.call('os:getpid', timeout_s=20)}/status").read_text()
            peaks.append(int(status.partition("VmHWM:")[2].split()[0]))
    assert peaks[1] - peaks[0] < 20_000
