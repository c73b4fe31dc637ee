"""Whoever changes anything by hand in archive, ledger, index, inbox or keys is noticed; each act once."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from sohoa.domain.archive.versions import entry_for, json_bytes, sha256_hex
from tests.support.review import GUARD, PEOPLE
from tests.support.site import ROOT, Site, stored_site

pytestmark = pytest.mark.slow
AGENCY, BATCH = "Z99.01", "Z99.01/lo-1"
DEEP = b"[" * 200_000 + b"]" * 200_000
LEVEL = "07"


@dataclass
class Home:
    """A home that somebody tampers with, who knows how manifests and ledger are made."""

    site: Site

    @property
    def archive(self) -> Path:
        return self.site.home / "archive"

    def ledger(self, statement: str, *values: object) -> None:
        """Change what the ledger holds; the statement must do something."""
        self._change(self.site.home / "ledger.sqlite", statement, values)

    def index(self, statement: str, *values: object) -> None:
        """Change what the index holds; the statement must do something."""
        self._change((self.site.home / "index.sqlite").resolve(), statement, values)

    def _change(self, path: Path, statement: str, values: tuple[object, ...]) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            assert connection.execute(statement, values).rowcount != 0

    def asked(self, statement: str, *values: object) -> Any:
        with closing(sqlite3.connect(self.site.home / "ledger.sqlite")) as connection:
            return connection.execute(statement, values).fetchone()[0]

    def record(self, name: str) -> str:
        """The record of an object of the batch."""
        return str(self.asked("SELECT record_id FROM objects WHERE key = ?", f"{BATCH}/{name}"))

    def folder(self, name: str) -> Path:
        """The record's folder."""
        return self.archive / AGENCY / self.record(name)

    def rewrite(self, name: str, path: str, data: bytes | None) -> None:
        """Put other bytes, or none, into the record's only version and make manifest and ledger agree."""
        folder = self.folder(name)
        manifest = json.loads((folder / "v1" / "manifest.json").read_bytes())
        if data is None:
            (folder / path).unlink()
            del manifest["files"][path]
        else:
            (folder / path).write_bytes(data)
            entry = entry_for(data)
            manifest["files"][path] = {"size": entry.size_bytes, "sha256": entry.sha256}
        self.remanifest(name, json_bytes(manifest))

    def remanifest(self, name: str, data: bytes) -> None:
        """Give the record's only version another manifest, and the ledger its digest."""
        (self.folder(name) / "v1" / "manifest.json").write_bytes(data)
        changed = "UPDATE records SET manifest_sha256 = ? WHERE record_id = ?"
        self.ledger(changed, sha256_hex(data), self.record(name))

    def manifest(self, name: str, **changes: object) -> None:
        """Give the record a manifest that says something else."""
        plain = json.loads((self.folder(name) / "v1" / "manifest.json").read_bytes())
        self.remanifest(name, json_bytes({**plain, **changes}))

    def said(self, name: str, **changes: object) -> None:
        """Give the record a ``record.json`` that says something else."""
        plain = json.loads((self.folder(name) / "v1" / "record.json").read_bytes())
        self.rewrite(name, "v1/record.json", json_bytes({**plain, **changes}))

    def seal(self, name: str, **changes: object) -> None:
        """Give the record a ``record.json`` that says something else of its seal."""
        plain = json.loads((self.folder(name) / "v1" / "record.json").read_bytes())
        self.said(name, seal={**plain["seal"], **changes})

    def state(self, name: str, state: str, **values: object) -> None:
        """Flip the state of an object."""
        columns = ", ".join(f"{column} = ?" for column in ("state", *values))
        statement = f"UPDATE objects SET {columns} WHERE key = ?"  # noqa: S608 (constant names)
        self.ledger(statement, state, *values.values(), f"{BATCH}/{name}")


Act = Callable[[Home], object]
PLAIN, DRAFT, PARTS, WAITS = "qd-47.tif", "du-thao.tif", "hai-van-ban-2.tif", "hai-van-ban.tif"
FOLDER, RELEASED, EMPTY, COPY = "tap.pages/_complete", "mat.tif", "rong.pdf", "ban-sao.tif"
WITHDRAWN, SECRET = "thu-hoi.tif", "mat-2.tif"
NEW = RELEASED


