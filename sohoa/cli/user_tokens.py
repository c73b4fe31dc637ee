"""Commands about tokens of the API: user token add, list, revoke."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from sohoa.answers.people import given_token_answer, token_answer, tokens_answer
from sohoa.cli.headings import Heading
from sohoa.cli.output import err, out, print_json, print_table
from sohoa.cli.session import AsJson, AsPerson, services
from sohoa.domain.local_time import VIETNAM
from sohoa.domain.local_time import shown as shown_at
from sohoa.domain.people.api_token import SCOPES
from sohoa.usecases.people.api_tokens import add_token, listed_tokens, revoke_token

token = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@token.command("add")
def token_add(
    login: Annotated[str, typer.Argument(metavar="LOGIN", help="In whose name the token asks.")],
    scopes: Annotated[list[str], typer.Option("--scope", help=f"One or more of {', '.join(SCOPES)}.")],
    until: Annotated[
        datetime,
        typer.Option(
            formats=["%Y-%m-%d"], help="Day (in Vietnam) with whose beginning it ends; at most a year off."
        ),
    ],
    person: AsPerson = "",
    as_json: AsJson = False,
) -> None:
    """Make a token of the API for an account; it is printed once."""
    with services(person) as (reader, opened):
        given = add_token(reader, opened, login, scopes, until.replace(tzinfo=VIETNAM))
    if as_json:
        print_json(given_token_answer(given))
        return
    ends = shown_at(given.token.until)
    err.print(
        f"token {given.token.token_id} of {given.token.login}, shown this once, good until {ends}:",
        markup=False,
    )
    out.print(given.secret, markup=False)


@token.command("list")
def token_list(
    login: Annotated[str, typer.Argument(metavar="[LOGIN]", help="Without one: those of all accounts.")] = "",
    person: AsPerson = "",
    as_json: AsJson = False,
) -> None:
    """List tokens: whose, good for what, and until when."""
    with services(person) as (reader, opened):
        found = listed_tokens(reader, opened, login)
    if as_json:
        print_json(tokens_answer(found))
        return
    rows = [
        (one.token_id, one.login, ", ".join(sorted(one.scopes)), shown_at(one.made_at), shown_at(one.until))
        for one in found
    ]
    print_table((Heading.TOKEN, Heading.LOGIN, Heading.SCOPES, Heading.FROM, Heading.UNTIL), rows, unbroken=1)


@token.command("revoke")
def token_revoke(
    token_id: Annotated[str, typer.Argument(metavar="TOKEN", help="Its name, as `list` shows it.")],
    person: AsPerson = "",
    as_json: AsJson = False,
) -> None:
    """Let nobody ask by this token any more."""
    with services(person) as (reader, opened):
        revoked = revoke_token(reader, opened, token_id)
    if as_json:
        print_json(token_answer(revoked))
    else:
        out.print(f"{revoked.token_id} is revoked", markup=False)
