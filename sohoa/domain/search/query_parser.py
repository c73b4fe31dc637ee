"""From what a person typed to a tree; never raises, see ``domain.search.query`` for the language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from sohoa.domain.search.folding import BEYOND_BMP, fold_plain, words
from sohoa.domain.search.query_tree import (
    Filter,
    FilterName,
    Node,
    Phrase,
    conjunction,
    disjunction,
    negation,
    with_open_tones,
)

MAX_TERMS = 64
MAX_DEPTH = 8
Sort = Literal["relevance", "date", "number"]

_FILTERS: dict[str, FilterName] = {
    "coquan": "agency",
    "agency": "agency",
    "loai": "type",
    "type": "type",
    "so": "number",
    "number": "number",
    "nam": "year",
    "year": "year",
    "hoso": "dossier",
    "dossier": "dossier",
    "trangthai": "state",
    "state": "state",
    "chatluong": "quality",
    "quality": "quality",
    "kyso": "signed",
    "signed": "signed",
    "nguoiky": "signer",
    "signer": "signer",
}
_OPTIONS = {"tu": "from", "from": "from", "den": "to", "to": "to", "xep": "sort", "sort": "sort"}
_OPERATORS = {"AND": "and", "VÀ": "and", "OR": "or", "HOẶC": "or", "NOT": "not", "KHÔNG": "not"}
_SORTS: dict[str, Sort] = {"ngay": "date", "date": "date", "so": "number", "number": "number"}
_QUOTES = '"“”„«»'
_TOKEN = re.compile(
    rf"(?P<open>\()|(?P<close>\))|(?P<not>-(?=[^\s-]))|[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)[{_QUOTES}]"
    rf"|(?P<name>[^\W\d_]+):(?:[{_QUOTES}](?P<exact>[^{_QUOTES}]*)[{_QUOTES}]|(?P<value>[^\s(){_QUOTES}]+))"
    rf"|(?P<word>[^\s(){_QUOTES}]+)"
)
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree and the options of the whole query that were written in its text."""

    tree: Node | None
    issued_from: date | None = None
    issued_to: date | None = None
    sort: Sort | None = None


Token = str | Node
"""An operator (``and``, ``or``, ``not``, ``open``, ``close``) or a leaf."""


def clean_value(value: str) -> str:
    """A filter's value in one form; a value of quotes only becomes ``-``, which matches nothing."""
    composed = unicodedata.normalize("NFC", value)
    cleaned = " ".join("".join(" " if char in _QUOTES else char for char in composed).split())
    return cleaned or ("-" if composed.strip() else "")


@lru_cache(maxsize=256)
def parse(text: str) -> Parsed:
    """Tree and options of any text; at most ``MAX_TERMS`` terms and ``MAX_DEPTH`` groups in one another."""
    days: dict[str, list[date]] = {"from": [], "to": []}
    sorts: list[Sort] = []
    tokens: list[Token] = []
    terms = 0
    for match in _TOKEN.finditer(unicodedata.normalize("NFC", text)):
        option = _option(match)
        if isinstance(option, tuple):
            days[option[0]].append(option[1])
        elif option:
            sorts.append(option)
        elif (token := _token(match)) is not None:
            terms += not isinstance(token, str)
            tokens += [token] if isinstance(token, str) or terms <= MAX_TERMS else []
    tree = with_open_tones(_Reader(tokens).any_of(depth=0))
    first, last = max(days["from"], default=None), min(days["to"], default=None)
    return Parsed(tree, first, last, sorts[0] if sorts else None)


def _option(match: re.Match[str]) -> tuple[str, date] | Sort | None:
    kind = _OPTIONS.get(fold_plain(match["name"] or ""))
    value = (match["exact"] if match["value"] is None else match["value"]) or ""
    if kind == "sort":
        return _SORTS.get(fold_plain(value))
    day = _day(value) if kind else None
    return (kind, day) if kind and day else None


def _day(text: str) -> date | None:
    match = _DAY.fullmatch(text.strip())
    if not match:
        return None
    year, month, day = match.groups()[:3] if match[1] else reversed(match.groups()[3:])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _token(match: re.Match[str]) -> Token | None:
    if match.lastgroup in {"open", "close", "not"}:
        return match.lastgroup
    if match["word"] in _OPERATORS:
        return _OPERATORS[match["word"]]
    name = _FILTERS.get(fold_plain(match["name"] or ""))
    if name:
        return Filter(name, clean_value(match["exact"] if match["value"] is None else match["value"]))
    found = words(match[0])[:MAX_TERMS]
    # Boxes alone would find every text with any character beyond the BMP.
    return Phrase(found) if any(word.strip(BEYOND_BMP) for word in found) else None


class _Reader:
    """Recursive descent over tokens; whatever is out of place is passed over."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self._tokens = list(tokens)
        self._next = 0

    def _peek(self) -> Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def any_of(self, depth: int) -> Node | None:
        """Alternatives up to the end of the group."""
        found = list(self._alternatives(depth))
        return disjunction(node for node in found if node is not None)

    def _alternatives(self, depth: int) -> Iterator[Node | None]:
        while True:
            yield self._all_of(depth)
            if self._peek() is None or (self._peek() == "close" and depth):
                return
            self._next += 1

    def _all_of(self, depth: int) -> Node | None:
        found: list[Node] = []
        while (item := self._peek()) is not None and item != "or" and not (item == "close" and depth):
            node = self._one(depth)
            found += [node] if node is not None else []
        return conjunction(found)

    def _one(self, depth: int) -> Node | None:
        negated = False
        while (item := self._peek()) in {"not", "and"} or (item == "close" and not depth):
            negated ^= item == "not"
            self._next += 1
        if item is None or item in {"or", "close"}:
            return None
        self._next += 1
        if not isinstance(item, str):
            node: Node | None = item
        elif depth < MAX_DEPTH:
            node = self.any_of(depth + 1)
            self._next += self._peek() == "close"
        else:
            return None
        return negation(node) if negated and node is not None else node
