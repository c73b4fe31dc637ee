"""The indices behind the alias: numbered generations, one of them serving, at most one being built.

The alias ``NAME`` points to the serving index, ``NAME-building`` to one that a rebuild fills. Writers write
to both, by alias only (``require_alias``): a name that vanished is an error, never an index made by guessing.
A builder that lives renews the time in its index's mapping; without that for ``LEASE_S`` seconds, or when its
process is known to have ended, its index is debris, which the next rebuild removes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from elasticsearch import BadRequestError, NotFoundError

from sohoa.adapters.elastic_index.mapping import SCHEMA, SETTINGS, is_ours, mapping
from sohoa.adapters.elastic_index.names import Names
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

    def __init__(
        self, server: Server, alias: str, lease_s: float, owner: str, may_live: Callable[[str], bool]
    ) -> None:
        self.alias, self.building_alias = alias, f"{alias}-building"
        self._server = server
        self._lease_s = lease_s
        self._owner, self._may_live = owner, may_live
        self._names = Names(server, alias)
        self._seen = False

    def look(self) -> Places:
        """Where to read and write now; the first use of a new server makes an empty index.

        Raises ``Misconfigured`` when the index vanished or is not of this version.
        """
        found = self._names.describe(f"{self.alias},{self.building_alias}")
        serving = self._names.bearer(found, self.alias)
        if not serving:
            return self._first()
        for name in found:
            if not is_ours(found[name]["mappings"]):
                raise self._names.wrong(f"index {name} was made by another version or by hand")
        self._seen = True
        return Places(serving, self._names.bearer(found, self.building_alias))

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

    def _first(self) -> Places:
        """Make the first index, unless this process or the server's leftovers know of an older one."""
        others = self._names.all()
        left = [name for name in others if self.building_alias not in others[name]["aliases"]]
        if any(self.alias in others[name]["aliases"] for name in others):
            return self.look()
        if self._seen or left:
            raise self._names.wrong(f"{self.alias} is missing")
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
                    mappings=mapping(self._mark()),
                    aliases={alias: {}},
                )
        except SohoaError as error:
            cause = error.__cause__
            if isinstance(cause, BadRequestError) and error_kind(cause.body) == _EXISTS:
                return ""
            raise
        return name

    def _begin(self) -> str:
        found, bearers = self._names.all(), self._names.describe(self.alias)
        self._names.refuse_own_index(bearers, self.alias)
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
        meta = facts["mappings"].get("_meta") or {}
        return (
            self.building_alias in facts["aliases"]
            and time.time() - float(meta.get("renewed", 0)) < self._lease_s
            and self._may_live(str(meta.get("owner", "")))
        )

    def _mark(self) -> dict[str, Any]:
        return {"owner": self._owner, "renewed": time.time()}

    def _own(self, name: str) -> None:
        """Renew the lease; raises ``Unavailable`` when another rebuild took the index for debris."""
        try:
            with self._server.errors() as client:
                client.indices.put_mapping(index=name, meta=mapping(self._mark())["_meta"])
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
            if self._names.is_ours(old)
            else {"remove": {"index": old, "alias": self.alias}}
            for old in self._names.describe(self.alias)
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
