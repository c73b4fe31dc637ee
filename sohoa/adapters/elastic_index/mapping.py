"""The mapping of one version of the index, as data with its reasons.

``SCHEMA`` changes whenever mapping, folding or projection changes; the index is then rebuilt. Only what every
Elasticsearch has without modules is used: the folds are made on our side (``domain.search.folding``), so that
the whitespace analyzer is the only one needed, and it splits where SQLite splits.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SCHEMA = 3

# Longest keyword in characters: Lucene refuses a term of more than 32,766 bytes, four a character.
LONGEST_VALUE = 8191
_FOLD = {"type": "text", "analyzer": "whitespace"}
# Offsets of the folds are offsets of the original: with vectors the fast highlighter marks `body` where a
# fold matched, in texts of any length, and it demands them of `body`, too.
_WITH_PLACES = {**_FOLD, "term_vector": "with_positions_offsets"}
_VALUE = {"type": "keyword", "ignore_above": LONGEST_VALUE}

SETTINGS: dict[str, Any] = {
    # One shard: counts and scores are exact, and a province's millions of pages fit in it.
    "number_of_shards": 1,
    # A lone node is not yellow for ever, two nodes hold two copies.
    "auto_expand_replicas": "0-1",
}

PROPERTIES: dict[str, dict[str, Any]] = {
    # The document id cannot be sorted by without keeping all ids in memory; a keyword can.
    "record_id": {"type": "keyword"},
    "agency": _VALUE,
    # Every question asks for modes: a document without one, the mark of a removed record, is in no answer.
    "mode": {"type": "keyword"},
    "type_name": _VALUE,
    "year": {"type": "keyword"},
    "dossier": _VALUE,
    "state": {"type": "keyword"},
    "quality": {"type": "keyword"},
    "signed": {"type": "keyword"},
    # The figure of the number, `NO_NUMBER` where there is none: records without one come last.
    "number": {"type": "integer"},
    # As shown, to complete what was typed; the names' words are searched, of numbers `code_folded`.
    "signer": _VALUE,
    "signer_folded": _FOLD,
    "code": _VALUE,
    # yyyymmdd, 0 where there is no date: sorts undated records last and pages without null positions.
    "issued": {"type": "integer"},
    # Number and notation as a whole: who bears the number comes before who mentions it.
    "code_norm": _VALUE,
    "code_folded": _VALUE,
    # Whole values that filters compare, see `documents.tag`.
    "tags": _VALUE,
    # The header's words; its highlights are made of `fields`, which travel with every hit.
    "head_norm": _FOLD,
    "head_folded": _FOLD,
    # The text as printed: only its highlighted passages leave the server.
    "body": _WITH_PLACES,
    "body_norm": _WITH_PLACES,
    "body_folded": _WITH_PLACES,
    # Field values for display: kept as given, never searched.
    "fields": {"type": "object", "enabled": False},
}

MADE_OF_OTHERS = ["head_norm", "head_folded", "body_norm", "body_folded", "signer_folded", "tags"]


def mapping(meta: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The mapping of a new index; unknown fields are errors, never guessed."""
    return {
        "dynamic": "strict",
        "_meta": {"schema": SCHEMA, **(meta or {})},
        "_source": {"excludes": MADE_OF_OTHERS},
        "properties": PROPERTIES,
    }


def is_ours(found: Mapping[str, Any]) -> bool:
    """Whether a mapping that a server reports is this version's."""
    types = {name: rule.get("type", "object") for name, rule in found.get("properties", {}).items()}
    wanted = {name: rule["type"] for name, rule in PROPERTIES.items()}
    return (found.get("_meta") or {}).get("schema") == SCHEMA and types == wanted
