"""The command line: the same verbs as the use cases, from a shell; see docs/command-line.md."""

from __future__ import annotations

import logging
import sys

from sohoa.cli.commands import app
from sohoa.cli.headings import language
from sohoa.domain.errors import SohoaError


def main() -> None:
    """Run a command; our errors become one sentence on stderr and a documented exit code."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    try:
        language()
        app()
    except SohoaError as error:
        from sohoa.cli.output import print_error

        print_error(error)
        sys.exit(error.exit_code)
