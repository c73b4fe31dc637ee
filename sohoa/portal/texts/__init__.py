"""Every text of the portal in both languages, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sohoa.domain.errors import Refused
from sohoa.domain.fields import FIELDS, label
from sohoa.domain.reasons import REASONS
from sohoa.portal.texts import (
    arranging,
    auditing,
    browsing,
    common,
    errors,
    officers,
    people,
    personal,
    records,
    requesting,
    reviewing,
    sampling,
    searching,
    signing_in,
)


class Language(StrEnum):
    """The languages of the pages."""

    VIETNAMESE = "vi"
    ENGLISH = "en"

    @property
    def other(self) -> Language:
        return Language.ENGLISH if self is Language.VIETNAMESE else Language.VIETNAMESE


def language_of(chosen: str) -> Language:
    """The language of that code; Vietnamese for any other text."""
    return Language.ENGLISH if chosen == Language.ENGLISH.value else Language.VIETNAMESE


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts in one language: called with a name and the values that stand in it."""

    language: Language

    def __call__(self, name: str, /, **values: object) -> str:
        """The text of that name; raises KeyError for one that is not in the catalogue."""
        return self._of(_TEXTS[name]).format(**values)

    def field(self, name: str) -> str:
        """The name of a field for people."""
        return self._of((label(name), _FIELDS.get(name, name.replace("_", " ").capitalize())))

    def reason(self, code: str) -> str:
        """The sentence of a reason; the code itself for one that this version does not know."""
        known = REASONS.get(code)
        return self._of((known.vi, known.en)) if known else code

    def refusal(self, error: Refused, field: str = "") -> str:
        """Why something was not done; the error's own words where the catalogue has none."""
        kind = FIELDS[field].kind if field in FIELDS else ""
        names = (f"refused_{error.code}_{kind}", f"refused_{error.code}")
        known = next((name for name in names if self.knows(name)), None)
        return self(known) if known else str(error)

    def sureness(self, confidence: float) -> str:
        """How far a value that the machine read is trusted, in words."""
        return next(self._of(words) for least, words in _SURENESS if confidence >= least)

    def knows(self, name: str) -> bool:
        """Whether the catalogue has a text of that name."""
        return name in _TEXTS

    def _of(self, pair: tuple[str, str]) -> str:
        return pair[0] if self.language is Language.VIETNAMESE else pair[1]


_SURENESS: tuple[tuple[float, tuple[str, str]], ...] = (
    (0.98, ("chắc chắn", "certain")),
    (0.9, ("khá chắc", "fairly sure")),
    (0.7, ("chưa chắc, nên xem lại", "unsure, worth a look")),
    (0.0, ("đáng ngờ, cần xem lại", "doubtful, look again")),
)

_FIELDS: Mapping[str, str] = {
    "code_number": "Number",
    "code_notation": "Notation",
    "code": "Number and notation",
    "issued_date": "Issue date",
    "organ_name": "Issuing agency",
    "type_name": "Type",
    "type_code": "Type code",
    "subject": "Subject",
    "parent_organ_name": "Parent agency",
    "issued_place": "Place",
    "authority": "Signing authority",
    "signer_name": "Signer",
    "signer_position": "Position",
    "recipients": "Recipients",
    "urgency": "Urgency",
    "copy_form": "Form of copy",
    "arrival_number": "Arrival number",
    "arrival_date": "Arrival date",
    "autograph": "Handwritten note",
    "number_of_page": "Pages",
    "authority_id": "Code of the issuing agency",
    "file_code": "File code",
}

CATALOGUES = (
    common,
    signing_in,
    people,
    personal,
    auditing,
    requesting,
    errors,
    searching,
    records,
    browsing,
    reviewing,
    arranging,
    sampling,
    officers,
)

_TEXTS: Mapping[str, tuple[str, str]] = {
    name: pair for catalogue in CATALOGUES for name, pair in catalogue.TEXTS.items()
}
"""Every text by its name, which is unique among all pages."""
