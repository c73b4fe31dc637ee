"""Which secrecy wording a text is: as a whole, or with its end under the print that it was stamped over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from ocr.page import Line
from ocr.vietnamese.folding import letters
from sohoa.domain.marks import SECRECY, Marks
from sohoa.domain.protection.line_cuts import before_address, before_sentence, run_ins
from sohoa.domain.vietnamese import nfc

LABEL = "domat"
"""``Độ mật: Tối mật`` is a mark however it is written."""

EDGES = " .:;|[]()"
_LEVEL = "MẬT"
_LEVEL_STARTS = ("toim", "tuyetm", "mat")  # after the label
# The `T` broken by the frame: nothing else in Vietnamese is written `MẬ`.
_TORN = re.compile(r"\W*(?:M[AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪ][\"'“”‘’|!/\\\[\]]+|MẬ ?[\"'“”‘’|!/\\\[\]17lI]*)\W*")
_LONG = 6  # shorter wordings must bear the marks of `MẬ`


def whole(text: str, marks: Marks) -> str | None:
    """The reason whose wording this text is, as a whole; None for anything longer or shorter."""
    read = _without_urgency(letters(text), marks)
    if not read or read in marks.not_secrecy:
        return None
    if _TORN.fullmatch(nfc(text)):
        return SECRECY
    for known in marks.secrecy:
        if Levenshtein.distance(read, known.letters, score_cutoff=known.slips) <= known.slips:
            return known.reason
        twice, slips = known.letters * 2, 2 * known.slips  # one stamp read twice, by its print and by its ink
        if slips and Levenshtein.distance(read, twice, score_cutoff=slips) <= slips:
            return known.reason
    return None


def over_print(line: Line, marks: Marks) -> str | None:
    """The reason of a wording that is stamped or printed over a line's first or last words."""
    text = " ".join(word.text for word in line.words)
    if _is_labelled(text):
        return SECRECY
    return next((reason for part in _parts(line, marks) if (reason := whole(part, marks))), None)


def _parts(line: Line, marks: Marks) -> Iterator[str]:
    """Texts of which a mark over that line may be one; a lone ``MẬT`` must have its diacritics."""
    for part in (*run_ins(line), before_sentence(line)):
        if len(letters(part)) >= _LONG or "MẬ" in part:
            yield part
    if before := before_address(line):
        yield before
        if any(known.letters.startswith(letters(before)) for known in marks.secrecy):
            yield f"{before} {_LEVEL}"


def _is_labelled(text: str) -> bool:
    """Whether the line begins with ``Độ mật:`` and one level; several are there to be ticked."""
    label, _, said = text.partition(":")
    level = letters(said)
    return (
        Levenshtein.distance(letters(label), LABEL) <= 1
        and level.startswith(_LEVEL_STARTS)
        and level.count("mat") <= 1
    )


def _without_urgency(read: str, marks: Marks) -> str:
    """The letters without an urgency mark before or after them: `HỎA TỐC - MẬT`."""
    for urgent in marks.values["urgency"]:
        if len(read) > len(urgent):
            read = read.removeprefix(urgent).removesuffix(urgent)
    return read
