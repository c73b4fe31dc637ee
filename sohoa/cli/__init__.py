"""The command line: the same verbs as the use cases, from a shell; see docs/command-line.md."""

from __future__ import annotations

import logging
import sys

from sohoa.cli import archive, inbox, registers, reports, review, review_work, site
from sohoa.cli.app import app
from sohoa.cli.next_steps import after_refusal
from sohoa.cli.output import err
from sohoa.domain.errors import Refused, SohoaError

__all__ = ["app", "archive", "inbox", "main", "registers", "reports", "review", "review_work", "site"]


def main() -> None:
    """Run a command; our errors become one sentence on stderr and a documented exit code."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    try:
        app()
    except SohoaError as error:
        style = "bold red" if err.is_terminal else None
        told = f"sohoa: {type(error).__name__}: {error}"
        step = after_refusal(error) if isinstance(error, Refused) else ""
        err.print(": ".join(filter(None, (told, step))), markup=False, style=style, soft_wrap=True)
        sys.exit(error.exit_code)
