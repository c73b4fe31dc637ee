"""From a parsed query and a reader's access to the search request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sohoa.adapters.elastic_index.documents import tag
from sohoa.adapters.elastic_index.mapping import LONGEST_VALUE
from sohoa.domain.protection.access import Access
from sohoa.domain.search.projection import filter_terms
from sohoa.domain.search.query import Query
from sohoa.domain.search.query_tree import And, Filter, Node, Not, Or, Phrase, conjunction
from sohoa.ports import FACETS, Completed

Clause = dict[str, Any]

# Above every sum of word scores: 64 words, four fields, a rare word in a short text.
EXACT_NUMBER_SCORE = 10_000.0
_NORM = {"head_norm": 2.0, "body_norm": 1.0}
_OTHER_TONES = {"head_norm": 1.0, "body_norm": 0.5}
_FOLDED = {"head_folded": 0.5, "body_folded": 0.25}
_FACET_VALUES = 10_000
_MOST_ENDINGS = 1_000
_PASSAGES, _PASSAGE_LENGTH, _WORD_LENGTH = 3, 180, 40
_ORDERS: dict[str, list[Clause]] = {
    "relevance": [{"_score": {"order": "desc"}}, {"record_id": {"order": "asc"}}],
    "date": [{"issued": {"order": "desc"}}, {"record_id": {"order": "asc"}}],
    "number": [{"number": {"order": "asc"}}, {"issued": {"order": "desc"}}, {"record_id": {"order": "asc"}}],
}
_NOTHING: Clause = {"match_none": {}}


def request(query: Query, access: Access, phrases: Sequence[Phrase], marks: tuple[str, str]) -> Clause:
    """The search for one page, but for its size and position; ``marks`` go around found words."""
    asked: Clause = {
        "query": _whole(query, access, phrases),
        "sort": _ORDERS[query.sort],
        "track_scores": True,
        "track_total_hits": True,
        "source": ["fields"],
        "aggs": {name: {"terms": {"field": name, "size": _FACET_VALUES}} for name in FACETS},
    }
    return {**asked, "highlight": _highlight(phrases, marks)} if phrases else asked


def counting(queries: Sequence[Query], access: Access) -> Clause:
    """How many records each question finds, in their order."""
    wanted = [_NOTHING if query.empty else _whole(query, access, ()) for query in queries]
    return {"query": _all(allowed(access)), "aggs": {"counts": {"filters": {"filters": wanted}}}}


def completing(kind: Completed, words: str, access: Access, limit: int) -> Clause:
    """The most frequent values that go on as typed; ``words`` are folded, the last one may be unfinished."""
    unfinished = {"query": words, "max_expansions": _MOST_ENDINGS}
    wanted: dict[Completed, tuple[str, Clause]] = {
        "signer": ("signer", {"match_phrase_prefix": {"signer_folded": unfinished}}),
        "number": ("code", {"prefix": {"code_folded": words}}),
    }
    field, typed = wanted[kind]
    order = [{"_count": "desc"}, {"_key": "asc"}]
    return {
        "query": {"bool": {"filter": [*allowed(access), typed]}},
        "aggs": {"values": {"terms": {"field": field, "size": limit, "order": order}}},
    }


def allowed(access: Access) -> list[Clause]:
    """What the reader may see, as filters."""
    modes: list[Clause] = [{"terms": {"mode": sorted(access.modes)}}]
    return modes if access.agencies is None else [*modes, {"terms": {"agency": sorted(access.agencies)}}]


def _whole(query: Query, access: Access, phrases: Sequence[Phrase]) -> Clause:
    tree = conjunction([*query.filters, *([query.tree] if query.tree is not None else [])])
    return {
        "bool": {
            "filter": [*allowed(access), *_issued(query.issued_from, query.issued_to)],
            "must": [] if tree is None else [_rendered(tree)],
            "should": _exact_number(phrases),
        }
    }


def _issued(first: date | None, last: date | None) -> list[Clause]:
    if first is None and last is None:
        return []
    bounds = {"gte": _number(first) if first else 1, **({"lte": _number(last)} if last else {})}
    return [{"range": {"issued": bounds}}]


def _number(day: date) -> int:
    return int(day.isoformat().replace("-", ""))


def _exact_number(phrases: Sequence[Phrase]) -> list[Clause]:
    codes = {
        "code_norm": [" ".join(phrase.words) for phrase in phrases if phrase.marked],
        "code_folded": [" ".join(phrase.plain) for phrase in phrases if not phrase.marked],
    }
    usable = {name: [code for code in values if _can_stand(code)] for name, values in codes.items()}
    clauses = [{"terms": {name: values}} for name, values in usable.items() if values]
    return [_constant(_any(clauses), EXACT_NUMBER_SCORE)] if clauses else []


def _rendered(node: Node) -> Clause:
    match node:
        case Phrase():
            return _any([*_places(node), *_open(node)])
        case Filter():
            return _constant(_filter(node), 0.0)
        case Not(operand=operand):
            return {"bool": {"must_not": [_rendered(operand)]}}
        case Or(operands=operands):
            return _any(map(_rendered, operands))
        case And(operands=operands):
            wanted = [_rendered(part) for part in operands if not isinstance(part, Not)]
            unwanted = [_rendered(part.operand) for part in operands if isinstance(part, Not)]
            return {"bool": {"must": wanted, "must_not": unwanted}}


def _places(phrase: Phrase) -> list[Clause]:
    """Where a phrase may stand as typed: in the text with the same marks, and without marks in any."""
    return _in_order(phrase.words, _NORM if phrase.marked else _NORM | _FOLDED)


def _open(phrase: Phrase) -> list[Clause]:
    """Where it may stand otherwise: with any marks, and each of its marked words in one of its readings."""
    if not phrase.open_words:
        return []
    wanted = [_any(_readings(word)) for word in phrase.open_words]
    return [_all([*wanted, *([_any(_in_order(phrase.plain, _FOLDED))] if len(phrase.words) > 1 else [])])]


def _readings(word: Iterable[str]) -> list[Clause]:
    text = " ".join(word)
    return [{"match": {name: {"query": text, "boost": boost}}} for name, boost in _OTHER_TONES.items()]


def _in_order(words: Iterable[str], fields: Mapping[str, float]) -> list[Clause]:
    text = " ".join(words)
    return [{"match_phrase": {name: {"query": text, "boost": boost}}} for name, boost in fields.items()]


def _filter(node: Filter) -> Clause:
    marked, plain = filter_terms(node.name, node.value)
    if not marked:
        return _NOTHING
    exact = marked != plain
    wanted = tag(node.name, marked if exact else plain, marked=exact)
    return {"term": {"tags": wanted}} if _can_stand(wanted) else _NOTHING


def _can_stand(value: str) -> bool:
    """Whether a whole value may be in the index; longer ones are left out there, and refused here."""
    return len(value) <= LONGEST_VALUE


def _highlight(phrases: Iterable[Phrase], marks: tuple[str, str]) -> Clause:
    """Passages of the original text, where either fold of it matched."""
    found = [place for phrase in phrases for place in (*_places(phrase), *_shown(phrase))]
    return {
        "type": "fvh",
        "order": "score",
        "pre_tags": marks[:1],
        "post_tags": marks[1:],
        "number_of_fragments": _PASSAGES,
        "fragment_size": _PASSAGE_LENGTH,
        "boundary_max_scan": _WORD_LENGTH,
        "highlight_query": _any(found),
        "fields": {"body": {"matched_fields": ["body_norm", "body_folded"]}},
    }


def _shown(phrase: Phrase) -> list[Clause]:
    """What of an open phrase is highlighted: its words in order, whatever their marks."""
    if not phrase.open_words:
        return []
    alone = len(phrase.words) == 1
    return _readings(phrase.open_words[0]) if alone else _in_order(phrase.plain, _FOLDED)


def _all(clauses: Iterable[Clause]) -> Clause:
    return {"bool": {"must": list(clauses)}}


def _any(clauses: Iterable[Clause]) -> Clause:
    return {"bool": {"should": list(clauses), "minimum_should_match": 1}}


def _constant(clause: Clause, score: float) -> Clause:
    return {"constant_score": {"filter": clause, "boost": score}}
