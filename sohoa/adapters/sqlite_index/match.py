"""From the query's tree to an FTS5 expression; every term is a quoted string of letters and digits."""

from __future__ import annotations

from sohoa.domain.search.projection import filter_terms
from sohoa.domain.search.query import Query
from sohoa.domain.search.query_tree import (
    And,
    Filter,
    FilterName,
    Node,
    Not,
    Or,
    Phrase,
    as_typed,
    conjunction,
)

ALL = "all"
_NOTHING = "none"
_MARKED, _PLAIN = "{head_norm body_norm}", "{head_plain body_plain}"
_EITHER = "{head_norm body_norm head_plain body_plain}"


def expression(query: Query, *, typed: bool = False) -> str:
    """The MATCH expression of the whole query; without words and filters it matches every record.

    ``typed`` leaves out what its words may stand for beside themselves.
    """
    tree = conjunction([*query.filters, *([query.tree] if query.tree is not None else [])])
    if tree is None:
        return _tag(ALL)
    return _rendered(as_typed(tree) if typed else tree)


def within(columns: str, found: str) -> str:
    """The same expression, its words looked for in some columns only (``head`` or ``norm``)."""
    for every in (_EITHER, _MARKED, _PLAIN):
        kept = [name for name in every.strip("{}").split() if columns in name]
        found = found.replace(every, f"{{{' '.join(kept)}}}") if kept else found
    return found


def tag(name: FilterName, term: str, marked: bool) -> str:
    """The word that stands for a whole value in the ``tags`` column."""
    return f"{name}{'m' if marked else 'p'}{term.encode().hex()}"


def _tag(word: str) -> str:
    return f'({{tags}} : "{word}")'


def _rendered(node: Node) -> str:
    match node:
        case Phrase():
            return _phrase(node)
        case Filter():
            return _filter(node)
        case Not(operand=operand):
            return f"({_tag(ALL)} NOT {_rendered(operand)})"
        case Or(operands=operands):
            return f"({' OR '.join(map(_rendered, operands))})"
        case And(operands=operands):
            return _all(operands)


def _all(operands: tuple[Node, ...]) -> str:
    wanted = [_rendered(node) for node in operands if not isinstance(node, Not)] or [_tag(ALL)]
    unwanted = [_rendered(node.operand) for node in operands if isinstance(node, Not)]
    found = f"({' AND '.join(wanted)})"
    return f"({found} NOT ({' OR '.join(unwanted)}))" if unwanted else found


def _phrase(phrase: Phrase) -> str:
    if phrase.open_words:
        return _open(phrase)
    if phrase.marked:
        return f'({_MARKED} : "{" ".join(phrase.words)}")'
    return f'({_EITHER} : "{" ".join(phrase.words)}")'


def _open(phrase: Phrase) -> str:
    """The phrase with any marks, and each of its marked words in one of its readings."""
    wanted = (" OR ".join(f'"{reading}"' for reading in word) for word in phrase.open_words)
    found = f"({_MARKED} : ({' AND '.join(f'({each})' for each in wanted)}))"
    return found if len(phrase.words) == 1 else f'(({_PLAIN} : "{" ".join(phrase.plain)}") AND {found})'


def _filter(node: Filter) -> str:
    marked, plain = filter_terms(node.name, node.value)
    if not marked:
        return _tag(_NOTHING)
    return _tag(tag(node.name, marked, True) if marked != plain else tag(node.name, plain, False))
