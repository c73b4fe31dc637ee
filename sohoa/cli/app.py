"""The application that the command modules add their commands to, and how they open the archive."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from sohoa.domain.protection.access import Reader
from sohoa.settings import load_settings
from sohoa.usecases.services import Services
from sohoa.wiring import open_services, reader_of

app = typer.Typer(
    name="sohoa",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=(
        "Digitize, archive, search and count the non-secret papers of a province.\n\n"
        "Exit codes: 0 done, 1 an invariant is broken (reconcile, verify), 2 usage or configuration, "
        "3 a service is unavailable, 4 no space."
    ),
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON to stdout and nothing else.")]
AsPerson = Annotated[
    str, typer.Option("--as", metavar="NAME", help="Act as this person of config/people.yaml.")
]

AsPersonal = Annotated[
    bool,
    typer.Option(
        "--personal", help="Show personal data, which is masked otherwise; needs --as NAME of an archivist."
    ),
]


@contextmanager
def services(person: str = "") -> Iterator[tuple[Reader, Services]]:
    """Who asks, and everything a command needs, opened from the settings in force."""
    with open_services(load_settings()) as opened:
        yield reader_of(opened, person), opened
