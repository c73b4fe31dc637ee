"""Ingest: copy files into the inbox; nothing is ever overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sohoa.domain.errors import Corrupt, InvalidRequest, NotFound
from sohoa.domain.inbox.folder_documents import MANIFEST_NAME, is_folder_name, is_marker
from sohoa.usecases.pipeline.services import IngestServices


@dataclass(frozen=True, slots=True)
class Ingested:
    """How many files were copied, how many were there already, and what could not be taken."""

    copied: int
    present: int
    faults: tuple[str, ...]


def files_below(path: Path, batch: str) -> Iterator[tuple[str, Path]]:
    """(relative key without agency, file) of a file or, recursively, of a folder; hidden ones are skipped.

    A folder document stays a folder, as a file stays a file; its markers come after its pages, so that a
    night that begins meanwhile does not take it for whole. The manifest of a batch comes before its files,
    so that none is described without it. What is no regular file (symbolic links, pipes, sockets, devices)
    comes as well: it is not taken, but named.
    """
    if not path.is_dir():
        yield f"{batch or path.resolve().parent.name}/{path.name}", path
        return
    full = path.resolve()
    top = f"{batch or full.parent.name}/{full.name}" if is_folder_name(full.name) else batch or full.name
    for found in sorted(path.rglob("*"), key=lambda file: (_turn(top, path, file), file)):
        relative = found.relative_to(path)
        folder = found.is_dir() and not found.is_symlink()
        if not folder and not any(part.startswith(".") for part in relative.parts):
            yield f"{top}/{relative.as_posix()}", found


def _turn(top: str, folder: Path, file: Path) -> int:
    if is_marker(f"-/{top}/{file.relative_to(folder).as_posix()}"):
        return 2
    return 0 if file.name == MANIFEST_NAME else 1


def ingest(
    services: IngestServices,
    paths: Sequence[Path],
    agency: str,
    batch: str = "",
    progress: Callable[[], None] = lambda: None,
) -> Ingested:
    """Copy files and folders under ``<agency>/<batch>/…``; the same bytes again are a no-op.

    Raises ``Refused`` for an unknown agency, a batch that is no plain folder name or a path that
    does not exist; a key that holds other bytes is listed as a fault and left as it is. Only paths that are
    named may be symbolic links: those below a folder lead out of it.
    """
    if not services.agencies.knows(agency):
        raise NotFound("agency", f"agency {agency!r} is not in the agency register")
    if any(part in ("", ".", "..") or part.startswith(".") for part in batch.split("/") if batch):
        raise InvalidRequest(
            "batch", f"batch {batch!r} must be a folder name, without '..', empty or hidden parts"
        )
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise NotFound("local_file", f"no such file or folder: {', '.join(missing)}")
    copied, present, faults = 0, 0, list[str]()
    for relative, file in (found for path in paths for found in files_below(path, batch)):
        key = f"{agency}/{relative}"
        if not file.is_file() or (file.is_symlink() and file not in paths):
            faults.append(f"{file!s}: no regular file; nothing was followed or opened")
            progress()
            continue
        there = services.store.stat(services.policy.inbox, key) is not None
        try:
            services.store.put(services.policy.inbox, key, file)
            copied, present = copied + (not there), present + there
        except Corrupt:
            faults.append(f"{key} already holds other bytes; nothing was overwritten")
        except (OSError, UnicodeError) as error:
            faults.append(f"{file!s}: {error}")
        progress()
    return Ingested(copied, present, tuple(faults))
