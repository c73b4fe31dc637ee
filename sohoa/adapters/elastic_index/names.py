"""Which indices and aliases of ours a server has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sohoa.adapters.elastic_index.server import Server
from sohoa.domain.errors import Misconfigured


class Names:
    """The indices ``ALIAS-v<schema>-<number>`` and what bears an alias; read anew with every question."""

    def __init__(self, server: Server, alias: str) -> None:
        self._server = server
        self._alias = alias
        self._own = re.compile(rf"{re.escape(alias)}-v\d+-\d{{6}}")

    def is_ours(self, name: str) -> bool:
        """Whether an index was named by us."""
        return self._own.fullmatch(name) is not None

    def describe(self, names: str) -> dict[str, Any]:
        """Aliases and mappings of the indices that bear these names, where there are such."""
        with self._server.errors() as client:
            found = client.indices.get(
                index=names,
                ignore_unavailable=True,
                filter_path="*.aliases,*.mappings",
                expand_wildcards="all",
            )
        return {name: {"aliases": {}, "mappings": {}, **facts} for name, facts in found.body.items()}

    def bearer(self, found: Mapping[str, Any], alias: str) -> str:
        """The one index that bears the alias, or none; raises ``Misconfigured`` for several."""
        self.refuse_own_index(found, alias)
        bearers = [name for name in found if alias in found[name]["aliases"]]
        if len(bearers) > 1:
            raise self.wrong(f"{alias} points to {', '.join(sorted(bearers))} at once")
        return bearers[0] if bearers else ""

    def refuse_own_index(self, found: Mapping[str, Any], alias: str) -> None:
        """Raise ``Misconfigured`` where an index has the name that must be an alias."""
        if alias in found:
            raise Misconfigured(
                f"search index at {self._server.where}: {alias} is an index of its own, not an alias: "
                "remove it or choose another index.name, then run `sohoa reindex`"
            )

    def all(self) -> dict[str, Any]:
        """All indices named by us, serving or not."""
        found = self.describe(f"{self._alias}-v*")
        return {name: facts for name, facts in found.items() if self.is_ours(name)}

    def wrong(self, what: str) -> Misconfigured:
        """The error for an index that only a rebuild can mend."""
        return Misconfigured(f"search index at {self._server.where}: {what}: run `sohoa reindex`")
