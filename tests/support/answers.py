"""The JSON Schemas of answers, and which command answers by which."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

SCHEMA_OF = {
    "read": "read",
    "search": "search",
    "show": "show",
    "verify": "verify",
    "nightly": "nightly",
    "reconcile": "reconcile",
    "where": "objects",
    "list": "objects",
    "quarantine list": "objects",
    "register import": "import",
    "files import": "import",
    "files list": "dossiers",
    "holdings import": "holdings_import",
    "holdings list": "holdings",
    "holdings history": "declarations",
    "files show": "dossier",
    "files expired": "expired",
    "hold add": "holds",
    "hold release": "holds",
    "hold list": "holds",
    "dispose propose": "disposals",
    "dispose confirm": "disposals",
    "dispose list": "disposals",
    "review list": "queue",
    "review show": "viewed",
    "review accept": "decision",
    "review set": "decision",
    "review split": "parts",
    "review merge": "parts",
    "review sample": "sample",
    "review aliases": "aliases",
    "user add": "account",
    "user grant": "account",
    "user confirm": "account",
    "user list": "accounts",
    "user disable": "account",
    "user events": "events",
    "user reset": "account",
    "user link": "account",
    "user token add": "token",
    "user token list": "tokens",
    "user token revoke": "token",
    "ping": "ping",
    "settings": "settings",
    "export": "export",
    "tables": "export",
    "import": "package_import",
    "deliveries": "deliveries",
    "deliver": "deliveries",
    "coverage": "coverage",
    "coverage diff": "difference",
    "coverage year": "year_statistic",
}
"""Schemas by command; coverage answers by its own with ``--format json``."""


@cache
def schemas() -> dict[str, Any]:
    """Every schema of the package by its ``$id``."""
    folder = files("sohoa.answers") / "schemas"
    found = [json.loads(file.read_text("utf-8")) for file in folder.iterdir()]
    return {schema["$id"]: schema for schema in found}


@cache
def _validator(name: str) -> Draft202012Validator:
    pairs = [(id_, Resource.from_contents(schema)) for id_, schema in schemas().items()]
    registry: Registry[Any] = Registry().with_resources(pairs)
    return Draft202012Validator(schemas()[f"{name}.json"], registry=registry)


def command_of(arguments: Sequence[str | Path]) -> str:
    """The command that the arguments call, with its group where it has one."""
    words = [str(word) for word in arguments[:3]]
    return next(name for n in (3, 2, 1) if (name := " ".join(words[:n])) in SCHEMA_OF)


def faults(command: str, answer: Any) -> Iterator[str]:
    """Where the answer is not as the command's schema says."""
    for error in _validator(SCHEMA_OF[command]).iter_errors(answer):
        yield f"{command}: {error.json_path}: {error.message[:200]}"
