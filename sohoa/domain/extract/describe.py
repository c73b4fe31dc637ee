"""Describe: from read pages to fields with evidence, drafts and the reasons for a person to look."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from ocr.page import MarkKind
from ocr.vietnamese.folding import letters
from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.archive.records import (
    ATTACHMENTS,
    Description,
    DocumentPart,
    Evidence,
    Field,
    Integrity,
    Method,
    OriginalSignature,
    Reading,
)
from sohoa.domain.extract import number as numbers
from sohoa.domain.extract.agency import Match, Paper, authority_field, match_agency, with_spelling
from sohoa.domain.extract.agency_words import AgencyWords
from sohoa.domain.extract.arrival import arrival_fields
from sohoa.domain.extract.autograph import autograph_field
from sohoa.domain.extract.calibration import Calibration, PageShares
from sohoa.domain.extract.clues import NameClue, name_clues
from sohoa.domain.extract.copies import copy_fields, urgency_fields
from sohoa.domain.extract.dates import DateLine, cited_dates, date_field, parse_date_line, signed_on
from sohoa.domain.extract.documents_in_file import Part, split
from sohoa.domain.extract.fusion import Given, fuse, fuse_all, with_type_codes
from sohoa.domain.extract.head import Head
from sohoa.domain.extract.kind import type_fields
from sohoa.domain.extract.late_dates import late_date_line
from sohoa.domain.extract.misreadings import with_doubts
from sohoa.domain.extract.notation import notation_field
from sohoa.domain.extract.organ import Organ, read_organ
from sohoa.domain.extract.organ_fields import organ_fields, organ_on_whose_behalf
from sohoa.domain.extract.places import place_field, places_of, with_provinces
from sohoa.domain.extract.recipients import recipients_field
from sohoa.domain.extract.rows import with_rows
from sohoa.domain.extract.sides import on_file, sides
from sohoa.domain.extract.signer import signer_fields
from sohoa.domain.extract.spelling import witnesses
from sohoa.domain.extract.subject import subject_field
from sohoa.domain.extract.types import LETTER, TypeTable
from sohoa.domain.extract.vocabularies import Vocabularies
from sohoa.domain.fields import OF_THE_FILE, REQUIRED, doubtful, missing
from sohoa.domain.marks import Marks
from sohoa.domain.vietnamese import is_upper

LAYER_DIFFERS = "text_layer_differs"
PAGES_BESIDE = "begins_beside_a_page"

_TOLD_BY = frozenset({"signer_position", "authority", "recipients"})
_WITNESSES = 20  # pages whose text vouches for names and notations; more add time, not proof
_VIETNAMESE = frozenset("ăâđêôơưạảấầậắằặẹẻẽếềệịọỏốồộớờợụủứừựỳỷỹ")


@dataclass(frozen=True, slots=True)
class Context:
    """What describe knows beside the pages: the inbox's agency, the file's name, the day, the rules.

    ``given`` is the evidence of a manifest or a register for the document, by field name. Readings are mended
    against ``agencies`` and ``vocabularies``; where those are empty they stay as they are.
    """

    agency_name: str
    file_name: str
    today: date
    review_below: float
    types: TypeTable
    calibration: Calibration
    marks: Marks
    agency_words: AgencyWords
    given: Given = dataclasses.field(default_factory=dict)
    agencies: AgencyRegister = dataclasses.field(default_factory=lambda: AgencyRegister(()))
    vocabularies: Vocabularies = dataclasses.field(default_factory=Vocabularies)

    @property
    def places(self) -> frozenset[str]:
        """Place names that are known: those of the vocabulary, and those that agencies are named after."""
        named = places_of(name for agency in self.agencies for name in agency.names)
        return named | frozenset(self.vocabularies.places)


def describe(reading: Reading, context: Context) -> Description:
    """The documents of a file with their fields; ``review`` names what a person must look at.

    Pages may lie on their side or upside down, or hold two printed pages side by side: evidence has boxes of
    the pages as they lie.
    """
    found = sides(reading.pages)
    printed = replace(reading, pages=tuple(side.page for side in found))
    right = frozenset(side.page.number for side in found if side.left_px)
    return on_file(_described(printed, context, right), found)


def _described(reading: Reading, context: Context, right: Set[int]) -> Description:
    """``right`` are the numbers of pages that lie right of another one on the same page of the file."""
    given = with_type_codes(context.given, context.types)
    if not any(True for page in reading.pages for _ in page.words):
        pages = (DocumentPart(1, max(len(reading.pages), 1), fuse_all({}, given)),)
        return Description(pages, review=("no_text", *_unsound(reading)))
    parts = split(tuple(map(with_rows, reading.pages)), context.types, context.calibration, right)
    shares = context.calibration.file_names
    clues = name_clues(context.file_name, context.types, shares) if len(parts) == 1 else ()
    given_day = given.get("issued_date", ()) if len(parts) == 1 else ()
    described = [_describe_part(part, reading, context, clues, given_day) for part in parts]
    described[0] = (fuse_all(described[0][0], _given(given, len(parts))), described[0][1])
    documents = tuple(
        DocumentPart(part.pages[0].number, part.pages[-1].number, fields)
        for part, (fields, _) in zip(parts, described, strict=True)
    )
    draft = described[0][1]
    review = [
        code
        for part, (fields, left_open) in zip(parts, described, strict=True)
        for code in _doubts(
            fields, context.review_below, draft=left_open, issued=_is_signed(part, fields, reading.signatures)
        )
    ]
    codes = (*(("draft",) if draft else ()), *dict.fromkeys(review), *_unsound(reading), *_unordered(parts))
    return Description(documents, draft=draft, review=codes)


def _given(given: Given, parts: int) -> Given:
    """The evidence for the first document; in a file of several, only what holds for the whole file."""
    return given if parts == 1 else {name: seen for name, seen in given.items() if name in OF_THE_FILE}


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the rules for one document share: its lines, its number and date line, whether it went out.

    ``texts`` are its running text, which vouches for names; ``day`` is its issue date as far as known.
    """

    part: Part
    signatures: Sequence[OriginalSignature]
    lines: Sequence[str]
    texts: Sequence[str]
    number_line: numbers.NumberLine | None
    date_line: DateLine | None
    issued: Field | None
    day: Field | None
    went_out: bool


