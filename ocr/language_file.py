"""The language model's file: counts of syllable runs, one a line, compressed.

Made anew by ``python -m ocr.language_file OUTPUT TEXT… [--words FILE]``. It holds figures only; the texts
counted were provisions of laws, provincial decisions and procedures (outside copyright, Luật Sở hữu trí
tuệ, Điều 15) and a list of compound words (pyvi, MIT licence).
"""

from __future__ import annotations

import argparse
import functools
import gzip
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

from ocr.language import GAP, Language, Run, key
from ocr.syllables import is_syllable

_FILE = "syllables.txt.gz"
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
    """Keys of the text's syllables, GAP for anything else; words run together are gaps, too."""
    for token in _TOKEN.findall(unicodedata.normalize("NFC", text)):
        if token in _BREAKS or token.isalnum():
            yield key(token) if token.isalpha() and is_syllable(token) else GAP


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
    """Count texts and store the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--words", type=Path)
    given = parser.parse_args()
    words = given.words.read_text(encoding="utf-8").splitlines() if given.words else ()
    write(count((path.read_text(encoding="utf-8") for path in given.texts), words), given.output)


if __name__ == "__main__":
    main()
