"""The portal run by uvicorn, until it is told to stop."""

from __future__ import annotations

import uvicorn

from sohoa.portal.app import make_app
from sohoa.portal.asking import is_loopback
from sohoa.settings import Settings
from sohoa.wiring import open_services

_STOP_S = 5


def serve(settings: Settings, host: str, port: int) -> None:
    """Answer on that address; raises ``Misconfigured`` when the home was not made yet."""
    secure = settings.portal.cookie == "secure" or not is_loopback(host)
    with open_services(settings) as services:
        uvicorn.run(
            make_app(services, secure),
            host=host,
            port=port,
            access_log=False,
            server_header=False,
            log_level="warning",
            timeout_graceful_shutdown=_STOP_S,
        )
