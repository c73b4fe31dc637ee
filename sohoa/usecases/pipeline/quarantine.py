"""Objects under secrecy: what happens to the file, and its removal by a named person."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import Changed, NotFound
from sohoa.domain.inbox.folder_documents import folder_of, is_marker
from sohoa.domain.inbox.states import InboxObject, State
from sohoa.domain.protection.access import Reader
from sohoa.ports import DocumentStates, NewEvent
from sohoa.usecases.pipeline.services import SettleServices


def dispose(services: SettleServices, row: InboxObject) -> None:
    """Carry out ``secrecy.disposition``: hold it in the inbox, move it to its own bucket, or delete it."""
    policy = services.policy
    if policy.disposition == "hold":
        return
    if policy.disposition == "move":
        try:
            with services.store.fetch(policy.inbox, row.key, row.etag) as path:
                services.store.put(policy.quarantine, row.key, path)
        except Changed:  # what lies under the key now is another object
            return
    _remove(services, row, f"setting secrecy.disposition={policy.disposition}")


def quarantined(reader: Reader, states: DocumentStates) -> Iterator[InboxObject]:
    """All objects under secrecy of the reader's agencies that are still there."""
    return (row for row in _held(reader, states) if not row.removed_by)


def remove(reader: Reader, services: SettleServices, sha256: str, reason: str) -> InboxObject:
    """Delete a quarantined object from the inbox in a person's name; leaves a tombstone.

    ``sha256`` is the object's digest or an unambiguous beginning of it (8 or more characters); that of a
    folder document removes all its objects, and what an interrupted removal left. Raises ``NotFound`` when
    there is no such object.
    """
    held = list(_held(reader, services.states))
    meant = [row for row in held if len(sha256) >= 8 and row.sha256.startswith(sha256)]
    found = [row for row in meant if _is_there(services, row)]
    if not found:
        raise NotFound("held_object", f"no quarantined object has the digest {sha256!r}")
    folders = {folder_of(row.key) for row in found if is_marker(row.key)}
    pages = [row for row in held if row not in found and folder_of(row.key) in folders]
    for row in (*filter(partial(_is_there, services), pages), *found):
        _remove(services, row, reader.actor, reason)
    return found[0]


def _held(reader: Reader, states: DocumentStates) -> Iterator[InboxObject]:
    rows = states.objects(states=(State.QUARANTINED,))
    return (row for row in rows if not row.replaced and reader.access.covers(row.agency))


def _is_there(services: SettleServices, row: InboxObject) -> bool:
    """Whether it is not removed yet, or only in the ledger: its removal was interrupted."""
    return not row.removed_by or _is_present(services, row)


def _is_present(services: SettleServices, row: InboxObject) -> bool:
    present = services.store.stat(services.policy.inbox, row.key)
    return present is not None and present.etag == row.etag


def _remove(services: SettleServices, row: InboxObject, by: str, reason: str = "") -> None:
    event = NewEvent(by, Action.REMOVED, {"sha256": row.sha256, "reason": reason})
    if not row.removed_by:
        services.states.mark_removed(row.key, row.etag, by, services.clock.now(), event)
    if _is_present(services, row):
        services.store.delete(services.policy.inbox, row.key)
