"""Inbox keys: ``<agency code>/<batch…>/<file>``, and how a listing becomes batches of work."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sohoa.domain.inbox.folder_documents import folder_of
from sohoa.domain.inbox.states import InboxObject

_COMPANION_NAMES = frozenset({"manifest.csv", "_complete"})


def agency_of(key: str) -> str:
    """The agency code of a key; empty for a key without a folder."""
    return key.partition("/")[0] if "/" in key else ""


def file_name(key: str) -> str:
    """The last part of a key."""
    return key.rpartition("/")[2]


def is_companion(key: str) -> bool:
    """Whether the key belongs to other objects: a shop's manifest, a folder marker."""
    return key.endswith("/") or file_name(key) in _COMPANION_NAMES


def masked(key: str) -> str:
    """A key that gives nothing away: agency and a short digest; for objects under secrecy."""
    return f"{agency_of(key)}/***{hashlib.sha256(key.encode('utf-8', 'surrogateescape')).hexdigest()[:10]}"


def object_id(key: str, etag: str) -> str:
    """The id of an object's version, which gives nothing away: what is handed from task to task."""
    return hashlib.sha256(f"{key}\0{etag}".encode("utf-8", "surrogateescape")).hexdigest()[:32]


_Group = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Work for one task: groups of (key, etag).

    Objects of one agency that have the same size may hold the same bytes; they share a group and are
    worked on one after another in key order, so that the first of them always becomes the record. So do
    folder documents, whose objects stay together.
    """

    groups: tuple[tuple[tuple[str, str], ...], ...]

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        return tuple(pair for group in self.groups for pair in group)

    @property
    def ids(self) -> list[list[str]]:
        """Plain data: the groups, objects by their ids, as any of them may prove to be under secrecy."""
        return ids_of(self.groups)


def ids_of(groups: Iterable[_Group]) -> list[list[str]]:
    """The groups with the id of each object."""
    return [[object_id(*pair) for pair in group] for group in groups]


def groups_of(ids: Iterable[Iterable[str]], known: Mapping[str, tuple[str, str]]) -> tuple[_Group, ...]:
    """The inverse of ``ids_of``, where ``known`` are key and etag by id; others are gone."""
    return tuple(tuple(known[name] for name in group if name in known) for group in ids)


def plan(objects: Iterable[InboxObject], max_files: int, max_bytes: int) -> Iterator[Batch]:
    """Cut pending objects into batches bounded by files and bytes; a group is never cut.

    The largest of a batch comes first, so that no worker is left with it alone at the end.
    """
    current, files, size = list[tuple[int, _Group]](), 0, 0
    for members in _groups(objects):
        each = sum(item.size_bytes for item in members)
        if current and (files + len(members) > max_files or size + each > max_bytes):
            yield Batch(_largest_first(current))
            current, files, size = [], 0, 0
        current.append((each, tuple((item.key, item.etag) for item in members)))
        files, size = files + len(members), size + each
    if current:
        yield Batch(_largest_first(current))


def _largest_first(groups: list[tuple[int, _Group]]) -> tuple[_Group, ...]:
    return tuple(group for _, group in sorted(groups, key=lambda sized: -sized[0]))


def _groups(objects: Iterable[InboxObject]) -> Iterator[list[InboxObject]]:
    """Documents that may hold the same bytes, in the order in which the first of them is listed."""
    documents: dict[str, list[InboxObject]] = {}
    for item in objects:
        documents.setdefault(folder_of(item.key) or item.key, []).append(item)
    groups: dict[tuple[str, bool, int], list[InboxObject]] = {}
    for name, members in documents.items():
        size = sum(item.size_bytes for item in members)
        groups.setdefault((members[0].agency, name != members[0].key, size), []).extend(members)
    yield from groups.values()
