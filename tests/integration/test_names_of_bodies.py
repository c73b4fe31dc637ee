"""Names of bodies and signers, and subjects of odd forms, read from pixels to fields: right or doubtful."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sohoa import wiring
from sohoa.domain.archive.records import Field
from sohoa.domain.vietnamese import normalise
from sohoa.settings import load_settings
from sohoa.usecases.pipeline.read import FileReader, read
from tests.support.scanmaker import (
    CLEAN,
    GOOD,
    WORN,
    Document,
    as_bilevel_pdf,
    as_born_digital,
    as_pdf,
    load_document,
    render_document,
)

_SURE = 0.9
_WHOLE = load_document("qd_47")
_PLAIN = replace(_WHOLE, handwritten=False, body=(*_WHOLE.body[:3], *_WHOLE.body[5:7], _WHOLE.body[-1]))


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    """A reader with the project's own settings."""
    with wiring.open_reader(load_settings()) as (opened, _):
        yield opened


def _fields(reader: FileReader, folder: Path, content: bytes) -> dict[str, Field]:
    path = folder / "scan.pdf"
    path.write_bytes(content)
    described = read(reader, path, "").described
    assert described is not None
    return dict(described.description.fields)


def _scan(paper: Document, dpi: int = 200) -> bytes:
    return as_pdf(render_document(paper, CLEAN if dpi > 200 else GOOD, dpi), dpi)


def _right_or_doubtful(field: Field | None, value: str) -> bool:
    return field is None or field.confidence < _SURE or normalise(field.value) == normalise(value)


@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize(
    ("parent", "organ", "names"),
    [
        (
            "PHÒNG GD&ĐT HUYỆN TRÀ GIANG",
            ("TRƯỜNG THCS NGÔ SĨ LIÊN",),
            ("Phòng GD&ĐT huyện Trà Giang", "Trường THCS Ngô Sĩ Liên"),
        ),
        ("SỞ Y TẾ SÔNG LAM", ("BỆNH VIỆN ĐA KHOA TỈNH",), ("Sở Y tế Sông Lam", "Bệnh viện Đa khoa tỉnh")),
        (
            "HUYỆN ĐOÀN TRÀ GIANG",
            ("BCH ĐOÀN TRƯỜNG", "THPT TÂN LẬP"),
            ("Huyện đoàn Trà Giang", "BCH Đoàn Trường THPT Tân Lập"),
        ),
        ("", ("CÔNG TY TNHH MTV", "GỐM SỨ MINH TÂM"), ("", "Công ty TNHH MTV Gốm sứ Minh Tâm")),
        (
            "UBND THÀNH PHỐ CẦN THƠ",
            ("TRƯỜNG ĐẠI HỌC", "KỸ THUẬT - CÔNG NGHỆ CẦN THƠ"),
            ("UBND thành phố Cần Thơ", "Trường Đại học Kỹ thuật - Công nghệ Cần Thơ"),
        ),
    ],
)
def test_bodies_in_capitals_have_their_case_or_are_doubtful(
    reader: FileReader, tmp_path: Path, parent: str, organ: tuple[str, ...], names: tuple[str, str], dpi: int
) -> None:
    """No list of schools is complete: what nobody vouches for waits for a person."""
    found = _fields(reader, tmp_path, _scan(replace(_PLAIN, parent=parent, organ=organ), dpi))
    assert found["organ_name"].value
    for field, name in zip(("parent_organ_name", "organ_name"), names, strict=True):
        assert _right_or_doubtful(found.get(field), name), (field, found.get(field))


@pytest.mark.parametrize(
    ("signer", "form"),
    [
        ("Sùng A Lềnh", "clean"),
        ("Vàng A Phử", "worn"),
        ("A Lăng Tưới", "bilevel"),
        ("Y Thuận Hà Niê Kđăm", "clean"),
        ("H'Liên Êban", "worn"),
        ("H'Liên Êban", "born"),
        ("Rơ Mah Giáp", "bilevel"),
        ("Công Huyền Tôn Nữ Bích Sa", "clean"),
        ("Lê Quý", "worn"),
        ("Đặng Bá Khoan", "bilevel"),
        ("Y Thuận Hà Niê Kđăm", "born"),
    ],
)
def test_signers_of_every_people_are_whole_or_doubtful(
    reader: FileReader, tmp_path: Path, signer: str, form: str
) -> None:
    """A word less is as wrong as a wrong one; what is sharp is found."""
    paper = replace(_PLAIN, signer=signer)
    made = {
        "clean": lambda: _scan(paper, 300),
        "worn": lambda: as_pdf(render_document(paper, WORN, 200), 200),
        "bilevel": lambda: as_bilevel_pdf(render_document(paper, GOOD, 200), 200),
        "born": lambda: as_born_digital(paper),
    }
    found = _fields(reader, tmp_path, made[form]()).get("signer_name")
    assert _right_or_doubtful(found, signer), found
    if form in ("clean", "born"):
        assert found is not None
        assert found.value == signer


@pytest.mark.parametrize(
    ("heading", "subject", "value"),
    [
        (
            "QUYẾT ĐỊNH CỦA UBND TỈNH SÔNG LAM",
            ("Về việc thành lập Trạm giống cây trồng",),
            "Về việc thành lập Trạm giống cây trồng",
        ),
        (
            "QUYẾT ĐỊNH",
            ("Về việc kiểm tra công trình gồm: hồ chứa nước;", "kênh, mương; trạm bơm trên địa bàn tỉnh"),
            "Về việc kiểm tra công trình gồm: hồ chứa nước; kênh, mương; trạm bơm trên địa bàn tỉnh",
        ),
        (
            "QUYẾT ĐỊNH",
            ("Ban hành Kế hoạch hành động của tỉnh", "thực hiện Nghị quyết của Chính phủ về chuyển đổi số"),
            "Ban hành Kế hoạch hành động của tỉnh thực hiện Nghị quyết của Chính phủ về chuyển đổi số",
        ),
    ],
)
def test_subjects_are_whole_and_hold_nothing_else(
    reader: FileReader, tmp_path: Path, heading: str, subject: tuple[str, ...], value: str
) -> None:
    paper = replace(_PLAIN, type_heading=heading, subject=subject)
    found = _fields(reader, tmp_path, _scan(paper))["subject"]
    assert found.value == value
