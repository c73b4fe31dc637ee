"""Commands for those who organise the review: parts, releases, assignments, samples, aliases."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
import yaml

from sohoa.answers.review import ALIAS_COLUMNS, aliases_answer, parts_answer, sample_answer
from sohoa.cli.headings import Heading
from sohoa.cli.output import out, print_json, print_table
from sohoa.cli.review import RecordId, Seen, Why, next_step, review
from sohoa.cli.review import commands as commands
from sohoa.cli.session import AsJson, AsPerson, services
from sohoa.domain.errors import InvalidRequest, NotFound
from sohoa.domain.inbox.keys import masked
from sohoa.domain.review.batch_acceptance import Verdict
from sohoa.domain.review.queue import Step
from sohoa.usecases.archive.verdicts import Sample, sample_of
from sohoa.usecases.evidence.aliases import aliases as learnt_aliases
from sohoa.usecases.pipeline.release import release as let_pass
from sohoa.usecases.review import parts
from sohoa.usecases.review.assignments import assign as give_to
from sohoa.usecases.review.batch_samples import check_sample, draw_sample

RecordIds = Annotated[list[str], typer.Argument(metavar="RECORD_ID…")]


@review.command()
def split(
    record_id: RecordId,
    pages: Annotated[list[str], typer.Argument(metavar="PAGES…", help="Like 1-3 4-6: every page, in order.")],
    why: Why = "",
    seen: Seen = None,
    person: AsPerson = "",
    as_json: AsJson = False,
) -> None:
    """Make a record of each document in a file.

    The unsplit record is kept, out of search and counts.
    """
    with services(person) as (reader, opened):
        _print_parts(parts.split(reader, opened, record_id, pages, why, seen), as_json)


@review.command()
def merge(record_ids: RecordIds, why: Why = "", person: AsPerson = "", as_json: AsJson = False) -> None:
    """Join parts of one file that follow each other."""
    with services(person) as (reader, opened):
        _print_parts(parts.merge(reader, opened, record_ids, why), as_json)


def _print_parts(ids: Sequence[str], as_json: bool) -> None:
    if as_json:
        print_json(parts_answer(ids))
        return
    for name in ids:
        out.print(name)
    next_step(f"sohoa review show {ids[0]}")


@review.command()
def release(
    name: Annotated[str, typer.Argument(metavar="RECORD_ID|SHA256", help="8+ characters of a digest do.")],
    why: Annotated[str, typer.Option("--reason", help="Why, and by whose decision.")],
    false_alarm: Annotated[
        bool, typer.Option("--false-alarm", help="You saw the page: it bears no secrecy mark.")
    ] = False,
    person: AsPerson = "",
) -> None:
    """Let one mark of a held object pass.

    A stamp GIẢI MẬT, or a false alarm; the next night takes the object.
    """
    with services(person) as (reader, opened):
        rows = let_pass(reader, opened, name, why, false_alarm=false_alarm)
    for row in rows:
        out.print(f"{masked(row.key)} is pending again", markup=False)
    next_step("sohoa nightly, then sohoa review list")


@review.command()
def assign(
    record_ids: RecordIds,
    to: Annotated[str, typer.Option(metavar="NAME", help="An archivist of config/people.yaml.")],
    step: Annotated[Step, typer.Option(help="Entry and both checks need three persons.")] = Step.ENTRY,
    person: AsPerson = "",
) -> None:
    """Give records to a person to work on."""
    with services(person) as (reader, opened):
        give_to(reader, opened, record_ids, to, step)
    out.print(f"{len(record_ids)} given to {to} for {step.value}", markup=False)
    next_step(f'sohoa review list --assignee "{to}"')


@review.command()
def sample(
    agency: Annotated[str, typer.Option(help="Agency code.")],
    batch: Annotated[str, typer.Option(help="Batch folder.")],
    size: Annotated[int, typer.Option(min=0, help="Draw so many records.")] = 0,
    accept_number: Annotated[int, typer.Option(min=0, help="So many defective ones are tolerated.")] = 0,
    seed: Annotated[str, typer.Option(help="Repeats a draw; default: a new one, which is recorded.")] = "",
    sound: Annotated[
        list[str] | None, typer.Option("--ok", metavar="RECORD_ID", help="You found it right.")
    ] = None,
    defective: Annotated[
        list[str] | None, typer.Option("--defect", metavar="RECORD_ID", help="You found it wrong.")
    ] = None,
    person: AsPerson = "",
    as_json: AsJson = False,
) -> None:
    """Accept a batch by a random sample.

    Draw it, then two persons say of each record what they found.
    """
    with services(person) as (reader, opened):
        if size:
            found = draw_sample(
                reader, opened, agency, batch, size, accept_number, seed or secrets.token_hex(8)
            )
        elif sound or defective:
            found = check_sample(reader, opened, agency, batch, sound or (), defective or ())
        else:
            known = sample_of(reader, opened.events, agency, batch)
            if known is None:
                raise NotFound("sample", f"no sample of {agency}/{batch} was drawn")
            found = known
    _print_sample(found, as_json)


def _print_sample(found: Sample, as_json: bool) -> None:
    judgement = found.judgement
    if as_json:
        print_json(sample_answer(found))
        return
    rows = []
    for name in found.record_ids:
        results = {
            r.person: "defect" if r.is_defective else "ok" for r in found.results if r.record_id == name
        }
        rows.append((name, ", ".join(f"{person}: {result}" for person, result in results.items()) or "—"))
    print_table((Heading.RECORD, Heading.FOUND_BY), rows, unbroken=1)
    out.print(
        f"{judgement.verdict}: {len(judgement.defective)} defective, {found.accept_number} tolerated;"
        f" {len(found.record_ids)} of {found.population} drawn with seed {found.seed}",
        markup=False,
        soft_wrap=True,
    )
    if judgement.verdict is Verdict.OPEN:
        next_step("look with sohoa review show, then sohoa review sample … --ok ID --defect ID --as NAME")


@review.command()
def aliases(
    export: Annotated[Path | None, typer.Option(help="Write to this .yaml, .yml or .csv file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Agency names that the register lacks.

    Persons read them on papers; export them for the authority file. Those with an authority_id, which a
    person gave for the record, are matched from the next night on.
    """
    with services() as (reader, opened):
        rows = aliases_answer(learnt_aliases(reader, opened))
    if export is not None:
        _export(rows, export)
    if as_json:
        print_json(rows)
        return
    head = (Heading.AGENCY, Heading.NAME, Heading.ALIAS, Heading.AUTHORITY_ID, Heading.RECORD_ID)
    print_table(head, [list(row.values())[:5] for row in rows])
    where = export or "sohoa review aliases --export aliases.yaml"
    next_step(f"{where}, then add what is right to the authority file" if rows else "sohoa review list")


def _export(rows: Sequence[Mapping[str, str]], path: Path) -> None:
    try:
        if path.suffix in (".yaml", ".yml"):
            path.write_text(
                yaml.safe_dump({"aliases": list(rows)}, allow_unicode=True, sort_keys=False), "utf-8"
            )
        elif path.suffix == ".csv":
            with path.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(stream, ALIAS_COLUMNS, lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        else:
            raise InvalidRequest("usage", f"{path} must end in .yaml, .yml or .csv")
    except OSError as error:
        raise InvalidRequest("usage", f"cannot write {path}: {error.strerror}") from error
