"""organ_name and parent_organ_name: how sure the agency of the head is, by all that repeats it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from ocr.vietnamese.folding import fold, letters
from sohoa.domain.archive.records import Evidence, Field, Method, OriginalSignature
from sohoa.domain.extract.agency_words import AgencyWords
from sohoa.domain.extract.calibration import OrganShares
from sohoa.domain.extract.confidence import clip
from sohoa.domain.extract.head import Head
from sohoa.domain.extract.notation import initials
from sohoa.domain.extract.organ import Organ, begins_like_an_agency
from sohoa.domain.extract.spelling import expand, shortened
from sohoa.domain.vietnamese import is_upper, nfc

_JOINT = re.compile(
    r"(?:^|[/-])(?:TTLT|NQLT|QCPH|QCLN|CTPH|CTLT|KHPH|KHLN|KHLT|HDLN|HDLT)\b"
)  # papers of several issuers


def organ_fields(
    organ: Organ | None,
    head: Head,
    note: str,
    registered: str,
    signatures: Sequence[OriginalSignature],
    texts: Sequence[str],
    words: AgencyWords,
    shares: OrganShares,
) -> dict[str, Field]:
    """organ_name and parent_organ_name with what register, signatures, body and notation say of them.

    ``registered`` is the agency's name in the register, "" where that is not known.
    """
    if organ is None:
        return {}
    page, read = head.page.number, organ.raw or organ.name
    share = _reading_share(read, organ.confidence, words, shares)
    evidence = [Evidence(Method.TEXT, read, clip(share), page, organ.box)]
    doubt, known = 1 - share, _known_as(organ, registered, signatures)
    if known is not None:
        method, name = known
        place = (page, organ.box) if method is Method.REGISTER else (None, None)
        evidence.append(Evidence(method, name, shares.known, *place))
        same = letters(expand(name)) == letters(expand(read))
        doubt *= shares.doubt_if_same if same else shares.doubt_if_alike
    witnesses = (_heading_agrees(organ.name, head), _initials_agree(organ.name, note))
    doubt *= shares.doubt_if_repeated ** sum(witnesses) * (shares.doubt_if_listed if organ.listed else 1)
    if _goes_on(organ.name, texts):
        doubt = max(doubt, shares.least_doubt_if_cut)
    if _JOINT.search(note) and " - " not in organ.name:
        doubt = max(doubt, shares.least_doubt_if_cut)
    if not organ.vouched and _as_signed(organ.name, known) == organ.name:
        doubt = max(doubt, shares.least_doubt_if_unlisted)
    fields = {"organ_name": Field(_as_signed(organ.name, known), read, clip(1 - doubt), tuple(evidence))}
    return fields | _parent_field(organ, page, words, shares)


def _known_as(
    organ: Organ, registered: str, signatures: Sequence[OriginalSignature]
) -> tuple[Method, str] | None:
    """The name that the register, or else a signature, has for the agency; None where none is like it."""
    named = ((Method.REGISTER, registered), *((Method.SIGNATURE, item.signer) for item in signatures))
    return next(((method, name) for method, name in named if name and _same(name, organ.name)), None)


def _as_signed(name: str, known: tuple[Method, str] | None) -> str:
    """The name in the signature's letters where that has small ones, but short where the head is."""
    if known is None or known[0] is not Method.SIGNATURE or is_upper(known[1], 0.7):
        return name
    return shortened(nfc(known[1]), name)


def _parent_field(organ: Organ, page: int, words: AgencyWords, shares: OrganShares) -> dict[str, Field]:
    if not organ.parent:
        return {}
    doubt = 1 - _reading_share(organ.parent, organ.parent_confidence, words, shares)
    sure = clip(1 - max(doubt, 0 if organ.parent_vouched else shares.least_doubt_if_unlisted))
    read = organ.raw_parent or organ.parent
    seen = Evidence(Method.TEXT, read, sure, page, organ.box)
    return {"parent_organ_name": Field(organ.parent, read, sure, (seen,))}


def _reading_share(name: str, confidence: float, words: AgencyWords, shares: OrganShares) -> float:
    """How sure a name is by its reading alone: one that does not begin like an agency's is doubtful."""
    if not begins_like_an_agency(name, words):
        return shares.unlike_an_agency
    return shares.reading + shares.reading_by_ocr * confidence


def _same(known: str, name: str) -> bool:
    a, b = letters(expand(nfc(known))), letters(expand(name))
    return Levenshtein.distance(a, b) <= max(1, len(b) // 14)


def _heading_agrees(name: str, head: Head) -> bool:
    """Whether the body's authority heading or text repeats the name."""
    wanted = letters(expand(name))
    return len(wanted) >= 8 and any(wanted in letters(expand(line.text)) for line in head.body)


def _goes_on(name: str, texts: Sequence[str]) -> bool:
    """Whether the running text always goes on with a capital after the name: a line of it was lost."""
    wanted, going, ending = fold(name), 0, 0
    for text in texts:
        folded = fold(text)
        if len(folded) != len(text):
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", folded):
            if text[match.start()].isupper():
                after = text[match.end() : match.end() + 2]
                going, ending = going + after[1:].isupper(), ending + (not after[1:].isupper())
    return going > 0 and ending == 0


def _initials_agree(name: str, note: str) -> bool:
    whole = initials(name)
    parts = [part for part in re.split(r"[-/]", note) if len(part) >= 2]
    return any(whole.startswith(part.upper()) and len(part) >= 3 for part in parts)


def organ_on_whose_behalf(authority: Field | None, shares: OrganShares) -> Field | None:
    """The agency that ``TM. CHÍNH PHỦ`` names, where the head was cut off: the head may say more of it."""
    match = re.match(r"TM\. ([^,]+)", authority.value) if authority else None
    if authority is None or match is None:
        return None
    share = clip(shares.on_whose_behalf * authority.confidence)
    page, box = next(((seen.page, seen.box) for seen in authority.evidence), (None, None))
    return Field(match[1], authority.raw, share, (Evidence(Method.TEXT, match[1], share, page, box),))
