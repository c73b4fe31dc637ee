"""A server as data: what starts it, when it is ready, and the settings that reach it."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Server:
    """``ready`` may raise an HTTP error while the server starts; ``settings`` are Sohoa's variables."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    ready: Callable[[], bool]
    settings: Mapping[str, str]


def tls(certs: Path) -> ssl.SSLContext:
    """Trust in the authority of these test servers only."""
    return ssl.create_default_context(cafile=str(certs / "ca.crt"))
