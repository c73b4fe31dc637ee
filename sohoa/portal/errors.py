"""What people see where a page cannot be given: a sentence, what still works, and the way back."""

from __future__ import annotations

from starlette.responses import Response

from sohoa.domain.errors import Conflict, Corrupt, InvalidRequest, NotAllowed, NotFound, Rejected, SohoaError
from sohoa.portal.asking import Asked
from sohoa.portal.health import standing

_BAD_REQUEST, _NOT_FOUND, _CONFLICT, _BROKEN, _AWAY = 400, 404, 409, 500, 503


def error_page(asked: Asked, error: SohoaError) -> Response:
    """The page for an error: what does not exist and what is not for whoever asks look the same."""
    if isinstance(error, NotFound | NotAllowed):
        return not_found(asked)
    if isinstance(error, Conflict):
        return _said(asked, _CONFLICT, "conflict", asked.texts("conflict_text"))
    if isinstance(error, InvalidRequest):
        sentence = asked.texts("form_refused") if error.code == "form" else asked.texts.refusal(error)
        return _said(asked, _BAD_REQUEST, "refused", sentence)
    if isinstance(error, Rejected):
        return _said(asked, _BAD_REQUEST, "refused", asked.texts.reason(error.code))
    if isinstance(error, Corrupt):
        return _said(asked, _BROKEN, "damaged", asked.texts("damaged_text"))
    sentence = asked.texts("unavailable_text")
    return _said(asked, _AWAY, "unavailable", sentence, services=standing(asked.services))


def not_found(asked: Asked) -> Response:
    """There is no such page, or it is not for whoever asks."""
    return _said(asked, _NOT_FOUND, "not_found", asked.texts("not_found_text"))


def broken(asked: Asked) -> Response:
    """A fault of the program; what it was stands in the log."""
    return _said(asked, _BROKEN, "internal", asked.texts("internal_text"))


def _said(
    asked: Asked, status: int, title: str, sentence: str, services: dict[str, bool] | None = None
) -> Response:
    response = asked.page("error.html.j2", status, title=title, sentence=sentence, services=services or {})
    if status == _AWAY:
        response.headers["Retry-After"] = "30"
    return response
