"""Port ``Sealer``: what every sealer promises."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ocr.process.pool import WorkerPool
from sohoa.adapters.sealer import PdfSealer
from sohoa.domain.errors import Misconfigured, Rejected
from sohoa.ports import Sealed
from tests.support.scanmaker import GOOD, as_pdf, load_document, render_document
from tests.support.sealing import ORGAN, read_page, seal, sealer_with_test_key, sealing, tool
from tests.support.verapdf import not_pdfa


@pytest.fixture(scope="module")
def sealer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PdfSealer]:
    with sealing(tmp_path_factory.mktemp("home")) as ready:
        yield ready


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    path.write_bytes(as_pdf(render_document(load_document("qd_47"), GOOD)[:1], 200))
    return path


@pytest.fixture(scope="module")
def sealed(sealer: PdfSealer, scan: Path) -> Sealed:
    return seal(sealer, scan, [read_page("Quyết định thử nghiệm")])


def test_result_is_pdfa_after_signing(sealed: Sealed, tmp_path: Path) -> None:
    """veraPDF takes the signed copy for PDF/A-2b."""
    (tmp_path / "sealed.pdf").write_bytes(sealed.pdf)
    assert not_pdfa([tmp_path / "sealed.pdf"]) == []


def test_an_independent_validator_takes_the_signature(sealed: Sealed, tmp_path: Path) -> None:
    """pdfsig finds one PAdES signature with SHA-256 over the whole file, made at the given time."""
    (tmp_path / "sealed.pdf").write_bytes(sealed.pdf)
    said = tool("pdfsig", tmp_path / "sealed.pdf")
    assert said.count("Signature #") == 1
    for expected in (
        "Signature is Valid",
        "Total document signed",
        "ETSI.CAdES.detached",
        "SHA-256",
        f"Common Name: {ORGAN}",
    ):
        assert expected in said


def test_own_check_takes_it(sealer: PdfSealer, sealed: Sealed) -> None:
    """The sealer validates its own copy and names the signer; the test key is marked."""
    check = sealer.check(sealed.pdf)
    assert (check.valid, check.problem, check.signer) == (True, "", ORGAN)
    assert sealed.test_key
    assert sealed.signer == ORGAN


def test_original_is_not_touched(sealer: PdfSealer, scan: Path) -> None:
    """The input has the same bytes after sealing."""
    before = hashlib.sha256(scan.read_bytes()).digest()
    seal(sealer, scan, [read_page("một hai")])
    assert hashlib.sha256(scan.read_bytes()).digest() == before


def test_sealing_again_gives_the_same_content(sealer: PdfSealer, scan: Path, sealed: Sealed) -> None:
    """The same input and time give the same bytes up to the signature."""
    again = seal(sealer, scan, [read_page("Quyết định thử nghiệm")]).pdf
    unsigned = sealed.pdf.index(b"%%EOF")
    assert again[:unsigned] == sealed.pdf[:unsigned]


@pytest.mark.parametrize("position", [0.01, 0.3, 0.6])
def test_a_changed_byte_is_found(sealer: PdfSealer, sealed: Sealed, position: float) -> None:
    """A copy of which one byte differs is not valid."""
    changed = bytearray(sealed.pdf)
    changed[int(len(changed) * position)] ^= 1
    assert not sealer.check(bytes(changed)).valid


@pytest.mark.parametrize(
    ("tail", "cut"), [(b"\n", None), (b"%%EOF\n", None), (b"", -1), (b"", 5000)], ids=str
)
def test_added_or_missing_bytes_are_found(
    sealer: PdfSealer, sealed: Sealed, tail: bytes, cut: int | None
) -> None:
    """The signature must cover the whole file."""
    assert not sealer.check(sealed.pdf[:cut] + tail).valid


def test_a_foreign_key_is_not_trusted(sealed: Sealed, sealer: PdfSealer, tmp_path: Path) -> None:
    """A whole signature by another CA of the same name is not valid."""
    with sealing(tmp_path) as other:
        check = other.check(sealed.pdf)
    assert not check.valid
    assert "trusted" in check.problem


def test_a_file_without_signature_is_not_valid(sealer: PdfSealer, scan: Path) -> None:
    """An unsigned file, an empty one and one that is no PDF are named, without an exception."""
    assert [sealer.check(data).valid for data in (scan.read_bytes(), b"", b"no pdf")] == [False] * 3


def test_a_hopeless_file_is_rejected(sealer: PdfSealer, tmp_path: Path) -> None:
    """What no library can draw is the file's fault."""
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 nothing else")
    with pytest.raises(Rejected) as caught:
        seal(sealer, tmp_path / "x.pdf", [read_page("x")])
    assert caught.value.code == "broken"


def test_wrong_settings_are_named(tmp_path: Path, scan: Path) -> None:
    """An unknown profile and a missing font are errors of the settings."""
    with WorkerPool(1, 1024) as pool:
        with pytest.raises(Misconfigured, match="profile"):
            sealer_with_test_key(pool, tmp_path, profile="unknown")
        fontless = sealer_with_test_key(pool, tmp_path, font=tmp_path / "none.ttf")
        with pytest.raises(Misconfigured, match="font"):
            seal(fontless, scan, [read_page("x")])
