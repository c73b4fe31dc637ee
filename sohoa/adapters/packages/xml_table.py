"""A table as XML: each child of the root is a line, each element in it a cell under the element's name."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from sohoa.domain.errors import Misconfigured
from sohoa.domain.packages.received import PackageRefused, check_xml
from sohoa.domain.tables import Cells
from sohoa.domain.vietnamese import nfc

MAX_BYTES = 64 * 1024 * 1024


def xml_cells(path: Path) -> list[Cells]:
    """The headings as line 1, and the lines; raises ``Misconfigured`` naming file, reason and what to do.

    An element in an element is a cell named by both, with a dot between (``SignerInfo.FullName``).
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Misconfigured(f"{path} is larger than {MAX_BYTES} bytes: split it")
        data = path.read_bytes()
        check_xml(data, path.name)
        rows = [dict(_cells(row)) for row in ET.fromstring(data)]  # noqa: S314  no document type, no entities
    except OSError as error:
        raise Misconfigured(f"{path} cannot be read: {error.strerror}") from error
    except (PackageRefused, ET.ParseError, ValueError, RecursionError) as error:
        message = "no XML in UTF-8 without DOCTYPE that can be read: save it anew"
        raise Misconfigured(f"{path} is {message}") from error
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    lines = ((number, tuple(row.get(name, "") for name in names)) for number, row in enumerate(rows, start=2))
    return [(1, names), *(line for line in lines if any(line[1]))]


def _cells(row: ET.Element, above: str = "") -> list[tuple[str, str]]:
    found = list[tuple[str, str]]()
    for element in row:
        name = above + str(element.tag).rpartition("}")[2]
        found += _cells(element, f"{name}.") if len(element) else [(name, nfc(element.text or "").strip())]
    return found
