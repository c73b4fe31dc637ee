"""What a typed value may be completed to: the closed lists of the field."""

from __future__ import annotations

from collections.abc import Sequence

from sohoa.domain.fields import FIELDS, Kind
from sohoa.usecases.services import Services


def completions(services: Services, name: str) -> Sequence[str]:
    """The values of the field's list, each once; empty for a field of free words."""
    spec = FIELDS.get(name)
    kind = spec.kind if spec else Kind.TEXT
    if kind is Kind.TYPE:
        return [each.name for each in services.types.types]
    if kind is Kind.MARK:
        return services.marks.choices(name)
    if kind is Kind.AGENCY:
        return [agency.code for agency in services.agencies]
    if name in ("organ_name", "parent_organ_name"):
        return list(dict.fromkeys(known for agency in services.agencies for known in agency.names))
    if name == "signer_position":
        return services.vocabularies.posts
    return services.vocabularies.places if name == "issued_place" else ()
