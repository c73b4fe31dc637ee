"""The commands by name: where each is, and what it does; its module is imported when it is called."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

COMMANDS: Mapping[str, tuple[str, str]] = {
    "read": ("reading", "Recognise, screen and describe one file or folder document; nothing is stored."),
    "search": ("archive", "Search the archive; found words are marked in the original spelling."),
    "show": ("archive", "Show a record: fields with evidence, versions, states, events, files."),
    "verify": (
        "archive",
        "Compare archive, manifests, ledger and index, re-hash, validate signatures; exit 1 on any fault.",
    ),
    "seal": (
        "sealing",
        "Signing keys and what waits for its signature; --pending signs it, --renew renews time-stamps.",
    ),
    "digest": ("digest", "Signed digests of days: one root over all manifests and histories."),
    "withdraw": (
        "archive",
        "Take a record out of search and counts (wrong agency, wrong paper); its bytes are kept.",
    ),
    "reindex": (
        "archive",
        "Rebuild the search index from the archive alone; the old one serves until the new one is complete.",
    ),
    "ingest": ("inbox", "Copy scans into the inbox; a repeat does nothing, nothing is ever overwritten."),
    "nightly": (
        "inbox",
        "Run the night in this process: everything new in the inbox becomes signed, searchable, counted.",
    ),
    "reconcile": (
        "inbox",
        "Prove that every inbox object is in exactly one state; exit 1 when it does not hold.",
    ),
    "where": ("objects", "Where did that file go, and why: any object of the inbox, archived or not."),
    "list": (
        "objects",
        "List inbox objects in a state, with the reason, or what a figure of coverage counts.",
    ),
    "retry": ("objects", "Give rejected and failed objects another chance in the next run."),
    "coverage": (
        "reports",
        "Digitization coverage per agency and year against the declared paper holdings.",
    ),
    "deliveries": ("deliveries", "Who gets snapshots, and how each delivery stands."),
    "deliver": (
        "deliveries",
        "Deliver the newest snapshot and what waits, to each receiver once; exit 3 while something waits.",
    ),
    "portal": (
        "portal",
        "Serve the archivists' portal until Ctrl-C; people sign in with accounts of `sohoa user`.",
    ),
    "init": ("site", "Make a new home for inbox, archive, ledger and index; harmless on an existing one."),
    "ping": (
        "site",
        "Ask every service for its health; exit 3 when one does not answer, 2 when one refuses.",
    ),
    "settings": ("site", "Show the effective settings, secrets masked."),
    "quarantine": ("objects", "Objects that bear a secrecy mark."),
    "register": ("registers", "Registers of outgoing and incoming documents (NĐ 30)."),
    "files": ("registers", "Files of records (hồ sơ)."),
    "hold": ("disposal", "Records that are neither changed nor disposed of for now."),
    "dispose": ("disposal", "Disposal of records by two persons; a trace stays."),
    "export": (
        "packages",
        "Write records as bags, or hồ sơ as packages of TT 05/2025, for another system; a repeat goes on.",
    ),
    "tables": (
        "packages",
        "Write an agency's hồ sơ and documents as tables of TT 02/2019 or NĐ 30; nothing is cut.",
    ),
    "import": (
        "packages",
        "Take in packages: bags of our records give these records, other packages documents for the inbox.",
    ),
    "holdings": ("holdings", "Declared paper holdings: the denominators of coverage."),
    "user": ("user", "Accounts of the people who sign in to the portal."),
    "review": (
        "review_work",
        "Records that a person must look at: see the queue, look at one, confirm or correct it.",
    ),
}
"""Module of ``sohoa.cli`` and first sentence of the help, in the order in which help lists them."""


def load(name: str) -> Any:
    """The command itself: its module's ``commands`` hold it under that name."""
    module = import_module(f"sohoa.cli.{COMMANDS[name][0]}")
    return typer.main.get_group(module.commands).commands[name]


class LazyGroup(TyperGroup):
    """Lists commands by the table alone, and imports the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  the group's signature
        """Names in the table's order."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  the group's signature
        """A name with its help, for lists and completion; None for an unknown name."""
        known = COMMANDS.get(cmd_name)
        return TyperCommand(cmd_name, help=known[1]) if known else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is called, loaded."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, load(name) if name else command, rest


app = typer.Typer(
    name="sohoa",
    cls=LazyGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=(
        "Digitize, archive, search and count the non-secret papers of a province.\n\n"
        "Exit codes: 0 done, 1 an invariant is broken (reconcile, verify), 2 usage or configuration, "
        "3 a service is unavailable, 4 no space."
    ),
)


@app.callback()
def _root() -> None:
    """All options belong to the commands."""
