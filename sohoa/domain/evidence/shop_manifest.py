"""``manifest.csv`` of a scanning shop: what it says of the files of a batch or of the pages of a folder."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sohoa.domain.archive.records import Evidence, Method
from sohoa.domain.evidence.document_columns import document_values
from sohoa.domain.fields import ListKind, headings
from sohoa.domain.inbox.folder_documents import natural_order
from sohoa.domain.tables import Row, csv_cells, table, whole

MAX_BYTES = 16 * 1024 * 1024

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    **headings(ListKind.MANIFEST),
    "file": ("Tên tệp", "Tên file", "Tên tập tin", "Tệp", "Tệp tin", "File", "filename", "Đường dẫn", "path"),
    "ordinal": ("STT", "Số thứ tự", "Thứ tự", "DocOrdinal", "STT văn bản trong hồ sơ", "Số TT", "TT"),
}


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """What the manifest says of one file; ``file`` is its path beside the manifest, as compared.

    ``ordinal`` is the place in the hồ sơ, or of a page in its folder document. ``faults`` name columns whose
    cell could not be understood.
    """

    line: int
    file: str
    ordinal: int | None
    values: Mapping[str, str]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShopManifest:
    """All rows that name a file; ``faults`` are sentences with line numbers for the operator."""

    rows: tuple[ManifestRow, ...]
    faults: tuple[str, ...]

    def row_for(self, path: str) -> ManifestRow | None:
        """The row of a file: by its path, else by its name, with or without ending, where only one fits."""
        wanted = compared(path)
        if wanted in self._by_path:
            return self._by_path[wanted]
        name = wanted.rpartition("/")[2]
        found = self._by_name.get(name) or self._by_name.get(name.rpartition(".")[0]) or ()
        return found[0] if len(found) == 1 else None

    @cached_property
    def _by_path(self) -> Mapping[str, ManifestRow]:
        return {row.file: row for row in self.rows}

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[ManifestRow]]:
        names: dict[str, list[ManifestRow]] = {}
        for row in self.rows:
            names.setdefault(row.file.rpartition("/")[2], []).append(row)
        return names


def compared(path: str) -> str:
    """A path as names are compared: NFC, small letters, slashes; a manifest is often typed on Windows."""
    return unicodedata.normalize("NFC", path).casefold().replace("\\", "/").removeprefix("./").strip("/ ")


def parse_manifest(data: bytes) -> ShopManifest:
    """The manifest; nothing in it raises: what cannot be used is among the faults."""
    if len(data) > MAX_BYTES:
        return ShopManifest((), (f"larger than {MAX_BYTES} bytes",))
    found = table(csv_cells(data), _COLUMNS)
    if "file" not in found.columns:
        return ShopManifest((), ("no column names the files (Tên tệp, file)",)) if data.strip() else _EMPTY
    rows, faults, seen = list[ManifestRow](), list[str](), dict[str, int]()
    for line in found.rows:
        row = _row(line)
        if not row.file:
            faults.append(f"line {row.line}: names no file")
            continue
        if row.file in seen:
            faults.append(f"line {row.line}: names the same file as line {seen[row.file]}")
            continue
        seen[row.file] = row.line
        faults += [f"line {row.line}: {column} cannot be understood" for column in row.faults]
        rows.append(row)
    return ShopManifest(tuple(rows), tuple(faults))


_EMPTY = ShopManifest((), ())


def _row(row: Row) -> ManifestRow:
    values, wrong = document_values(row.cells, ListKind.MANIFEST)
    if "paper_size" in values:
        values["paper_size"] = values["paper_size"].upper()
    cell = row.cells.get("ordinal", "")
    ordinal = whole(cell) or None
    faults = (*wrong, "ordinal") if cell and ordinal is None else wrong
    return ManifestRow(row.line, compared(row.cells.get("file", "")), ordinal, values, faults)


def evidence_of(row: ManifestRow, share: float) -> dict[str, tuple[Evidence, ...]]:
    """What the row says of the document, by field name."""
    values = dict(row.values)
    if row.ordinal and "file_code" in values:
        values["doc_ordinal"] = str(row.ordinal)
    return {name: (Evidence(Method.MANIFEST, value, share),) for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class PageOrder:
    """The page files of a folder document in order, those that are missing, and what does not fit.

    ``doubts`` are sentences with file names; they send the document to a person.
    """

    names: tuple[str, ...]
    missing: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def page_order(names: Sequence[str], manifest: ShopManifest | None, folder: str) -> PageOrder:
    """The manifest's order where it gives every page file its own ordinal, else the natural one.

    A manifest that names no page file at all says nothing about the pages. ``folder`` is the folder's own
    name, which a row may stand for.
    """
    natural = tuple(sorted(names, key=natural_order))
    rows = manifest.rows if manifest else ()
    rows = tuple(row for row in rows if row.file not in (compared(folder), ""))
    if manifest is None or not rows:
        return PageOrder(natural)
    own = ShopManifest(rows, ())
    named = {name: row for name in natural if (row := own.row_for(name)) is not None}
    used = {row.file for row in named.values()}
    missing = tuple(row.file for row in rows if row.file not in used)
    doubts = [f"{name} is not in manifest.csv" for name in natural if name not in named]
    ordinals = Counter(row.ordinal for row in named.values())
    doubts += [f"{name} shares its ordinal" for name, row in named.items() if ordinals[row.ordinal] > 1]
    if doubts or None in ordinals:
        without = all(row.ordinal is None for row in named.values())
        kept = [doubt for doubt in doubts if not (without and doubt.endswith("ordinal"))]
        return PageOrder(natural, missing, tuple(kept))
    ordered = sorted(natural, key=lambda name: named[name].ordinal or 0)
    return PageOrder(tuple(ordered), missing)


def shared_values(manifest: ShopManifest, folder: str) -> ManifestRow:
    """What a folder document's own manifest says of the whole: its row for the folder, else what all say."""
    own = next((row for row in manifest.rows if row.file == compared(folder)), None)
    if own is not None:
        return replace(own, faults=())
    names = {name for row in manifest.rows for name in row.values} - {"number_of_paper"}
    given = {name: {row.values[name] for row in manifest.rows if name in row.values} for name in names}
    values = {name: next(iter(values)) for name, values in sorted(given.items()) if len(values) == 1}
    return ManifestRow(1, compared(folder), None, values)


def sheets_doubt(row: Mapping[str, Sequence[Evidence]], pages: int) -> str:
    """Why so many pages cannot come from the sheets that were counted; empty where they can.

    A sheet has one or two pages.
    """
    for seen in row.get("number_of_paper", ()):
        sheets = int(seen.value)
        if not sheets <= pages <= 2 * sheets:
            return f"{sheets} sheets counted, {pages} pages received"
    return ""