def _describe_part(
    part: Part, reading: Reading, context: Context, clues: Sequence[NameClue], given_day: Sequence[Evidence]
) -> tuple[dict[str, Field], bool]:
    """The fields of one document, and whether it is a draft; ``given_day`` is outside evidence of its day."""
    seen = _look(part, reading, context, given_day)
    read = _issuing_fields(seen, context, clues) | _other_fields(seen, context)
    if "organ_name" not in read:
        behalf = organ_on_whose_behalf(read.get("authority"), context.calibration.organ)
        _put(read, "organ_name", behalf)
    fields = with_doubts(read, seen.texts, context.vocabularies, context.calibration.values.misread)
    return fields, _is_marked_draft(part.head) or _is_left_open(seen, fields)


def _look(part: Part, reading: Reading, context: Context, given_day: Sequence[Evidence]) -> _Seen:
    head, shares = part.head, context.calibration
    vouching = part.own_pages[:_WITNESSES]
    lines = [line.text for page in vouching for line in page.lines]
    signed, cited = signed_on(reading.signatures), cited_dates(vouching)
    day = parse_date_line(head, shares) or late_date_line(part.own_pages, head, shares)
    issued = date_field(day, signed, tuple(cited), context.today, shares.dates)
    return _Seen(
        part,
        reading.signatures,
        lines,
        witnesses(lines),
        numbers.parse_number_line(head, shares),
        day,
        issued,
        issued or fuse("issued_date", None, given_day),
        _went_out(part, reading.signatures),
    )


def _issuing_fields(seen: _Seen, context: Context, clues: Sequence[NameClue]) -> dict[str, Field]:
    """Type, number, notation, date and agency: they vouch for each other."""
    head, shares, parsed = seen.part.head, context.calibration, seen.number_line
    organ, match = _known(
        read_organ(head, seen.texts, context.agency_words, context.places), seen.day, context, seen.texts
    )
    name = organ.name if organ else ""
    notation = notation_field(parsed, head, context.types, name, seen.lines, shares.notation)
    told = None if head.cited else notation  # an annex is not what the paper is that it goes with
    fields = type_fields(head, told, name, context.types, shares.types)
    named = () if parsed is not None and parsed.is_open and not seen.went_out else clues
    _put(fields, "code_number", numbers.number_field(parsed, named, head.page.number, shares.numbers))
    _put(fields, "code_notation", notation)
    _put(fields, "issued_date", seen.issued)
    note = notation.value if notation else ""
    registered = match.name if match and match.sure else context.agency_name
    words = context.agency_words
    fields |= organ_fields(organ, head, note, registered, seen.signatures, seen.texts, words, shares.organ)
    issuer = fields.get("organ_name")
    coded = authority_field(organ, match, context.agencies, issuer, seen.day, shares.agencies)
    _put(fields, "authority_id", coded)
    kind = fields.get("type_name")
    _put(fields, "subject", subject_field(head, shares.subject, letter=kind is None or kind.value == LETTER))
    return fields


