"""The runbook names only commands, services, secrets and files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from sohoa.cli.commands import COMMANDS

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
TEXTS = {name: (ROOT / name).read_text("utf-8") for name in ("docs/runbook.md", "README.md")}
each_text = pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))


def code(text: str) -> str:
    """What stands between backticks or in a block of commands."""
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", text)])


@each_text
def test_commands_exist(text: str) -> None:
    """Every command of sohoa is one that the program has."""
    known = set(COMMANDS)
    named = set(re.findall(r"(?:^|[\s/])sohoa ([a-z]+)\b", code(text), re.MULTILINE))
    assert named
    assert named <= known


@each_text
def test_services_exist(text: str) -> None:
    """Every service that Compose is told to touch is in its file."""
    told = re.findall(r"docker compose (?:exec|stop|logs|restart) ([^\n|]+)", code(text))
    words = [line.replace("-u postgres", "").split() for line in told]
    services = {next(word for word in line if not word.startswith("-")) for line in words}
    assert services <= set(COMPOSE["services"]) | {"SERVICE"}


@each_text
def test_secrets_and_files_exist(text: str) -> None:
    """Every secret is one that Compose hands out; every script and page is there."""
    for name in re.findall(r"secrets/([a-z_]+)\b(?![{.])", code(text)):
        assert any(secret.startswith(name) for secret in COMPOSE["secrets"]), name
    for path in re.findall(r"\bscripts/[a-z-]+", text):
        assert (ROOT / path).is_file(), path
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        assert any((folder / link).exists() for folder in (ROOT, ROOT / "docs")), link
