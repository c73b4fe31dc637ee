"""Keys in PKCS #12 files and on tokens, PAdES levels, and everything that keeps a copy from being sealed."""

from __future__ import annotations

import io
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pikepdf
import pytest
from asn1crypto.crl import CertificateList  # type: ignore[import-untyped]  # ships no types
from pyhanko.pdf_utils.generic import NumberObject, TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.validation.dss import DocumentSecurityStore

from ocr.process.pool import WorkerPool
from sohoa.adapters.pdf.signing import sign
from sohoa.adapters.sealer import PdfSealer
from sohoa.adapters.signatures import read_signatures
from sohoa.domain.archive.as_json import read_signature, stored_signature
from sohoa.ports import Sealed
from tests.support.authority import PASSPHRASE, PIN, Authority, authority, softhsm
from tests.support.sealing import tool
from tests.support.sealing_keys import Keys, completed, unsigned_copy
from tests.support.verapdf import not_pdfa

LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with authority(tmp_path_factory.mktemp("authority") / "ca") as running:
        yield running


@pytest.fixture(scope="module")
def tokens(made: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with softhsm(made, tmp_path_factory.mktemp("softhsm")) as folder:
        yield folder


@pytest.fixture(scope="module")
def signing(tokens: Path) -> Iterator[WorkerPool]:
    """The signing process, which finds the token."""
    with WorkerPool(1, 1024) as pool:
        yield pool


@pytest.fixture
def keys(made: Authority, signing: WorkerPool, tmp_path: Path) -> Iterator[Keys]:
    """Keys below a folder of the test's own; the authority behaves again afterwards."""
    yield Keys(made, tmp_path, signing)
    made.down.clear()
    made.tsa_answers, made.tsa_clock = None, timedelta()


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """The unsigned copy of a scan, made while there is no key."""
    copy = unsigned_copy(tmp_path_factory.mktemp("scan"))
    assert "has no key for Z99.01" in copy.unsealed
    return copy


@pytest.mark.parametrize("kind", ["pkcs12", "pkcs11"])
@pytest.mark.parametrize("name", ["signer", "elliptic"])
def test_every_key_seals_at_every_level(
    keys: Keys, waiting: Sealed, tmp_path: Path, kind: str, name: str
) -> None:
    """RSA and elliptic curve keys: PDF/A-2b at each level, our own check agrees on the level."""
    files = list[Path]()
    for level in LEVELS:
        sealer = keys.sealer(kind, name, level)
        sealed = completed(sealer, waiting)
        check = sealer.check(sealed.pdf)
        assert (sealed.unsealed, sealed.level, check.problem, check.level) == ("", level, "", level)
        assert check.record_id == "abcdefghijklmnop"
        files.append(tmp_path / f"{level}.pdf")
        files[-1].write_bytes(sealed.pdf)
    assert not_pdfa(files) == []
    for path in files[:2]:
        said = tool("pdfsig", path)
        assert "Signature is Valid" in said
        assert "Total document signed" in said


def test_the_printed_time_is_the_signing_time(keys: Keys, waiting: Sealed, tmp_path: Path) -> None:
    """What the block prints, what the signature says and what the record keeps are one time, in +07:00."""
    at = datetime(2026, 3, 5, 2, 7, 8, tzinfo=UTC)
    sealer = keys.sealer()
    sealed = completed(sealer, waiting, at)
    check = sealer.check(sealed.pdf)
    (tmp_path / "sealed.pdf").write_bytes(sealed.pdf)
    assert sealed.signing_time == check.signing_time == at
    with pikepdf.open(tmp_path / "sealed.pdf") as pdf:
        assert pdf.Root.AcroForm.Fields[0].V.M == "D:20260305090708+07'00'"


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (lambda made: made.down.add("tsa"), "gave no time-stamp"),
        (lambda made: setattr(made, "tsa_answers", b"rubbish"), "gave no time-stamp"),
        (lambda made: setattr(made, "tsa_answers", b"\x30\x03\x02\x01\x00"), "gave no time-stamp"),
        (lambda made: setattr(made, "tsa_clock", timedelta(minutes=6)), "the time-stamp says"),
        (lambda made: setattr(made, "tsa_clock", timedelta(days=-5 * 365)), "the time-stamp says"),
    ],
    ids=["down", "rubbish", "cut short", "6 minutes fast", "5 years slow"],
)
def test_a_tsa_that_misbehaves_leaves_the_copy_waiting(
    keys: Keys, waiting: Sealed, fault: object, told: str
) -> None:
    """Nothing is signed, the copy stays as it was, and the reason is told; later it is sealed."""
    assert callable(fault)
    fault(keys.made)
    sealer = keys.sealer(level="B-T")
    sealed = completed(sealer, waiting)
    assert (sealed.pdf, sealed.signer, sealed.level) == (waiting.pdf, "", "")
    assert told in sealed.unsealed
    keys.made.down.clear()
    keys.made.tsa_answers, keys.made.tsa_clock = None, timedelta()
    sealer = keys.sealer(level="B-T")
    assert completed(sealer, sealed).level == "B-T"


