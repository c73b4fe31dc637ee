"""How well hard pages are read, kind by kind: photographs, typewritten pages, thin paper and the like.

usage: python -m bench.hard_pages [--each 6] [--seed 1] [--kinds KIND,KIND] [--keep FOLDER] [-v]

Makes the same generated papers (``bench.corpus_papers``) as each kind of the scan maker and reads them as
``sohoa read`` does. Prints for every kind: characters wrong on pages whose text is known, how many of each
field were right, how many values were given as certain and wrong, CPU seconds a page. It is a measurement,
not a test.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from bench.corpus_carriers import Carrier
from bench.corpus_paper import Paper
from bench.corpus_papers import papers
from bench.field_answers import FIELDS, Answer, answers
from bench.scans import character_errors
from sohoa import wiring
from sohoa.answers.reading import read_answer
from sohoa.settings import load_settings
from sohoa.usecases.pipeline.read import FileReader, read
from tests.support.scanmaker import KINDS, HardPages, hard_pages, sheets_of

_MOST_SHEETS = 2
_COLUMNS = {
    "code_number": "num", "code_notation": "not", "issued_date": "date", "organ_name": "organ",
    "type_name": "type", "subject": "subj", "signer_name": "sign",
}  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--each", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--keep", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true")
    given = parser.parse_args()
    chosen = list(islice(easy_papers(given.seed), given.each))
    heads = "".join(f"{column:>7}" for column in _COLUMNS.values())
    _say(f"{'kind':20}{'CER':>7}{heads}{'all':>8}{'sure':>6}{'wrong':>6}{'s/page':>8}")
    with wiring.open_reader(load_settings()) as (reader, _), tempfile.TemporaryDirectory() as folder:
        for kind in given.kinds.split(","):
            figures = _Figures()
            for index, paper in enumerate(chosen):
                pages = made(kind, paper, given.seed, index)
                path = (given.keep or Path(folder)) / f"{kind}-{given.seed}-{index}.pdf"
                path.write_bytes(pages.pdf())
                figures.add(_read(reader, path), path.stem, pages, paper)
            figures.show(kind)
            if given.verbose:
                figures.show_wrong()


def made(kind: str, paper: Paper, seed: int, index: int) -> HardPages:
    """The paper, the one at that place among those of the seed, as pages of the kind."""
    return hard_pages(kind, paper.document, seed * 1000 + index)


def easy_papers(seed: int) -> Iterator[Paper]:
    """Papers that are no secret, of few pages, printed by machine throughout."""
    for paper in papers(1000, seed):
        document = replace(paper.document, handwritten=False, impressions=(), incoming=())
        if document.signed and len(sheets_of(document)) <= _MOST_SHEETS:
            yield replace(paper, document=document, carrier=Carrier.PLAIN)


def _read(reader: FileReader, path: Path) -> dict[str, Any]:
    return read_answer(read(reader, path, ""))


@dataclass
class _Figures:
    """What was found on the papers of a kind."""

    answers: list[Answer] = field(default_factory=list)
    errors: list[float] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    pages: int = 0
    started: float = field(default_factory=time.process_time)

    def add(self, got: dict[str, Any], name: str, made: HardPages, paper: Paper) -> None:
        self.answers += answers(name, got["fields"], paper.truth())
        self.outcomes += (
            [f"{name}: {got['outcome']}"] if got["outcome"] in ("quarantined", "rejected") else []
        )
        self.pages += len(made.pages)
        for number, text in enumerate(made.texts):
            read_text = got["pages"][number]["text"] if number < len(got["pages"]) else ""
            self.errors += [character_errors(read_text, text)] if text else []

    def show(self, kind: str) -> None:
        per_field = ""
        for name in FIELDS:
            asked = [answer for answer in self.answers if answer.field == name]
            per_field += f"{f'{sum(answer.right for answer in asked)}/{len(asked)}':>7}"
        sure = [answer for answer in self.answers if answer.sure]
        wrong = sum(not answer.right for answer in sure)
        right = sum(answer.right for answer in self.answers) / len(self.answers)
        cer = sum(self.errors) / len(self.errors)
        took = (time.process_time() - self.started) / self.pages
        share = len(sure) / len(self.answers)
        _say(f"{kind:20}{cer:>7.1%}{per_field}{right:>8.1%}{share:>6.0%}{wrong:>6}{took:>8.1f}")

    def show_wrong(self) -> None:
        for answer in sorted(self.answers, key=lambda answer: -(answer.confidence or 0)):
            if not answer.right:
                sure = f"{answer.confidence or 0:.2f} {answer.field:13}"
                _say(f"    {sure} {answer.wanted[:55]!r} read as {answer.value[:55]!r} ({answer.document})")
        for outcome in self.outcomes:
            _say(f"    {outcome}")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
