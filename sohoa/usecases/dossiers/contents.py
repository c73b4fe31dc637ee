"""Hồ sơ as a reader of records sees them: those of an agency, and the records in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Protocol

from sohoa.domain.archive.record_document import field_values
from sohoa.domain.dossiers.dossier import DossierSummary
from sohoa.domain.errors import NotFound
from sohoa.domain.protection.access import CONDITIONAL, Reader
from sohoa.domain.protection.personal_data import masked_values
from sohoa.ports import Dossiers
from sohoa.usecases.archive.services import Registered
from sohoa.usecases.archive.versions import visible
from sohoa.usecases.dossiers.lists import list_dossiers, members_of


class ContentServices(Registered, Protocol):
    """The records, and the hồ sơ that they are in."""

    @property
    def dossiers(self) -> Dossiers: ...


def seen_dossiers(
    reader: Reader, services: ContentServices, agency: str, code: str = ""
) -> Sequence[DossierSummary]:
    """An agency's hồ sơ, of one code if wanted; none for who may not see all records that they count."""
    if not agency or not reader.access.allows(agency, CONDITIONAL):
        return ()
    return list_dossiers(reader, services.dossiers, services.records, agency, code)


def contents(
    reader: Reader, services: ContentServices, agency: str, code: str
) -> tuple[DossierSummary, Sequence[tuple[str, Mapping[str, str]]]]:
    """A hồ sơ with its records that the reader may see, in their order: id and field values, masked.

    Raises ``NotFound`` for one that does not exist or is not for this reader.
    """
    listed = seen_dossiers(reader, services, agency, code) if code else ()
    if not listed:
        raise NotFound("dossier", f"there is no file {code!r}")
    shown = []
    for member in members_of(reader, services.dossiers, agency, code):
        with suppress(NotFound):
            row, newest = visible(reader, services, member.record_id)
            if not row.withdrawn:
                values = masked_values(field_values(newest.record), services.codes)
                shown.append((member.record_id, values))
    return listed[0], shown
