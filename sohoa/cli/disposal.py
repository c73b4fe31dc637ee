"""Commands about holds and disposal: hold add, release, list; dispose propose, confirm, list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from sohoa.answers.disposal import disposals_answer, holds_answer
from sohoa.cli.headings import Heading
from sohoa.cli.output import out, print_json, print_table
from sohoa.cli.session import AsJson, services
from sohoa.domain.local_time import shown as shown_at
from sohoa.ports import Event
from sohoa.usecases.archive import holds
from sohoa.usecases.dossiers import disposal
from sohoa.usecases.dossiers.disposal import Disposal

commands = typer.Typer(rich_markup_mode=None)
hold = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
dispose = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
commands.add_typer(hold, name="hold", help="Records that are neither changed nor disposed of for now.")
commands.add_typer(dispose, name="dispose", help="Disposal of records by two persons; a trace stays.")

Person = Annotated[str, typer.Option("--as", metavar="NAME", help="An archivist of config/people.yaml.")]
Records = Annotated[list[str], typer.Argument(metavar="RECORD_ID…")]


@hold.command("add")
def hold_add(
    record_id: str,
    reason: Annotated[str, typer.Option(help="Why it must stay as it is: the case, the inspection.")],
    person: Person,
    as_json: AsJson = False,
) -> None:
    """Put a record on hold: no review, withdrawal or disposal changes it."""
    with services(person) as (reader, opened):
        _tell_holds([holds.hold(reader, opened, record_id, reason)], as_json)


@hold.command("release")
def hold_release(
    record_id: str,
    reason: Annotated[str, typer.Option(help="Why the hold ends.")],
    person: Person,
    as_json: AsJson = False,
) -> None:
    """End a hold."""
    with services(person) as (reader, opened):
        _tell_holds([holds.release(reader, opened, record_id, reason)], as_json)


@hold.command("list")
def hold_list(person: Person, as_json: AsJson = False) -> None:
    """List the holds in force."""
    with services(person) as (reader, opened):
        _tell_holds(holds.holds(reader, opened), as_json)


@dispose.command("propose")
def dispose_propose(
    record_ids: Records,
    reason: Annotated[str, typer.Option(help="The decision that it follows, by number and date.")],
    person: Person,
    as_json: AsJson = False,
) -> None:
    """Propose records whose term of preservation is over (`sohoa files expired`): all of them, or none."""
    with services(person) as (reader, opened):
        _tell(disposal.propose(reader, opened, record_ids, reason), as_json)


@dispose.command("confirm")
def dispose_confirm(record_ids: Records, person: Person, as_json: AsJson = False) -> None:
    """Dispose of records that another person proposed; there is no way back, a trace stays."""
    with services(person) as (reader, opened):
        _tell(list(disposal.confirm(reader, opened, record_ids)), as_json)


@dispose.command("list")
def dispose_list(person: Person, as_json: AsJson = False) -> None:
    """List what is proposed and not confirmed."""
    with services(person) as (reader, opened):
        _tell(disposal.proposals(reader, opened), as_json)


def _tell_holds(events: Iterable[Event], as_json: bool) -> None:
    found = list(events)
    if as_json:
        print_json(holds_answer(found))
        return
    rows = [(e.subject, e.action, shown_at(e.at), e.actor, e.details["reason"]) for e in found]
    print_table((Heading.RECORD, Heading.STATE, Heading.WHEN, Heading.WHO, Heading.REASON), rows, unbroken=1)


def _tell(found: Iterable[Disposal], as_json: bool) -> None:
    told = list(found)
    if as_json:
        print_json(disposals_answer(told))
        return
    rows = [
        (d.record_id, d.agency, shown_at(d.event.at), d.event.actor, d.event.details["reason"]) for d in told
    ]
    head = (Heading.RECORD, Heading.AGENCY, Heading.WHEN, Heading.WHO, Heading.REASON)
    print_table(head, rows, unbroken=1)
    out.print(f"{len(told)} records")
