"""The errors of reading files.

Unreadable        the file is at fault; ``code`` says why; never retried
WorkerFault       the worker process gave no result
├── WorkerTimeout the call took longer than its limit; the worker was killed
└── WorkerDied    the worker ended (crash, memory limit) or answered nonsense
"""

from __future__ import annotations


class Unreadable(Exception):
    """A file that cannot be read as a document.

    ``code`` is one of empty, not_a_document, broken, encrypted, no_pages, too_large, too_many_pages,
    page_too_large; ``detail`` is for the operator and never quotes the document.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str, str]]:
        return type(self), (self.code, self.detail)


class WorkerFault(Exception):
    """A call in a worker process gave no result; another attempt may succeed."""


class WorkerTimeout(WorkerFault):
    """The call took longer than its time limit."""


class WorkerDied(WorkerFault):
    """The worker process ended before it answered, or its answer could not be taken."""
