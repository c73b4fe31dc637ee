"""Read: recognise, screen and describe one file or folder document; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.archive.records import Description, Reading
from sohoa.domain.errors import Rejected, Unavailable
from sohoa.domain.evidence.shop_manifest import (
    ShopManifest,
    evidence_of,
    page_order,
    parse_manifest,
    shared_values,
)
from sohoa.domain.extract.agency_words import AgencyWords
from sohoa.domain.extract.calibration import Calibration
from sohoa.domain.extract.describe import Context, describe
from sohoa.domain.extract.types import TypeTable
from sohoa.domain.extract.vocabularies import Vocabularies
from sohoa.domain.inbox.folder_documents import MANIFEST_NAME, SUFFIX, is_page_name
from sohoa.domain.marks import Marks
from sohoa.domain.protection.secrecy import screen
from sohoa.ports import Clock, Recogniser
from sohoa.usecases.digests import file_sha256
from sohoa.usecases.pipeline.originals import Originals, one_file, page_files, read_originals


@dataclass(frozen=True, slots=True)
class FileReader:
    """What reading one document needs; no archive."""

    recogniser: Recogniser
    types: TypeTable
    calibration: Calibration
    marks: Marks
    agency_words: AgencyWords
    review_below: float
    workers: int
    max_bytes: int
    max_pages: int
    agencies: AgencyRegister
    vocabularies: Vocabularies
    clock: Clock


class ReadOutcome(StrEnum):
    """What became of a file that was read."""

    DESCRIBED = "described"
    NEEDS_REVIEW = "needs_review"
    QUARANTINED = "quarantined"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Described:
    """What stands on the pages, and what it says about the document."""

    reading: Reading
    description: Description


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read: outcome, codes of the reasons; ``described`` only where it may be known."""

    name: str
    sha256: str
    outcome: ReadOutcome
    reasons: tuple[str, ...]
    described: Described | None = None


def read(reader: FileReader, path: Path, agency_name: str) -> ReadFile:
    """Read and describe the file; every outcome is a value.

    Personal data is in it as printed: whoever asks holds the file.
    """
    sha256 = "" if path.is_dir() else file_sha256(path)
    try:
        originals = _originals(reader, path, sha256)
        sha256 = originals.sha256
        reading = read_originals(reader.recogniser, originals, reader.workers)
    except Rejected as error:
        return ReadFile(path.name, sha256, ReadOutcome.REJECTED, (error.code,))
    except Unavailable:
        return ReadFile(path.name, sha256, ReadOutcome.REJECTED, ("page_unreadable",))
    hit = screen(reading.pages, reader.marks, attached=reading.attached, key=path.name)
    if hit is not None:
        return ReadFile(path.name, sha256, ReadOutcome.QUARANTINED, (hit.reason,))
    name = path.name[: -len(SUFFIX)] if path.is_dir() else path.name
    manifest = _own_manifest(path)
    share = reader.calibration.outside.manifest_row
    given = evidence_of(shared_values(manifest, path.name), share) if manifest else {}
    context = Context(
        agency_name,
        name,
        reader.clock.today(),
        reader.review_below,
        reader.types,
        reader.calibration,
        reader.marks,
        reader.agency_words,
        given,
        reader.agencies,
        reader.vocabularies,
    )
    description = describe(reading, context)
    outcome = ReadOutcome.NEEDS_REVIEW if description.review else ReadOutcome.DESCRIBED
    return ReadFile(path.name, sha256, outcome, tuple(description.review), Described(reading, description))


def _originals(reader: FileReader, path: Path, sha256: str) -> Originals:
    if not path.is_dir():
        if path.stat().st_size == 0:
            raise Rejected("empty")
        return one_file(reader.recogniser, path.name, path, sha256)
    limits = {"max_bytes": reader.max_bytes, "max_pages": reader.max_pages, "width": reader.workers}
    return page_files(reader.recogniser, _pages_below(path), **limits)


def _pages_below(folder: Path) -> list[tuple[str, Path]]:
    """The page files of a folder document on the local disk, hidden ones left out, in order."""
    names = (file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    shown = [name.as_posix() for name in names if not any(part.startswith(".") for part in name.parts)]
    order = page_order([name for name in shown if is_page_name(name)], _own_manifest(folder), folder.name)
    return [(name, folder / name) for name in order.names]


def _own_manifest(path: Path) -> ShopManifest | None:
    """The manifest of a folder document; None where there is none."""
    manifest = path / MANIFEST_NAME
    return parse_manifest(manifest.read_bytes()) if path.is_dir() and manifest.is_file() else None
