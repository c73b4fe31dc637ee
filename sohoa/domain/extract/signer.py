"""Who signed: authority, position and name from the last signature block (box 7), beside ``Nơi nhận``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ocr.layout.anchors import begins_recipients
from ocr.page import Box, Line, MarkKind, Page, Zone
from ocr.vietnamese.folding import fold
from sohoa.domain.archive.records import Evidence, Field, Method, OriginalSignature
from sohoa.domain.extract.calibration import SignerShares
from sohoa.domain.extract.certified import as_certified, by_certificate
from sohoa.domain.extract.confidence import clip
from sohoa.domain.extract.copies import copied_from
from sohoa.domain.extract.cosigners import leading, parallel_blocks
from sohoa.domain.extract.named_twice import seen_twice
from sohoa.domain.extract.names import (
    has_family,
    has_written_family,
    looks_personal,
    name_in,
    untitled,
    with_family,
)
from sohoa.domain.extract.posts import (
    authority_mark,
    cased,
    deputy_of,
    is_post,
    last_post,
    mended_post,
    trimmed,
)
from sohoa.domain.extract.signer_tables import table_fields
from sohoa.domain.extract.slips import Slip
from sohoa.domain.vietnamese import nfc, normalise

_UPPER_SHARE = 0.25
_PROGRAM = re.compile(  # lines of a signing program beside the name: ``Cơ quan: …``, ``Ngày ký: …``
    r"^\W*(?:co quan|chuc vu|email|(?:ngay|thoi gian|gio) ky|don vi|to chuc)\s*[:;.]"
)
_FOOT = frozenset({Zone.FOOT_LEFT, Zone.FOOT_RIGHT})


def signer_fields(
    pages: Sequence[Page],
    signatures: Sequence[OriginalSignature],
    shares: SignerShares,
    known: Sequence[str] = (),
    issuers: str = "",
) -> dict[str, Field]:
    """signer_name, signer_position, authority of the document on these pages.

    ``known`` are the posts that a misread position is mended to, ``issuers`` the agencies that the head
    names. Where several sign these are the fields of the one who leads; the others are evidence.
    """
    tabled = table_fields(pages, shares)
    for page in reversed(_signing_pages(pages, known)):
        blocks = _joint_blocks(page, known)
        if blocks:
            fields = _joint_fields(blocks, page, signatures, shares, known, issuers)
        else:
            block = _block(page)
            fields = _fields(block, page, signatures, shares, known) if block else {}
        top = page.height_px * _UPPER_SHARE if page is pages[0] else 0.0  # later pages have no head
        fields |= _stamped(page, shares, fields.get("signer_name"), top)
        if named := fields.get("signer_name"):
            fields["signer_name"] = seen_twice(named, pages, shares)
        if "signer_name" in fields or ("signer_position" in fields and not tabled):
            return by_certificate(signatures, shares) | fields
    return by_certificate(signatures, shares) | tabled


def _stamped(page: Page, shares: SignerShares, printed: Field | None, top: float) -> dict[str, Field]:
    """The name below ``top`` under the seal or seen through it, where none is ``printed`` or hardly read."""
    if printed is not None and printed.confidence >= shares.stamped:
        return {}
    for mark in page.marks:
        words = untitled(mark.text).split()
        named = 2 <= len(words) <= 5 and all(map(looks_personal, words)) and has_family(" ".join(words))
        if mark.kind is MarkKind.STAMP and named and mark.box.y > top:
            name = _with_marks(words, printed.value.split() if printed else ())
            seen = Evidence(Method.TEXT, name, shares.stamped, page.number, mark.box)
            beside = printed.evidence if printed else ()
            return {"signer_name": Field(name, mark.text, shares.stamped, (seen, *beside))}
    return {}


def _with_marks(words: Sequence[str], read: Sequence[str]) -> str:
    """The name with the marks of the words that were read alike: the reader of handwriting drops them."""
    if len(words) != len(read):
        return normalise(" ".join(words))
    pairs = zip(words, read, strict=True)
    return normalise(" ".join(other if fold(word) == fold(other) else word for word, other in pairs))


def _joint_blocks(page: Page, known: Sequence[str]) -> tuple[list[Line], ...]:
    """The blocks of several signers above ``Nơi nhận``; none where one signs beside it."""
    end, anchor = copied_from(page), _anchor(page)
    if anchor is not None:
        if _has_post(page, known):
            return ()
        end = min(end, anchor.box.y)
    return parallel_blocks(page, known, end)


def _joint_fields(
    blocks: Sequence[Sequence[Line]],
    page: Page,
    signatures: Sequence[OriginalSignature],
    shares: SignerShares,
    known: Sequence[str],
    issuers: str,
) -> dict[str, Field]:
    """The fields of the block that leads; the names of the other blocks as evidence beside its name."""
    read = [_fields(block, page, signatures, shares, known) for block in blocks]
    first = leading(blocks, issuers)
    fields = dict(read[first])
    beside = [other["signer_name"] for other in (*read[:first], *read[first + 1 :]) if "signer_name" in other]
    if named := fields.get("signer_name"):
        others = (seen for other in beside for seen in other.evidence)
        fields["signer_name"] = replace(named, evidence=(*named.evidence, *others))
    return fields


def _signing_pages(pages: Sequence[Page], known: Sequence[str]) -> list[Page]:
    """Pages with ``Nơi nhận`` last; before them those with posts to sign; without any, those with a foot."""
    listed = [page for page in pages if _anchor(page) is not None]
    posted = [
        page
        for page in pages
        if page not in listed and (_joint_blocks(page, known) or _has_post(page, known))
    ]
    footed = [page for page in pages if any(line.zone in _FOOT for line in page.lines)]
    return [*posted, *listed] or footed  # the last are looked at first


def _has_post(page: Page, known: Sequence[str]) -> bool:
    return any(is_post(line.text, known) for line in _block(page))


def _anchor(page: Page) -> Line | None:
    """The line ``Nơi nhận``."""
    return next((line for line in page.lines if begins_recipients(line.text)), None)


def _block(page: Page) -> list[Line]:
    """The right column beside ``Nơi nhận`` from top to bottom, above a block of certified copy."""
    end, anchor = copied_from(page), _anchor(page)
    lines = []
    for line in page.lines:
        placed = line.zone is Zone.FOOT_RIGHT
        if anchor is None and line.zone is Zone.FOOT_LEFT:  # the block stands alone: no column is beside it
            placed = line.box.middle[0] > 0.45 * page.width_px
        if anchor is not None and not placed and line.zone is Zone.BODY:
            placed = line.box.y > anchor.box.y - 0.06 * page.height_px and line.box.x > 0.42 * page.width_px
        if placed and line.box.y < end:
            lines.append(line)
    return sorted(lines, key=lambda line: line.box.y)


def _fields(
    block: Sequence[Line],
    page: Page,
    signatures: Sequence[OriginalSignature],
    shares: SignerShares,
    known: Sequence[str],
) -> dict[str, Field]:
    posts = [line for line in block if is_post(line.text, known)]
    below = [line for line in block if not posts or line.box.y > posts[-1].box.y]
    below = [line for line in below if not _PROGRAM.match(fold(nfc(line.text)))]
    fields = _post_fields(posts, page, shares, known)
    named = ((line, name_in(line.text)) for line in below)
    names = [(line, name) for line, name in named if name and not _is_scrap(line, name, shares)]
    if names:
        line, name = max(names, key=lambda item: (len(item[1].split()) >= 3, item[0].box.y))
        fields["signer_name"] = _name_field(line, name, page, signatures, shares, bool(posts))
    return fields


def _is_scrap(line: Line, name: str, shares: SignerShares) -> bool:
    """Whether the name is but ink read as letters: hardly read, and no family name begins it."""
    return line.confidence < shares.scrap and not has_family(name)


def _post_fields(
    posts: Sequence[Line], page: Page, shares: SignerShares, known: Sequence[str]
) -> dict[str, Field]:
    if not posts:
        return {}
    texts = [trimmed(nfc(line.text)) for line in posts]
    box = Box.around(line.box for line in posts)
    share = clip(shares.post + shares.post_by_ocr * min(line.confidence for line in posts))
    raw = "\n".join(texts)
    fields: dict[str, Field] = {}
    marks = [authority_mark(text) for text in texts]
    if any(marks):
        acted = [text for text, mark in zip(texts, marks, strict=True) if mark]
        value = ", ".join(map(cased, acted))
        seen = Evidence(Method.TEXT, value, share, page.number, box)
        fields["authority"] = Field(value, "\n".join(acted), share, (seen,))
    if marks[-1] in ("", "Q"):  # a last line with TM., KT., TL. names the one acted for, not the signer
        fields["signer_position"] = _position(cased(last_post(texts)), raw, share, page, box, shares, known)
    elif marks[-1] == "KT" and (deputy := deputy_of(texts[-1], known)):
        share = clip(share * shares.deputy)
        seen = Evidence(Method.TEXT, deputy, share, page.number, box)
        fields["signer_position"] = Field(deputy, raw, share, (seen,))
    return fields


def _position(
    read: str, raw: str, share: float, page: Page, box: Box, shares: SignerShares, known: Sequence[str]
) -> Field:
    """The position as read, or with its post as the list spells it where a letter or mark was misread."""
    seen = Evidence(Method.TEXT, read, share, page.number, box)
    post, how = mended_post(read, known, doubtful=share < shares.sure_post)
    if post == read:
        return Field(read, raw, share, (seen,))
    sure = clip(share * shares.misread_post) if how is Slip.LETTER else share
    return Field(post, raw, sure, (seen, Evidence(Method.REGISTER, post, sure)))


def _read_as(line: Line, name: str) -> float:
    """The mean confidence of the name's words, ink beside them left out."""
    wanted = fold(name).split()
    found = [
        word.confidence for word in line.words if any(part in wanted for part in fold(word.text).split())
    ]
    return sum(found) / len(found) if len(found) == len(wanted) else line.confidence


def _name_field(
    line: Line,
    name: str,
    page: Page,
    signatures: Sequence[OriginalSignature],
    shares: SignerShares,
    posted: bool,
) -> Field:
    share = shares.name + shares.name_by_ocr * _read_as(line, name)
    if not posted:
        share *= shares.without_post
    if not has_written_family(with_family(name)):
        share *= shares.without_family_name
    if len(name.split()) == 2:
        share *= shares.of_two_words
    evidence = [Evidence(Method.TEXT, name, clip(share), page.number, line.box)]
    signature = as_certified(name, signatures)
    if signature is not None:
        evidence.append(Evidence(Method.SIGNATURE, nfc(signature.signer), shares.of_signature))
        name, share = normalise(signature.signer), shares.read_and_signed
    else:
        name = with_family(name)
    return Field(name, nfc(line.text), clip(share), tuple(evidence))
