"""The issue date, from the place-date line only (Nghị định 30/2020, Phụ lục I, box 4).

Day and month are often written by hand and misread sign by sign. So every possible day gets a score:
how well its digits fit the signs that were read, times how likely it is before the agency's digital
signature and after the papers that the document cites. Those bounds never name a date themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ocr.layout.date_line import DATE_LINE, NUMERIC
from ocr.page import Gap, Line, Page
from ocr.vietnamese.folding import fold
from sohoa.domain.archive.records import Evidence, Field, Method, OriginalSignature
from sohoa.domain.extract.calibration import Calibration, DateShares
from sohoa.domain.extract.confidence import Sign, Written, clip, digit_trust, word_confidence, written
from sohoa.domain.extract.head import Head
from sohoa.domain.local_time import VIETNAM
from sohoa.domain.vietnamese import nfc

_CITED = re.compile(r"\bso\b[^.;]{2,45}?ngay\s*(\d{1,2})\s*(?:/|thang)\s*(\d{1,2})\s*(?:/|nam)\s*(\d{4})")
_AS_DIGIT = str.maketrans({**dict.fromkeys("o", "0"), **dict.fromkeys("li|!][", "1"), "z": "2"})
_DAYS, _MONTHS = range(1, 32), range(1, 13)


@dataclass(frozen=True, slots=True)
class DateLine:
    """The place-date line taken apart; ``blank`` says that the day was left open.

    ``trust`` is what the line is trusted beside its signs: 1 for that of the head with a printed year. In a
    date of digits alone the year may be written by hand, too. ``page`` is the number of its page.
    """

    line: Line
    place: str
    day: Sign | Written
    month: Sign | Written
    year: Sign
    blank: bool
    trust: float = 1.0
    page: int = 1


def parse_date_line(head: Head, shares: Calibration) -> DateLine | None:
    """The parts of the head's date line; None when there is none."""
    return taken_apart(head.date, head.page, shares) if head.date is not None else None


def taken_apart(line: Line, page: Page, shares: Calibration) -> DateLine | None:
    """The parts of a date line; None when it is none."""
    text = nfc(line.text)
    numeric = NUMERIC.match(fold(text))
    match = DATE_LINE.match(fold(text)) or numeric
    if match is None or len(fold(text)) != len(text):
        return None
    day, month = (_part(match, gap, line, page, shares) for gap in (Gap.DAY, Gap.MONTH))
    year = _sign(match, "year", line, page, shares)
    place = text[: match.end("place")].strip(" ,.;:-_|")
    trust = year.trust if match is numeric else 1.0
    return DateLine(line, place, day, month, year, _open(match["day"]), trust, page.number)


def _part(match: re.Match[str], gap: Gap, line: Line, page: Page, shares: Calibration) -> Sign | Written:
    return written(page, gap, shares.digits) or _sign(match, gap.value, line, page, shares)


def _open(raw: str) -> bool:
    return not re.search(r"[^\s._…·•,:;-]", raw)


def _sign(match: re.Match[str], name: str, line: Line, page: Page, shares: Calibration) -> Sign:
    raw = match[name] or ""
    confidence = word_confidence(line, match.start(name), match.end(name)) if raw else 0.0
    squeezed = re.sub(r"[\s.,;:_'\"]", "", raw)
    text = squeezed if squeezed.isdecimal() else squeezed.translate(_AS_DIGIT)
    if name == "year":
        text = text[:4]
    trust = digit_trust(page, confidence, shares.digits) ** 0.5  # two signs must both be right
    return Sign(text, trust if text == squeezed else trust * shares.dates.look_alike, shares.digits)


def cited_dates(pages: Sequence[Page]) -> Iterator[date]:
    """Dates of papers that the text cites by number."""
    for page in pages:
        for match in _CITED.finditer(fold(page.text).replace("\n", " ")):
            found = _valid(int(match[3]), int(match[2]), int(match[1]))
            if found:
                yield found


def signed_on(signatures: Sequence[OriginalSignature]) -> date | None:
    """The day in Viet Nam of the earliest signature, or None."""
    days = []
    for signature in signatures:
        try:
            moment = datetime.fromisoformat(signature.signing_time)
        except ValueError:
            continue
        days.append((moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).astimezone(VIETNAM).date())
    return min(days, default=None)


def date_field(
    parsed: DateLine | None,
    signed: date | None,
    cited: Sequence[date],
    today: date,
    shares: DateShares,
) -> Field | None:
    """The most likely day, with its share of all possible days as confidence."""
    if parsed is None:
        return None
    bound = max((day for day in cited if day <= (signed or today)), default=None)
    days = {day: parsed.day.fits(day) for day in _DAYS}
    months = {month: parsed.month.fits(month, padded=False) for month in _MONTHS}
    scores = {
        day: days[day.day]
        * months[day.month]
        * _year_fit(parsed, day.year, shares)
        * _likely(day, signed, bound, shares)
        for day in _candidates(parsed, signed, today)
    }
    total = sum(scores.values())
    if not total:
        return None
    best = max(scores, key=lambda day: scores[day])
    confidence = clip(scores[best] / total * parsed.trust)
    if confidence < shares.least:
        return None
    raw = f"{parsed.day.text}/{parsed.month.text}/{parsed.year.text}"
    how = Method.DIGITS if isinstance(parsed.day, Written) else Method.TEXT
    evidence = [Evidence(how, raw, clip(parsed.day.trust), parsed.page, parsed.line.box)]
    if signed is not None:
        share = shares.days_to_signature.get((signed - best).days, shares.unlisted_day)
        evidence.append(Evidence(Method.SIGNATURE, signed.isoformat(), share))
    return Field(best.isoformat(), nfc(parsed.line.text), confidence, tuple(evidence))


def _year_fit(parsed: DateLine, year: int, shares: DateShares) -> float:
    """How likely the signs read are when the paper shows this year."""
    return parsed.year.fits(year) if len(parsed.year.text) == 4 else shares.cut_year


def _candidates(parsed: DateLine, signed: date | None, today: date) -> Iterator[date]:
    """Every real day of the printed year and of those around the signature, none in the future."""
    years = {signed.year, signed.year - 1} if signed else set()
    if parsed.year.text.isdecimal() and 1945 <= int(parsed.year.text) <= today.year:
        years.add(int(parsed.year.text))
    for year in sorted(years):
        for month in _MONTHS:
            for day in _DAYS:
                found = _valid(year, month, day)
                if found and found <= today:
                    yield found


def _likely(day: date, signed: date | None, bound: date | None, shares: DateShares) -> float:
    chance = 1.0
    if signed is not None:
        gap = (signed - day).days
        other = shares.within_a_month if gap < 31 else shares.any_later_day
        chance = shares.before_its_date if gap < 0 else shares.days_to_signature.get(gap, other)
    if bound is not None and day < bound:
        chance *= shares.before_cited
    return chance


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
