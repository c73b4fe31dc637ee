"""The command that reads one file and stores nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from sohoa.answers.reading import read_answer
from sohoa.cli.archive import print_fields
from sohoa.cli.output import out, print_json
from sohoa.cli.session import AsJson
from sohoa.domain.errors import InvalidRequest, NotFound
from sohoa.domain.inbox.folder_documents import SUFFIX, is_folder_name
from sohoa.settings import load_settings
from sohoa.usecases.pipeline.read import read as read_file
from sohoa.wiring import open_reader

commands = typer.Typer(rich_markup_mode=None)


@commands.command()
def read(
    file: Annotated[
        Path, typer.Argument(help="A PDF, TIFF, JPEG or PNG, or a folder of such pages (NAME.pages).")
    ],
    agency: Annotated[str, typer.Option(help="Agency code: helps to tell the issuing agency.")] = "",
    as_json: AsJson = False,
) -> None:
    """Recognise, screen and describe one file or folder document; nothing is stored."""
    file = file.resolve() if file.is_dir() else file
    if file.is_dir() and not is_folder_name(file.name):
        raise InvalidRequest(
            "usage", f"{file} is a folder; a folder is one document only if its name ends in {SUFFIX}"
        )
    if not file.exists():
        raise NotFound("usage", f"no such file: {file}")
    started = datetime.now(UTC)
    with open_reader(load_settings()) as (reader, agencies):
        if agency and not agencies.knows(agency):
            raise NotFound("agency", f"agency {agency!r} is not in the agency register")
        name = agencies.name(agency) if agency else ""
        answer = read_answer(read_file(reader, file, name))
    answer["seconds"] = round((datetime.now(UTC) - started).total_seconds(), 2)
    if as_json:
        print_json(answer)
        return
    out.print(answer["outcome"])
    for reason in answer["reasons"]:
        out.print(f"  {reason['vi']} ({reason['en']})", markup=False, soft_wrap=True)
    print_fields(answer["fields"])
