"""Commands about figures: coverage."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sohoa.adapters.coverage_report import BINARY, KINDS
from sohoa.cli.output import out
from sohoa.cli.session import services
from sohoa.domain.errors import InvalidRequest
from sohoa.usecases.coverage.measure import measure

commands = typer.Typer(rich_markup_mode=None)
_FILE_WIDTH = 80


def _known(form: str) -> str:
    if form not in KINDS:
        raise typer.BadParameter(f"{form!r} is none of {', '.join(KINDS)}")
    return form


Form = Annotated[
    str,
    typer.Option(
        "--format",
        metavar=f"[{'|'.join(KINDS)}]",
        help="Output format.",
        callback=_known,
        autocompletion=lambda: list(KINDS),
    ),
]


@commands.command()
def coverage(
    agency: Annotated[str, typer.Option(help="Only this agency.")] = "",
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="End of that day in Asia/Ho_Chi_Minh; default: now."),
    ] = None,
    form: Form = "table",
    out_file: Annotated[Path | None, typer.Option("--out", help="Write to this file.")] = None,
) -> None:
    """Digitization coverage per agency and year against the declared paper holdings."""
    with services() as (reader, opened):
        report = measure(reader, opened, as_of.date() if as_of else None, agency)
        data = opened.reports.render(report, form, _FILE_WIDTH if out_file else out.width)
    if out_file is not None:
        try:
            out_file.write_bytes(data)
        except OSError as error:
            raise InvalidRequest("usage", f"cannot write {out_file}: {error.strerror}") from error
    elif form in BINARY and sys.stdout.isatty():
        raise InvalidRequest("usage", "a workbook is not for a terminal: add --out FILE.xlsx")
    else:
        sys.stdout.buffer.write(data)
