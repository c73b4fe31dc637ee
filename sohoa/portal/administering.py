"""Administrators make accounts, ask rights for them, close them and give first passwords."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.responses import Response

from sohoa.domain.errors import Conflict, InvalidRequest
from sohoa.domain.people.account import MODES, Account
from sohoa.domain.protection.rights import RIGHTS
from sohoa.portal.asking import Asked, Pages, see_other
from sohoa.portal.people import people_page
from sohoa.usecases.people.accounts import Given, account_of, add, disable, grant, reset
from sohoa.usecases.people.sign_in_elsewhere import link

_REFUSED, _CONFLICT = 400, 409


def add_administering(pages: Pages) -> None:
    """The form that makes accounts, ``/people/LOGIN`` and its forms."""
    pages.post("add_account", "/people", _add)
    pages.get("account", "/people/{login}", lambda asked: _account(asked, ""))
    pages.post("ask_rights", "/people/{login}/rights", _grant)
    pages.post("disable_account", "/people/{login}/disable", _disable)
    pages.post("reset_account", "/people/{login}/reset", _reset)
    pages.post("link_account", "/people/{login}/link", _link)


def _add(asked: Asked) -> Response:
    form = asked.form
    try:
        roles, agencies, modes = _rights(form)
        login, name = form.get("login", ""), form.get("name", "")
        given = add(asked.reader, asked.services, login, name, roles, agencies, modes)
    except (InvalidRequest, Conflict) as error:
        status = _CONFLICT if isinstance(error, Conflict) else _REFUSED
        return people_page(asked, error.code, status)
    return _told(asked, given)


def _grant(asked: Asked) -> Response:
    login = asked.part("login")
    try:
        roles, agencies, modes = _rights(asked.form)
        grant(asked.reader, asked.services, login, roles, agencies, modes)
    except InvalidRequest as error:
        return _account(asked, error.code, _REFUSED)
    return see_other("/people")


def _disable(asked: Asked) -> Response:
    disable(asked.reader, asked.services, asked.part("login"))
    return see_other("/people")


def _reset(asked: Asked) -> Response:
    return _told(asked, reset(asked.reader, asked.services, asked.part("login")))


def _link(asked: Asked) -> Response:
    try:
        link(asked.reader, asked.services, asked.part("login"), asked.form.get("subject", ""))
    except InvalidRequest as error:
        return _account(asked, error.code, _REFUSED)
    except Conflict as error:
        return _account(asked, error.code, _CONFLICT)
    return see_other("/people")


def _rights(form: Mapping[str, str]) -> tuple[list[str], list[str], Iterable[str]]:
    """Roles, agencies and levels that the form has; all levels where it has none."""
    roles = [role for role in RIGHTS if form.get(f"role-{role}")]
    modes = [mode for mode in MODES if form.get(f"mode-{mode}")]
    return roles, form.get("agencies", "").replace(",", " ").split(), modes or MODES


def _account(asked: Asked, problem: str, status: int = 200) -> Response:
    account = account_of(asked.reader, asked.services, asked.part("login"))
    return asked.page(
        "account.html.j2", status, account=account, problem=problem, given="", **_choices(asked, account)
    )


def _told(asked: Asked, given: Given) -> Response:
    """The first password, this once."""
    account = given.account
    return asked.page(
        "account.html.j2", account=account, problem="", given=given.password, **_choices(asked, account)
    )


def _choices(asked: Asked, account: Account) -> dict[str, Any]:
    wish = account.waiting or account
    return {
        "roles": RIGHTS,
        "modes": MODES,
        "chosen": wish,
        "now": asked.services.clock.now(),
        "elsewhere": bool(asked.services.identity_provider),
        "agency_names": {code: asked.services.agencies.name(code) for code in sorted(wish.agencies or ())},
    }
