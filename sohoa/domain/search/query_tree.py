"""The tree of a parsed question: phrases and whole values, joined by AND, OR and NOT."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from sohoa.domain.search.folding import fold_plain, words
from sohoa.domain.search.tones import bears_tone, readings

FilterName = Literal["agency", "type", "number", "year", "dossier", "state", "quality", "signed", "signer"]
_NAMES: Mapping[FilterName, str] = {
    "agency": "coquan",
    "type": "loai",
    "number": "so",
    "year": "nam",
    "dossier": "hoso",
    "state": "trangthai",
    "quality": "chatluong",
    "signed": "kyso",
    "signer": "nguoiky",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One word or more in this order; ``words`` are in ``fold_norm``.

    ``without_tones`` says that the whole question was typed without tones.
    """

    words: tuple[str, ...]
    without_tones: bool = False

    @property
    def plain(self) -> tuple[str, ...]:
        """The words without marks."""
        return tuple(fold_plain(word) for word in self.words)

    @property
    def marked(self) -> bool:
        """Whether any word bears a mark, so that only the same marks match."""
        return self.plain != self.words

    @property
    def open_words(self) -> tuple[tuple[str, ...], ...]:
        """Of each word with marks all that it may stand for, itself first; empty where none is open.

        The phrase is then found, too, where the text has its words with any marks and each of these in one
        of its readings.
        """
        marked = (word for word in self.words if word != fold_plain(word)) if self.without_tones else ()
        found = tuple(map(readings, marked))
        return found if any(len(each) > 1 for each in found) else ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A whole value of a field; one that has no letters or digits matches nothing."""

    name: FilterName
    value: str

    @property
    def phrase(self) -> Phrase:
        """The value's words, to be compared as a whole."""
        return Phrase(words(self.value))


@dataclass(frozen=True, slots=True)
class Not:
    """Everything the reader may see except what the operand finds."""

    operand: Node


@dataclass(frozen=True, slots=True)
class And:
    """Two operands or more, all of them."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Two operands or more, any of them."""

    operands: tuple[Node, ...]


Node = Phrase | Filter | Not | And | Or


def render(node: Node | None) -> str:
    """The canonical text of a tree; parsing it gives the tree again."""
    match node:
        case None:
            return ""
        case Phrase(words=parts):
            return parts[0] if len(parts) == 1 else f'"{" ".join(parts)}"'
        case Filter(name=name, value=value):
            return f'{_NAMES[name]}:"{value}"'
        case Not(operand=operand):
            return f"-({render(operand)})" if isinstance(operand, And | Or) else f"-{render(operand)}"
        case And(operands=operands):
            return " ".join(
                f"({render(part)})" if isinstance(part, Or) else render(part) for part in operands
            )
        case Or(operands=operands):
            return " OR ".join(render(part) for part in operands)


def found_phrases(node: Node | None) -> Iterator[Phrase]:
    """The phrases a hit may contain: those not under a NOT; for highlights and exact numbers."""
    if isinstance(node, Phrase):
        yield node
    elif isinstance(node, And | Or):
        for part in node.operands:
            yield from found_phrases(part)


def with_open_tones(tree: Node | None) -> Node | None:
    """The tree, its phrases open that can be, where no word of it bears a tone."""
    if tree is None or any(bears_tone(word) for phrase in _phrases(tree) for word in phrase.words):
        return tree
    return _changed(tree, _opened)


def _opened(phrase: Phrase) -> Phrase:
    opened = replace(phrase, without_tones=True)
    return opened if opened.open_words else phrase


def as_typed(node: Node) -> Node:
    """The tree whose phrases match only as they were typed."""
    return _changed(node, lambda phrase: replace(phrase, without_tones=False))


def _phrases(node: Node) -> Iterator[Phrase]:
    if isinstance(node, Phrase):
        yield node
    elif isinstance(node, Not):
        yield from _phrases(node.operand)
    elif isinstance(node, And | Or):
        for part in node.operands:
            yield from _phrases(part)


def _changed(node: Node, change: Callable[[Phrase], Phrase]) -> Node:
    match node:
        case Phrase():
            return change(node)
        case Not(operand=operand):
            return Not(_changed(operand, change))
        case And(operands=operands) | Or(operands=operands):
            return replace(node, operands=tuple(_changed(part, change) for part in operands))
        case Filter():
            return node


def conjunction(nodes: Iterable[Node]) -> Node | None:
    """All of the nodes, flat; None of none."""
    flat = [part for node in nodes for part in (node.operands if isinstance(node, And) else (node,))]
    return And(tuple(flat)) if len(flat) > 1 else (flat[0] if flat else None)


def disjunction(nodes: Iterable[Node]) -> Node | None:
    """Any of the nodes, flat; None of none."""
    flat = [part for node in nodes for part in (node.operands if isinstance(node, Or) else (node,))]
    return Or(tuple(flat)) if len(flat) > 1 else (flat[0] if flat else None)


def negation(node: Node) -> Node:
    """The opposite; two negations cancel out."""
    return node.operand if isinstance(node, Not) else Not(node)
