"""Secrecy marks in names are noticed, common words are not."""

import unicodedata

import pytest

from sohoa.domain.protection.secret_names import says_secret


@pytest.mark.parametrize(
    "name",
    [
        "MAT.pdf",
        "Mật.pdf",
        "12-BC-MAT.pdf",
        "BC_2021_MAT_03.pdf",
        "Báo cáo Mật quý I.pdf",
        "BÁO CÁO MẬT.pdf",
        "12-TOI-MAT.tif",
        "toi_mat_5.pdf",
        "Tối mật - 12.pdf",
        "tuyet mat.pdf",
        "TUYET-MAT-KH-2020.pdf",
        "ToiMat.pdf",
        "cong-van-mat-12.pdf",
        "ho so mat 2019.pdf",
        "Bao cao MAT quy 1.pdf",
        "Z01.04/TÀI LIỆU MẬT/12.pdf",
        "Z01.04/2020/cv-mat.pages/_complete",
    ],
)
def test_a_mark_in_a_name_is_noticed(name: str) -> None:
    """In whatever spelling, composed or not, in the file's name or a folder's."""
    assert says_secret(name)
    assert says_secret(unicodedata.normalize("NFD", name))


@pytest.mark.parametrize(
    "name",
    [
        "mat-do-dan-so.pdf",
        "Mật độ xây dựng.pdf",
        "quy-che-bao-mat.pdf",
        "QUY-CHE-BAO-MAT.pdf",
        "Bảo mật thông tin.pdf",
        "bao-ve-bi-mat-nha-nuoc.pdf",
        "BI-MAT-NHA-NUOC.pdf",
        "Luật Bảo vệ bí mật nhà nước.pdf",
        "mat-ong-rung.pdf",
        "doi mat khau.pdf",
        "giai-phong-mat-bang.pdf",
        "Mặt trận Tổ quốc.pdf",
        "MAT-TRAN-TO-QUOC.pdf",
        "don-bao-mat-giay-to.pdf",
        "DE NGHI CAP LAI SO DO BI MAT.pdf",
        "Giấy xác nhận mất sổ.pdf",
        "benh-vien-mat.pdf",
        "tien-mat-ton-quy.pdf",
        "format.pdf",
        "FORMAT A4.pdf",
        "Matt-letter.pdf",
        "sua-chua-mat-duong-tinh-12.pdf",
        "Z01.04/giai-mat/12.pdf",
        "độ mật.pdf",
        "",
    ],
)
def test_common_words_in_a_name_are_no_mark(name: str) -> None:
    assert not says_secret(name)
