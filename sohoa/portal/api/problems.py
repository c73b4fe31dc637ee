"""What a program is told where its question cannot be answered (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.responses import Response

from sohoa.domain.errors import Conflict, Corrupt, NotAllowed, NotFound, Refused, Rejected, SohoaError

PROBLEM = "application/problem+json"
_AWAY = 503
_TITLES: Mapping[int, str] = {
    400: "The question cannot be answered as it was asked",
    401: "A token is needed",
    403: "The token is not good for this",
    404: "There is no such thing, or it is not for you",
    405: "Nothing is done this way",
    409: "It has changed meanwhile",
    429: "Too many questions",
    500: "Unexpected error",
    503: "A service of the archive does not answer",
}
STATUSES = tuple(_TITLES)


def problem(
    status: int, detail: str = "", code: str = "", headers: Mapping[str, str] | None = None
) -> Response:
    """The answer for a problem; ``code`` names it for programs."""
    told = {"type": "about:blank", "title": _TITLES[status], "status": status, "detail": detail, "code": code}
    return Response(json.dumps(told), status, headers=dict(headers or {}), media_type=PROBLEM)


def problem_of(error: SohoaError) -> Response:
    """The answer for an error: what does not exist and what is not for whoever asks are told alike."""
    if isinstance(error, NotFound | NotAllowed):
        return problem(404, code="not_found")
    if isinstance(error, Conflict):
        return problem(409, str(error), error.code)
    if isinstance(error, Refused | Rejected):
        return problem(400, str(error), error.code)
    if isinstance(error, Corrupt):
        return problem(500, "what is stored is not what it was", "corrupt")
    return problem(_AWAY, code="unavailable", headers={"Retry-After": "30"})
