"""Copies of an archived record of one page, with another first line: as if another paper had been read."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sohoa.domain.archive.versions import json_bytes
from sohoa.usecases.archive.store import load, read_file, store_first_version
from sohoa.usecases.services import Services

Word = tuple[str, int, int, int, int]
"""A word with the x, y, width and height of its box."""


def copied(services: Services, record: str, name: str, words: list[Word], **changes: Any) -> str:
    """Store the copy under that name, its ``record.json`` changed; its id. It is not in the index."""
    row = services.records.record(record)
    assert row is not None
    newest = load(services, row.agency, record)
    assert newest is not None
    held = {
        path: read_file(services, row.agency, newest.manifest, path)
        for path in newest.manifest.files
        if path.startswith("v1/")
    }
    pages = json.loads(held["v1/text/words.json"])
    pages[0]["lines"][0]["words"][:] = [[*word, 0.99] for word in words]
    text = " ".join(word[0] for word in words) + "\n"
    held |= {
        "v1/text/words.json": json_bytes(pages),
        "v1/text/body.txt": (text + held["v1/text/body.txt"].decode().partition("\n")[2]).encode(),
        "v1/record.json": json_bytes({**newest.record, "record_id": name, **changes}),
    }
    sha256 = store_first_version(services, row.agency, name, {}, held)
    services.records.hold(name, row.agency, row.sha256, row.holder_key)
    services.records.save(replace(row, record_id=name, version=1, manifest_sha256=sha256))
    return name
