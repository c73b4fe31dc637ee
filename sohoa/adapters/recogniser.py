"""The port ``Recogniser`` over the package ``ocr``: untrusted files are only opened in its workers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ocr.errors import Unreadable, WorkerFault
from ocr.page import Attachment, Page
from ocr.process.pool import WorkerPool
from ocr.read_page import ReadOptions
from ocr.source.files import Facts, Kind, Limits
from sohoa.domain.archive.records import ATTACHMENTS, Finding, OriginalSignature, Reading
from sohoa.domain.errors import DocumentFailed, Rejected, Unavailable
from sohoa.ports import FileFacts

_Page = tuple[Page, Sequence[tuple[str, int, str]]]

_ATTEMPTS = 2
_ATTACHMENTS = "ocr.source.pdf.attachments:names"
_ATTACHED = "ocr.read_attached:read_attached"
_MOST_ATTACHED = 50  # are looked into; those after them are named
_SIGNATURES = "sohoa.adapters.signatures:read_signatures"


class OcrRecogniser:
    """Reads files in the worker processes of ``pool``; safe for threads.

    Pages of one document are read side by side, at most as many as there are workers, so that memory
    does not grow with the number of pages. Pages without a scan go ahead of all that wait for recognition.
    ``page_timeout_s`` limits one page, ``document_timeout_s`` all pages of a file; looking into a file may
    take as long as ``inspect_timeout_s``. Signatures lead to trust by the certificates ``trusted`` (DER).
    """

    def __init__(
        self,
        pool: WorkerPool,
        *,
        limits: Limits,
        options: ReadOptions,
        page_timeout_s: float = 120,
        document_timeout_s: float = 7_200,
        inspect_timeout_s: float = 600,
        trusted: tuple[bytes, ...] = (),
    ) -> None:
        self._pool = pool
        self._limits = limits
        self._options = options
        self._page_timeout_s = page_timeout_s
        self._document_timeout_s = document_timeout_s
        self._inspect_timeout_s = inspect_timeout_s
        self._trusted = trusted

    def inspect(self, path: Path) -> FileFacts:
        """Type by content and page count; raises ``Rejected`` or ``Unavailable``."""
        facts: Facts = self._attempt(
            "the file", self._inspect_timeout_s, "ocr.source.files:inspect", path, self._limits
        )
        return FileFacts(
            str(facts.kind), facts.extension, facts.pages, facts.born_digital, facts.carries_files
        )

    def read(self, path: Path, facts: FileFacts) -> Reading:
        """All pages, signatures and findings; raises ``Rejected`` or ``Unavailable`` naming the page.

        Raises ``DocumentFailed`` (timeout) where the pages take longer than a document may.
        """
        kind, until = Kind(facts.kind), time.monotonic() + self._document_timeout_s

        def page(number: int) -> _Page:
            if time.monotonic() > until:
                raise DocumentFailed("timeout", f"from page {number} of {facts.pages} on")
            call = "ocr.read_page:read_page", path, kind, number, self._options
            ahead = number in facts.born_digital
            read: _Page = self._attempt(f"page {number}", self._page_timeout_s, *call, ahead=ahead)
            return read

        numbers = sorted(range(1, facts.pages + 1), key=lambda number: number not in facts.born_digital)
        read = _in_parallel(page, numbers, self._pool.size)
        results = [read[number] for number in range(1, facts.pages + 1)]
        findings = [Finding(*finding) for _, found in results for finding in found]
        try:
            signatures = self._signatures(path, kind)
        except Unavailable as error:
            signatures = ()
            findings.append(Finding("signatures_unreadable", detail=str(error)))
        findings += _findings_of(signatures)
        attached = self._attached(path, findings) if facts.carries_files else ()
        return Reading(tuple(page for page, _ in results), signatures, tuple(findings), attached)

    def _attached(self, path: Path, findings: list[Finding]) -> tuple[Attachment, ...]:
        """The files that a PDF carries, with their first pages; a finding names them all."""
        try:
            names: Sequence[str] = self._attempt("attachments", self._page_timeout_s, _ATTACHMENTS, path)
        except (Rejected, Unavailable) as error:
            findings.append(Finding(ATTACHMENTS, detail=f"? ({error})"))
            return ()
        findings.append(Finding(ATTACHMENTS, detail="; ".join(names)))
        found: list[Attachment] = []
        for place, name in enumerate(names):
            found.append(Attachment(place + 1, name))
            if place < _MOST_ATTACHED:
                found += self._looked_into(path, place, findings)
        return tuple(found)

    def _looked_into(self, path: Path, place: int, findings: list[Finding]) -> Sequence[Attachment]:
        call = _ATTACHED, path, place, self._options, self._limits
        try:
            found: Sequence[Attachment] = self._attempt("an attachment", self._page_timeout_s, *call)
        except (Rejected, Unavailable) as error:
            findings.append(Finding("attachment_unreadable", detail=f"{place + 1}: {error}"))
            return ()
        return found

    def _signatures(self, path: Path, kind: Kind) -> tuple[OriginalSignature, ...]:
        if kind is not Kind.PDF:
            return ()
        found: Sequence[OriginalSignature] = self._attempt(
            "the signatures", self._page_timeout_s, _SIGNATURES, path, self._trusted
        )
        return tuple(found)

    def _attempt(self, what: str, timeout_s: float, function: str, *args: Any, ahead: bool = False) -> Any:
        """The call's result, on the second try where a worker died or hung."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._pool.call(function, *args, timeout_s=timeout_s, ahead=ahead)
            except Unreadable as error:
                raise Rejected(error.code, error.detail) from error
            except WorkerFault as error:
                if attempt == _ATTEMPTS:
                    raise Unavailable(f"{what} could not be read: {error}") from error
            except Exception as error:
                raise Unavailable(f"{what} could not be read: {type(error).__name__}") from error
        raise AssertionError("unreachable")


def _in_parallel(work: Callable[[int], _Page], numbers: Sequence[int], width: int) -> dict[int, _Page]:
    """The result of every number, begun in that order; the first error ends the rest."""
    with ThreadPoolExecutor(width, thread_name_prefix="page") as threads:
        pending = {number: threads.submit(work, number) for number in numbers}
        try:
            return {number: page.result() for number, page in pending.items()}
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise


def _findings_of(signatures: Sequence[OriginalSignature]) -> Iterator[Finding]:
    """What a person must know of the signatures, with the signer."""
    for signature in signatures:
        for code in signature.trust.findings if signature.trust else ():
            yield Finding(code, detail=signature.signer)
