"""Commands about the installation: init, ping, settings."""

from __future__ import annotations

import typer

from sohoa import wiring
from sohoa.cli.headings import Heading
from sohoa.cli.output import out, print_json, print_table
from sohoa.cli.session import AsJson
from sohoa.domain.errors import SohoaError
from sohoa.settings import load_settings

commands = typer.Typer(rich_markup_mode=None)


@commands.command()
def init() -> None:
    """Make a new home for inbox, archive, ledger and index; harmless on an existing one."""
    settings = load_settings()
    wiring.init_home(settings)
    out.print(f"home is {settings.home}", markup=False, soft_wrap=True)


@commands.command()
def ping(as_json: AsJson = False) -> None:
    """Ask every service for its health; exit 3 when one does not answer, 2 when one refuses."""
    answers, worst = dict[str, str](), 0
    for name, ask in wiring.pings(load_settings()).items():
        try:
            answers[name] = ask()
        except SohoaError as error:
            answers[name], worst = f"{type(error).__name__}: {error}", max(worst, error.exit_code)
    if as_json:
        print_json(answers)
    else:
        print_table((Heading.SERVICE, Heading.ANSWER), answers.items())
    raise typer.Exit(worst)


@commands.command()
def settings(as_json: AsJson = False) -> None:
    """Show the effective settings, secrets masked."""
    shown = load_settings().shown()
    if as_json:
        print_json(shown)
        return
    rows = [
        (f"{section}.{key}" if isinstance(values, dict) else section, value)
        for section, values in shown.items()
        for key, value in (values.items() if isinstance(values, dict) else [("", values)])
    ]
    print_table((Heading.SETTING, Heading.VALUE), rows)