def test_a_recorded_answer_of_the_tsa_is_no_stamp(keys: Keys, waiting: Sealed) -> None:
    """A token of another request, with another nonce, is refused."""
    keys.made.record = True
    sealer = keys.sealer(level="B-T")
    assert completed(sealer, waiting).level == "B-T"
    keys.made.record, keys.made.tsa_answers = False, keys.made.recorded
    sealer = keys.sealer(level="B-T")
    assert "gave no time-stamp" in completed(sealer, waiting).unsealed


def test_a_silent_tsa_is_waited_for_once(keys: Keys, waiting: Sealed) -> None:
    """Of a batch one document waits for an answer; the next ones wait for their signature without asking."""
    sealer = keys.sealer(level="B-T")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        sealer._policy = replace(sealer._policy, tsa=f"http://127.0.0.1:{port}/")
        reasons = {completed(sealer, waiting).unsealed for _ in range(20)}
        silent.setblocking(False)  # one connection was made
        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):
            silent.accept()
    assert len(reasons) == 1
    assert "gave no time-stamp" in reasons.pop()


def _hanging(keys: Keys) -> PdfSealer:
    sealer = replace(keys, seconds=2.0).sealer()
    (keys.folder / "signer.p12").unlink()
    os.mkfifo(keys.folder / "signer.p12")
    return sealer


def _dead(keys: Keys) -> PdfSealer:
    pool = WorkerPool(1, 1024)
    pool.close()
    return replace(keys, signing=pool).sealer()


def _unwritable(keys: Keys) -> PdfSealer:
    (keys.folder / "pins").write_text("no folder", "ascii")
    with WorkerPool(1, 1024) as pool:  # no login is open in a new process
        sealer = replace(keys, signing=pool).sealer("pkcs11")
        assert "FileExistsError" in sealer.keys(datetime.now(UTC))[0].problem
    return sealer


@pytest.mark.parametrize("trouble", [_hanging, _dead, _unwritable])
def test_a_signing_process_in_trouble_leaves_the_copy_waiting(
    keys: Keys, waiting: Sealed, trouble: Callable[[Keys], PdfSealer]
) -> None:
    """One that hangs on its key, is dead, or cannot write is a key that is away, also to the list of keys."""
    sealer = trouble(keys)
    sealed = completed(sealer, waiting)
    assert (sealed.pdf, sealed.level) == (waiting.pdf, "")
    assert "the signing process gave no signature" in sealed.unsealed
    assert "the signing process gave no signature" in sealer.keys(datetime.now(UTC))[0].problem


@pytest.mark.parametrize("level", ["B-LT", "B-LTA"])
def test_a_tsa_of_strangers_leaves_the_copy_waiting(keys: Keys, waiting: Sealed, level: str) -> None:
    """Where the signer's certificate alone is trusted, the TSA's chain ends at no authority."""
    sealer = keys.sealer(level=level, roots=keys.signer_alone)
    sealed = completed(sealer, waiting)
    assert (sealed.pdf, sealed.level) == (waiting.pdf, "")
    assert "leads to no authority of config/trust" in sealed.unsealed


@pytest.mark.parametrize("level", ["B-LT", "B-LTA"])
def test_without_revocation_data_nothing_is_sealed(keys: Keys, waiting: Sealed, level: str) -> None:
    """Where OCSP and CRL are away the copy waits; it is never sealed at a lower level."""
    keys.made.down |= {"ocsp", "crls"}
    sealer = keys.sealer(level=level)
    sealed = completed(sealer, waiting)
    assert (sealed.pdf, sealed.level) == (waiting.pdf, "")
    assert "revocation data cannot be had" in sealed.unsealed


