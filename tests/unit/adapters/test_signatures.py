"""Signatures of originals are listed and judged, whatever state the file is in."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sohoa.adapters.pdf.byte_range import covers_whole_file
from sohoa.adapters.pdf.cms_reading import claimed_time
from sohoa.adapters.signatures import read_signatures
from sohoa.domain.archive.records import Integrity, OriginalSignature
from sohoa.domain.archive.signature_trust import Later, Revocation
from tests.support.scanmaker import as_pdf, digitally_signed

_SHARED = Path(__file__).parents[3].parent / "shared" / "data"
_NO_SHARED = "reference collection ../shared is absent"
_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=7)))


@pytest.fixture(scope="module")
def signed() -> bytes:
    return digitally_signed(as_pdf([Image.new("RGB", (400, 600), "white")], 200), "Cơ quan mẫu", _AT)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, signed: bytes) -> Path:
    path = tmp_path_factory.mktemp("damaged")
    (path / "whole.pdf").write_bytes(signed)
    return path


def _read(tmp_path: Path, data: bytes) -> list[OriginalSignature]:
    (tmp_path / "x.pdf").write_bytes(data)
    return read_signatures(tmp_path / "x.pdf")


def test_a_whole_signature_is_described(tmp_path: Path, signed: bytes) -> None:
    """Signer, claimed time with offset, digest, integrity and coverage are given."""
    found = _read(tmp_path, signed)
    assert [(s.signer, s.digest, s.integrity, s.covers_whole_file) for s in found] == [
        ("Cơ quan mẫu", "sha256", Integrity.VALID, True)
    ]
    assert datetime.fromisoformat(found[0].signing_time) == _AT


def test_a_change_makes_it_invalid(tmp_path: Path, signed: bytes) -> None:
    """One changed byte below the signature is seen."""
    changed = signed.replace(b"/Width 400", b"/Width 401")
    assert [s.integrity for s in _read(tmp_path, changed)] == [Integrity.INVALID]


def test_only_the_last_of_two_covers_the_file(tmp_path: Path, signed: bytes) -> None:
    """Bytes that were added later leave the signature whole, but not over the whole file."""
    found = _read(tmp_path, signed + b"\n% later\n")
    assert [(s.integrity, s.covers_whole_file) for s in found] == [(Integrity.VALID, False)]


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"\x89PNG", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<</Root 1 0 R>>"]
)
def test_what_cannot_be_parsed_has_none(tmp_path: Path, data: bytes) -> None:
    """Broken files and other formats give an empty list."""
    assert _read(tmp_path, data) == []


@settings(max_examples=30, deadline=None)
@given(cut=st.integers(0, 60_000), flip=st.integers(0, 60_000))
def test_damage_never_raises(folder: Path, cut: int, flip: int) -> None:
    """Truncated and changed files give a list, at worst an empty one."""
    whole = (folder / "whole.pdf").read_bytes()
    data = bytearray(whole[: max(1, len(whole) - cut)])
    data[flip % len(data)] ^= 0xFF
    assert isinstance(_read(folder, bytes(data)), list)


@given(st.integers(1, 10**6), st.integers(1, 20_000), st.integers(0, 10**6), st.integers(-3, 3))
def test_coverage_is_exact(before: int, contents: int, after: int, slip: int) -> None:
    """The whole file is covered if and only if nothing but the signature is left out."""
    resume = before + 2 * contents + 2
    assert covers_whole_file([0, before, resume, after], contents, resume + after + slip) == (slip == 0)
    assert covers_whole_file([0, before, resume + slip, after], contents, resume + slip + after) == (
        slip == 0
    )


def test_a_wall_clock_labelled_utc_gets_its_offset() -> None:
    """The attribute wins, with the offset of /M where both show the same wall clock."""
    utc, local = _AT.replace(tzinfo=UTC), _AT + timedelta(seconds=2)
    assert claimed_time(utc, local) == _AT
    assert claimed_time(_AT.astimezone(UTC), local) == _AT
    assert claimed_time(_AT, None) == claimed_time(None, _AT) == _AT
    assert claimed_time(None, None) is None


@pytest.mark.shared
@pytest.mark.skipif(not _SHARED.exists(), reason=_NO_SHARED)
def test_real_signatures_are_all_found() -> None:
    """Of every described file: the same signers, digests, integrity and coverage in the same order."""
    described = 0
    for truth in sorted(_SHARED.glob("vn-*/*.gt.json")):
        expected = json.loads(truth.read_text(encoding="utf-8")).get("digital_signatures")
        if expected is None:
            continue
        found = read_signatures(truth.with_name(truth.name.removesuffix(".gt.json") + ".pdf"))
        assert [(s.signer, s.digest.upper(), s.covers_whole_file) for s in found] == [
            (e["signer"], e["hash"].replace("-", ""), e["covers_whole_file"]) for e in expected
        ], truth.parent.name
        assert all(s.integrity is Integrity.VALID for s in found)
        described += len(found)
    assert described > 20


@pytest.mark.shared
@pytest.mark.skipif(not _SHARED.exists(), reason=_NO_SHARED)
def test_hostile_files_never_raise() -> None:
    """Every odd signed file of the collection gives a list."""
    for path in sorted(_SHARED.glob("sig-*/*.pdf")):
        assert isinstance(read_signatures(path), list)


@pytest.mark.shared
@pytest.mark.skipif(not _SHARED.exists(), reason=_NO_SHARED)
def test_what_follows_the_last_signature_is_noticed() -> None:
    """Pages, annotations, fields and bytes that nobody signed; strangers are never trusted, SHA-1 is weak."""
    seen = dict[str, int]()
    for path in sorted(_SHARED.glob("sig-*/*.pdf")):
        found = [signature for signature in read_signatures(path) if signature.trust]
        if not found:
            continue
        last = found[-1].trust
        assert last
        if not found[-1].covers_whole_file:
            assert last.later in (Later.CHANGED, Later.UNKNOWN), path.parent.name
            seen["changed"] = seen.get("changed", 0) + 1
        for trust in (signature.trust for signature in found if signature.trust):
            assert (trust.trusted, trust.revocation) == (False, Revocation.UNKNOWN)
            assert ("signature_weak" in trust.findings) == (trust.weak == "sha1")
            for said in (trust.later.value, trust.weak):
                seen[said] = seen.get(said, 0) + 1
    assert min(seen[name] for name in ("changed", "allowed", "nothing", "sha1")) > 0
