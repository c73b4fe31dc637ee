"""The command line: the same verbs as the use cases, from a shell; see docs/command-line.md."""

from __future__ import annotations

import logging
import sys

from sohoa.cli.commands import app
from sohoa.cli.headings import language
from sohoa.domain.archive.object_keys import visible
from sohoa.domain.errors import SohoaError


def _in_one_line(record: logging.LogRecord) -> bool:
    """A log line's message holds names from outside; none of them may steer the terminal."""
    record.msg, record.args = visible(record.getMessage()), None
    return True


def main() -> None:
    """Run a command; our errors become one sentence on stderr and a documented exit code."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(_in_one_line)
    try:
        language()
        app()
    except SohoaError as error:
        from sohoa.cli.output import print_error

        print_error(error)
        sys.exit(error.exit_code)
