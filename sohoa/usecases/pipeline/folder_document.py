"""Work on one folder document: is it whole, what becomes of it, and of every object in it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from sohoa.domain.errors import Changed
from sohoa.domain.evidence.shop_manifest import PageOrder, page_order
from sohoa.domain.inbox.folder_documents import (
    MANIFEST_NAME,
    SUFFIX,
    Folder,
    folder_from,
    is_page,
    name_in_folder,
)
from sohoa.domain.inbox.keys import file_name
from sohoa.domain.inbox.states import InboxObject, Outcome, State
from sohoa.domain.protection.access import Reader
from sohoa.usecases.evidence.given import manifest_at
from sohoa.usecases.pipeline.attempts import Done, attempts, done_with, note, settle
from sohoa.usecases.pipeline.digitize import archive
from sohoa.usecases.pipeline.intake import Taken, intake_folder
from sohoa.usecases.pipeline.quarantine import dispose
from sohoa.usecases.pipeline.services import DocumentServices, SettleServices

_COMPANION = Outcome(State.COMPANION, "companion")
_NOT_WHOLE = Outcome(State.PENDING, "folder_not_whole")
_SECRET = Outcome(State.QUARANTINED, "page_of_secret")


def work_on_folder(reader: Reader, services: DocumentServices, name: str) -> list[Done] | None:
    """What was done with the objects of a folder; None where another run works on it.

    Repeating it changes nothing. The document's own state is written last, or first where it is secret, so
    that a run that was killed in between is taken up again.
    """
    folder = _looked_at(services, name)
    carrier = folder.carrier
    if carrier is None:
        return _settle_waiting(reader, services, folder, _SECRET if folder.secret else _NOT_WHOLE)
    if not services.states.claim(carrier.key, carrier.etag, services.owner):
        return None
    try:
        return _claimed(reader, services, _looked_at(services, name), carrier)
    finally:
        services.states.release(carrier.key, carrier.etag, services.owner)


def _looked_at(services: SettleServices, name: str) -> Folder:
    """The folder as inbox and ledger have it now."""
    listed = list(services.store.list(services.policy.inbox, f"{name}/"))
    services.states.observe(listed)
    rows = services.states.objects(prefix=f"{name}/")
    return folder_from(name, rows, {info.key: info.etag for info in listed})


def _claimed(reader: Reader, services: DocumentServices, folder: Folder, claimed: InboxObject) -> list[Done]:
    carrier = folder.carrier
    if carrier is None or (carrier.key, carrier.etag) != (claimed.key, claimed.etag):
        return []
    if folder.secret:
        done = _settle_waiting(reader, services, folder, _SECRET)
        if carrier.state is State.QUARANTINED:
            dispose(services, carrier)
        return done
    if folder.closed:
        return _settle_waiting(
            reader, services, folder, Outcome(State.REJECTED, "folder_closed", carrier.key)
        )
    work = _Work(reader, services, folder, carrier)
    outcome = attempts(services.policy.attempts, work.digitized, work.settle)
    own = [] if work.still_waits(outcome) else [done_with(carrier, outcome)]
    return [*own, *work.done.values()]


def _settle_waiting(reader: Reader, services: SettleServices, folder: Folder, outcome: Outcome) -> list[Done]:
    """Give that outcome to what waits in the folder; what could never be a page is a companion."""
    done = []
    for row in folder.members:
        late = outcome.state is State.REJECTED and name_in_folder(row.key) == MANIFEST_NAME
        meant = is_page(row.key) or late or outcome.state is State.QUARANTINED
        own = outcome if meant else _COMPANION
        if row.state in (State.PENDING, State.FAILED) and not _is(row, own):
            settle(reader, services, row, own)
            done.append(done_with(row, own))
    return done


@dataclass
class _Work:
    """One run's work on a folder; ``done`` says what became of the objects beside the carrier, by key."""

    reader: Reader
    services: DocumentServices
    folder: Folder
    carrier: InboxObject
    digests: dict[str, str] = field(default_factory=dict)
    done: dict[str, Done] = field(default_factory=dict)

    def digitized(self) -> Outcome:
        """Take the folder all the way."""
        services, order = self.services, self._order()
        if order.missing:
            more = f" and {len(order.missing) - 1} more" if len(order.missing) > 1 else ""
            return replace(_NOT_WHOLE, detail=f"{order.missing[0]}{more}")
        keys = [f"{self.folder.name}/{name}" for name in order.names]
        with ExitStack() as stack:
            etags = {row.key: row.etag for row in self.folder.pages}
            try:
                paths = stack.enter_context(
                    services.store.fetch_all(services.policy.inbox, keys, [etags[key] for key in keys])
                )
            except Changed:
                return Outcome(State.FAILED, "vanished")
            named = [(name_in_folder(key), path) for key, path in zip(keys, paths, strict=True)]
            taken = intake_folder(services, self.carrier.key, named)
            if not isinstance(taken, Taken):
                return taken
            files = taken.originals.files
            self.digests = {key: file.entry.sha256 for key, file in zip(keys, files, strict=True)}
            name = file_name(self.folder.name)[: -len(SUFFIX)]
            return archive(self.reader, services, self.carrier, taken, name, order.doubts)

    def _order(self) -> PageOrder:
        names = [name_in_folder(row.key) for row in self.folder.pages]
        manifest = manifest_at(self.services, f"{self.folder.name}/{MANIFEST_NAME}")
        return page_order(names, manifest, file_name(self.folder.name))

    def settle(self, outcome: Outcome) -> None:
        """Give the carrier the document's outcome and every other object its part in it."""
        secret = outcome.state is State.QUARANTINED
        if secret:
            note(self.reader, self.services, self.carrier, outcome)
        for row in self.folder.members:
            own = self._part_of(row, outcome)
            known = self.done.get(row.key)
            same = _is(row, own) if known is None else known == done_with(row, own)
            if row.key != self.carrier.key and not same:
                settle(self.reader, self.services, row, own)
                self.done[row.key] = done_with(row, own)
        if secret:
            dispose(self.services, self.carrier)
        elif not self.still_waits(outcome):
            note(self.reader, self.services, self.carrier, outcome)

    def still_waits(self, outcome: Outcome) -> bool:
        """Whether the document waits for the same page as before."""
        return outcome.state is State.PENDING and _is(self.carrier, outcome)

    def _part_of(self, row: InboxObject, outcome: Outcome) -> Outcome:
        """What an object of the folder becomes when the document became that."""
        sha256 = self.digests.get(row.key, "")
        if outcome.state is State.QUARANTINED:
            return replace(_SECRET, sha256=sha256)
        if not is_page(row.key):
            return _COMPANION
        if outcome.state is State.PENDING:
            return replace(outcome, sha256=sha256)
        return Outcome(State.COMPANION, "page", "", sha256, outcome.record_id)


def _is(row: InboxObject, outcome: Outcome) -> bool:
    """Whether the ledger says so already."""
    known = row.state, row.reason, row.detail, row.record_id
    wanted = outcome.state, outcome.reason, outcome.detail, outcome.record_id
    return known == wanted and outcome.sha256 in ("", row.sha256)
