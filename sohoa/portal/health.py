"""Whether the portal's services answer."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sohoa.domain.errors import SohoaError
from sohoa.portal.asking import Asked, Pages
from sohoa.usecases.services import Services


def standing(services: Services) -> dict[str, bool]:
    """Which of ledger, index and store answer just now."""
    asks = {"ledger": services.states.ping, "index": services.index.ping, "store": services.store.ping}
    found = dict[str, bool]()
    for name, ask in asks.items():
        try:
            ask()
            found[name] = True
        except SohoaError:
            found[name] = False
    return found


def add_health(pages: Pages) -> None:
    """``/healthz``: 200 where every service answers, else 503; it names services and nothing else."""
    pages.get("health", "/healthz", _health)


def _health(asked: Asked) -> Response:
    found = standing(asked.services)
    return JSONResponse({"ok": all(found.values()), "services": found}, 200 if all(found.values()) else 503)
