"""The portal run by uvicorn, until it is told to stop."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

import uvicorn

from sohoa.domain.errors import Misconfigured, SohoaError
from sohoa.portal.app import make_app
from sohoa.portal.asking import is_loopback
from sohoa.settings import Settings
from sohoa.usecases.services import Services
from sohoa.wiring import open_services

_STOP_S = 5
_WAITING = 2048


def listen(host: str, port: int) -> socket.socket:
    """Take that address; raises ``Misconfigured`` where another program has it, or nobody can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_WAITING)
    except OSError as error:
        raise Misconfigured(
            f"cannot listen on {host}, port {port}: {(error.strerror or str(error)).lower()}; stop "
            "what listens there, or take another address by --host, --port or portal.* of the settings"
        ) from error


def serve(settings: Settings, listening: socket.socket, host: str) -> None:
    """Answer on that socket; raises ``Misconfigured`` when the home was not made yet."""
    secure = settings.portal.cookie == "secure" or not is_loopback(host)
    with listening, open_services(settings) as services:
        threading.Thread(target=_warm, args=(services,), daemon=True).start()
        config = uvicorn.Config(
            make_app(services, secure),
            access_log=False,
            server_header=False,
            log_level="warning",
            timeout_graceful_shutdown=_STOP_S,
        )
        uvicorn.Server(config).run(sockets=[listening])


def _warm(services: Services) -> None:
    """The first picture that somebody asks for need not wait for a worker; without one it says so itself."""
    with suppress(SohoaError):
        services.viewer.warm()
