"""Small inputs that people reported as trouble: each gives what is right, or says that it does not know."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.support.site import ABSENT, SHARED, Site

_SURE = 0.9
_DECIDED = {"code_number": "345", "code_notation": "QĐ-UBND", "issued_date": "2021-06-18"}


@dataclass(frozen=True)
class Case:
    """What is right of one file.

    ``fields`` are right or below the confidence that counts as certain; ``found`` are right, whatever the
    confidence. ``words`` stand in the text, ``once`` once only; ``reason`` is among the reasons.
    """

    outcome: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    found: dict[str, str] = field(default_factory=dict)
    words: str = ""
    once: str = ""
    reason: str = ""
    pages: int = 0
    documents: int = 0


_SECRET = Case(outcome="quarantined")
CASES = {
    "court-judgment-date.pdf": Case(fields={"issued_date": "2020-06-12", "code_number": "15"}),
    "date-with-slashes.pdf": Case(
        found={"code_number": "79", "code_notation": "QĐ-UBND", "issued_date": "2019-01-15"}
    ),
    "dpi-claim-1200.jpg": Case(words="QUYẾT ĐỊNH"),
    "fax-204x98.tif": Case(found={"code_number": "345"}, fields=_DECIDED),
    "foreign-layer-twice.pdf": Case(fields=_DECIDED, found=_DECIDED, once="Độc lập - Tự do - Hạnh phúc"),
    "foreign-layer-wrong-digits.pdf": Case(fields=_DECIDED, reason="text_layer_differs"),
    "form-number-date.pdf": Case(found=_DECIDED),
    "form-only.pdf": Case(words="2023"),
    "freetext-number-date.pdf": Case(found=_DECIDED),
    "jpeg-that-stops-the-night.jpg": Case(outcome="needs_review"),
    "negative-image-secret.pdf": _SECRET,
    "no-date-line.pdf": Case(
        found={"code_number": "12", "code_notation": "QĐ-UBND"}, reason="missing_issued_date"
    ),
    "number-letter-01a.pdf": Case(fields={"code_number": "01a"}, words="01a/2019/QĐ-UBND"),
    "number-letter-125A.pdf": Case(fields={"code_number": "125A"}),
    "number-letter-15b.pdf": Case(fields={"code_number": "15b"}),
    "number-luat-so.pdf": Case(found={"code_number": "33", "code_notation": "2024/QH15"}),
    "number-old-qd-ub.pdf": Case(found={"code_number": "435", "code_notation": "QĐ/UB"}, words="435 QĐ/UB"),
    "organ-thcs.pdf": Case(
        fields={"organ_name": "Trường THCS Nguyễn Du", "parent_organ_name": "Phòng GD&ĐT huyện Thanh Hà"}
    ),
    "parent-so-song-lam.pdf": Case(fields={"parent_organ_name": "Sở Y tế Sông Lam"}),
    "permit-type.pdf": Case(found={"type_name": "Giấy phép"}),
    "pixels-as-points-600.pdf": Case(words="QUYẾT ĐỊNH"),
    "portfolio-cover.pdf": Case(reason="attachments"),
    "second-document-upside-down.pdf": Case(documents=2, found={"code_number": "21"}),
    "secret-dpi-claim.jpg": _SECRET,
    "secret-freetext.pdf": _SECRET,
    "secret-image-stamp.pdf": _SECRET,
    "signer-cong-tang.pdf": Case(fields={"signer": "Công Tằng Tôn Nữ Thị Ninh"}),
    "signer-giang-a-pao.pdf": Case(fields={"signer": "Giàng A Páo"}),
    "tiff-thumbnail.tif": Case(pages=1),
    "two-up-a3.pdf": Case(
        found={
            **_DECIDED,
            "type_name": "Quyết định",
            "subject": "Về việc phê duyệt kế hoạch số hóa tài liệu lưu trữ năm 2024",
            "signer_name": "Nguyễn Văn Bình",
        },
        words="Nguyễn Văn Bình\n1. Các đơn vị",
    ),
    "upside-down-first-page.pdf": Case(found={"type_name": "Quyết định", "code_number": "345"}),
    "userunit-72.pdf": Case(words="QUYẾT ĐỊNH"),
}


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason=ABSENT)
@pytest.mark.parametrize("name", sorted(CASES))
def test_a_reported_case_is_read_right_or_doubted(name: str, tmp_path: Path) -> None:
    """Right where it must be found, right or doubtful elsewhere, never wrong and sure; secrets are kept."""
    case = CASES[name]
    answer = json.loads(Site(tmp_path).run("read", SHARED / "cases" / name, "--json"))
    fields: dict[str, Any] = answer["fields"]
    wrong = [
        (key, fields[key]["value"], fields[key]["confidence"])
        for key, value in case.fields.items()
        if key in fields and fields[key]["value"] != value and fields[key]["confidence"] >= _SURE
    ]
    missed = [key for key, value in case.found.items() if fields.get(key, {}).get("value") != value]
    text = "\n".join(page["text"] for page in answer["pages"])
    assert not wrong
    assert not missed, {key: fields.get(key) for key in missed}
    assert case.words in text
    assert not case.once or text.count(case.once) == 1
    assert case.outcome in ("", answer["outcome"])
    assert case.reason in ("", *(reason["code"] for reason in answer["reasons"]))
    assert case.pages in (0, len(answer["pages"]))
    assert case.documents in (0, len(answer["documents"]))
