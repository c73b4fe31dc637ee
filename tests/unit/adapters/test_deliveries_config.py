"""``config/deliveries.yaml`` is read strictly: every fault names file, line and key, and no secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from sohoa.adapters.config_files import read_deliveries
from sohoa.domain.coverage.deliveries import Delivery, wait_after
from sohoa.domain.errors import Misconfigured
from tests.support.site import ROOT

_GOOD = """deliveries:
- name: bao-cao
  kind: https
  url: https://baocao.example/nhan?khoa=rieng
  secret_file: khoa.txt
  formats: [json, csv]
- name: kho
  kind: s3
  endpoint: https://kho.example:9000
  bucket: so-lieu
  prefix: so-hoa/
  access_key_env: KHO_ACCESS
  secret_key_env: KHO_SECRET
  formats: [json]
- name: chia-se
  kind: folder
  path: /mnt/chia-se
  formats: [xlsx]
- name: lanh-dao
  kind: email
  host: thu.example
  sender: so-hoa@tinh.example
  recipients: [a@tinh.example, b@tinh.example]
  formats: [html]
  language: en
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "deliveries.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_receivers_of_every_kind(tmp_path: Path) -> None:
    """Name, kind, place for people, formats and language; a key in an address is no part of the place."""
    found = [receiver.delivery for receiver in read_deliveries(written(tmp_path, _GOOD))]
    assert found == [
        Delivery("bao-cao", "https", "https://baocao.example/nhan", ("json", "csv"), "vi"),
        Delivery("kho", "s3", "https://kho.example:9000/so-lieu/so-hoa/", ("json",), "vi"),
        Delivery("chia-se", "folder", "/mnt/chia-se", ("xlsx",), "vi"),
        Delivery("lanh-dao", "email", "a@tinh.example, b@tinh.example", ("html",), "en"),
    ]


def test_the_sample_is_sound_and_its_examples_are_too(tmp_path: Path) -> None:
    """The file that comes with the program delivers to nobody; each example in it is sound."""
    path = ROOT / "config" / "deliveries.yaml"
    assert read_deliveries(path) == []
    lines = [line[1:] for line in path.read_text("utf-8").splitlines() if line.startswith("#  ")]
    examples = read_deliveries(written(tmp_path, "\n".join(["deliveries:", *lines])))
    assert [example.kind for example in examples] == ["https", "s3", "folder", "email"]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("kind: https", "kind: ftp", 3, "kind: must be one of folder, s3, https, email"),
        ("url: https", "url: http", 2, "url must be https"),
        ("url: https://", "url: https://ai:mat-khau@", 2, "without a name or password"),
        ("  secret_file: khoa.txt\n", "", 2, "give either secret_file or secret_env"),
        ("secret_file: khoa.txt", "secret: rieng-tu-7f3a", 5, "secret"),
        ("[json, csv]", "[json, docx]", 6, "no format: docx"),
        ("[json, csv]", "[]", 6, "formats"),
        ("[json, csv]", "[json, json]", 6, "stands twice"),
        ("name: kho", "name: bao-cao", 7, "bao-cao stands twice"),
        ("name: kho", "name: Kho Lưu", 7, "name"),
        ("https://kho.example", "http://kho.example", 7, "endpoint must be https"),
        ("prefix: so-hoa/", "prefix: /so-hoa", 11, "prefix"),
        ("host: thu.example", "hots: thu.example", 21, "hots"),
        ("a@tinh.example,", "không phải địa chỉ,", 23, "recipients"),
        ("language: en", "language: fr", 25, "language"),
        ("host: thu.example", "host: thu.example\n  password_file: x", 19, "a password needs user"),
        ("host: thu.example", "host: thu.example\n  security: none", 22, "security"),
        ("host: thu.example", "host: thu.example\n  port: '587'", 22, "port"),
    ],
)
def test_every_fault_has_its_line(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    """One thing is wrong: the error names its line and says what; the value of a secret is not repeated."""
    path = written(tmp_path, _GOOD.replace(old, new, 1))
    with pytest.raises(Misconfigured) as caught:
        read_deliveries(path)
    assert f"{path}:{line}: " in str(caught.value)
    assert said in str(caught.value)
    assert "rieng-tu-7f3a" not in str(caught.value)
    assert "mat-khau" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["deliveries: {}\n", "deliveries: []\nmore: 1\n", "a: 1\n", "deliveries:\n- x\n"]
)
def test_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    """Anything but one list of entries."""
    with pytest.raises(Misconfigured, match=r"deliveries\.yaml"):
        read_deliveries(written(tmp_path, text))


def test_secrets_are_read_when_they_are_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the file beside the configuration, or from the variable; one that is missing is named."""
    web, shelf, *_ = read_deliveries(written(tmp_path, _GOOD))
    with pytest.raises(Misconfigured, match="bao-cao: secret_file cannot be read"):
        web.secret("secret")
    (tmp_path / "khoa.txt").write_text("khoá\n", encoding="utf-8")
    assert web.secret("secret") == "khoá"
    with pytest.raises(Misconfigured, match="KHO_ACCESS holds no access_key"):
        shelf.secret("access_key")
    monkeypatch.setenv("KHO_ACCESS", "AK")
    assert shelf.secret("access_key") == "AK"


def test_waiting_grows_and_ends() -> None:
    """5 minutes, doubled each time, never more than 6 hours."""
    minutes = [wait_after(attempts).total_seconds() / 60 for attempts in (0, 1, 2, 3, 7, 8, 1000)]
    assert minutes == [5, 5, 10, 20, 320, 360, 360]
