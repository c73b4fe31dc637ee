"""Copies of an archived record of one page, with another first line: as if another paper had been read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.versions import json_bytes
from sohoa.usecases.archive.history import chained, events_bytes
from sohoa.usecases.archive.line_up import line_up
from sohoa.usecases.archive.store import load, loaded, read_file, store_first_version
from sohoa.usecases.services import Services

Word = tuple[str, int, int, int, int]
"""A word with the x, y, width and height of its box."""
_ORIGIN = [(Action.ARCHIVED, {"version": 1})]
_LETTERS = str.maketrans("0123456789", "abcdefghij")


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
        "v1/events.jsonl": events_bytes(chained(name, "account:copier", services.clock.now(), _ORIGIN, ())),
    }
    sha256 = store_first_version(services, row.agency, name, {}, held)
    services.records.hold(name, row.agency, row.sha256, row.holder_key)
    services.records.save(
        replace(row, record_id=name, version=1, manifest_sha256=sha256), services.clock.now()
    )
    return name


def waiting_copies(
    services: Services, record: str, doubts: Sequence[Sequence[str]], letter: str
) -> list[str]:
    """Copies that wait for a person, each with its own number and those doubts, lined up as if archived."""
    row = services.records.record(record)
    assert row is not None
    newest = load(services, row.agency, record)
    assert newest is not None
    holder = newest.record.get("original_at") or record
    made = []
    for place, codes in enumerate(doubts):
        number = {**newest.record["fields"]["code_number"], "value": str(100 * ord(letter) + place)}
        fields = {**newest.record["fields"], "code_number": number}
        first, *others = newest.record["documents"]
        name = f"{letter * 22}{place:04d}".translate(_LETTERS)
        copied(
            services,
            record,
            name,
            [("Kính", 100, 100, 140, 40)],
            fields=fields,
            documents=[{**first, "fields": fields}, *others],
            review=list(codes),
            original_at=holder,
        )
        line_up(services, loaded(services, row.agency, name))
        made.append(name)
    return made
