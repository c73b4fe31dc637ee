"""What a layer over a scan says against what was read."""

from __future__ import annotations

import pytest

from ocr.page import Line, Zone
from ocr.recognition.foreign_layer import differences
from tests.support.drawn import PROSE, words

HEAD = {
    Zone.HEAD_LEFT: "Số: 345/QĐ-UBND",
    Zone.HEAD_RIGHT: "Sông Lam, ngày 18 tháng 6 năm 2021",
}


def _lines(body: tuple[str, ...] = PROSE, dx: int = 0, **head: str) -> tuple[Line, ...]:
    said = {zone: head.get(zone.value, text) for zone, text in HEAD.items()}
    first = [
        Line(words(text, 50 + 500 * n, 100), zone) for n, (zone, text) in enumerate(said.items()) if text
    ]
    rest = [Line(words(text, 50 + dx, 200 + 40 * n)) for n, text in enumerate(body)]
    return (*first, *rest)


@pytest.mark.parametrize(
    ("layer", "differs"),
    [
        (_lines(), ()),
        (_lines(dx=6), ()),
        (_lines(head_left="Số: 0345 /QĐ-UBND", head_right="Sông Lam, ngày 18 tháng 06 năm 2021"), ()),
        (_lines(head_left="Số: 846/QĐ-UBND"), ("number",)),
        (_lines(head_left="Số: 34/QĐ-UBND"), ("number",)),
        (_lines(head_left="Số:   /QĐ-UBND"), ()),
        (_lines(head_left=""), ()),
        (_lines(head_right="Sông Lam, ngày 13 tháng 6 năm 2021"), ("date",)),
        (_lines(head_right="Sông Lam, ngày 18 tháng 6 năm 2012"), ("date",)),
        (_lines(head_right="Sông Lam, ngày tháng 6 năm 2021"), ()),
        (
            _lines(head_left="Số: 1/QĐ-UBND", head_right="Sông Lam, ngày 1 tháng 2 năm 2021"),
            ("number", "date"),
        ),
        (_lines(tuple("Biên bản họp giao ban tuần của phòng" for _ in PROSE)), ("text",)),
        (_lines(tuple(line.replace("Căn", "Cân") for line in PROSE)), ()),
        (_lines(dx=900), ("text",)),
    ],
)
def test_number_date_and_text_are_compared(layer: tuple[Line, ...], differs: tuple[str, ...]) -> None:
    """Noughts and marks do not matter, what one of both lacks is no difference; other words or places are."""
    assert differences(layer, _lines()) == differs


def test_a_layer_of_a_few_words_says_nothing_of_the_text() -> None:
    assert differences(_lines(("Trang một",)), _lines()) == ()