def touch(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")


def link(path: Path, target: Path) -> None:
    path.symlink_to(target)


def listen(path: Path) -> None:
    """A socket in that place; its address may be longer than an address can be."""
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(path.parent)
        try:
            listener.bind(path.name)
        finally:
            os.chdir(here)


def flip_a_byte(path: Path) -> None:
    """Other bytes of the same size, under the same time."""
    status, data = path.stat(), bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def replace_by_link(path: Path, kept: Path) -> None:
    path.rename(kept)
    path.symlink_to(kept)


def swap(one: Path, other: Path) -> None:
    spare = one.with_name("spare")
    one.rename(spare)
    other.rename(one)
    spare.rename(other)


ARCHIVE: dict[str, tuple[Act, str]] = {
    "a byte of the text": (lambda h: flip_a_byte(h.folder(PLAIN) / "v1/text/body.txt"), "changed"),
    "a byte of the original": (lambda h: flip_a_byte(h.folder(PLAIN) / "original.tif"), "changed"),
    "a byte of the manifest": (lambda h: flip_a_byte(h.folder(PLAIN) / "v1/manifest.json"), "changed"),
    "a file is gone": (lambda h: (h.folder(PLAIN) / "v1/text/words.json").unlink(), "missing"),
    "a manifest is gone": (lambda h: (h.folder(PLAIN) / "v1/manifest.json").unlink(), "missing_record"),
    "an older manifest is gone": (lambda h: (h.folder(DRAFT) / "v1/manifest.json").unlink(), "missing"),
    "a newer version is gone": (lambda h: shutil.rmtree(h.folder(DRAFT) / "v2"), "changed"),
    "a record is gone": (lambda h: shutil.rmtree(h.folder(PLAIN)), "missing_record"),
    "two records change places": (lambda h: swap(h.folder(PLAIN), h.folder(WAITS)), "swapped"),
    "a file more": (lambda h: touch(h.folder(PLAIN) / "v1/more.txt"), "extra"),
    "a file of a later version": (lambda h: touch(h.folder(PLAIN) / "v2/record.json"), "extra"),
    "a file beside the agencies": (lambda h: touch(h.archive / "more.txt"), "extra"),
    "a file beside the records": (lambda h: touch(h.archive / AGENCY / "more.txt"), "extra"),
    "a manifest in no version": (lambda h: touch(h.folder(PLAIN) / "manifest.json"), "extra"),
    "a manifest deeper in a version": (lambda h: touch(h.folder(PLAIN) / "v1/text/manifest.json"), "extra"),
    "a manifest in a folder that is no version": (
        lambda h: touch(h.folder(PLAIN) / "v01/manifest.json"),
        "extra",
    ),
    "a folder with a manifest alone": (
        lambda h: touch(h.archive / AGENCY / "new" / "manifest.json"),
        "extra",
    ),
    "a folder of no record": (lambda h: touch(h.archive / AGENCY / "new" / "v1" / "record.json"), "extra"),
    "a record of no ledger": (
        lambda h: shutil.copytree(h.folder(PLAIN), h.archive / AGENCY / "aaaaaaaaaaaaaaaaaaaaaaaaaa"),
        "extra_record",
    ),
    "a file under another agency": (
        lambda h: touch(h.archive / "Z99.02" / h.record(PLAIN) / "v1" / "note.txt"),
        "extra",
    ),
    "a copy under another agency": (
        lambda h: shutil.copytree(h.folder(PLAIN), h.archive / "Z99.02" / h.record(PLAIN)),
        "extra_record",
    ),
    "a link in a record": (lambda h: link(h.folder(PLAIN) / "v1/link", ROOT), "extra"),
    "a link beside the agencies": (lambda h: link(h.archive / "link", h.folder(PLAIN)), "extra"),
    "a file replaced by a link": (
        lambda h: replace_by_link(h.folder(PLAIN) / "original.tif", h.site.home / "kept"),
        "missing",
    ),
    "a pipe": (lambda h: os.mkfifo(h.folder(PLAIN) / "v1/pipe"), "extra"),
    "a socket": (lambda h: listen(h.folder(PLAIN) / "v1/socket"), "extra"),
    "an empty folder in a record": (lambda h: (h.folder(PLAIN) / "v1/more").mkdir(), "extra"),
    "an empty folder beside the records": (lambda h: (h.archive / AGENCY / "more").mkdir(), "extra"),
    "an empty folder beside the agencies": (lambda h: (h.archive / "more").mkdir(), "extra"),
    "a file among temporary ones": (lambda h: touch(h.archive / ".sohoa-tmp" / "x"), "extra"),
    "a folder among temporary files": (lambda h: touch(h.archive / ".sohoa-tmp" / "more" / "x"), "extra"),
    "a link among temporary files": (lambda h: link(h.archive / ".sohoa-tmp" / "link", ROOT), "extra"),
    "a manifest of another record": (
        lambda h: h.manifest(PLAIN, record_id=h.record(WAITS)),
        "wrong_manifest",
    ),
    "a manifest of another version": (lambda h: h.manifest(PLAIN, version=2), "wrong_manifest"),
    "a manifest that follows another": (
        lambda h: h.manifest(PLAIN, previous_manifest_sha256="0" * 64),
        "wrong_manifest",
    ),
    "the text is left out": (lambda h: h.rewrite(PLAIN, "v1/text/body.txt", None), "missing"),
    "the words are left out": (lambda h: h.rewrite(PLAIN, "v1/text/words.json", None), "missing"),
    "the history is left out": (lambda h: h.rewrite(PLAIN, "v1/events.jsonl", None), "missing"),
    "the record is left out": (lambda h: h.rewrite(PLAIN, "v1/record.json", None), "missing"),
    "the copy is left out": (lambda h: h.rewrite(PLAIN, "v1/archive.pdf", None), "missing"),
    "the original is left out": (lambda h: h.rewrite(PLAIN, "original.tif", None), "swapped"),
    "the original of another record": (
        lambda h: h.rewrite(PLAIN, "original.tif", (h.folder(WAITS) / "original.tif").read_bytes()),
        "swapped",
    ),
    "the copy of another record": (
        lambda h: h.rewrite(PLAIN, "v1/archive.pdf", (h.folder(WAITS) / "v1/archive.pdf").read_bytes()),
        "wrong_copy",
    ),
    "an unsigned copy": (lambda h: h.rewrite(PLAIN, "v1/archive.pdf", b"%PDF-1.7\n"), "signature"),
    "the history of another record": (
        lambda h: h.rewrite(PLAIN, "v1/events.jsonl", (h.folder(WAITS) / "v1/events.jsonl").read_bytes()),
        "event_chain",
    ),
    "an empty history": (lambda h: h.rewrite(PLAIN, "v1/events.jsonl", b""), "event_chain"),
    "another agency in the record": (lambda h: h.said(PLAIN, agency="Z99.02"), "ledger_differs"),
    "another number of sheets": (lambda h: h.said(PLAIN, sheets_a4=99), "ledger_differs"),
    "another version in the record": (lambda h: h.said(PLAIN, version=7), "wrong_version"),
    "another level of use in the record": (lambda h: h.said(PLAIN, mode="01"), "index_differs"),
    "another signer in the record": (lambda h: h.seal(PLAIN, signer="Ủy ban khác"), "signature"),
    "another certificate in the record": (lambda h: h.seal(NEW, certificate="0" * 64), "signature"),
    "another time of signing in the record": (
        lambda h: h.seal(NEW, signing_time="2020-01-02T03:04:05+07:00"),
        "signature",
    ),
    "a copy that was signed again": (
        lambda h: h.rewrite(NEW, "v1/archive.pdf", (h.folder(NEW) / "v1/archive.pdf").read_bytes() + b"\n"),
        "wrong_copy",
    ),
    "a mark that nobody released": (
        lambda h: h.said(PLAIN, released=["rule mark:secrecy, page 1"]),
        "release",
    ),
    "a doubt that does not wait": (lambda h: h.said(PLAIN, review=["doubtful_subject"]), "queue_differs"),
}

FORMS: dict[str, tuple[Act, str]] = {
    "a deep manifest": (lambda h: h.remanifest(PLAIN, DEEP), "unreadable_manifest"),
    "a manifest that is a list": (lambda h: h.remanifest(PLAIN, b"[]"), "unreadable_manifest"),
    "a manifest that is no JSON": (lambda h: h.remanifest(PLAIN, b"\xff"), "unreadable_manifest"),
    "files that are a list": (lambda h: h.manifest(PLAIN, files=["original.tif"]), "unreadable_manifest"),
    "files without digests": (lambda h: h.manifest(PLAIN, files={"original.tif": 7}), "unreadable_manifest"),
    "a version that is a list": (lambda h: h.manifest(PLAIN, version=[1]), "unreadable_manifest"),
    "a record id that is a number": (lambda h: h.manifest(PLAIN, record_id=7), "unreadable_manifest"),
    "a deep record": (lambda h: h.rewrite(PLAIN, "v1/record.json", DEEP), "unreadable"),
    "a record that is a text": (lambda h: h.rewrite(PLAIN, "v1/record.json", b'"record"'), "unreadable"),
    "pages that are numbers": (lambda h: h.said(PLAIN, pages=[1]), "unreadable"),
    "fields that are texts": (lambda h: h.said(PLAIN, fields={"subject": "x"}), "unreadable"),
    "a source that is empty": (lambda h: h.said(PLAIN, source={}), "unreadable"),
    "a time that is none": (lambda h: h.said(PLAIN, created_at=7), "unreadable"),
    "a part that is deep": (
        lambda h: h.rewrite(
            PLAIN,
            "v1/record.json",
            (h.folder(PLAIN) / "v1/record.json").read_bytes()[:-2] + b',"seal":' + DEEP + b"}",
        ),
        "unreadable",
    ),
    "a text that is no UTF-8": (lambda h: h.rewrite(PLAIN, "v1/text/body.txt", b"\xff\xfe"), "unreadable"),
    "a deep history": (lambda h: h.rewrite(PLAIN, "v1/events.jsonl", DEEP), "event_chain"),
    "a history of numbers": (lambda h: h.rewrite(PLAIN, "v1/events.jsonl", b"7\n"), "event_chain"),
    "an event whose details are a list": (
        lambda h: h.rewrite(PLAIN, "v1/events.jsonl", event(details=[1])),
        "event_chain",
    ),
    "an event at no time": (lambda h: h.rewrite(PLAIN, "v1/events.jsonl", event(at=7)), "event_chain"),
    "an event in no time zone": (
        lambda h: h.rewrite(PLAIN, "v1/events.jsonl", event(at="2026-03-05T09:00:00")),
        "event_chain",
    ),
    "deep details in the ledger": (lambda h: details(h, DEEP.decode()), "unreadable"),
    "details of a list in the ledger": (lambda h: details(h, "[1]"), "event_chain"),
    "details of no JSON in the ledger": (lambda h: details(h, "{"), "unreadable"),
    "an event of no time in the ledger": (
        lambda h: h.ledger("UPDATE events SET at = 'once' WHERE subject = ?", h.record(PLAIN)),
        "unreadable",
    ),
}


def event(**changes: object) -> bytes:
    """A history of one event."""
    plain = {
        "subject": "s", "at": "2026-03-05T09:00:00+07:00", "actor": "a", "action": "received",
        "details": {}, "previous": "", "hash": "",
    }  # fmt: skip
    return json.dumps({**plain, **changes}).encode()


def details(home: Home, value: str) -> None:
    """Change the details of the record's first event in the ledger."""
    home.ledger("UPDATE events SET details = ? WHERE subject = ? AND position = 1", value, home.record(PLAIN))


def flip(state: str) -> Act:
    """Give the archived object that state."""
    return lambda home: home.state(PLAIN, state)


def bury(home: Home, name: str) -> None:
    """Remove an object as if a person had removed it."""
    home.state(name, "quarantined", removed_by="person:x")
    (home.site.home / "inbox" / BATCH / name).unlink()


LEDGER: dict[str, tuple[Act, str]] = {
    **{
        f"archived becomes {state}": (flip(state), "state_differs")
        for state in ("pending", "rejected", "failed", "duplicate", "quarantined", "companion")
    },
    "archived becomes needs_review": (lambda h: h.state(PLAIN, "needs_review"), "is not in the queue"),
    "needs_review becomes archived": (lambda h: h.state(WAITS, "archived"), "is in the queue"),
    "rejected becomes pending": (lambda h: h.state(EMPTY, "pending", reason=""), "state_differs"),
    "rejected becomes failed": (lambda h: h.state(EMPTY, "failed"), "state_differs"),
    "rejected becomes archived": (lambda h: h.state(EMPTY, "archived"), "does not exist"),
    "rejected becomes another's": (
        lambda h: h.state(EMPTY, "archived", record_id=h.record(PLAIN)),
        "was made of other bytes",
    ),
    "another reason of rejection": (
        lambda h: h.state(EMPTY, "rejected", reason="encrypted"),
        "state_differs",
    ),
    "quarantined becomes pending": (lambda h: h.state(SECRET, "pending", reason=""), "state_differs"),
    "quarantined becomes rejected": (lambda h: h.state(SECRET, "rejected"), "state_differs"),
    "a tombstone of what nobody removed": (
        lambda h: bury(h, SECRET),
        "state_differs",
    ),
    "a duplicate becomes archived": (lambda h: h.state(COPY, "archived"), "holds record"),
    "a duplicate of no object": (
        lambda h: h.state(COPY, "duplicate", detail="Z99.01/none"),
        "no such object",
    ),
    "a duplicate of no record": (lambda h: h.state(COPY, "duplicate", record_id=""), "no such record"),
    "a companion becomes archived": (
        lambda h: h.state("tap.pages/1.tif", "archived"),
        "was made of other bytes",
    ),
    "withdrawn without an event": (
        lambda h: h.ledger("UPDATE records SET withdrawn = 'x' WHERE record_id = ?", h.record(PLAIN)),
        "withdrawal",
    ),
    "withdrawn for another reason": (
        lambda h: h.ledger("UPDATE records SET withdrawn = 'x' WHERE record_id = ?", h.record(WITHDRAWN)),
        "withdrawal",
    ),
    "withdrawn no more": (
        lambda h: h.ledger("UPDATE records SET withdrawn = '' WHERE record_id = ?", h.record(WITHDRAWN)),
        "withdrawal",
    ),
    "superseded no more": (
        lambda h: h.ledger("UPDATE records SET withdrawn = '' WHERE withdrawn LIKE 'superseded%'"),
        "withdrawal",
    ),
    "superseded by others": (
        lambda h: h.ledger("UPDATE records SET withdrawn = 'superseded by x' WHERE withdrawn LIKE 'super%'"),
        "withdrawal",
    ),
    "a release without an event": (
        lambda h: h.ledger(
            "DELETE FROM events WHERE action = 'released' AND subject = ?", f"{BATCH}/{RELEASED}"
        ),
        "release",
    ),
    "a queue row is gone": (
        lambda h: h.ledger("DELETE FROM reviews WHERE record_id = ?", h.record(DRAFT)),
        "queue_differs",
    ),
    "the queue row of an equal number is gone": (
        lambda h: h.ledger("DELETE FROM reviews WHERE doubts = 'same_number'"),
        "queue_differs",
    ),
    "a queue row lacks a doubt": (
        lambda h: h.ledger("UPDATE reviews SET doubts = 'draft' WHERE record_id = ?", h.record(DRAFT)),
        "queue_differs",
    ),
    "a queue row of what nobody doubts": (
        lambda h: h.ledger("INSERT INTO reviews VALUES (?, 'Z99.01', 'draft', NULL)", h.record(PLAIN)),
        "queue_differs",
    ),
    "another number": (lambda h: row(h, code="1/QĐ-UBND"), "ledger_differs"),
    "another year": (lambda h: row(h, year=1999), "ledger_differs"),
    "more pages": (lambda h: row(h, pages=99), "ledger_differs"),
    "a draft": (lambda h: row(h, draft=1), "ledger_differs"),
    "another holder": (lambda h: row(h, holder_key=f"{BATCH}/{EMPTY}"), "ledger_differs"),
    "another agency": (lambda h: row(h, agency="Z99.02"), "missing_record"),
    "another digest": (lambda h: row(h, sha256="0" * 64), "wrong_id"),
    "the row of a record is gone": (
        lambda h: h.ledger("DELETE FROM records WHERE record_id = ?", h.record(PLAIN)),
        "extra_record",
    ),
    "an event of a record is gone": (
        lambda h: h.ledger("DELETE FROM events WHERE subject = ? AND position = 3", h.record(PLAIN)),
        "event_chain",
    ),
    "the history of a record is gone": (
        lambda h: h.ledger("DELETE FROM events WHERE subject = ?", h.record(PLAIN)),
        "event_chain",
    ),
    "another actor": (
        lambda h: h.ledger("UPDATE events SET actor = 'person:x' WHERE subject = ?", h.record(PLAIN)),
        "event_chain",
    ),
    "an event more": (
        lambda h: h.ledger(
            "INSERT INTO events SELECT subject, position + 1, at, actor, action, details, previous, hash "
            "FROM events WHERE subject = ? ORDER BY position DESC LIMIT 1",
            h.record(PLAIN),
        ),
        "event_chain",
    ),
    "the histories of two records change places": (
        lambda h: exchange_histories(h, h.record(PLAIN), h.record(WAITS)),
        "event_chain",
    ),
    "another end of an object, in its event, too": (lambda h: end_otherwise(h, EMPTY), "event_chain"),
    "another event of a batch": (
        lambda h: h.ledger("UPDATE events SET actor = 'x' WHERE action = 'sample_drawn'"),
        "event_chain",
    ),
    "an object's row is gone": (
        lambda h: h.ledger("DELETE FROM objects WHERE key = ?", f"{BATCH}/{PLAIN}"),
        "no object",
    ),
}


def exchange_histories(home: Home, one: str, other: str) -> None:
    """Let each of the records have what happened to the other."""
    for of, to in ((one, "spare"), (other, one), ("spare", other)):
        home.ledger("UPDATE events SET subject = ? WHERE subject = ?", to, of)


def end_otherwise(home: Home, name: str) -> None:
    """Let an object that is no document be a failure, and its event say so."""
    home.state(name, "failed", reason="encrypted")
    said = "replace(replace(details, 'not_a_document', 'encrypted'), 'rejected', 'failed')"
    changed = f"UPDATE events SET details = {said} WHERE subject = ? AND action = 'settled'"  # noqa: S608
    home.ledger(changed, f"{BATCH}/{name}")


def row(home: Home, **values: object) -> None:
    """Change the ledger's summary of a record."""
    columns = ", ".join(f"{column} = ?" for column in values)
    statement = f"UPDATE records SET {columns} WHERE record_id = ?"  # noqa: S608 (constant names)
    home.ledger(statement, *values.values(), home.record(PLAIN))


def stored_text(home: Home, column: str) -> None:
    """Change a column of what the index keeps to show of the record."""
    statement = (
        f"UPDATE texts SET {column} = '{{}}' WHERE row = (SELECT row FROM records WHERE record_id = ?)"  # noqa: S608
    )
    home.index(statement, home.record(PLAIN))


INDEX: dict[str, tuple[Act, str]] = {
    "other values": (
        lambda h: stored_text(h, "fields"),
        "index_differs",
    ),
    "another text": (
        lambda h: stored_text(h, "body"),
        "index_differs",
    ),
    "another header": (
        lambda h: stored_text(h, "header"),
        "index_differs",
    ),
    "another date": (
        lambda h: h.index("UPDATE records SET issued = '1999-01-01' WHERE record_id = ?", h.record(PLAIN)),
        "index_differs",
    ),
    "another number to be found by": (
        lambda h: h.index("UPDATE records SET code_norm = '1' WHERE record_id = ?", h.record(PLAIN)),
        "index_differs",
    ),
    "another agency": (lambda h: facet(h, "Z99.02", "02"), "index_differs"),
    "another level": (lambda h: facet(h, AGENCY, "01"), "index_differs"),
    "an unknown level": (lambda h: facet(h, AGENCY, LEVEL), "index_differs"),
    "an entry is gone": (
        lambda h: h.index("DELETE FROM records WHERE record_id = ?", h.record(PLAIN)),
        "not_indexed",
    ),
    "an entry more": (
        lambda h: h.index("INSERT INTO records VALUES (NULL, 'more', '', 1, 0, 0, 0, '', '', '')"),
        "extra_in_index",
    ),
    "an entry more of an unknown level": (
        lambda h: entry_of_level(h, LEVEL),
        "extra_in_index",
    ),
    "a withdrawn record": (
        lambda h: h.index(
            "INSERT INTO records VALUES (NULL, ?, '', 1, 0, 0, 0, '', '', '')", h.record(WITHDRAWN)
        ),
        "extra_in_index",
    ),
}


def facet(home: Home, agency: str, level: str) -> None:
    """Let the index say that the record is of that agency and level."""
    home.index("INSERT INTO facets VALUES (NULL, ?, ?, 'x', '', '', '', '')", agency, level)
    update = "UPDATE records SET facet = (SELECT max(id) FROM facets) WHERE record_id = ?"
    home.index(update, home.record(PLAIN))


def entry_of_level(home: Home, level: str) -> None:
    """Put an entry of no record and of that level into the index."""
    home.index("INSERT INTO facets VALUES (NULL, ?, ?, 'x', '', '', '', '')", AGENCY, level)
    home.index("INSERT INTO records SELECT NULL, 'more', '', max(id), 0, 0, 0, '', '', '' FROM facets")


ELSEWHERE: dict[str, tuple[Act, str]] = {
    "other bytes of the same size and time": (
        lambda h: flip_a_byte(h.site.home / "inbox" / BATCH / PLAIN),
        "changed",
    ),
    "other bytes of a page": (
        lambda h: flip_a_byte(h.site.home / "inbox" / BATCH / "tap.pages/2.tif"),
        "changed",
    ),
    "other bytes of a secret object": (
        lambda h: flip_a_byte(h.site.home / "inbox" / BATCH / SECRET),
        "changed",
    ),
    "other bytes of a shop's manifest": (
        lambda h: flip_a_byte(h.site.home / "inbox" / BATCH / "manifest.csv"),
        "changed",
    ),
    "an object is gone": (
        lambda h: (h.site.home / "inbox" / BATCH / PLAIN).unlink(),
        "no longer in the inbox",
    ),
    "a folder of keys that others can list": (
        lambda h: (h.site.home / "keys" / "test").chmod(0o755),
        "exposed_key",
    ),
    "a key that its group can read": (
        lambda h: (h.site.home / "keys" / "test" / "ca.pem").chmod(0o640),
        "exposed_key",
    ),
}

ACTS = {
    f"{place}: {name}": act
    for place, acts in {
        "archive": ARCHIVE,
        "form": FORMS,
        "ledger": LEDGER,
        "index": INDEX,
        "elsewhere": ELSEWHERE,
    }.items()
    for name, act in acts.items()
}


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The stored home with a duplicate, a withdrawn record, and secret papers, one of them released."""
    folder = tmp_path_factory.mktemp("untouched")
    site = stored_site(folder)
    shutil.copytree(ROOT / "config", folder / "config")
    people = yaml.safe_dump({"people": PEOPLE}, allow_unicode=True)
    (folder / "config" / "people.yaml").write_text(people, encoding="utf-8")
    site.extra["SOHOA_CONFIG"] = str(folder / "config" / "sohoa.yaml")
    inbox = site.home / "inbox" / BATCH
    shutil.copy(inbox / PLAIN, inbox / COPY)
    for source, target in ((PLAIN, WITHDRAWN), (RELEASED, SECRET)):
        (inbox / target).write_bytes((inbox / source).read_bytes() + b"\0")
    (inbox / "manifest.csv").write_text("file\nkhong-co.tif\n", encoding="utf-8")
    site.run("nightly")
    home = Home(site)
    site.run("withdraw", home.record(WITHDRAWN), "--reason", "nhầm cơ quan")
    digest = home.asked("SELECT sha256 FROM objects WHERE key = ?", f"{BATCH}/{RELEASED}")
    for _mark in ("on the page", "in the file's name"):
        site.run("review", "release", digest, "--reason", "không có dấu", "--false-alarm", "--as", GUARD)
        site.run("nightly")
    assert site.json("reconcile")["holds"]
    assert site.json("verify")["faults"] == []
    return site


@pytest.fixture
def home(untouched: Site, tmp_path: Path) -> Home:
    """A copy that somebody may tamper with."""
    shutil.copytree(untouched.home, tmp_path / "home", symlinks=True)
    return Home(Site(tmp_path / "home", untouched.extra))


def complaints(site: Site) -> Iterator[str]:
    """Every fault that the two commands name, in a line; their exit codes say whether there is one."""
    for command, key in (("verify", "faults"), ("reconcile", "holds")):
        ended, out, err = site.ask(command, "--json")
        assert ended in (0, 1), err
        answer = json.loads(out)
        assert (ended == 0) == (answer[key] in (True, [])), err
        for fault in answer["faults"]:
            yield fault if isinstance(fault, str) else " ".join(fault.values())


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_noticed(act: str, home: Home) -> None:
    """``verify`` or ``reconcile`` ends with exit 1 and names what was done."""
    tamper, expected = ACTS[act]
    tamper(home)
    found = list[str]()
    for fault in complaints(home.site):
        found.append(fault)
        if expected in fault:
            return
    pytest.fail("\n".join(found) or "nothing was noticed")
