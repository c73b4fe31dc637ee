"""From the query's tree to an FTS5 expression; every term is a quoted string of letters and digits."""

from __future__ import annotations

from sohoa.domain.search.projection import filter_terms
from sohoa.domain.search.query import Query
from sohoa.domain.search.query_tree import And, Filter, FilterName, Node, Not, Or, Phrase, conjunction

ALL = "all"
_NOTHING = "none"
_MARKED, _EITHER = "{head_norm body_norm}", "{head_norm body_norm head_plain body_plain}"


def expression(query: Query) -> str:
    """The MATCH expression of the whole query; without words and filters it matches every record."""
    tree = conjunction([*query.filters, *([query.tree] if query.tree is not None else [])])
    return _tag(ALL) if tree is None else _rendered(tree)


def within(columns: str, found: str) -> str:
    """The same expression, its words looked for in some columns only (``head`` or ``norm``)."""
    for every in (_EITHER, _MARKED):
        kept = [name for name in every.strip("{}").split() if columns in name]
        found = found.replace(every, f"{{{' '.join(kept)}}}")
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
    if phrase.marked:
        return f'({_MARKED} : "{" ".join(phrase.words)}")'
    return f'({_EITHER} : "{" ".join(phrase.words)}")'


def _filter(node: Filter) -> str:
    marked, plain = filter_terms(node.name, node.value)
    if not marked:
        return _tag(_NOTHING)
    return _tag(tag(node.name, marked, True) if marked != plain else tag(node.name, plain, False))
