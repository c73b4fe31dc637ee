"""Configuration files as plain data: strict YAML, UTF-8, NFC."""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from sohoa.domain.errors import Misconfigured


def load_yaml(path: Path) -> Mapping[str, Any]:
    """The file's top-level mapping; duplicate keys are faults; texts come back in NFC."""
    try:
        data = yaml.load(read_text(path), Loader=_StrictLoader)  # noqa: S506 - a CSafeLoader subclass
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise Misconfigured(f"{path}{line}: {error.problem or error.context}") from error
    except (yaml.YAMLError, ValueError) as error:
        raise Misconfigured(f"{path}: {error}") from error
    if not isinstance(data, dict):
        raise Misconfigured(f"{path}: must hold named sections, not {type(data).__name__}")
    return data


def read_text(path: Path) -> str:
    """The file's text in NFC without a byte order mark; raises ``Misconfigured``."""
    try:
        return unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Misconfigured(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Misconfigured(f"{path}: not UTF-8 at byte {error.start}") from error


def entries(path: Path, section: str, keys: Iterable[str], required: Sequence[str]) -> list[dict[str, Any]]:
    """The list below ``section`` whose entries have only ``keys`` and all of ``required``."""
    data = load_yaml(path)
    listed = data.get(section)
    if not isinstance(listed, list) or not listed:
        raise Misconfigured(f"{path}: {section}: must be a list with at least one entry")
    allowed = set(keys)
    for number, entry in enumerate(listed, start=1):
        where = f"{path}: {section}[{number}]"
        if not isinstance(entry, dict):
            raise Misconfigured(f"{where}: must be a mapping, not {type(entry).__name__}")
        for key in entry:
            if key not in allowed:
                raise Misconfigured(f"{where}: unknown key {key}")
        for key in required:
            if entry.get(key) in (None, ""):
                raise Misconfigured(f"{where}: {key} is missing")
    return listed


def text(where: str, entry: Mapping[str, Any], key: str) -> str | None:
    """The entry's stripped text, None where it has none; raises ``Misconfigured``."""
    value = entry.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Misconfigured(f"{where}: {key}: must be text (put it in quotes), not {value!r}")
    return value.strip() or None


def day(where: str, entry: Mapping[str, Any], key: str) -> date | None:
    """The entry's day, None where it has none; raises ``Misconfigured``."""
    value = entry.get(key)
    if value is None:
        return None
    # datetime is a date, too, but carries a time that nothing here has use for
    if type(value) is not date:
        raise Misconfigured(f"{where}: {key}: must be a date like 2025-01-31, not {value!r}")
    return value


class _StrictLoader(yaml.CSafeLoader):
    """Refuses a mapping that names a key twice: YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                continue  # the superclass refuses it with its place
            if key in seen:
                raise yaml.MarkedYAMLError(problem=f"{key} stands twice", problem_mark=key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)
