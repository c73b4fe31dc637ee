"""Commands about figures: coverage."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sohoa.cli.output import out
from sohoa.cli.session import services
from sohoa.domain.errors import InvalidRequest
from sohoa.usecases.coverage.measure import measure

commands = typer.Typer(rich_markup_mode=None)
_FILE_WIDTH = 80


class Format(StrEnum):
    """How the figures are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    HTML = "html"


@commands.command()
def coverage(
    agency: Annotated[str, typer.Option(help="Only this agency.")] = "",
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="End of that day in Asia/Ho_Chi_Minh; default: now."),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.TABLE,
    out_file: Annotated[Path | None, typer.Option("--out", help="Write to this file.")] = None,
) -> None:
    """Digitization coverage per agency and year against the declared paper holdings."""
    with services() as (reader, opened):
        report = measure(reader, opened, as_of.date() if as_of else None, agency)
        data = opened.reports.render(report, form.value, _FILE_WIDTH if out_file else out.width)
    if out_file is not None:
        try:
            out_file.write_bytes(data)
        except OSError as error:
            raise InvalidRequest("usage", f"cannot write {out_file}: {error.strerror}") from error
    elif form is Format.XLSX and sys.stdout.isatty():
        raise InvalidRequest("usage", "a workbook is not for a terminal: add --out FILE.xlsx")
    else:
        sys.stdout.buffer.write(data)
