"""The tag files of a bag (RFC 8493, BagIt 1.0)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from urllib.parse import quote

from sohoa.domain.local_time import VIETNAM
from sohoa.domain.packages.package import RecordBag

_DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def tag_files(bag: RecordBag, version: str) -> Mapping[str, str]:
    """``bagit.txt``, ``bag-info.txt``, the manifest of the payload, and that of these files."""
    made = {
        "bagit.txt": _DECLARED,
        "bag-info.txt": _info(bag, version),
        "manifest-sha256.txt": "".join(
            f"{entry.sha256}  data/{_escaped(path)}\n" for path, entry in bag.files.items()
        ),
    }
    listed = "".join(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in made.items())
    return {**made, "tagmanifest-sha256.txt": listed}


def _info(bag: RecordBag, version: str) -> str:
    octets = sum(entry.size_bytes for entry in bag.files.values())
    lines = {
        "Source-Organization": bag.organ_name,
        "External-Identifier": bag.record_id,
        "External-Description": bag.title,
        "Bagging-Date": f"{bag.created_at.astimezone(VIETNAM):%Y-%m-%d}",
        "Bag-Software-Agent": f"Sohoa {version}",
        "Payload-Oxum": f"{octets}.{len(bag.files)}",
        "Bag-Group-Identifier": bag.agency,
    }
    return "".join(f"{name}: {' '.join(value.split())}\n" for name, value in lines.items() if value)


def _escaped(path: str) -> str:
    """A path of the payload: line breaks and ``%`` are written as percent codes."""
    return "".join(quote(sign, safe="") if sign in "%\r\n" else sign for sign in path)
