"""The query language of search, parsed once and rendered by each index adapter.

    hoà giải đất đai                 all words (AND)
    "uỷ ban nhân dân"  374/QĐ-UBND   words in this order
    a OR b · a AND b · NOT a · -a    also HOẶC, VÀ, KHÔNG; operators in capitals only
    (a OR b) c                       groups; OR binds weakest
    loai:"Quyết định" so:374 nam:2024 coquan:H48.01   whole values; also type, number, year, agency
    hoso:12.2024 nguoiky:"Lê Thị Lan"                 also dossier, signer
    trangthai:waits chatluong:poor kyso:valid         also state, quality, signed; values as in ``entry``
    tu:2024-01-31 den:2024-12-31 xep:ngay             issue dates and order (ngay, so), for the whole query

A phrase (one word or more) with any mark of tone or letter shape, ``đ`` included, is found only where
the text has the same marks, wherever they are placed (``hoà`` = ``hòa``). A phrase without marks is found
in any spelling (``hoa``, ``hòa``, ``hoá``), unmarked text first. Whole values compare the same way.
Where the whole question bears no tone, words with other marks are found with any tone, too, those with
``đ`` alone with any other mark (``đinh`` finds ``định``, ``đieu`` finds ``điều``), text as typed first.
Any input gives a query: what cannot be understood is read as words or ignored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sohoa.domain.search.query_parser import Sort, clean_value, parse
from sohoa.domain.search.query_tree import And, Filter, FilterName, Node, Or, conjunction, render

_ORDERS = {"date": "ngay", "number": "so"}


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed question; it normalises itself, whatever it is made of.

    ``text`` is the canonical form of the words and operators; filters written in it move to the fields
    ``agency``, ``type_name``, ``issued_from``, ``issued_to`` and ``sort`` where those are not given.
    ``agency`` and ``type_name`` compare whole values without regard to case, dates are inclusive.
    """

    text: str
    agency: str = ""
    type_name: str = ""
    issued_from: date | None = None
    issued_to: date | None = None
    sort: Sort = "relevance"

    def __post_init__(self) -> None:
        parsed = parse(self.text)
        tree, agency = _lift(parsed.tree, "agency", clean_value(self.agency))
        tree, type_name = _lift(tree, "type", clean_value(self.type_name))
        normal = {
            "text": render(tree),
            "agency": agency,
            "type_name": type_name,
            "issued_from": max((d for d in (self.issued_from, parsed.issued_from) if d), default=None),
            "issued_to": min((d for d in (self.issued_to, parsed.issued_to) if d), default=None),
            "sort": parsed.sort or self.sort,
        }
        for name, value in normal.items():
            object.__setattr__(self, name, value)

    @property
    def tree(self) -> Node | None:
        """What must be found, or None where there are no words."""
        return parse(self.text).tree

    @property
    def filters(self) -> tuple[Filter, ...]:
        """``agency`` and ``type_name`` in the form of nodes."""
        named: tuple[tuple[FilterName, str], ...] = (("agency", self.agency), ("type", self.type_name))
        return tuple(Filter(name, value) for name, value in named if value)

    @property
    def empty(self) -> bool:
        """Whether nothing was asked; such a query finds nothing."""
        return not (self.text or self.agency or self.type_name or self.issued_from or self.issued_to)


def parse_query(
    text: str,
    *,
    agency: str = "",
    type_name: str = "",
    issued_from: date | None = None,
    issued_to: date | None = None,
    sort: Sort = "relevance",
) -> Query:
    """The query for what a person typed, with what was chosen beside the search box; never raises."""
    return Query(text, agency, type_name, issued_from, issued_to, sort)


def render_canonical(query: Query) -> str:
    """One text for the whole query, filters included: ``parse_query`` of it gives the same query."""
    parts = [render(node) for node in query.filters]
    parts += [f"tu:{query.issued_from.isoformat()}"] if query.issued_from else []
    parts += [f"den:{query.issued_to.isoformat()}"] if query.issued_to else []
    parts += [f"xep:{_ORDERS[query.sort]}"] if query.sort in _ORDERS else []
    grouped = f"({query.text})" if parts and isinstance(query.tree, Or) else query.text
    return " ".join([*parts, *([grouped] if grouped else [])])


def _lift(tree: Node | None, name: FilterName, given: str) -> tuple[Node | None, str]:
    """Take the first filter of that name out of a conjunction, unless one was given."""
    nodes = list(tree.operands) if isinstance(tree, And) else [tree] if tree is not None else []
    for node in nodes:
        if not given and isinstance(node, Filter) and node.name == name and node.value:
            nodes.remove(node)
            return conjunction(nodes), node.value
    return tree, given
