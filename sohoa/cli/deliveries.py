"""Commands about deliveries of snapshots to other systems: how they stand, and to send what waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from sohoa.cli.headings import Heading
from sohoa.cli.output import out, print_json, print_table
from sohoa.cli.session import AsJson, services
from sohoa.domain.errors import ExitCode
from sohoa.usecases.coverage.deliver import deliver as send
from sohoa.usecases.coverage.deliver import send_again, told

commands = typer.Typer(rich_markup_mode=None)
_STANDING = {"waiting": "chờ gửi", "delivered": "đã gửi", "uncertain": "không rõ đã đến chưa"}


@commands.command("deliveries")
def deliveries(as_json: AsJson = False) -> None:
    """Who gets snapshots, and how each delivery stands."""
    with services() as (_, opened):
        answer = told(opened)
    _print(answer, as_json)


@commands.command("deliver")
def deliver(
    pending: Annotated[
        bool, typer.Option("--pending", help="Only what waits: new receivers get nothing yet.")
    ] = False,
    again: Annotated[
        str,
        typer.Option(metavar="NAME", help="First let what is uncertain wait again: it did not arrive there."),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Deliver the newest snapshot and what waits, to each receiver once; exit 3 while something waits."""
    with services() as (reader, opened):
        if again:
            send_again(reader, opened, again)
        answer = send(reader, opened, fresh=not pending)
    _print(answer, as_json)
    if any(row["waiting"] or row["uncertain"] for row in answer["deliveries"] if row["kind"]):
        raise typer.Exit(ExitCode.UNAVAILABLE)


def _print(answer: Mapping[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(answer)
        return
    snapshot = answer["snapshot"]
    line = f"{snapshot['day']} {snapshot['sha256']}" if snapshot else "chưa công bố số liệu ngày nào"
    out.print(line, markup=False, soft_wrap=True)
    head = (
        *(Heading.NAME, Heading.KIND, Heading.TO_WHERE, Heading.DAY),
        *(Heading.STATE, Heading.ATTEMPTS, Heading.WHEN, Heading.ANSWER),
    )
    print_table(head, (cells for row in answer["deliveries"] for cells in _rows(row)))


def _rows(row: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    """A line for each of the newest dispatches; one without any for a receiver that has got none."""
    first = (row["name"], row["kind"] or "(không còn cấu hình)", row["place"] or "")
    if not row["dispatches"]:
        yield (*first, "", "", 0, "", "")
    for one in row["dispatches"]:
        standing = _STANDING[one["standing"]]
        yield (*first, one["day"], standing, one["attempts"], one["changed_at"][:16], one["detail"])
