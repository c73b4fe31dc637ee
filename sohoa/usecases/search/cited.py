"""The records that a paper cites, and those that cite it: by the index, under the reader's own access."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sohoa.domain.archive.record import Record
from sohoa.domain.archive.record_document import field_values
from sohoa.domain.protection.access import Reader
from sohoa.domain.search.citations import Citation, bearing, citing
from sohoa.domain.search.folding import words
from sohoa.domain.search.projection import code_of, issued_of
from sohoa.ports import SearchHit, SearchIndex

_MOST = 200
_MOST_CITING = 50


@dataclass(frozen=True, slots=True)
class Meant:
    """What a citation leads to: the one record with its number and day, or how many may be meant.

    ``record_id`` is empty where number and day do not agree with exactly one record: a person must choose.
    """

    record_id: str
    subject: str
    candidates: int


@dataclass(frozen=True, slots=True)
class CitedBy:
    """Records that cite a record by number and day, newest first; ``total`` of them, at most 50 listed."""

    total: int
    records: Sequence[SearchHit]


def meant_by(
    reader: Reader, index: SearchIndex, cited: Sequence[Citation], own_id: str
) -> Mapping[Citation, Meant]:
    """What each citation leads to among the records that the reader may see; those that lead nowhere are not
    in it, and a record does not cite itself. Where more bear the numbers than are looked at, none is sure."""
    query = bearing(list(cited))
    if query is None:
        return {}
    found = index.search(query, reader.access, size=_MOST)
    whole = found.total <= len(found.hits)
    by_code: dict[tuple[str, ...], list[SearchHit]] = {}
    for hit in found.hits:
        if hit.record_id != own_id:
            by_code.setdefault(_words(code_of(hit.fields)), []).append(hit)
    meant = ((each, _meant(each, by_code.get(_words(each.code), ()), whole)) for each in cited)
    return {citation: each for citation, each in meant if each is not None}


def cited_by(reader: Reader, index: SearchIndex, record: Record) -> CitedBy:
    """Which records cite this one; none of a record without number or day."""
    fields = field_values(record)
    code, issued = code_of(fields), issued_of(fields)
    if not code or not issued:
        return CitedBy(0, ())
    asked = replace(citing(code, issued), sort="date")
    found = index.search(asked, reader.access, size=_MOST_CITING)
    others = [hit for hit in found.hits if hit.record_id != record["record_id"]]
    return CitedBy(found.total - (len(found.hits) - len(others)), others)


def _meant(citation: Citation, hits: Sequence[SearchHit], whole: bool) -> Meant | None:
    """Records of another day are not meant; one without a day may be, and so may all where none is told."""
    wanted = citation.day.isoformat() if citation.day else ""
    possible = [hit for hit in hits if not wanted or issued_of(hit.fields) in (wanted, "")]
    if not possible:
        return None
    sure = whole and len(possible) == 1 and bool(wanted) and issued_of(possible[0].fields) == wanted
    first = possible[0]
    return Meant(
        first.record_id if sure else "", first.fields.get("subject", "") if sure else "", len(possible)
    )


def _words(code: str) -> tuple[str, ...]:
    """A number's words; leading zeros do not count."""
    number, *rest = words(code) or ("",)
    return (number.lstrip("0") or "0", *rest)
