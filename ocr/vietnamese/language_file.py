"""The language model's file: counts of syllable runs, one a line, compressed.

Made anew by ``python -m ocr.vietnamese.language_file OUTPUT FOLDER…``, where the folders hold the texts that
``ocr/data/sources.csv`` lists with licence and hash. It holds figures only, none of their sentences.
"""

from __future__ import annotations

import argparse
import csv
import functools
import gzip
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path

from ocr.vietnamese.language import Key, Language, Run, abbreviation, key
from ocr.vietnamese.syllables import is_syllable

_FILE = "syllables.txt.gz"
_SOURCES = "sources.csv"
_LEAST = {1: 1, 2: 1, 3: 2}
_TOKEN = re.compile(r"[^\W\d_]+|[^\w\s]|\w+")
_BREAKS = frozenset('.;:!?()[]{}"“”')
_WORD_WEIGHT = 1


@functools.cache
def load() -> Language:
    """The model that is shipped; loaded once a process."""
    packed = (resources.files("ocr") / "data" / _FILE).read_bytes()
    counts: dict[Run, int] = {}
    for line in gzip.decompress(packed).decode("utf-8").splitlines():
        count, _, run = line.partition("\t")
        counts[tuple(run.split(" "))] = int(count)
    return Language(counts)


@functools.cache
def syllables() -> frozenset[Key]:
    """Every syllable that the model has seen, by its key: much less to load than the model."""
    packed = (resources.files("ocr") / "data" / _FILE).read_bytes()
    runs = (line.partition("\t")[2] for line in gzip.decompress(packed).decode("utf-8").splitlines())
    return frozenset(run for run in runs if " " not in run and run[:1].islower())


def count(texts: Iterable[str], words: Iterable[str] = ()) -> Counter[Run]:
    """Counts of runs of one to three syllables; compound ``words`` count as seen once each."""
    counts: Counter[Run] = Counter()
    for text in texts:
        counts.update(_runs(list(_keys(text))))
    for word in words:
        syllables = word.split()
        if len(syllables) > 1 and all(map(is_syllable, syllables)):
            for run in _runs([key(syllable) for syllable in syllables]):
                counts[run] += _WORD_WEIGHT
    return counts


def _keys(text: str) -> Iterator[str]:
    """Keys of the text's syllables, abbreviations as they are, GAP for anything else."""
    for token in _TOKEN.findall(unicodedata.normalize("NFC", text)):
        if token in _BREAKS or token.isalnum():
            yield key(token) if token.isalpha() and is_syllable(token) else abbreviation(token)


def _runs(keys: list[str]) -> Iterator[Run]:
    for length in (1, 2, 3):
        for start in range(len(keys) - length + 1):
            yield tuple(keys[start : start + length])


def write(counts: Counter[Run], path: Path) -> None:
    """Store the counts, the same bytes for the same counts."""
    kept = ((run, n) for run, n in counts.items() if n >= _LEAST[len(run)])
    lines = sorted(f"{n}\t{' '.join(run)}\n" for run, n in kept)
    path.write_bytes(gzip.compress("".join(lines).encode(), mtime=0))


def main() -> None:
    """Count the listed texts and store the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    given = parser.parse_args()
    texts = {"text": list[str](), "words": list[str]()}
    for source in _sources():
        texts[source["kind"]].append(_found(source, given.folders))
    words = [word for text in texts["words"] for word in text.splitlines()]
    write(count(texts["text"], words), given.output)


def _sources() -> list[dict[str, str]]:
    listed = (resources.files("ocr") / "data" / _SOURCES).read_text(encoding="utf-8")
    return list(csv.DictReader(listed.splitlines()))


def _found(source: Mapping[str, str], folders: Sequence[Path]) -> str:
    """The listed text; exits where no folder holds it as it was counted."""
    for path in (folder / source["file"] for folder in folders):
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == source["sha256"]:
            return path.read_text(encoding="utf-8")
    raise SystemExit(f"{source['file']} is in none of the folders, or not the one that {_SOURCES} lists")


if __name__ == "__main__":
    main()
