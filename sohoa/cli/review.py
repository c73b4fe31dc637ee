"""Commands for reviewers: the queue, one record, and the decision on it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sohoa.answers.review import decision_answer, queue_answer, viewed_answer
from sohoa.cli.headings import Heading
from sohoa.cli.output import out, print_json, print_table
from sohoa.cli.review_shown import doubts_and_work, print_viewed, ways_on
from sohoa.cli.session import AsJson, AsPerson, AsPersonal, services
from sohoa.domain.errors import InvalidRequest
from sohoa.domain.fields import label
from sohoa.domain.protection.access import Reader
from sohoa.settings import load_settings
from sohoa.usecases.review import decide as deciding
from sohoa.usecases.review.views import view, waiting, write_crops
from sohoa.usecases.services import Services

commands = typer.Typer(rich_markup_mode=None)

review = typer.Typer(
    help="Records that a person must look at: see the queue, look at one, confirm or correct it.",
    no_args_is_help=True,
)
commands.add_typer(review, name="review")

RecordId = Annotated[str, typer.Argument(metavar="RECORD_ID")]
Seen = Annotated[
    int | None,
    typer.Option("--version", help="The version you looked at; a newer one refuses."),
]
Why = Annotated[str, typer.Option("--reason", help="Why, for the record's history.")]
_TABLE_ROWS = 20


@review.command("list")
def list_waiting(
    agency: Annotated[str, typer.Option(help="Only this agency.")] = "",
    assignee: Annotated[str, typer.Option(metavar="NAME", help="Only what this person has to do.")] = "",
    limit: Annotated[
        int | None, typer.Option(min=0, help="How many; 0: all. Default: 20, with --json all.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """The queue, what helps most first.

    Records that few doubts keep from being counted as covered; among equals those of the agency furthest
    below its target, then the oldest.
    """
    wanted = limit if limit is not None else 0 if as_json else _TABLE_ROWS
    with services() as (reader, opened):
        found = waiting(reader, opened, agency, assignee, wanted)
    if as_json:
        print_json(queue_answer(found))
        return
    rows = [(r.item.record_id, r.item.agency, doubts_and_work(r), r.candidate or "—", r.key) for r in found]
    print_table(
        (Heading.RECORD, Heading.AGENCY, Heading.DOUBTFUL, Heading.BEST_CANDIDATE, Heading.FILE),
        rows,
        unbroken=2,
    )
    next_step(f"sohoa review show {found[0].item.record_id}" if found else "nothing waits: sohoa coverage")


@review.command()
def show(
    record_id: RecordId,
    crops: Annotated[
        Path | None, typer.Option(help="Folder for the pictures; default: review/RECORD_ID below SOHOA_HOME.")
    ] = None,
    personal: AsPersonal = False,
    person: AsPerson = "",
    as_json: AsJson = False,
) -> None:
    """Look at a record: doubts, candidates, pictures.

    The page around each doubtful field is written as a picture. Personal data is masked but in the fields
    in doubt.
    """
    with services(person) as (reader, opened):
        viewed = view(reader, opened, record_id, personal)
        folder = crops or load_settings().home / "review" / record_id
        pictures = write_crops(opened, viewed, folder)
    if as_json:
        print_json(viewed_answer(viewed, pictures))
        return
    print_viewed(viewed)
    if pictures:
        out.print(f"pictures: {folder}", markup=False, soft_wrap=True)
        for name, path in pictures.items():
            out.print(f"  {label(name)}: {path.name}", markup=False, soft_wrap=True)
    for step in ways_on(viewed):
        next_step(step)


@review.command()
def accept(
    record_id: RecordId,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="FIELD…", help="Default: everything doubtful that is shown.")
    ] = None,
    seen: Seen = None,
    why: Why = "",
    person: AsPerson = "",
    as_json: AsJson = False,
) -> None:
    """Confirm what is shown.

    Fields by name, or a doubt by its name: draft, same_number, no_text, signature_invalid,
    manifest_differs, text_layer_differs, begins_beside_a_page.
    """
    with services(person) as (reader, opened):
        done = deciding.accept(reader, opened, record_id, names or (), seen, why)
        report(reader, opened, done, as_json)


@review.command("set")
def set_values(
    record_id: RecordId,
    values: Annotated[
        list[str], typer.Argument(metavar="FIELD=VALUE…", help="An empty value: the paper shows none.")
    ],
    seen: Seen = None,
    why: Why = "",
    person: AsPerson = "",
    as_json: AsJson = False,
) -> None:
    """Correct values.

    Like issued_date=31/01/2024, code_number=12, draft=no; your value stays for good.
    """
    pairs = [text.partition("=") for text in values]
    names = [name.strip() for name, _, _ in pairs]
    if not all(sign for _, sign, _ in pairs) or len(set(names)) < len(names):
        raise InvalidRequest("usage", "write each field once, as FIELD=VALUE")
    given = dict(zip(names, (value for _, _, value in pairs), strict=True))
    with services(person) as (reader, opened):
        done = deciding.correct(reader, opened, record_id, given, seen, why)
        report(reader, opened, done, as_json)
    if done.unknown_organ and not as_json:
        out.print(f"{done.unknown_organ}: chưa có trong danh mục cơ quan", markup=False, soft_wrap=True)
        next_step(f"sohoa review set {record_id} authority_id=CODE --as NAME   (one that the list has)")


@review.command()
def reject(record_id: RecordId, why: Why = "", seen: Seen = None, person: AsPerson = "") -> None:
    """Unusable scan or wrong paper: withdraw it."""
    with services(person) as (reader, opened):
        deciding.reject(reader, opened, record_id, why, seen)
        out.print(f"{record_id} is out of search and counts; its bytes are kept")
        next_record(reader, opened, record_id)


def report(reader: Reader, opened: Services, done: deciding.Decided, as_json: bool) -> None:
    """What a decision left, and what to do next."""
    answer = decision_answer(done)
    if as_json:
        print_json(answer)
        return
    out.print(f"{done.record_id}: version {done.version}, {answer['state']}")
    for reason in answer["reasons"]:
        out.print(f"  still open: {reason['vi']} ({reason['en']})", markup=False, soft_wrap=True)
    if done.doubts:
        next_step(f"sohoa review show {done.record_id}")
    else:
        next_record(reader, opened, done.record_id)


def next_record(reader: Reader, opened: Services, record_id: str) -> None:
    """Name the record to look at next, of the same agency where one waits there."""
    row = opened.records.record(record_id)
    near = waiting(reader, opened, row.agency if row else "", limit=2)
    found = next((r for r in near or waiting(reader, opened, limit=2) if r.item.record_id != record_id), None)
    next_step(f"sohoa review show {found.item.record_id}" if found else "nothing waits: sohoa coverage")


def next_step(text: str) -> None:
    """Say what to do next."""
    out.print(f"next: {text}", markup=False, soft_wrap=True)
