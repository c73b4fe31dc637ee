"""Turns read pages into the fields of the regulations, each with evidence and a probability."""

from sohoa.domain.extract.documents import REQUIRED, Context, describe
from sohoa.domain.extract.types import DocumentType, TypeTable, load_types

__all__ = ["REQUIRED", "Context", "DocumentType", "TypeTable", "describe", "load_types"]
