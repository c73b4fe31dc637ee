"""The command that serves the portal."""

from __future__ import annotations

from typing import Annotated

import typer

from sohoa.cli.output import err
from sohoa.settings import load_settings

commands = typer.Typer(rich_markup_mode=None)


@commands.command()
def portal(
    host: Annotated[
        str, typer.Option(help="Address to listen on. Default: portal.host of the settings.")
    ] = "",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port. Default, and for 0: portal.port of the settings.")
    ] = 0,
) -> None:
    """Serve the archivists' portal until Ctrl-C; people sign in with accounts of `sohoa user`."""
    from sohoa.portal.serve import listen, serve

    settings = load_settings()
    host, port = host or settings.portal.host, port or settings.portal.port
    listening = listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    err.print(f"http://{shown}:{port}/", markup=False, soft_wrap=True)
    serve(settings, listening, host)
