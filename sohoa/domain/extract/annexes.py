"""An annex in its own file has its paper's number: ``(Kèm theo Quyết định số 12/QĐ-UBND ngày …)``."""

from __future__ import annotations

import re
from dataclasses import replace

from ocr.page import Line
from ocr.vietnamese.folding import fold
from sohoa.domain.extract.calibration import Calibration
from sohoa.domain.extract.columns import HEAD_SHARE
from sohoa.domain.extract.head import Head
from sohoa.domain.extract.number import NumberLine, parse_number_line
from sohoa.domain.vietnamese import nfc

_BELONGS = re.compile(r"\W*(?:ban hanh |dinh |gui )?kem theo (?:\w+ ){1,4}so\W*\d")
_AFTER = ("ngay", "cua")


def number_of_annexed(head: Head, shares: Calibration) -> NumberLine | None:
    """The number of the paper that the annex on this page says it belongs to; never certain.

    None where the page has a head of its own, or the number is left open.
    """
    if head.number is not None or head.motto or head.date is not None:
        return None
    limit = HEAD_SHARE * head.page.height_px
    lines = (line for line in head.page.lines if line.box.y < limit)
    found = next((line for line in lines if _BELONGS.match(fold(nfc(line.text)))), None)
    if found is None:
        return None
    parsed = parse_number_line(replace(head, number=_from_number(found)), shares)
    return None if parsed is None or parsed.is_open or not parsed.note else replace(parsed, several=True)


def _from_number(line: Line) -> Line:
    """``số 12/QĐ-UBND`` of the line."""
    plain = [fold(nfc(word.text)).strip(" .:;,()") for word in line.words]
    begin = next(index for index, word in enumerate(plain) if re.match(r"so(?:\W|$)", word))
    end = next((i for i in range(begin + 1, len(plain)) if plain[i] in _AFTER), len(plain))
    return Line(line.words[begin:end], line.zone)
