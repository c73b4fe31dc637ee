"""Systems that receive snapshots: an HTTPS endpoint and a mail server, with an authority of their own."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from sohoa.orchestration.processes import free_port
from tests.support.services.certificates import make

SECRET, USER, PASSWORD = "khoá thử của nơi nhận", "sohoa", "mat-khau-thu"


def authority(folder: Path) -> Path:
    """A new authority with a certificate for this machine below the folder; its own certificate's file."""
    folder.mkdir(parents=True, exist_ok=True)
    return make(folder)


def _context(folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "public.crt", folder / "private.key")
    return context


@dataclass
class Endpoint:
    """What reached it: ``taken`` by key, as a receiver does that knows a repeat, and every request's key."""

    answers: list[int] = field(default_factory=list)
    """Statuses of the next requests; 200 after these."""
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}/bao-cao?khoa=rieng"

    def take(self, body: bytes, headers: Any) -> int:
        """Check the signature as docs/feeds.md says, and keep what is new."""
        stamp = headers["X-Sohoa-Timestamp"]
        wanted = hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(headers["X-Sohoa-Signature"], f"v1={wanted}"):
            return 401
        key = headers["Idempotency-Key"]
        self.keys.append(key)
        status = self.answers.pop(0) if self.answers else 200
        if status == 200:
            self.taken.setdefault(key, json.loads(body))
        return status


@contextmanager
def listening(endpoint: Endpoint, folder: Path) -> Iterator[Endpoint]:
    """The endpoint, up for the length of the block, at the same port each time."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(endpoint.take(body, self.headers))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            pass  # who does not trust us hangs up

    server = Server(("127.0.0.1", endpoint.port), Handler)
    endpoint.port = server.server_port
    server.socket = _context(folder).wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Mailbox:
    """Messages that arrived. ``hang_up``: the server goes away when a message was handed over."""

    messages: list[EmailMessage] = field(default_factory=list)
    hang_up: bool = False
    refuse: str = ""
    """The address of a recipient that the server does not know."""
    port: int = 0

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == self.refuse:
            return "550 unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        message = message_from_bytes(envelope.original_content or b"", policy=default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        if self.hang_up:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "250 OK"


def _login(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    wanted = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=data == wanted, handled=False)


@contextmanager
def mail_server(mailbox: Mailbox, folder: Path) -> Iterator[Mailbox]:
    """The mail server, up for the length of the block; it demands STARTTLS and a login."""
    mailbox.port = mailbox.port or free_port()
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=mailbox.port,
        tls_context=_context(folder),
        require_starttls=True,
        auth_required=True,
        authenticator=_login,
        server_hostname="thu.example",
    )
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
