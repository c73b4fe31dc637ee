"""How commands print: JSON to stdout alone, progress and messages to stderr, tables for people."""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from sohoa.cli.headings import Heading
from sohoa.cli.next_steps import after_refusal
from sohoa.domain.archive.object_keys import visible
from sohoa.domain.errors import Refused, SohoaError

_NUMBER = re.compile(r"[+–-]?\d[\d.,:/–-]*(%|[A-ZĐ][\w-]*)?")


def unsteering(text: str) -> str:
    """The text with escapes for all that would steer a terminal; its own line ends stay."""
    return "\n".join(map(visible, text.split("\n")))


class _Plain(Console):
    """Prints what comes from outside as it is meant: to be read."""

    def render_str(self, text: str, **options: Any) -> Text:
        return super().render_str(unsteering(text), **options)


out = _Plain(highlight=False, soft_wrap=False)
err = _Plain(stderr=True, highlight=False)


def print_error(error: SohoaError) -> None:
    """One sentence on stderr: what went wrong, and what to do next where it does not say so itself."""
    step = after_refusal(error) if isinstance(error, Refused) else ""
    sentence = ": ".join(filter(None, (f"sohoa: {type(error).__name__}: {error}", step)))
    err.print(sentence, markup=False, style="bold red" if err.is_terminal else None, soft_wrap=True)


def print_json(data: Any) -> None:
    """One JSON document on stdout, UTF-8."""
    sys.stdout.write(unsteering(json.dumps(data, ensure_ascii=False, indent=1)) + "\n")


def marked(highlight: str) -> Text:
    """A hit's passage for people: found words in bold, between guillemets where there is no colour."""
    shown = Text()
    before, after = ("", "") if out.is_terminal else ("«", "»")
    for number, part in enumerate(re.split(r"</?mark>", highlight)):
        words = unsteering(html.unescape(part))
        shown.append(f"{before}{words}{after}" if number % 2 else words, "bold" if number % 2 else "")
    return shown


def print_table(columns: Sequence[Heading | str], rows: Iterable[Sequence[Any]], unbroken: int = 0) -> None:
    """A table as wide as the terminal at most, which folds long cells but never a number.

    A cell of several lines is a tuple of them. The first ``unbroken`` columns, which people copy, are not
    folded either. Where all that is wider than the terminal, so is the table.
    """
    table = Table(box=None, pad_edge=False)
    cells = [[_cell(value) for value in row] for row in rows]
    for place, column in enumerate(columns):
        values = [row[place] for row in cells]
        widths = (value.cell_len if place < unbroken else _widest_number(value) for value in values)
        table.add_column(
            str(column), overflow="fold", no_wrap=place < unbroken, min_width=max(widths, default=0)
        )
    for row in cells:
        table.add_row(*row)
    out.print(table, crop=False)


def _cell(value: Any) -> Text:
    lines = value if isinstance(value, tuple) else (value,)
    return Text("\n".join(visible(str(line)) for line in lines))


def _widest_number(cell: Text) -> int:
    """Characters of the longest number in the cell: an amount, a date, a time, a document's number."""
    return max(
        (len(word) for word in cell.plain.split() if _NUMBER.fullmatch(word.strip("()[]«»;"))), default=0
    )


class Bar:
    """A progress bar on stderr; silent when stderr is not a terminal."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress, self._task = progress, task

    def total(self, count: int) -> None:
        """How many steps there will be."""
        self._progress.update(self._task, total=count)

    def step(self) -> None:
        """One step done."""
        self._progress.advance(self._task)


@contextmanager
def bar(title: str, total: int | None = None) -> Iterator[Bar]:
    """Show progress for the length of the block."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        yield Bar(progress, progress.add_task(title, total=total))