def test_without_revocation_data_b_t_seals_and_warns(keys: Keys, waiting: Sealed) -> None:
    """B-T needs none, but a person is told that revocation could not be found out."""
    keys.made.down |= {"ocsp", "crls"}
    sealer = keys.sealer(level="B-T")
    assert completed(sealer, waiting).level == "B-T"
    (state,) = sealer.keys(datetime.now(UTC))
    assert (state.problem, state.warning) == ("", "revocation data cannot be had")


@pytest.mark.parametrize("level", ["B-B", "B-LTA"])
@pytest.mark.parametrize(
    ("name", "key", "told"),
    [
        ("expired", "", "the certificate expired"),
        ("early", "", "is not valid before"),
        ("server", "", "not for signing documents"),
        ("ca", "", "not for signing documents"),
        ("revoked", "", "is revoked"),
        ("signer", "elliptic", "does not match the certificate"),
    ],
)
def test_a_certificate_that_must_not_sign_is_refused(
    keys: Keys, waiting: Sealed, level: str, name: str, key: str, told: str
) -> None:
    """With the reason, at every level, in what it seals and in the list of keys."""
    sealer = keys.sealer("pkcs12", name, level, key=key)
    assert told in completed(sealer, waiting).unsealed
    (state,) = sealer.keys(datetime.now(UTC))
    assert told in state.problem


def test_a_key_is_looked_at_again_after_an_hour(keys: Keys, waiting: Sealed) -> None:
    """Chain and revocation are asked for once an hour: what is revoked meanwhile seals no more."""
    sealer, now = keys.sealer(level="B-LT"), datetime.now(UTC)
    assert completed(sealer, waiting, now).unsealed == ""
    keys.made.down |= {"ocsp", "crls"}
    identity = sealer._pki.identity("Z99.01", "", now)
    assert sealer._fit.refusal(identity, now + timedelta(minutes=59)) == ""
    told = sealer._fit.refusal(identity, now + timedelta(minutes=61))
    assert told == "revocation data cannot be had"


def test_a_certificate_of_strangers_is_refused(keys: Keys, waiting: Sealed) -> None:
    """A chain that ends at no authority of ``config/trust`` seals nothing."""
    sealer = keys.sealer(roots=())
    assert "does not lead to an authority of config/trust" in completed(sealer, waiting).unsealed


def test_a_certificate_in_its_last_month_warns(keys: Keys, waiting: Sealed) -> None:
    """It seals, and a person is told how many days are left."""
    sealer = keys.sealer("pkcs12", "soon")
    assert completed(sealer, waiting).unsealed == ""
    (state,) = sealer.keys(datetime.now(UTC))
    assert state.problem == ""
    assert "ends in 9 days" in state.warning


def test_seals_outlive_their_certificate(keys: Keys, waiting: Sealed) -> None:
    """What was sealed while the certificate was valid stays valid when it has ended since."""
    then = datetime.now(UTC) - timedelta(days=100)
    sealer = keys.sealer("pkcs12", "expired")
    identity = sealer._pki.identity("Z99.01", "", then)
    check = sealer.check(sign(waiting.pdf, identity, then, None, sealer._policy))
    assert (check.valid, check.problem) == (True, "")


def test_a_token_that_is_taken_out_and_put_back(keys: Keys, waiting: Sealed, tokens: Path) -> None:
    """Without it copies wait; with it they are sealed again, in the same process and without a person."""
    away = tokens.with_name("away")
    sealer = keys.sealer("pkcs11")
    assert completed(sealer, waiting).unsealed == ""
    shutil.move(tokens, away)
    assert "is away" in completed(sealer, waiting).unsealed
    shutil.move(away, tokens)
    sealer._fit._troubles.clear()  # a minute later
    assert completed(sealer, waiting).unsealed == ""


def test_a_refused_pin_is_not_tried_again(keys: Keys, waiting: Sealed) -> None:
    """Neither by this process nor by the next one, until its file was written anew: tokens lock."""
    keys.entry("pkcs11", "signer")
    secret = keys.folder / "pkcs11.secret"
    secret.write_text("9999", "ascii")
    told = [keys.in_another_process(waiting) for _ in range(2)]
    assert "refused the PIN" in told[0]
    assert "not tried again" in told[1]
    secret.write_text(PIN, "ascii")
    assert keys.in_another_process(waiting) == ""


