"""Turns read pages into the fields of the regulations, each with evidence and a probability."""

from sohoa.domain.extract.describe import REQUIRED, Context, describe
from sohoa.domain.extract.types import DocumentType, TypeTable, load_types
from sohoa.domain.extract.vocabularies import Vocabularies, load_vocabularies

__all__ = [
    "REQUIRED",
    "Context",
    "DocumentType",
    "TypeTable",
    "Vocabularies",
    "describe",
    "load_types",
    "load_vocabularies",
]
