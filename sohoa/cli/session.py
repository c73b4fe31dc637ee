"""What commands share: common options, and the archive opened for whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from sohoa.domain.protection.access import Reader
from sohoa.settings import load_settings
from sohoa.usecases.services import Services
from sohoa.wiring import open_services, reader_of

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
