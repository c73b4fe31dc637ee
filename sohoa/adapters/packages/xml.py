"""XML as the packages need it: elements with their namespaces, the file on disk."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sohoa.domain.local_time import VIETNAM

XSI = "http://www.w3.org/2001/XMLSchema-instance"
METS, XLINK = "http://www.loc.gov/METS/", "http://www.w3.org/1999/xlink"
CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
PREMIS = "http://www.loc.gov/premis/v3"
EAD = "urn:sohoa:tt05:ead"
_PREFIXES = {
    "xs": "http://www.w3.org/2001/XMLSchema",
    "xsi": XSI,
    "mets": METS,
    "xlink": XLINK,
    "csip": CSIP,
    "premis": PREMIS,
    "ead": EAD,
}
for _prefix, _namespace in _PREFIXES.items():
    ET.register_namespace(_prefix, _namespace)

Element = ET.Element


def child(parent: Element, name: str, attributes: Mapping[str, str] | None = None, text: str = "") -> Element:
    """A new last child in the namespace of its parent; ``{namespace}name`` for attributes of others."""
    namespace = parent.tag[: parent.tag.index("}") + 1]
    made = ET.SubElement(parent, namespace + name, dict(attributes or {}))
    made.text = text or None
    return made


def root(namespace: str, name: str, schemas: Mapping[str, str], attributes: Mapping[str, str]) -> Element:
    """A root element that names the schema of each namespace."""
    locations = " ".join(f"{of} {at}" for of, at in schemas.items())
    return Element(f"{{{namespace}}}{name}", {f"{{{XSI}}}schemaLocation": locations, **attributes})


def write(path: Path, tree: Element) -> None:
    """The document as UTF-8, indented."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ET.indent(tree)
    ET.ElementTree(tree).write(path, encoding="utf-8", xml_declaration=True)


def moment(at: datetime) -> str:
    """``YYYY-MM-DDThh:mm:ss.sss+07:00`` (TT 05/2025, annex I)."""
    return at.astimezone(VIETNAM).isoformat(timespec="milliseconds")
