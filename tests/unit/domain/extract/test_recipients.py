"""To whom a paper goes: the addressees of ``Kính gửi`` and the list under ``Nơi nhận``."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.page import Line, Page, Zone
from sohoa.domain.extract.recipients import recipients_field
from tests.support.calibration import CALIBRATION
from tests.support.pages import line, page

_LIST = ("Nơi nhận:", "- Như trên;", "- Sở Nội vụ (b/c);", "- Lưu: VT, KGVX.")


def _value(*pages: Page) -> str:
    found = recipients_field(pages, CALIBRATION.recipients)
    return found.value if found else ""


def _letter(*lines: Line, foot: tuple[str, ...] = _LIST) -> Page:
    """A letter with these lines after its head, and its first paragraph below them."""
    text = line("Thực hiện Kế hoạch thông tin cơ sở, Sở đề nghị các đơn vị", Zone.BODY, 700, x=280)
    below = page(foot_left=foot)
    return replace(below, lines=(*lines, text, *below.lines))


def _at(text: str, y: int, x: int) -> Line:
    return line(text, Zone.BODY, y, x=x)


def test_the_list_is_taken_without_its_dashes() -> None:
    """Every addressee as printed, in reading order, down to what is kept."""
    assert _value(page(foot_left=_LIST)) == "Như trên; Sở Nội vụ (b/c); Lưu: VT, KGVX"


@pytest.mark.parametrize("label", ["Mới nhận:", "NOI NHAN", "nhận:", "ời nhận:", "Nơi nhân :", "Nơinhận:"])
def test_a_label_that_was_misread_opens_the_list(label: str) -> None:
    """Letters of the label may be lost or taken for others."""
    assert _value(page(foot_left=(label, *_LIST[1:]))) == "Như trên; Sở Nội vụ (b/c); Lưu: VT, KGVX"


def test_an_addressee_of_two_lines_is_one() -> None:
    """A line without a dash goes on where the one above has not ended."""
    foot = ("Nơi nhận:", "- Ủy ban Mặt trận Tổ quốc", "tỉnh (báo cáo);", "Như Điều 2;", "- Lưu: VT.")
    assert _value(page(foot_left=foot)) == "Ủy ban Mặt trận Tổ quốc tỉnh (báo cáo); Như Điều 2; Lưu: VT"


def test_the_list_ends_with_what_is_kept() -> None:
    """What stands below, as the ink of a seal, is no addressee."""
    foot = (*_LIST, "AT ỦY BA", "- Phòng B")
    assert _value(page(foot_left=foot)) == "Như trên; Sở Nội vụ (b/c); Lưu: VT, KGVX"


def test_an_archive_may_be_an_addressee() -> None:
    """``Lưu trữ`` names an office; only ``Lưu:`` ends the list."""
    foot = ("Nơi nhận:", "- Lưu trữ lịch sử tỉnh;", "- Lưu: VT.")
    assert _value(page(foot_left=foot)) == "Lưu trữ lịch sử tỉnh; Lưu: VT"


def test_the_first_addressee_may_stand_on_the_line_of_the_label() -> None:
    """As on papers set close."""
    assert _value(page(foot_left=("Nơi nhận: - Như Điều 3;", "- Lưu: VT."))) == "Như Điều 3; Lưu: VT"


def test_a_page_without_zones_has_its_list_on_the_left() -> None:
    """The signature beside the list does not belong to it."""
    rows = [_at(text, 1500 + 40 * row, 200) for row, text in enumerate(_LIST)]
    beside = _at("CHỦ TỊCH", 1540, 1100)
    read = replace(page(), lines=(rows[0], beside, *rows[1:]))
    assert _value(read) == "Như trên; Sở Nội vụ (b/c); Lưu: VT, KGVX"


def test_the_list_of_a_certified_copy_is_not_the_papers() -> None:
    """Below ``SAO Y`` stand the recipients of the copy."""
    copied = ("SAO Y", "Nơi nhận:", "- Phòng khác;", "- Lưu: VP.")
    assert _value(page(foot_left=(*_LIST, *copied))) == "Như trên; Sở Nội vụ (b/c); Lưu: VT, KGVX"


def test_the_last_page_with_a_list_counts() -> None:
    """A paper of several pages ends with its list."""
    assert _value(page(foot_left=("Nơi nhận:", "- A;")), page(number=2, foot_left=_LIST)).endswith("KGVX")


def test_the_addressee_of_a_letter_comes_first_and_stands_for_as_above() -> None:
    """``Như trên`` is dropped where ``Kính gửi`` says who is meant; the text below is not taken."""
    read = _letter(_at("Kính gửi: Sở Tư pháp", 600, 700))
    assert _value(read) == "Sở Tư pháp; Sở Nội vụ (b/c); Lưu: VT, KGVX"


def test_addressees_of_a_letter_in_a_list() -> None:
    """Behind dashes, one of them on two lines."""
    head = _at("Kính gửi:", 500, 500)
    rows = ("- Các phòng chuyên môn;", "- Ủy ban nhân dân các xã, phường,", "thị trấn của huyện.")
    read = _letter(head, *(_at(text, 540 + 34 * row, 620) for row, text in enumerate(rows)))
    assert _value(read).startswith(
        "Các phòng chuyên môn; Ủy ban nhân dân các xã, phường, thị trấn của huyện; Sở Nội vụ"
    )


def test_addressees_of_a_letter_on_one_line() -> None:
    """Semicolons part them."""
    read = _letter(_at("Kính gửi: - Sở Tư pháp; - Sở Y tế.", 600, 500), foot=())
    assert _value(read) == "Sở Tư pháp; Sở Y tế"


def test_an_addressee_named_twice_is_named_once() -> None:
    """In the letter's head and again in its list."""
    read = _letter(_at("Kính gửi: Sở Nội vụ (b/c)", 600, 700))
    assert _value(read) == "Sở Nội vụ (b/c); Lưu: VT, KGVX"


