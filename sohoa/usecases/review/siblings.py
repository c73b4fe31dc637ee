"""The records that stand for one file: what a part may be merged with."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from sohoa.domain.errors import NotFound
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.rights import Right
from sohoa.usecases.archive.services import VersionServices
from sohoa.usecases.archive.standing import standing_ids
from sohoa.usecases.archive.versions import Current, current, standing


def siblings(reader: Reader, services: VersionServices, record_id: str) -> Sequence[Current]:
    """The records of the file for this reader, itself included, in page order; raises as ``standing``."""
    reader.decides(Right.REVIEW)
    now = standing(reader, services, record_id)
    found = []
    for name in standing_ids(services, now.row.agency, now.row.sha256):
        with suppress(NotFound):
            found.append(current(reader, services, name))
    return found
