"""The accounts for administrators: how each stands, and the word of a second person on rights that wait."""

from __future__ import annotations

from starlette.responses import Response

from sohoa.domain.errors import Conflict, InvalidRequest, NotAllowed
from sohoa.domain.people.account import MODES
from sohoa.domain.protection.rights import RIGHTS
from sohoa.portal.asking import Asked, Pages, see_other
from sohoa.usecases.people.accounts import confirm, listed

_REFUSED, _CONFLICT = 400, 409


def add_people(pages: Pages) -> None:
    """``/people`` and the confirmation of rights."""
    pages.get("people", "/people", lambda asked: people_page(asked, ""))
    pages.post("confirm_rights", "/people/{login}/confirm", _confirm)


def people_page(asked: Asked, problem: str, status: int = 200) -> Response:
    """All accounts, with what was wrong with a form."""
    found = listed(asked.reader, asked.services)
    return asked.page(
        "people.html.j2",
        status,
        waiting=[one.account for one in found if one.account.to_confirm],
        found=found,
        now=asked.services.clock.now(),
        me=asked.reader,
        roles=RIGHTS,
        modes=MODES,
        form=asked.form,
        scope_names=lambda codes: ", ".join(map(asked.services.agencies.name, sorted(codes))),
        problem=problem,
    )


def _confirm(asked: Asked) -> Response:
    try:
        confirm(asked.reader, asked.services, asked.part("login"), asked.form.get("seen", ""))
    except Conflict as error:
        return people_page(asked, error.code, _CONFLICT)
    except (InvalidRequest, NotAllowed) as error:
        if not asked.texts.knows(f"rights_{error.code}"):
            raise
        return people_page(asked, error.code, _REFUSED)
    return see_other("/people")
