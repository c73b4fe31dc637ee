"""Cases in which a calibrated probability came true, or did not, on papers whose truth is known.

Only what one value of ``config/calibration.yaml`` decides alone is observed: shares that are multiplied with
others cannot be told apart by what came of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, cast
from unittest import mock

from bench.field_answers import same
from ocr.layout.number_line import number_and_notation
from ocr.page import Digits, Gap
from sohoa.domain.archive.records import Reading
from sohoa.domain.extract.calibration import TypeShares
from sohoa.domain.extract.clues import name_clues
from sohoa.domain.extract.confidence import word_confidence
from sohoa.domain.extract.dates import signed_on
from sohoa.domain.extract.describe import Context, describe
from sohoa.domain.extract.documents_in_file import split
from sohoa.domain.extract.head import Head
from sohoa.domain.vietnamese import nfc
from sohoa.usecases.pipeline import read as reading_files


@dataclass(frozen=True)
class Observation:
    """Whether what ``key`` is the probability of came true; ``at`` is the place on a curve."""

    key: str
    held: bool
    at: float | None = None


@contextmanager
def described() -> Iterator[list[tuple[Reading, Context]]]:
    """What is described meanwhile, as it was read."""
    seen: list[tuple[Reading, Context]] = []

    def noted(reading: Reading, context: Context) -> Any:
        seen.append((reading, context))
        return describe(reading, context)

    with mock.patch.object(reading_files, "describe", noted):
        yield seen


def observations(reading: Reading, context: Context, truth: Mapping[str, Any]) -> Iterator[Observation]:
    """What one paper shows; nothing where its file holds several documents."""
    parts = split(reading.pages, context.types, context.calibration)
    if len(parts) > 1:
        return
    number = str(truth.get("so") or "").lstrip("0")
    if number:
        yield from _of_digits(parts[0].head, number)
        yield from _of_file_name(context, number)
    signed, issued = signed_on(reading.signatures), str(truth.get("ngay_ban_hanh") or "")
    if signed and issued:
        yield Observation("dates.days_to_signature", True, (signed - date.fromisoformat(issued)).days)
    if truth.get("loai_van_ban"):
        yield from _of_type(reading, context, str(truth["loai_van_ban"]))


def _of_digits(head: Head, number: str) -> Iterator[Observation]:
    """Digits by hand against both readers; printed ones by their OCR confidence."""
    by_hand = next((digits for digits in head.page.digits if digits.gap is Gap.NUMBER), None)
    if by_hand is not None:
        yield from _by_hand(by_hand, number)
    elif head.number is not None:
        text = nfc(head.number.text)
        (start, end), _ = number_and_notation(text)
        read = text[start:end].strip()
        if read.isdecimal():
            sure = word_confidence(head.number, start, max(end, start + 1))
            yield Observation("digits.by_ocr_confidence", read.lstrip("0") == number, sure)


def _by_hand(digits: Digits, number: str) -> Iterator[Observation]:
    text, printed = digits.candidates[0][0], digits.printed.strip()
    if printed:
        yield Observation("numbers.print_in_gap", printed.lstrip("0") == number)
    if text and len(text) == len(number.zfill(len(text))):
        key = "digits.misread_twice" if text == printed else "digits.misread"
        for read, true in zip(text, number.zfill(len(text)), strict=True):
            yield Observation(key, read != true)


def _of_file_name(context: Context, number: str) -> Iterator[Observation]:
    for clue in name_clues(context.file_name, context.types, context.calibration.file_names):
        key = "beside_abbreviation" if clue.abbreviation else "bare"
        yield Observation(f"file_names.{key}", clue.number == number)


def _of_type(reading: Reading, context: Context, wanted: str) -> Iterator[Observation]:
    """The one share that decided how far the type is trusted."""
    consulted = _Consulted(context.calibration.types)
    shares = replace(context.calibration, types=cast("TypeShares", consulted))
    found = describe(reading, replace(context, calibration=shares, given={})).fields.get("type_name")
    if found is not None and len(consulted.names) == 1:
        yield Observation(f"types.{consulted.names[0]}", same("type_name", found.value, wanted))


class _Consulted:
    """Shares that note which of them are asked for."""

    def __init__(self, shares: TypeShares) -> None:
        self._shares = shares
        self.names: list[str] = []

    def __getattr__(self, name: str) -> float:
        self.names.append(name)
        return cast("float", getattr(self._shares, name))


def write(path: Path, found: Iterable[Observation]) -> None:
    """One JSON object a line."""
    path.write_text("".join(json.dumps(asdict(each)) + "\n" for each in found), encoding="utf-8")


def load(path: Path) -> list[Observation]:
    """What ``write`` wrote."""
    return [Observation(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