@pytest.mark.parametrize("kind", ["pkcs12", "pkcs11"])
def test_no_secret_is_in_what_is_told(keys: Keys, waiting: Sealed, kind: str) -> None:
    """Neither PIN nor passphrase is in a refusal, in the list of keys or in what crosses to the process."""
    keys.entry(kind, "signer")
    secret = keys.folder / f"{kind}.secret"
    secret.write_text("bí mật sai", "utf-8")
    sealer = keys.sealer(kind)
    told = [keys.in_another_process(waiting, kind), repr(sealer.keys(datetime.now(UTC)))]
    told.append(repr(sealer._pki.identities()))
    assert told[0] != ""
    assert all(word not in text for text in told for word in ("bí mật sai", PIN, PASSPHRASE))


def _appended(pdf: bytes) -> bytes:
    return pdf + b"\n% more\n"


def _retitled(pdf: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root["/Title"] = TextStringObject("Khác")
    writer.update_root()  # type: ignore[no-untyped-call]
    return _written(writer)


def _drawn_over(pdf: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    place = writer.root["/Pages"]["/Kids"].raw_get(0)
    place.get_object()["/Rotate"] = NumberObject(90)  # type: ignore[no-untyped-call]
    writer.mark_update(place)
    return _written(writer)


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    output = io.BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]
    return output.getvalue()


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("change", [_appended, _retitled, _drawn_over])
def test_what_is_added_after_the_seal_is_found(
    keys: Keys, waiting: Sealed, level: str, change: object
) -> None:
    """Beside validation data and time-stamps nothing may follow the signature."""
    assert callable(change)
    sealer = keys.sealer(level=level)
    sealed = completed(sealer, waiting)
    assert sealed.unsealed == ""
    assert not sealer.check(change(sealed.pdf)).valid


@pytest.mark.parametrize(
    ("level", "trusted", "revocation"),
    [("B-B", True, "unknown"), ("B-T", True, "unknown"), ("B-LT", True, "good"), ("B-LT", False, "unknown")],
)
def test_signatures_of_originals_are_judged(
    keys: Keys, waiting: Sealed, tmp_path: Path, level: str, trusted: bool, revocation: str
) -> None:
    """Chain to the authorities given, revocation by the data in the file, claimed and stamped time."""
    path = tmp_path / "signed.pdf"
    path.write_bytes(completed(keys.sealer(level=level), waiting).pdf)
    (found,) = read_signatures(path, keys.roots if trusted else ())
    assert found.trust
    assert (found.trust.trusted, found.trust.revocation) == (trusted, revocation)
    assert found.trust.later in ("nothing", "allowed")
    assert list(found.trust.findings) == []
    assert bool(found.trust.stamped_time) == (level != "B-B")
    assert read_signature(stored_signature(found)) == found


def test_a_revoked_signer_of_an_original_is_named(keys: Keys, waiting: Sealed, tmp_path: Path) -> None:
    """Where the file itself brings the list that revokes, the signature is never good."""
    sealer = keys.sealer("pkcs12", "revoked")
    identity = sealer._pki.identity("Z99.01", "", datetime.now(UTC))
    signed = sign(waiting.pdf, identity, datetime.now(UTC), None, sealer._policy)
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    crl = httpx.get(f"{keys.made.url}/sohoa/crls/ca/latest.crl").content
    DocumentSecurityStore.supply_dss_in_writer(writer, None, crls=[CertificateList.load(crl)])
    (tmp_path / "revoked.pdf").write_bytes(_written(writer))
    (found,) = read_signatures(tmp_path / "revoked.pdf", keys.roots)
    assert found.trust
    assert (found.trust.trusted, found.trust.revocation) == (False, "revoked")
    assert "signature_revoked" in found.trust.findings


@pytest.mark.parametrize("change", [_retitled, _drawn_over])
def test_what_was_done_to_an_original_after_signing_is_a_finding(
    keys: Keys, waiting: Sealed, tmp_path: Path, change: object
) -> None:
    """The signature stays whole, but a person is told that the signer has not seen all of the file."""
    assert callable(change)
    path = tmp_path / "changed.pdf"
    path.write_bytes(change(completed(keys.sealer(), waiting).pdf))
    (found,) = read_signatures(path, keys.roots)
    assert found.trust
    assert (found.integrity, found.covers_whole_file) == ("valid", False)
    assert list(found.trust.findings) == ["signature_changed_later"]
