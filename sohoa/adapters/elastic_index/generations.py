"""The indices behind the alias: numbered generations, one of them serving, at most one being built.

The alias ``NAME`` points to the serving index, ``NAME-building`` to one that a rebuild fills. Writers write
to both, by alias only (``require_alias``): a name that vanished is an error, never an index made by guessing.
A builder that lives renews the time in its index's mapping; without that for ``LEASE_S`` seconds its index
is debris, which the next rebuild removes.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from elasticsearch import BadRequestError, NotFoundError

from sohoa.adapters.elastic_index.mapping import SCHEMA, SETTINGS, is_ours, mapping
from sohoa.adapters.elastic_index.server import Server, error_kind
from sohoa.domain.errors import Misconfigured, SohoaError, Unavailable

LEASE_S = 120.0
_EXISTS = "resource_already_exists_exception"
_RENEW_S = 15.0


@dataclass(frozen=True, slots=True)
class Places:
    """Names of the serving index and of the one being built, if any."""

    serving: str
    building: str = ""


class Generations:
    """Finds, makes, swaps and removes the indices of one alias."""

    def __init__(self, server: Server, alias: str, lease_s: float = LEASE_S) -> None:
        self.alias, self.building_alias = alias, f"{alias}-building"
        self._server = server
        self._lease_s = lease_s
        self._name = re.compile(rf"{re.escape(alias)}-v\d+-\d{{6}}")
        self._seen = False

    def look(self) -> Places:
        """Where to read and write now; the first use of a new server makes an empty index.

        Raises ``Misconfigured`` when the index vanished or is not of this version.
        """
        found = self._describe(f"{self.alias},{self.building_alias}")
        serving = self._bearer(found, self.alias)
        if not serving:
            return self._first()
        for name in found:
            if not is_ours(found[name]["mappings"]):
                raise self._wrong(f"index {name} was made by another version or by hand")
        self._seen = True
        return Places(serving, self._bearer(found, self.building_alias))

    @contextmanager
    def building(self) -> Iterator[Callable[[], None]]:
        """An empty index being built, which serves from the end of the block on if all went well.

        Yields what must be called now and then to stay its owner; raises ``Unavailable`` while another
        process builds.
        """
        name = self._begin()
        renewed = time.monotonic()

        def renew() -> None:
            nonlocal renewed
            if time.monotonic() - renewed > _RENEW_S:
                renewed = time.monotonic()
                self._own(name)

        try:
            yield renew
            self._own(name)
            self._swap(name)
        except BaseException:
            with suppress(SohoaError):
                self._remove(name)
            raise

    def _describe(self, names: str) -> dict[str, Any]:
        with self._server.errors() as client:
            found = client.indices.get(
                index=names,
                ignore_unavailable=True,
                filter_path="*.aliases,*.mappings",
                expand_wildcards="all",
            )
        return {name: {"aliases": {}, "mappings": {}, **facts} for name, facts in found.body.items()}

    def _bearer(self, found: Mapping[str, Any], alias: str) -> str:
        self._refuse_own_index(found, alias)
        bearers = [name for name in found if alias in found[name]["aliases"]]
        if len(bearers) > 1:
            raise self._wrong(f"{alias} points to {', '.join(sorted(bearers))} at once")
        return bearers[0] if bearers else ""

    def _refuse_own_index(self, found: Mapping[str, Any], alias: str) -> None:
        if alias in found:
            raise Misconfigured(
                f"search index at {self._server.where}: {alias} is an index of its own, not an alias: "
                "remove it or choose another index.name, then run `sohoa reindex`"
            )

    def _all(self) -> dict[str, Any]:
        found = self._describe(f"{self.alias}-v*")
        return {name: facts for name, facts in found.items() if self._name.fullmatch(name)}

    def _first(self) -> Places:
        """Make the first index, unless this process or the server's leftovers know of an older one."""
        others = self._all()
        left = [name for name in others if self.building_alias not in others[name]["aliases"]]
        if any(self.alias in others[name]["aliases"] for name in others):
            return self.look()
        if self._seen or left:
            raise self._wrong(f"{self.alias} is missing")
        if self._create(others, self.alias):
            self._seen = True
        return self.look()

    def _create(self, others: Mapping[str, Any], alias: str) -> str:
        """A new index that bears the alias; empty when another process was faster."""
        number = 1 + max((int(name.rpartition("-")[2]) for name in others), default=0)
        name = f"{self.alias}-v{SCHEMA}-{number:06d}"
        try:
            with self._server.errors():
                self._server.client.indices.create(
                    index=name,
                    settings=SETTINGS,
                    mappings=mapping({"renewed": time.time()}),
                    aliases={alias: {}},
                )
        except SohoaError as error:
            cause = error.__cause__
            if isinstance(cause, BadRequestError) and error_kind(cause.body) == _EXISTS:
                return ""
            raise
        return name

    def _begin(self) -> str:
        found, bearers = self._all(), self._describe(self.alias)
        self._refuse_own_index(bearers, self.alias)
        spare = {name: facts for name, facts in found.items() if name not in bearers}
        if any(self._is_live(facts) for facts in spare.values()):
            raise Unavailable(
                f"search index at {self._server.where}: another process is rebuilding it "
                f"(if it died, a new rebuild may begin {self._lease_s:.0f} seconds after that)"
            )
        for name in spare:
            self._remove(name)
        name = self._create(found, self.building_alias)
        if not name:
            raise Unavailable(f"search index at {self._server.where}: another process is rebuilding it")
        return name

    def _is_live(self, facts: Mapping[str, Any]) -> bool:
        renewed = float((facts["mappings"].get("_meta") or {}).get("renewed", 0))
        return self.building_alias in facts["aliases"] and time.time() - renewed < self._lease_s

    def _own(self, name: str) -> None:
        """Renew the lease; raises ``Unavailable`` when another rebuild took the index for debris."""
        try:
            with self._server.errors() as client:
                client.indices.put_mapping(index=name, meta=mapping({"renewed": time.time()})["_meta"])
        except Misconfigured as error:
            if isinstance(error.__cause__, NotFoundError):
                raise Unavailable(
                    f"search index at {self._server.where}: the rebuild was too slow or someone removed "
                    f"its index {name}: repeat `sohoa reindex`"
                ) from error
            raise

    def _swap(self, name: str) -> None:
        """Let the alias name the new index only and remove the old one, in one step."""
        actions: list[dict[str, Any]] = [
            {"remove_index": {"index": old}}
            if self._name.fullmatch(old)
            else {"remove": {"index": old, "alias": self.alias}}
            for old in self._describe(self.alias)
        ]
        actions += [
            {"add": {"index": name, "alias": self.alias}},
            {"remove": {"index": name, "alias": self.building_alias, "must_exist": True}},
        ]
        with self._server.errors() as client:
            client.indices.update_aliases(actions=actions)
        self._seen = True

    def _remove(self, name: str) -> None:
        with self._server.errors() as client:
            client.options(ignore_status=404).indices.delete(index=name)

    def _wrong(self, what: str) -> Misconfigured:
        return Misconfigured(f"search index at {self._server.where}: {what}: run `sohoa reindex`")