def _other_fields(seen: _Seen, context: Context) -> dict[str, Field]:
    """Who signed, to whom it goes, what was put on it later, its place, and the document as a whole."""
    part, shares = seen.part, context.calibration
    issuers = " ".join(line.text for line in part.head.organ)
    posts = context.vocabularies.posts
    fields = signer_fields(part.own_pages, seen.signatures, shares.signer, posts, issuers)
    fields |= copy_fields(part.own_pages, context.marks, shares.pages)
    fields |= urgency_fields(part.own_pages, context.marks, shares.pages)
    fields |= arrival_fields(part.own_pages, seen.day, context.today, shares.arrival)
    _put(fields, "recipients", recipients_field(part.own_pages, shares.recipients))
    _put(fields, "autograph", autograph_field(part.pages, shares.pages))
    _put(fields, "issued_place", place_field(seen.date_line, context.places, seen.texts, shares.places))
    return fields | _whole(part, shares.pages)


def _is_left_open(seen: _Seen, fields: Mapping[str, Field]) -> bool:
    """Whether number or day were left open on a paper that did not go out."""
    number, day = seen.number_line, seen.date_line
    open_number = number is not None and number.blank and "code_number" not in fields
    open_day = day is not None and day.blank and "issued_date" not in fields
    return (open_number or open_day) and not seen.went_out


def _known(
    organ: Organ | None, issued: Field | None, context: Context, texts: Sequence[str]
) -> tuple[Organ | None, Match | None]:
    """The issuing agency as register and list of places spell it, and its entry where there is one."""
    if organ is None:
        return None, None
    day = date.fromisoformat(issued.value) if issued else None
    doubtful = organ.confidence < context.calibration.agencies.well_read
    own = Paper(organ.name, organ.parent, day, texts, context.agency_name, doubtful)
    match = match_agency(context.agencies, own)
    above = match_agency(context.agencies, Paper(organ.parent, "", day, texts)) if organ.parent else None
    return with_provinces(with_spelling(organ, match, above), context.places), match


def _is_signed(part: Part, fields: Mapping[str, Field], signatures: Sequence[OriginalSignature]) -> bool:
    """Whether somebody signed: a post, addressees, a seal or a signature tell it."""
    told = not _TOLD_BY.isdisjoint(fields)
    return told or _went_out(part, signatures)


def _went_out(part: Part, signatures: Sequence[OriginalSignature]) -> bool:
    """Whether a seal or a digital signature shows that the paper went out: what is blank was not read."""
    sealed = any(mark.kind is MarkKind.INK_SEAL for page in part.own_pages for mark in page.marks)
    return sealed or bool(signatures)


def _put(fields: dict[str, Field], name: str, field: Field | None) -> None:
    if field is not None and field.value:
        fields[name] = field


def _is_marked_draft(head: Head) -> bool:
    """``DỰ THẢO`` in a line of its own in the head (also ``DỰ THẢO LẦN 2``)."""
    limit = 0.45 * head.page.height_px
    return any(
        letters(line.text).startswith("duthao") and is_upper(line.text, 0.6) and len(line.words) <= 6
        for line in head.page.lines
        if line.box.y < limit
    )


def _whole(part: Part, shares: PageShares) -> dict[str, Field]:
    """Fields of the document as a whole: pages and language (TT 05: 01 is Vietnamese)."""
    count = str(len(part.pages))
    seen = Evidence(Method.TEXT, count, shares.count)
    fields = {"number_of_page": Field(count, count, shares.count, (seen,))}
    marked = sum(sign in _VIETNAMESE for page in part.pages for sign in page.text.lower())
    if marked >= 10:
        seen = Evidence(Method.TEXT, "01", shares.language)
        fields["language"] = Field("01", "01", shares.language, (seen,))
    return fields


def _doubts(fields: Mapping[str, Field], below: float, *, draft: bool, issued: bool) -> list[str]:
    """Reasons for a person to look; what was ``issued`` was signed by somebody, whom archivists search by."""
    codes = []
    searched = ("signer_name",) if issued and not draft else ()
    for name in (*REQUIRED, *searched):
        field = fields.get(name)
        if field is None:
            codes.append(missing(name))
        elif field.confidence < below:
            codes.append(doubtful(name))
    return codes


def _unsound(reading: Reading) -> tuple[str, ...]:
    """What a person must look at: broken signatures, a layer that contradicts the paper, attached files."""
    broken = any(signature.integrity == Integrity.INVALID for signature in reading.signatures)
    codes = {finding.code for finding in reading.findings}
    found = (code for code in (LAYER_DIFFERS, ATTACHMENTS) if code in codes)
    return (*(("signature_invalid",) if broken else ()), *found)


def _unordered(parts: Sequence[Part]) -> tuple[str, ...]:
    """What a person must look at where a document begins beside the print of another page."""
    return (PAGES_BESIDE,) if any(part.begins_beside for part in parts) else ()
