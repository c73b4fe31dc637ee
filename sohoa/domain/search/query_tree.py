"""The tree of a parsed question: phrases and whole values, joined by AND, OR and NOT."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from sohoa.domain.search.folding import fold_plain, words

FilterName = Literal["agency", "type", "number", "year"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One word or more in this order; ``words`` are in ``fold_norm``."""

    words: tuple[str, ...]

    @property
    def plain(self) -> tuple[str, ...]:
        """The words without marks."""
        return tuple(fold_plain(word) for word in self.words)

    @property
    def marked(self) -> bool:
        """Whether any word bears a mark, so that only the same marks match."""
        return self.plain != self.words


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
    names = {"agency": "coquan", "type": "loai", "number": "so", "year": "nam"}
    match node:
        case None:
            return ""
        case Phrase(words=parts):
            return parts[0] if len(parts) == 1 else f'"{" ".join(parts)}"'
        case Filter(name=name, value=value):
            return f'{names[name]}:"{value}"'
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
