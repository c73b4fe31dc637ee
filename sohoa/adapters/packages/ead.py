"""Descriptions as XML, and their schemas, which are ours: the circular's own were not published."""

from __future__ import annotations

from collections.abc import Sequence

from sohoa.adapters.packages.xml import EAD, Element, child, root
from sohoa.domain.packages.elements import Element as Described
from sohoa.domain.packages.elements import Values

_XS = "http://www.w3.org/2001/XMLSchema"


def ead(name: str, schema: str, elements: Sequence[Described], values: Values) -> Element:
    """The elements that have a value, in the order of the circular."""
    tree = root(EAD, name, {EAD: schema}, {})
    for element in elements:
        if element.name in values:
            child(tree, element.name, text=values[element.name])
    return tree


def schema_of(name: str, elements: Sequence[Described]) -> Element:
    """The XML schema of such a description: order, limits and what must be there (TT 05/2025, annex I)."""
    tree = Element(
        f"{{{_XS}}}schema", {"targetNamespace": EAD, "elementFormDefault": "qualified", "version": "1"}
    )
    note = child(child(tree, "annotation"), "documentation")
    note.text = "Lược đồ của Sohoa theo Phụ lục I Thông tư 05/2025/TT-BNV; không phải lược đồ của thông tư."
    sequence = child(child(child(tree, "element", {"name": name}), "complexType"), "sequence")
    for element in elements:
        least = {} if element.required else {"minOccurs": "0"}
        made = child(sequence, "element", {"name": element.name, **least})
        limits = child(child(made, "simpleType"), "restriction", {"base": "xs:string"})
        child(limits, "minLength", {"value": "1"})
        child(limits, "maxLength", {"value": str(element.limit)})
    return tree
