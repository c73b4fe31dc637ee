"""Commands for reviewers: the queue, one record, and the decision on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from sohoa.cli.app import AsJson, AsPerson, app, services
from sohoa.cli.output import out, print_json, print_table
from sohoa.domain.as_json import reasons_json
from sohoa.domain.errors import Misconfigured
from sohoa.domain.field_labels import label
from sohoa.domain.reasons import REASONS
from sohoa.domain.record_document import field_values
from sohoa.domain.review import field_of, is_missing
from sohoa.domain.review_queue import Assignment
from sohoa.settings import load_settings
from sohoa.usecases import review as deciding
from sohoa.usecases.review_views import Doubtful, Viewed, view, waiting, write_crops
from sohoa.usecases.services import Services
from sohoa.usecases.versions import Current

review = typer.Typer(
    help="Records that a person must look at: see the queue, look at one, confirm or correct it.",
    no_args_is_help=True,
)
app.add_typer(review, name="review")

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
    """The queue, what helps most first: few doubts that keep a record from being counted as covered.

    Among equals the agency furthest below its target, then the oldest record.
    """
    wanted = limit if limit is not None else 0 if as_json else _TABLE_ROWS
    with services() as opened:
        found = waiting(opened, agency, assignee, wanted)
    if as_json:
        print_json([_row_json(row) for row in found])
        return
    rows = [(r.item.record_id, r.item.agency, _told(r), r.candidate or "—", r.key) for r in found]
    print_table(("record", "agency", "doubtful", "best candidate", "file"), rows, unbroken=2)
    next_step(f"sohoa review show {found[0].item.record_id}" if found else "nothing waits: sohoa coverage")


def _told(row: Doubtful) -> str:
    doubts = [REASONS[code].vi for code in row.item.doubts]
    steps = [f"{a.step}: {a.person}" for a in row.assigned if a.done_at is None]
    return "\n".join([*doubts, *steps])


def _row_json(row: Doubtful) -> dict[str, Any]:
    return {
        "record_id": row.item.record_id,
        "agency": row.item.agency,
        "reasons": reasons_json(row.item.doubts),
        "candidate": row.candidate,
        "key": row.key,
        "since": row.item.since.isoformat() if row.item.since else None,
        "assigned": [_work_json(work) for work in row.assigned],
    }


def _work_json(work: Assignment) -> dict[str, Any]:
    done = work.done_at.isoformat() if work.done_at else None
    return {"step": work.step.value, "person": work.person, "done_at": done}


@review.command()
def show(
    record_id: RecordId,
    crops: Annotated[
        Path | None, typer.Option(help="Folder for the pictures; default: review/RECORD_ID below SOHOA_HOME.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """All fields with candidates and doubts; the page around each doubtful field as a picture."""
    with services() as opened:
        viewed = view(opened, record_id)
        folder = crops or load_settings().home / "review" / record_id
        pictures = write_crops(opened, viewed, folder)
    if as_json:
        print_json(_viewed_json(viewed, pictures))
        return
    _print_viewed(viewed)
    if pictures:
        out.print(f"pictures: {folder}", markup=False, soft_wrap=True)
        for name, path in pictures.items():
            out.print(f"  {label(name)}: {path.name}", markup=False, soft_wrap=True)
    for step in _ways_on(viewed):
        next_step(step)


def _viewed_json(viewed: Viewed, pictures: Mapping[str, Path]) -> dict[str, Any]:
    record = viewed.now.record
    return {
        "record_id": record["record_id"],
        "agency": record["agency"],
        "version": viewed.now.manifest.version,
        "key": record["source"]["key"],
        "part": record["part"],
        "withdrawn": viewed.now.row.withdrawn,
        "reasons": reasons_json(viewed.doubts),
        "fields": {name: {"label": label(name), **f} for name, f in record["fields"].items()},
        "documents": [document["pages"] for document in record["documents"]],
        "decisions": record.get("decisions", {}),
        "pictures": {name: str(path) for name, path in pictures.items()},
        "same_number": [_side(other) for other in viewed.same_number],
        "assigned": [_work_json(work) for work in viewed.assigned],
    }


def _side(other: Current) -> dict[str, Any]:
    return {
        "record_id": other.row.record_id,
        "key": other.record["source"]["key"],
        "values": field_values(other.record),
    }


def _print_viewed(viewed: Viewed) -> None:
    now, doubts = viewed.now, viewed.doubts
    head = f"{now.row.record_id}  {now.row.agency}  version {now.manifest.version}"
    out.print(f"{head}  {now.record['source']['key']}", markup=False, soft_wrap=True)
    if now.row.withdrawn:
        out.print(f"OUT OF THE ARCHIVE: {now.row.withdrawn}", markup=False, soft_wrap=True)
    for reason in reasons_json(doubts):
        out.print(f"  {reason['vi']} ({reason['en']})", markup=False, soft_wrap=True)
    named = dict.fromkeys([*filter(None, map(field_of, doubts)), *now.record["fields"]])
    rows = [_field_row(name, now.record["fields"].get(name), doubts) for name in named]
    print_table(("?", "field", "", "value", "sure", "candidates"), rows, unbroken=2)
    if len(now.record["documents"]) > 1:
        ranges = " ".join("-".join(map(str, d["pages"])) for d in now.record["documents"])
        out.print(f"several documents in one file: {ranges}", markup=False)
    if viewed.same_number:
        sides = [now, *viewed.same_number]
        names = ("code", "issued_date", "type_name", "subject")
        values = [(field_values(side.record), side) for side in sides]
        table = [(side.row.record_id, *(found.get(n, "") for n in names)) for found, side in values]
        print_table(("the same number", *map(label, names)), table, unbroken=1)


def _field_row(name: str, field: Mapping[str, Any] | None, doubts: Sequence[str]) -> Sequence[str]:
    mark = "?" if any(field_of(code) == name for code in doubts) else ""
    if field is None:
        return mark, name, label(name), "—", "", ""
    seen = (f"{e['value']} ({e['method']} {e['confidence']:.2f})" for e in field["evidence"])
    return mark, name, label(name), field["value"] or "—", f"{field['confidence']:.2f}", "\n".join(seen)


def _ways_on(viewed: Viewed) -> Iterator[str]:
    """Commands that settle what is doubtful, most likely first."""
    name, doubts = viewed.now.row.record_id, viewed.doubts
    if viewed.now.row.withdrawn or not doubts:
        yield "sohoa review list"
        return
    missing = [field_of(code) for code in doubts if is_missing(code)]
    if len(missing) < len(doubts):
        yield f"sohoa review accept {name} --as NAME   (what is shown is right)"
    fields = missing or [field for code in doubts if (field := field_of(code))]
    if fields:
        yield f"sohoa review set {name} {' '.join(f'{field}=…' for field in fields)} --as NAME"
    if "draft" in doubts:
        yield f"sohoa review set {name} draft=no --as NAME   (it was issued)"
    if viewed.same_number:
        yield f"sohoa review accept {name} same_number --as NAME   (two papers, keep both)"
    yield f"sohoa review reject {name} --reason … --as NAME   (scan again, or wrong paper)"


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
    """Confirm values, or settle a doubt by its name: draft, same_number, no_text, signature_invalid."""
    with services(person) as opened:
        done = deciding.accept(opened, record_id, names or (), seen, why)
        report(opened, done, as_json)


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
    """Correct values: issued_date=31/01/2024, code_number=12, draft=no; your value stays for good."""
    pairs = [text.partition("=") for text in values]
    names = [name.strip() for name, _, _ in pairs]
    if not all(sign for _, sign, _ in pairs) or len(set(names)) < len(names):
        raise Misconfigured("write each field once, as FIELD=VALUE")
    given = dict(zip(names, (value for _, _, value in pairs), strict=True))
    with services(person) as opened:
        report(opened, deciding.correct(opened, record_id, given, seen, why), as_json)


@review.command()
def reject(record_id: RecordId, why: Why = "", seen: Seen = None, person: AsPerson = "") -> None:
    """The scan is not usable or the wrong paper: out of search and counts, bytes kept."""
    with services(person) as opened:
        deciding.reject(opened, record_id, why, seen)
        out.print(f"{record_id} is out of search and counts; its bytes are kept")
        next_record(opened, record_id)


def report(opened: Services, done: deciding.Decided, as_json: bool) -> None:
    """What a decision left, and what to do next."""
    state = "needs_review" if done.doubts else "archived"
    if as_json:
        print_json(
            {
                "record_id": done.record_id,
                "version": done.version,
                "state": state,
                "reasons": reasons_json(done.doubts),
            }
        )
        return
    out.print(f"{done.record_id}: version {done.version}, {state}")
    for reason in reasons_json(done.doubts):
        out.print(f"  still open: {reason['vi']} ({reason['en']})", markup=False, soft_wrap=True)
    if done.doubts:
        next_step(f"sohoa review show {done.record_id}")
    else:
        next_record(opened, done.record_id)


def next_record(opened: Services, record_id: str) -> None:
    """Name the record to look at next, of the same agency where one waits there."""
    row = opened.records.record(record_id)
    near = waiting(opened, row.agency if row else "", limit=2)
    found = next((r for r in near or waiting(opened, limit=2) if r.item.record_id != record_id), None)
    next_step(f"sohoa review show {found.item.record_id}" if found else "nothing waits: sohoa coverage")


def next_step(text: str) -> None:
    """Say what to do next."""
    out.print(f"next: {text}", markup=False, soft_wrap=True)
