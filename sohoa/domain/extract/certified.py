"""Persons whose digital signatures are in the original: their certificates spell their names."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from ocr.vietnamese.folding import letters
from sohoa.domain.archive.records import Evidence, Field, Method, OriginalSignature
from sohoa.domain.extract.calibration import SignerShares
from sohoa.domain.extract.names import has_written_family, looks_personal, name_in
from sohoa.domain.vietnamese import nfc

_WORDS = range(2, 7)
_LETTERS_A_SLIP = 6  # of a name that was read: one may be wrong for each so many


def as_certified(name: str, signatures: Sequence[OriginalSignature]) -> OriginalSignature | None:
    """The signature of the person of that name, which may be misread by a letter or two."""
    read = letters(name)
    alike = (
        (Levenshtein.distance(letters(signature.signer), read), index, signature)
        for index, signature in enumerate(signatures)
    )
    near = [each for each in alike if each[0] <= len(read) // _LETTERS_A_SLIP]
    return min(near)[2] if near else None


def by_certificate(signatures: Sequence[OriginalSignature], shares: SignerShares) -> dict[str, Field]:
    """The signer of a paper on which no name was read: the one person who signed it digitally.

    Not for certain: drafters sign, too. Agencies' signatures name nobody.
    """
    persons = {name_in(each.signer): nfc(each.signer) for each in signatures if _is_person(each.signer)}
    if len(persons) != 1:
        return {}
    ((name, printed),) = persons.items()
    seen = Evidence(Method.SIGNATURE, printed, shares.stamped)
    return {"signer_name": Field(name, printed, shares.stamped, (seen,))}


def _is_person(signer: str) -> bool:
    words = nfc(signer).split()
    name = name_in(signer)
    whole = len(name.split()) == len(words) in _WORDS and all(map(looks_personal, words))
    return whole and has_written_family(name)
