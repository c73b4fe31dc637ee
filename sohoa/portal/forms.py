"""Forms that change something: each is carried out once, however often the browser sends it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from starlette.responses import Response

from sohoa.domain.errors import InvalidRequest
from sohoa.portal.asking import Asked, see_other
from sohoa.portal.kept import Kept

_ANSWERS_BYTES = 1 << 20


class SentOnce:
    """Remembers where lately sent forms led to.

    The same form of the same session, sent again because its answer was lost, leads there without being
    carried out again. What a restart forgets is caught by the version that each form names.
    """

    def __init__(self) -> None:
        self._answers = Kept(_ANSWERS_BYTES)

    def answer(self, asked: Asked, carry_out: Callable[[], str]) -> Response:
        """Carry the form out, and go where it leads; raises what ``carry_out`` raises."""
        session = asked.session.token if asked.session else ""
        sent = f"{session} {asked.request.url.path} {urlencode(sorted(asked.form.items()))}"
        name = hashlib.sha256(sent.encode()).hexdigest()
        return see_other(self._answers.get(name, lambda: carry_out().encode()).decode())


def form_token() -> str:
    """What tells the forms of one showing of a page from those of another."""
    return secrets.token_hex(12)


def version_seen(form: Mapping[str, str], name: str = "version") -> int:
    """The version that the form was shown for; raises ``InvalidRequest`` where it names none."""
    text = form.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) < 8):
        raise InvalidRequest("form", "the form names no version")
    return int(text)


def ticked(form: Mapping[str, str], prefix: str) -> list[str]:
    """What follows the prefix in the names of the boxes that were ticked, in the form's order."""
    return [name.removeprefix(prefix) for name in form if name.startswith(prefix)]
