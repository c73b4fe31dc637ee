"""The personal data of one record, for a purpose that is stated and written down (Luật 91/2025/QH15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sohoa.domain.archive.record_document import field_values
from sohoa.domain.archive.stored_pages import PAGE_BREAK
from sohoa.domain.errors import InvalidRequest
from sohoa.domain.people.access_request import REASON_LETTERS
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.personal_data import PersonalTag, find_on_page, masked_values
from sohoa.domain.protection.rights import Right
from sohoa.usecases.archive.store import Loaded, load_text
from sohoa.usecases.archive.versions import visible
from sohoa.usecases.search.personal import note_shown
from sohoa.usecases.search.services import ShownServices


@dataclass(frozen=True, slots=True)
class PersonalPlace:
    """Personal data as printed: on which page, of which kind, and the line that it stands in."""

    page: int
    kind: str
    value: str
    line: str


@dataclass(frozen=True, slots=True)
class PersonalShown:
    """All of a record: on its pages, and the fields that are masked elsewhere."""

    places: tuple[PersonalPlace, ...]
    fields: tuple[tuple[str, str], ...]


def personal_places(
    reader: Reader, services: ShownServices, record_id: str, purpose: str, where: str
) -> PersonalShown:
    """What is hidden elsewhere; first the purpose is written on the record, with who asks.

    Raises ``NotAllowed`` for who is no archivist by name, ``NotFound`` as ``visible``, ``InvalidRequest``
    (``purpose``) for a purpose of too few or too many letters.
    """
    reader.decides(Right.PERSONAL)
    _, newest = visible(reader, services, record_id)
    least, most = REASON_LETTERS
    if not least <= len(purpose.strip()) <= most:
        raise InvalidRequest("purpose", f"a purpose of {least} to {most} letters is needed")
    note_shown(reader, services, record_id, where, purpose.strip())
    values = field_values(newest.record)
    hidden = masked_values(values, services.codes)
    fields = tuple((name, value) for name, value in values.items() if hidden[name] != value)
    return PersonalShown(tuple(_places(services, newest)), fields)


def _places(services: ShownServices, newest: Loaded) -> Iterator[PersonalPlace]:
    texts = load_text(services, newest.agency, newest.manifest).split(PAGE_BREAK)
    numbers = [int(page["number"]) for page in newest.record["pages"]]
    stored = [PersonalTag.of_json(tag) for tag in newest.record.get("personal", ())]
    for number, text in zip(numbers, texts, strict=False):
        tags = {*find_on_page(text, services.codes, number), *(tag for tag in stored if tag.page == number)}
        for tag in sorted(tags):
            start, end = text.rfind("\n", 0, tag.start) + 1, text.find("\n", tag.end)
            line = text[start : end if end >= 0 else len(text)]
            yield PersonalPlace(number, tag.kind, text[tag.start : tag.end], line)
