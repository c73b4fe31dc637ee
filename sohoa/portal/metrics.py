"""Figures for Prometheus: the portal's work by page and status, and what night and coverage left for it.

Never by person, record or question.
"""

from __future__ import annotations

from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sohoa.domain.errors import NotFound
from sohoa.portal.asking import Asked, Pages, is_loopback
from sohoa.usecases.coverage.monitoring import FILES

_FAULT = 500
_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.4, 0.8, 2.0, 5.0, 10.0)
_OF_A_PROXY = ("forwarded", "x-forwarded-for", "x-forwarded-proto")


class Metrics:
    """What one portal has counted since it was started."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        labels = ("page",)
        self._requests = Counter(
            "sohoa_portal_requests", "Answers.", (*labels, "status"), registry=self._registry
        )
        self._errors = Counter(
            "sohoa_portal_errors", "Answers with a status of 500 or more.", labels, registry=self._registry
        )
        self._seconds = Histogram(
            "sohoa_portal_request_seconds",
            "Time until an answer was sent whole.",
            labels,
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._sessions = Gauge("sohoa_portal_sessions", "Open sessions.", registry=self._registry)

    def count(self, page: str, status: int, seconds: float) -> None:
        """Count an answer; ``page`` is the name of a route."""
        self._requests.labels(page, str(status)).inc()
        self._seconds.labels(page).observe(seconds)
        if status >= _FAULT:
            self._errors.labels(page).inc()

    def text(self, sessions: int) -> bytes:
        """All figures in Prometheus' text format."""
        self._sessions.set(sessions)
        return generate_latest(self._registry)


class Measured:
    """Counts every answer of the application."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = perf_counter(), _FAULT

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            page = getattr(scope.get("route"), "name", "none")
            self._metrics.count(page, status, perf_counter() - began)


def add_metrics(pages: Pages, metrics: Metrics) -> None:
    """``/metrics``, for programs on this machine alone; nobody gets it through a proxy."""

    def answer(asked: Asked) -> Response:
        proxied = any(name in asked.request.headers for name in _OF_A_PROXY)
        if proxied or not is_loopback(asked.address):
            raise NotFound("page", "no such page")
        sessions = sum(asked.services.sessions.count(asked.services.clock.now()).values())
        written = (asked.services.reports.read(name) or b"" for name in FILES)
        return Response(
            b"".join([metrics.text(sessions), *written]), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4}
        )

    pages.get("metrics", "/metrics", answer)
