"""Every file of the reference collection that can be opened becomes PDF/A-2b, or says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ocr.errors import Unreadable
from ocr.page import Source
from ocr.source.files import inspect
from sohoa.domain.errors import Rejected
from tests.support.sealing import read_page, seal, sealing
from tests.support.verapdf import not_pdfa

_DATA = Path(__file__).parents[2].parent / "shared" / "data"
_FOLDERS = ("vn-quangngai", "vn-university", "vn-vietocr", "img-pillow", "pdf-qpdf", "sig-pyhanko")


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.skipif(not _DATA.exists(), reason="reference collection ../shared is absent")
@pytest.mark.parametrize("folder", _FOLDERS)
def test_every_sealed_copy_is_pdfa(folder: str, tmp_path: Path) -> None:
    """All copies of a folder pass veraPDF after signing, and our own check."""
    copies = []
    with sealing(tmp_path) as sealer:
        for index, path in enumerate(sorted((_DATA / folder).iterdir())):
            try:
                facts = inspect(path)
                pages = [
                    read_page("chữ", number=number, source=Source.OCR) for number in range(1, facts.pages + 1)
                ]
                sealed = seal(sealer, path, pages, kind=str(facts.kind))
            except (Unreadable, Rejected, IsADirectoryError):
                continue
            assert sealer.check(sealed.pdf).valid, index
            copies.append(tmp_path / f"{index}.pdf")
            copies[-1].write_bytes(sealed.pdf)
    assert copies
    assert not_pdfa(copies) == []
