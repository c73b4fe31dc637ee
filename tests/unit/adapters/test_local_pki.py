"""The local test CA and its signers."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from sohoa.adapters.pdf.local_pki import ORGANISATION, LocalTestPki, _common_name
from sohoa.domain.errors import Misconfigured
from tests.support.sealing import AT

_ASK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from sohoa.adapters.pdf.local_pki import LocalTestPki
now = datetime.now(UTC)
sys.stdout.write(LocalTestPki(Path(sys.argv[1])).identity("Z99.01", "Cơ quan", now).certificate.hex())
"""


def test_files_are_private(tmp_path: Path) -> None:
    """Folder 0700, files 0600, and nothing temporary is left."""
    pki = LocalTestPki(tmp_path / "pki")
    pki.identity("Z99.01", "Cơ quan", AT)
    files = list((tmp_path / "pki").iterdir())
    assert stat.S_IMODE((tmp_path / "pki").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert len(files) == 2


@pytest.mark.parametrize(("name", "mode"), [(".", 0o755), (".", 0o710), ("ca.pem", 0o640), ("ca.pem", 0o604)])
def test_keys_that_others_can_open_are_named(tmp_path: Path, name: str, mode: int) -> None:
    """The folder or the file with its mode; of keys that are their owner's alone nothing is said."""
    pki = LocalTestPki(tmp_path / "pki")
    assert pki.exposed() == []
    pki.roots()
    assert pki.exposed() == []
    (tmp_path / "pki" / name).chmod(mode)
    assert pki.exposed() == [f"{tmp_path / 'pki' / name}: {mode:04o}"]


def test_an_agency_keeps_its_identity(tmp_path: Path) -> None:
    """The same agency and name get the same certificate again, another one another."""
    first, again = LocalTestPki(tmp_path), LocalTestPki(tmp_path)
    one = first.identity("Z99.01", "Cơ quan", AT)
    assert again.identity("Z99.01", "Cơ quan", AT) == one
    assert again.identity("Z99.02", "Cơ quan", AT) != one
    assert again.roots() == one.issuers


def test_certificates_say_that_they_are_for_tests(tmp_path: Path) -> None:
    """The common name is the agency's, the organisation says that it has no legal value."""
    subject = x509.load_der_x509_certificate(
        LocalTestPki(tmp_path).identity("Z99.01", "Cơ quan", AT).certificate
    ).subject
    assert [name.value for name in subject.get_attributes_for_oid(NameOID.COMMON_NAME)] == ["Cơ quan"]
    assert [name.value for name in subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)] == [
        ORGANISATION
    ]


def test_processes_that_start_at_once_agree(tmp_path: Path) -> None:
    """Several first uses at the same time give one CA and one signer."""
    command = [sys.executable, "-c", _ASK, str(tmp_path / "pki")]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    answers = {process.communicate()[0] for process in started}
    assert len(answers) == 1
    assert answers != {""}


def test_a_damaged_key_file_is_named(tmp_path: Path) -> None:
    """A broken file is an error that names it, never a silent new key."""
    LocalTestPki(tmp_path).roots()
    (tmp_path / "ca.pem").write_text("nonsense")
    with pytest.raises(Misconfigured, match=r"ca\.pem"):
        LocalTestPki(tmp_path).roots()


def test_the_key_is_not_shown(tmp_path: Path) -> None:
    """What may end up in a log holds no key, and nothing that signs with it."""
    identity = LocalTestPki(tmp_path).identity("Z99.01", "Cơ quan", AT)
    assert "sign" not in repr(identity)


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_common_names_fit(name: str) -> None:
    """Whatever the agency is called, its common name has 1 to 64 bytes and begins like the name."""
    common = _common_name(name.encode(errors="ignore").decode())
    assert 1 <= len(common.encode()) <= 64