@pytest.mark.parametrize("text", ["Kính gửi kèm theo công văn này", "Kính trình Hội đồng xem xét"])
def test_a_sentence_that_begins_like_a_salutation_is_none(text: str) -> None:
    """Nobody is addressed there."""
    assert _value(_letter(_at(text, 600, 280), foot=())) == ""


def test_a_paper_that_names_nobody_has_no_recipients() -> None:
    """Neither a label alone nor a page of text is a list."""
    assert recipients_field((), CALIBRATION.recipients) is None
    assert (
        recipients_field((page(body=("Điều 1. Nơi nhận hồ sơ là bộ phận một cửa",)),), CALIBRATION.recipients)
        is None
    )
    assert recipients_field((page(foot_left=("Nơi nhận:",)),), CALIBRATION.recipients) is None


def test_a_list_is_as_sure_as_its_worst_line_and_says_where_it_stands() -> None:
    """The evidence encloses the lines, the raw text is as printed."""
    lines = page(foot_left=_LIST).lines
    doubtful = replace(lines[2], words=tuple(replace(word, confidence=0.5) for word in lines[2].words))
    found = recipients_field(
        (replace(page(), lines=(*lines[:2], doubtful, lines[3])),), CALIBRATION.recipients
    )
    assert found is not None
    assert found.confidence < 0.5
    assert found.raw.splitlines() == list(_LIST)
    (seen,) = found.evidence
    assert seen.page == 1
    assert seen.box is not None
    assert all(seen.box.holds(each.box.middle) for each in lines)


def test_a_label_that_only_repeats_itself_names_nobody() -> None:
    lines = tuple(line("Kính gửi:", Zone.HEAD_LEFT, y) for y in (0, 14))
    assert recipients_field((replace(page(), lines=lines),), CALIBRATION.recipients) is None


_TEXTS = st.sampled_from(["Nơi nhận:", "Kính gửi:", "- Lưu: VT.", "Như trên;", "-", ";", "Sở A"]) | st.text()


@given(st.lists(st.tuples(_TEXTS.filter(str.strip), st.sampled_from(Zone), st.integers(0, 2300)), max_size=8))
def test_any_lines_give_named_recipients_or_none(rows: list[tuple[str, Zone, int]]) -> None:
    """Nothing raises, no addressee is empty or named twice, the confidence is a probability."""
    found = recipients_field(
        (replace(page(), lines=tuple(line(t, zone, y) for t, zone, y in rows)),), CALIBRATION.recipients
    )
    if found is not None:
        named = found.value.split("; ")
        assert all(name.strip() for name in named)
        assert len(set(named)) == len(named)
        assert 0 < found.confidence < 1
