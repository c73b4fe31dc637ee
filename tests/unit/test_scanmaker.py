"""The scan maker and the sample inbox it wrote."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from ocr.page import Zone
from sohoa.domain.inbox.states import State
from sohoa.domain.reasons import REASONS
from tests.support import scanmaker
from tests.support.scanmaker.document import PARTY_MOTTO

SAMPLES = Path(__file__).parents[2] / "samples"


def _files(part: str) -> set[str]:
    root = SAMPLES / part
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def _truths() -> list[dict[str, Any]]:
    paths = sorted((SAMPLES / "truth").rglob("*.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def test_pages_are_deterministic() -> None:
    """The same document, ageing and seed give the same bytes; another seed gives others."""
    document = scanmaker.load_document("qd_1126_hand")
    first, again, other = (
        scanmaker.as_pdf(scanmaker.render_document(document, scanmaker.WORN, 72, seed), 72)
        for seed in (5, 5, 6)
    )
    assert first == again
    assert first != other


@pytest.mark.parametrize(("month_by_pen", "written"), [(False, ["17"]), (True, ["17", "5"])])
def test_day_and_month_may_be_written_by_pen(month_by_pen: bool, written: list[str]) -> None:
    """Between the printed words of the date; everything else of the line is print."""
    document = replace(scanmaker.load_document("qd_1126_hand"), month_by_pen=month_by_pen)
    document = replace(document, issued=date(2024, 5, 17))
    dated = next(line for line in scanmaker.sheets_of(document)[0].lines if line.zone is Zone.HEAD_RIGHT
                 and any(piece.text == "tháng" for piece in line.pieces))  # fmt: skip
    assert [piece.text for piece in dated.pieces if piece.pen] == written


def test_born_digital_signed_and_encrypted_files_are_deterministic() -> None:
    """Neither clock nor random id gets into a PDF: made twice, it has the same bytes."""
    document = scanmaker.load_document("bb_encrypted")
    moment = datetime(2024, 4, 12, 9, 30, tzinfo=UTC)

    def made() -> list[bytes]:
        plain = scanmaker.as_born_digital(document)
        signed = scanmaker.digitally_signed(plain, document.organ_name, moment)
        return [plain, signed, scanmaker.encrypted(plain, "x")]

    assert made() == made()


def test_party_paper() -> None:
    """A paper of the Party has its own motto, and a hyphen between number and notation."""
    party = replace(
        scanmaker.load_document("qd_47"),
        motto=PARTY_MOTTO,
        number="12",
        notation="TB/TU",
        parent="ĐẢNG BỘ\nTỈNH",
    )
    lines = scanmaker.text_of(party)[0].splitlines()
    assert "Số 12-TB/TU" in lines
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in lines
    assert lines[:2] == ["ĐẢNG BỘ", "TỈNH"]


def test_bilevel_pages() -> None:
    """Pages in black and white hold one bit a dot."""
    pages = scanmaker.render_document(scanmaker.load_document("qd_47"), dpi=72)
    with pikepdf.open(io.BytesIO(scanmaker.as_bilevel_pdf(pages, 72))) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        assert image.BitsPerComponent == 1


def test_every_inbox_file_has_its_truth_and_the_other_way_round() -> None:
    """Inbox and truth hold the same names, which are those of the catalogue."""
    inbox = _files("inbox")
    assert {f"{name}.json" for name in inbox} == _files("truth")
    assert inbox == {sample.key for sample in scanmaker.samples()}


def test_truth_files_are_those_of_the_catalogue() -> None:
    """The stored truth is what the catalogue says today."""
    by_key = {truth["key"]: truth for truth in _truths()}
    assert by_key == {sample.key: sample.truth() for sample in scanmaker.samples()}


def test_truth_uses_the_projects_states_and_reasons() -> None:
    """Every state and every reason code in a truth file exists."""
    for truth in _truths():
        assert truth["state"] in truth["states"]
        assert {State(state) for state in truth["states"]}
        assert truth["reason"] in {"", *REASONS}


def test_canary_is_nowhere_but_in_the_secret_sample() -> None:
    """No other document, and no truth text, holds the secret sample's invented words."""
    every = scanmaker.samples()
    secret = [sample for sample in every if State.QUARANTINED in sample.states]
    assert len(secret) == 1
    assert secret[0].document is not None
    others = [s.document for s in every if s.document and s is not secret[0]]
    elsewhere = "\n".join("\n".join(scanmaker.text_of(document)) for document in others)
    for words in secret[0].document.canary:
        assert words in "\n".join(scanmaker.text_of(secret[0].document))
        assert words not in elsewhere


def test_text_of_a_page_is_in_reading_order() -> None:
    """Agency and number come before the motto, place and date; the signer's name is last."""
    text = scanmaker.text_of(scanmaker.load_document("tb_21"))[0].splitlines()
    assert text[:3] == ["UBND TỈNH SÔNG LAM", "SỞ NỘI VỤ", "Số: 21/TB-SNV"]
    assert text[5] == "Sông Lam, ngày 18 tháng 3 năm 2025"
    assert text[-1] == "Lê Thị Diệu Mai"


def test_blocks_of_several_signers_stand_side_by_side() -> None:
    """Who leads signs on the right, or on the left if told so; recipients stand below (mẫu 1.9)."""
    document = replace(
        scanmaker.load_document("qd_47"), co_signers=(("THƯ KÝ", "Lục Văn Khoan"),), authority=("CHỦ TỌA",)
    )
    places = {}
    for leads_left in (False, True):
        sheet = scanmaker.sheets_of(replace(document, leads_left=leads_left))[-1]
        places[leads_left] = {signature.signer: signature.x for signature in sheet.signatures}
        listed = next(line for line in sheet.lines if line.text == "Nơi nhận:")
        assert listed.pieces[0].y > max(signature.y for signature in sheet.signatures)
    assert places[False][document.signer] > places[False]["Lục Văn Khoan"]
    assert places[True][document.signer] < places[True]["Lục Văn Khoan"]


def test_a_draft_has_neither_number_nor_day() -> None:
    """A draft prints the notation and the year with blanks before them."""
    document = scanmaker.load_document("qd_draft")
    head = scanmaker.text_of(document)[0].splitlines()
    assert "Số: /QĐ-SNV" in head
    assert "Sông Lam, ngày tháng năm 2025" in head
    assert not {"code_number", "issued_date"} & set(document.fields())


def test_unknown_keys_of_a_document_are_refused() -> None:
    """A misspelt key is named, not ignored."""
    with pytest.raises(KeyError, match="numbr"):
        scanmaker.document_from({"numbr": "1"})
