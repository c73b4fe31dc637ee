"""Commands about the people who sign in: user add, grant, confirm, list, disable, reset, link, events."""

from __future__ import annotations

from typing import Annotated

import typer

from sohoa.answers.history import event_sentence
from sohoa.answers.people import account_answer, accounts_answer, events_answer, given_answer
from sohoa.cli.headings import Heading
from sohoa.cli.output import err, out, print_json, print_table
from sohoa.cli.session import AsJson, AsPerson, services
from sohoa.cli.user_tokens import token
from sohoa.domain.local_time import shown as shown_at
from sohoa.domain.people.account import MODES
from sohoa.domain.protection.rights import RIGHTS
from sohoa.usecases.people import accounts
from sohoa.usecases.people.accounts import Given
from sohoa.usecases.people.acts import done_by
from sohoa.usecases.people.sign_in_elsewhere import link

commands = typer.Typer(rich_markup_mode=None)
user = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
commands.add_typer(user, name="user", help="Accounts of the people who sign in to the portal.")
user.add_typer(token, name="token", help="Tokens of the API, each in the name of an account.")

_WAITS = "the rights of {login} wait for a second person: `sohoa user confirm {login} --as NAME`"
Login = Annotated[str, typer.Argument(metavar="LOGIN", help="What the person types to sign in.")]
_ROLE = typer.Option("--role", help=f"One or more of {', '.join(sorted(RIGHTS))}.")
Roles = Annotated[list[str], _ROLE]
Agencies = Annotated[
    list[str] | None, typer.Option("--agency", help="Only papers of this agency; several may be named.")
]
Modes = Annotated[
    list[str] | None, typer.Option("--mode", help=f"Only papers of this level ({', '.join(MODES)}).")
]


@user.command("add")
def user_add(
    login: Login,
    name: Annotated[
        str, typer.Option(help="The person's name in events and decisions (default: LOGIN).")
    ] = "",
    roles: Annotated[list[str] | None, _ROLE] = None,
    agencies: Agencies = None,
    modes: Modes = None,
    person: AsPerson = "",
    as_json: AsJson = False,
) -> None:
    """Make an account; its first password is printed once, and must be changed at the first sign-in."""
    with services(person) as (reader, opened):
        given = accounts.add(
            reader, opened, login, name or login, roles or ["reader"], agencies or (), modes or MODES
        )
        answer = given_answer(given, opened.clock.now())
    _tell(given, answer, as_json)


@user.command("grant")
def user_grant(
    login: Login,
    roles: Roles,
    agencies: Agencies = None,
    modes: Modes = None,
    person: AsPerson = "",
    as_json: AsJson = False,
) -> None:
    """Ask these roles, agencies and levels for an account, in the place of its own, of a second person."""
    with services(person) as (reader, opened):
        account = accounts.grant(reader, opened, login, roles, agencies or (), modes or MODES)
        answer = account_answer(account, opened.clock.now())
    if as_json:
        print_json(answer)
    else:
        err.print(_WAITS.format(login=account.login), markup=False)


@user.command("confirm")
def user_confirm(login: Login, person: AsPerson = "", as_json: AsJson = False) -> None:
    """Say yes to rights that wait for an account; --as NAME of an administrator who did not ask for them."""
    with services(person) as (reader, opened):
        wish = accounts.to_confirm(reader, opened, login)
        told = ", ".join([*sorted(wish.roles), *sorted(wish.agencies or ["*"]), *sorted(wish.modes)])
        err.print(f"{login}: {told}; asked by {wish.by}", markup=False)
        account = accounts.confirm(reader, opened, login, wish.sha256)
        answer = account_answer(account, opened.clock.now())
    if as_json:
        print_json(answer)
    else:
        out.print(f"{account.login}: {', '.join(answer['roles'])}", markup=False)


@user.command("list")
def user_list(person: AsPerson = "", as_json: AsJson = False) -> None:
    """List the accounts: roles, scope, how each stands, and in how many sessions its person works."""
    with services(person) as (reader, opened):
        answer = accounts_answer(accounts.listed(reader, opened), opened.clock.now())
    if as_json:
        print_json(answer)
        return
    head = (Heading.LOGIN, Heading.NAME, Heading.ROLES, Heading.AGENCY, Heading.LEVELS)
    rows = [
        (
            *(one["login"], one["name"], ", ".join(one["roles"]), ", ".join(one["agencies"] or ["*"])),
            *(", ".join(one["modes"]), one["state"], one["sessions"]),
        )
        for one in answer["accounts"]
    ]
    print_table((*head, Heading.STATE, Heading.SESSIONS), rows, unbroken=1)


@user.command("disable")
def user_disable(login: Login, person: AsPerson = "", as_json: AsJson = False) -> None:
    """Let nobody in by this account any more and end its sessions; reset opens it again."""
    with services(person) as (reader, opened):
        answer = account_answer(accounts.disable(reader, opened, login), opened.clock.now())
    if as_json:
        print_json(answer)
    else:
        out.print(f"{login} is disabled; its sessions are ended", markup=False)


@user.command("reset")
def user_reset(login: Login, person: AsPerson = "", as_json: AsJson = False) -> None:
    """Give an account a new first password; its sessions end, a lock or being disabled, too."""
    with services(person) as (reader, opened):
        given = accounts.reset(reader, opened, login)
        answer = given_answer(given, opened.clock.now())
    _tell(given, answer, as_json)


@user.command("link")
def user_link(
    login: Login,
    subject: Annotated[
        str, typer.Option(help="Who the person is to the sign-in service; its page tells them.")
    ],
    person: AsPerson = "",
    as_json: AsJson = False,
) -> None:
    """Let the person sign in by the province's service instead of a password; reset ends it."""
    with services(person) as (reader, opened):
        answer = account_answer(link(reader, opened, login, subject), opened.clock.now())
    if as_json:
        print_json(answer)
    else:
        out.print(f"{login} signs in by the common service; its sessions are ended", markup=False)


@user.command("events")
def user_events(
    login: Annotated[
        str, typer.Argument(metavar="[LOGIN]", help="Without one: tries with logins that nobody has.")
    ] = "",
    person: AsPerson = "",
    as_json: AsJson = False,
) -> None:
    """Show what happened to an account, and what its person looked for; --as NAME of an auditor."""
    with services(person) as (reader, opened):
        events = done_by(reader, opened, login)
    if as_json:
        print_json(events_answer(events))
        return
    rows = [
        (
            *(shown_at(event.at), event.actor, event_sentence(event) or event.action),
            tuple(f"{name}: {value}" for name, value in event.details.items() if value not in ("", None)),
        )
        for event in events
    ]
    print_table((Heading.WHEN, Heading.WHO, Heading.WHAT, Heading.DETAILS), rows)


def _tell(given: Given, answer: dict[str, object], as_json: bool) -> None:
    """The first password alone goes to stdout, so that it can be handed on by a script."""
    if as_json:
        print_json(answer)
        return
    ends = given.account.password_until
    until = shown_at(ends) if ends else ""
    err.print(f"first password of {given.account.login}, shown this once, good until {until}:", markup=False)
    if given.account.waiting:
        err.print(_WAITS.format(login=given.account.login), markup=False)
    out.print(given.password, markup=False)
