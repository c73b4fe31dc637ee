"""A gate before a real server: passes requests on, but answers some itself as an overloaded one would."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

DROP = 0
_BUSY = b'{"error": {"type": "too_busy"}}'


@dataclass
class Gate:
    """What happens to bulk requests; all others pass.

    ``answers`` are given in turn instead of the server's: a status, or ``DROP`` for none. Bodies above
    ``max_bytes`` get 413. ``items``, in turn, are put over the status of the first item of an answer.
    Every answer, of any request, waits ``delay_s`` seconds. ``passed`` counts bulk requests that reached the
    server, ``answered_bytes`` all that came back from it.
    """

    server: str
    ca_file: Path | None
    url: str = ""
    answers: list[int] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    max_bytes: int = 1_000_000_000
    delay_s: float = 0.0
    passed: int = 0
    answered_bytes: int = 0

    def answer(self, request: _Request, body: bytes) -> tuple[int, bytes] | None:
        """Status and body for a request; None to hang up."""
        time.sleep(self.delay_s)
        if not urlsplit(request.path).path.endswith("/_bulk"):
            return self._passed(request, body)
        if len(body) > self.max_bytes:
            return 413, b"{}"
        if self.answers:
            status = self.answers.pop(0)
            return None if status == DROP else (status, _BUSY)
        self.passed += 1
        status, answer = self._passed(request, body)
        return status, self._spoilt(answer) if self.items else answer

    def _passed(self, request: _Request, body: bytes) -> tuple[int, bytes]:
        headers = {name: value for name, value in request.headers.items() if name.lower() != "host"}
        with closing(self._connection()) as server:
            server.request(request.command, request.path, body, headers | {"Accept-Encoding": "identity"})
            answer = server.getresponse()
            content = answer.read()
            self.answered_bytes += len(content)
            return answer.status, content

    def _connection(self) -> HTTPConnection:
        address = urlsplit(self.server)
        if address.scheme == "http":
            return HTTPConnection(address.netloc)
        return HTTPSConnection(address.netloc, context=ssl.create_default_context(cafile=self.ca_file))

    def _spoilt(self, answer: bytes) -> bytes:
        found = json.loads(answer)
        item = next(iter(found["items"][0].values()))
        item |= {"status": self.items.pop(0), "error": {"type": "es_rejected_execution_exception"}}
        return json.dumps(found).encode()


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Listener

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        found = self.server.gate.answer(self, body)
        if found is None:
            self.close_connection = True
            return
        self.send_response(found[0])
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/vnd.elasticsearch+json; compatible-with=9")
        self.send_header("Content-Length", str(len(found[1])))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(found[1])

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer  # noqa: N815 (names of the base class)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (name of the base class)
        """Nothing is logged."""


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    gate: Gate

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no news."""


@contextmanager
def gate_to(server: str, ca_file: Path | None) -> Iterator[Gate]:
    """An open gate to the server of that address; the gate itself is without TLS."""
    with _Listener(("127.0.0.1", 0), _Request) as listener:
        listener.gate = Gate(server, ca_file, f"http://127.0.0.1:{listener.server_port}")
        thread = threading.Thread(target=listener.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield listener.gate
        finally:
            listener.shutdown()
            thread.join()
