"""Calibration as data: how far readings and rules are trusted (meanings: ``config/calibration.yaml``).

Every value is a probability of being right, so that 0.9 and above may be taken without a person. A curve has
one probability for each listed value of the quantity that is measured.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_type_hints

from ocr.confidences import WordShares
from sohoa.domain.errors import Misconfigured

Curve = Mapping[float, float]


@dataclass(frozen=True, slots=True)
class DigitShares:
    """A number of the head as it was read: its signs, its digits."""

    by_ocr_confidence: Curve
    of_text_layer: float
    unpadded: float
    lost_or_added: float
    no_digit: float
    misread: float
    misread_twice: float
    misread_as: float
    print_misreads_alike: float
    most_by_hand: float


@dataclass(frozen=True, slots=True)
class DateShares:
    """The issue date."""

    days_to_signature: Curve
    unlisted_day: float
    within_a_month: float
    any_later_day: float
    before_its_date: float
    before_cited: float
    look_alike: float
    cut_year: float
    least: float
    late: float


@dataclass(frozen=True, slots=True)
class NumberShares:
    """The document number."""

    look_alike: float
    sure_reading: float
    unread_sign: float
    least_unread: float
    print_in_gap: float
    sure_of_another: float
    read_alone: float
    named: float
    lone_letters: float
    spaced_letters: float
    one_of_several: float
    of_annex: float


@dataclass(frozen=True, slots=True)
class NotationShares:
    """Each part of the notation."""

    alone: float
    alone_by_ocr: float
    vouched: float
    stroke: float
    after_letters: float
    one_of_several: float
    of_annex: float


@dataclass(frozen=True, slots=True)
class FileNameShares:
    """A number in the file's name."""

    beside_abbreviation: float
    bare: float


@dataclass(frozen=True, slots=True)
class TypeShares:
    """The document type."""

    heading_and_notation: float
    heading: float
    heading_beside_short_part: float
    heading_against_notation: float
    notation: float
    letter: float
    letter_of_other_notation: float
    letter_without_notation: float
    untold: float


@dataclass(frozen=True, slots=True)
class OrganShares:
    """The issuing agency's name."""

    reading: float
    reading_by_ocr: float
    unlike_an_agency: float
    known: float
    doubt_if_same: float
    doubt_if_alike: float
    doubt_if_repeated: float
    doubt_if_listed: float
    least_doubt_if_cut: float
    on_whose_behalf: float
    least_doubt_if_unlisted: float


@dataclass(frozen=True, slots=True)
class AgencyShares:
    """The agency of the register that has the name."""

    below_its_parent: float
    names_its_place: float
    by_name: float
    misread: float
    undated: float
    well_read: float


@dataclass(frozen=True, slots=True)
class PlaceShares:
    """The place before the date."""

    reading: float


@dataclass(frozen=True, slots=True)
class SignerShares:
    """Name, position and authority of who signed."""

    stamped: float
    post: float
    post_by_ocr: float
    misread_post: float
    deputy: float
    sure_post: float
    name: float
    name_by_ocr: float
    without_post: float
    without_family_name: float
    of_two_words: float
    of_signature: float
    read_and_signed: float
    repeated: float
    read_twice: float
    scrap: float


@dataclass(frozen=True, slots=True)
class SubjectShares:
    """The subject: its reading, and how surely it ends where it should."""

    reading: float
    reading_by_ocr: float
    beside_without_mark: float
    beside: float
    beside_perhaps_cut: float
    open_end: float
    before_rule: float
    before_sentence: float
    before_capitals: float
    before_authority: float
    before_opening: float
    before_close_opening: float
    before_gap: float
    before_paragraph: float
    before_close_paragraph: float
    before_off_centre: float
    too_long: float
    doubtful_stamp: float
    beside_a_stamp: float
    own_title: float


@dataclass(frozen=True, slots=True)
class RecipientShares:
    """The list of recipients."""

    list: float


@dataclass(frozen=True, slots=True)
class ArrivalShares:
    """Number and day of the stamp of receipt."""

    usual: float
    unusual: float


@dataclass(frozen=True, slots=True)
class PageShares:
    """What else a page shows: marks, notes, their count, the language."""

    stamped_digits: float
    mark: float
    notes: float
    count: float
    language: float


@dataclass(frozen=True, slots=True)
class ValueShares:
    """A value as a whole."""

    misread: float


@dataclass(frozen=True, slots=True)
class OutsideShares:
    """What lists and paths give for a document."""

    register_line: float
    manifest_row: float
    path: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """All probabilities, by what they are about."""

    digits: DigitShares
    dates: DateShares
    numbers: NumberShares
    notation: NotationShares
    file_names: FileNameShares
    types: TypeShares
    organ: OrganShares
    agencies: AgencyShares
    places: PlaceShares
    signer: SignerShares
    subject: SubjectShares
    recipients: RecipientShares
    arrival: ArrivalShares
    pages: PageShares
    values: ValueShares
    outside: OutsideShares
    words: WordShares


def load_calibration(data: Mapping[str, Any]) -> Calibration:
    """Build it from the parsed YAML; raises ``Misconfigured`` naming the entry that is wrong or unknown."""
    groups = {name: entry for name, entry in data.items() if name != "version"}
    kinds = get_type_hints(Calibration)
    _same_names("calibration", groups, kinds)
    return Calibration(**{name: _group(name, kind, groups[name]) for name, kind in kinds.items()})


def _group(name: str, kind: type[Any], entries: Any) -> Any:
    wanted = [each.name for each in dataclasses.fields(kind)]
    if not isinstance(entries, Mapping):
        raise Misconfigured(f"calibration: {name} must hold entries")
    _same_names(f"calibration: {name}", entries, wanted)
    curves = {key for key, hint in get_type_hints(kind).items() if hint == Curve}
    return kind(**{key: _value(f"{name}.{key}", entries[key], curve=key in curves) for key in wanted})


def _same_names(where: str, given: Mapping[str, Any], wanted: Any) -> None:
    missing, unknown = sorted({*wanted} - {*given}), sorted({*map(str, given)} - {*wanted})
    if missing or unknown:
        faults = [
            f"{what} {', '.join(names)}"
            for what, names in (("lacks", missing), ("unknown", unknown))
            if names
        ]
        raise Misconfigured(f"{where}: {'; '.join(faults)}")


def _value(where: str, entry: Any, *, curve: bool) -> float | Curve:
    if not isinstance(entry, Mapping) or set(entry) != {"value", "n", "source"}:
        raise Misconfigured(f"calibration: {where} must have exactly value, n and source")
    if not (
        type(entry["n"]) is int and entry["n"] >= 0 and isinstance(entry["source"], str) and entry["source"]
    ):
        raise Misconfigured(f"calibration: {where}: n is a count, source says where the value came from")
    if not curve:
        return _share(where, entry["value"])
    points = entry["value"]
    if (
        not isinstance(points, Mapping)
        or len(points) < 2
        or not all(isinstance(at, int | float) for at in points)
    ):
        raise Misconfigured(f"calibration: {where}: a curve needs two or more numbers, each with its share")
    return {at: _share(where, points[at]) for at in sorted(points)}


def _share(where: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise Misconfigured(f"calibration: {where}: {value!r} is no probability above 0 and up to 1")
    return float(value)
