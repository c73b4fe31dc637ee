"""Export of the holding in packages, import of those of others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sohoa.answers.package_reasons import refusal_sentence
from sohoa.answers.packages import export_answer, fault_sentence, import_answer, import_state, state
from sohoa.cli.output import bar, err, out, print_json
from sohoa.cli.session import AsJson, services
from sohoa.domain.errors import ExitCode, InvalidRequest
from sohoa.domain.packages.elements import Kind
from sohoa.domain.packages.tables import Rules
from sohoa.settings import load_settings
from sohoa.usecases.packages.export import Exported, export_bags
from sohoa.usecases.packages.export_described import export_dossiers, export_loose
from sohoa.usecases.packages.export_tables import TableForm, export_tables
from sohoa.usecases.packages.imported import Imported
from sohoa.usecases.packages.imports import import_packages
from sohoa.wiring import open_packages, received_packages

commands = typer.Typer(rich_markup_mode=None)


class Form(StrEnum):
    """What is written: a bag of each record, a package of each hồ sơ, one of documents that are in none."""

    BAG = "bag"
    AIP = "aip"
    SIP = "sip"
    LOOSE = "aip-documents"


_KINDS = {Form.AIP: Kind.AIP_HOSO, Form.SIP: Kind.SIP_HOSO}


@commands.command()
def export(
    folder: Annotated[
        Path, typer.Argument(help="Where the packages are written; made when it is not there.")
    ],
    record_ids: Annotated[list[str] | None, typer.Argument(metavar="RECORD_ID…")] = None,
    *,
    person: Annotated[str, typer.Option("--as", metavar="NAME", help="An archivist of config/people.yaml.")],
    form: Annotated[
        Form,
        typer.Option(
            help="bag: records whole; by TT 05/2025 aip, sip: hồ sơ, aip-documents: records that are in none."
        ),
    ] = Form.BAG,
    agency: Annotated[str, typer.Option(help="Only this agency.")] = "",
    code: Annotated[
        str,
        typer.Option("--file", metavar="CODE", help="Only this hồ sơ; the code of aip-documents."),
    ] = "",
    title: Annotated[str, typer.Option(help="Of aip-documents: what they are.")] = "",
    source: Annotated[str, typer.Option(help="Of aip-documents: where they come from.")] = "",
    note: Annotated[str, typer.Option(help="Of aip-documents.")] = "",
    zipped: Annotated[bool, typer.Option("--zip", help="Each package as one zip file.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write records as bags, or hồ sơ as packages of TT 05/2025, for another system; a repeat goes on.

    Exits with 1 where stored files are damaged, with 2 where descriptions lack what a package must say.
    """
    if (form in _KINDS and record_ids) or (form is Form.BAG and code):
        raise InvalidRequest("usage", "records are written as bags, --file names a hồ sơ of --form aip, sip")
    if form is Form.LOOSE and not record_ids:
        raise InvalidRequest("usage", "--form aip-documents needs the ids of the records")
    done: list[Exported] = []
    with services(person) as (reader, opened), bar("export") as progress:
        writer = open_packages(folder, zipped=zipped)
        packages: Iterable[Exported]
        if form is Form.LOOSE:
            head = (code, title, source, note)
            packages = (export_loose(reader, opened, writer, record_ids or (), head),)
        elif form in _KINDS:
            packages = export_dossiers(reader, opened, writer, agency, code, _KINDS[form])
        else:
            packages = export_bags(reader, opened, writer, agency, record_ids or ())
        for package in packages:
            progress.step()
            done.append(package)
            _told(package, as_json)
    _told_all(done, as_json)


@commands.command()
def tables(
    folder: Annotated[Path, typer.Argument(help="Where the tables are written; made when it is not there.")],
    *,
    person: Annotated[str, typer.Option("--as", metavar="NAME", help="An archivist of config/people.yaml.")],
    agency: Annotated[str, typer.Option(help="Whose hồ sơ and documents.")],
    rules: Annotated[Rules, typer.Option(help="Whose columns: TT 02/2019, or NĐ 30 annex VI.")] = Rules.TT02,
    form: Annotated[
        TableForm, typer.Option("--format", help="What the tables are written as.")
    ] = TableForm.XLSX,
    as_json: AsJson = False,
) -> None:
    """Write an agency's hồ sơ and documents as tables of TT 02/2019 or NĐ 30; nothing is cut.

    Exits with 1 where stored files are damaged, with 2 where a value is longer than its column allows.
    """
    with services(person) as (reader, opened):
        done = list(export_tables(reader, opened, open_packages(folder), agency, rules, form))
    for package in done:
        _told(package, as_json)
    _told_all(done, as_json)


def _told_all(done: Sequence[Exported], as_json: bool) -> None:
    """The answer, or how many became what; exits where one was refused."""
    if as_json:
        print_json(export_answer(done))
    else:
        counts = [f"{sum(state(p) == of for p in done)} {of}" for of in ("written", "already", "refused")]
        out.print(", ".join(counts))
    if any(package.damage for package in done):
        raise typer.Exit(ExitCode.BROKEN_INVARIANT)
    if any(package.faults for package in done):
        raise typer.Exit(ExitCode.USAGE)


@commands.command("import")
def import_(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH…", help="Packages (folder, zip, tar), or folders of them.")
    ],
    *,
    person: Annotated[str, typer.Option("--as", metavar="NAME", help="An archivist of config/people.yaml.")],
    agency: Annotated[str, typer.Option(help="Whose papers documents are; records know their own.")] = "",
    as_json: AsJson = False,
) -> None:
    """Take in packages: bags of our records give these records, other packages documents for the inbox.

    A package that is not whole, or not what it says, is refused whole, with the reason; exits with 2 then.
    """
    done = list[Imported]()
    with services(person) as (reader, opened), bar("import") as progress:
        source = received_packages(load_settings())
        for package in import_packages(reader, opened, source, paths, agency):
            progress.step()
            done.append(package)
            if package.refused:
                sentence = f"{package.package}: {refusal_sentence(package.refused)}"
                err.print(sentence, markup=False, soft_wrap=True)
    if as_json:
        print_json(import_answer(done))
    else:
        states = ("record", "documents", "already", "refused")
        out.print(", ".join(f"{sum(import_state(p) == of for p in done)} {of}" for of in states))
    if any(package.refused for package in done):
        raise typer.Exit(ExitCode.USAGE)


def _told(package: Exported, as_json: bool) -> None:
    if package.on_hold:
        held = ", ".join(package.on_hold)
        err.print(f"{package.subject}: on hold here, not where it goes: {held}", markup=False, soft_wrap=True)
    if package.damage:
        err.print(f"{package.subject}: {package.damage}", markup=False, soft_wrap=True)
    for fault in package.faults if not as_json else ():
        err.print(f"{package.subject}: {fault_sentence(fault)}", markup=False, soft_wrap=True)
