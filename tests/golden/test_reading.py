"""What is read on real pages: floors below what was measured, so that a step backwards is seen."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from ocr.page import Gap, Page
from ocr.read_page import ReadOptions, read_page
from ocr.source import files
from tests.support.site import ABSENT, SHARED

_DATA, _TRANSCRIPTS = SHARED / "data", SHARED / "transcripts"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not SHARED.exists(), reason=ABSENT),
]


def _page(path: Path, number: int) -> Page:
    return read_page(path, files.inspect(path).kind, number, ReadOptions())[0]


def _words(text: str) -> Counter[str]:
    """Words as the reference scorer counts them: a space between a number and its slash is none."""
    flat = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))
    return Counter(re.sub(r"(?<=\d) (?=/)", "", flat).split())


def test_nearly_every_word_of_transcribed_pages_is_read_and_none_is_made_up() -> None:
    recalls, precisions = [], []
    for transcript in sorted(_TRANSCRIPTS.glob("*.json")):
        truth = json.loads(transcript.read_text(encoding="utf-8"))
        stem = transcript.stem.rsplit(".p", 1)[0]
        path = next(found for found in _DATA.rglob("*.pdf") if found.stem == stem)
        wanted, read = _words(truth["text"]), _words(_page(path, truth["page"]).text)
        common = sum((wanted & read).values())
        recalls.append(common / wanted.total())
        precisions.append(common / read.total())
    assert sum(recalls) / len(recalls) >= 0.98
    assert sum(precisions) / len(precisions) >= 0.98


def test_text_layers_in_old_encodings_are_understood() -> None:
    for path in sorted((_DATA / "vn-legacy-encodings").glob("*.pdf")):
        pages = range(1, files.inspect(path).pages + 1)
        read = _words("\n".join(_page(path, number).text for number in pages).casefold())
        wanted = _words(path.with_suffix(".truth.txt").read_text(encoding="utf-8").casefold())
        assert sum((wanted & read).values()) / wanted.total() >= 0.995, path.name


def test_handwritten_numbers_and_dates_are_read_in_nine_of_ten() -> None:
    right = asked = 0
    for truth_file in sorted((_DATA / "vn-quangngai").glob("*.gt.json")):
        truth = json.loads(truth_file.read_text(encoding="utf-8"))
        page = _page(truth_file.with_name(truth_file.name.replace(".gt.json", ".pdf")), 1)
        best = {digits.gap: digits.candidates[0][0].lstrip("0") for digits in page.digits}
        wanted = {
            Gap.NUMBER: truth["so"].lstrip("0"),
            Gap.DAY: truth["ngay_ban_hanh"][8:].lstrip("0"),
            Gap.MONTH: truth["ngay_ban_hanh"][5:7].lstrip("0"),
        }
        asked += len(best)
        right += sum(best[gap] == wanted[gap] for gap in best)
    assert asked >= 30
    assert right / asked >= 0.9
