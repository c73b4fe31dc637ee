"""Commands about what agencies hand over beside their scans: registers of documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sohoa.cli.app import AsJson, AsPerson, app, services
from sohoa.cli.exit_codes import ExitCode
from sohoa.cli.output import err, out, print_json
from sohoa.domain.correspondence import Direction
from sohoa.usecases.enter_register import enter_register
from sohoa.wiring import read_table

register = typer.Typer(help="Registers of outgoing and incoming documents (NĐ 30).", no_args_is_help=True)
app.add_typer(register, name="register")


@register.command("import")
def register_import(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX with the columns of NĐ 30.")],
    agency: Annotated[str, typer.Option(help="The agency whose register it is.")],
    direction: Annotated[
        Direction | None, typer.Option(help="Default: in where a column of arrival is there, else out.")
    ] = None,
    person: AsPerson = "",
    as_json: AsJson = False,
) -> None:
    """Enter a register: evidence for what is described from now on. A repeat does nothing."""
    with services(person) as opened:
        done = enter_register(opened, file, read_table(file), agency, direction)
    entered = done.entered
    if as_json:
        counts = {"new": entered.new, "changed": entered.changed, "same": entered.same}
        print_json(counts | {"faults": list(done.faults)})
    else:
        out.print(
            f"{entered.new} new, {entered.changed} changed, {entered.same} already there, "
            f"{len(done.faults)} faults"
        )
        for fault in done.faults:
            err.print(f"  {file.name}, {fault}", markup=False, soft_wrap=True)
    if done.faults:
        raise typer.Exit(ExitCode.USAGE)
