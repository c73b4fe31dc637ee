"""Invented records of 400 words for the benches of search, and the questions that are asked of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from ocr.vietnamese.syllables import split_tone
from sohoa.domain.search.entry import IndexEntry
from sohoa.domain.search.folding import fold_plain

WORDS_OF_A_RECORD = 400
_CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
_ONSETS = ("", *"bcdđghklmnpqrstvx", "ch", "gi", "kh", "ng", "nh", "ph", "th", "tr")
_RHYMES = (
    "an",
    "anh",
    "ao",
    "âm",
    "ăng",
    "iên",
    "in",
    "oa",
    "oàn",
    "ông",
    "ơi",
    "úc",
    "uyền",
    "ương",
    "ưu",
    "ý",
)
_NAMES = (("Lê", "Trần", "Phạm", "Hoàng", "Đỗ", "Võ"), ("Thị", "Văn", "Đức", "Ngọc"),
          ("Thủy", "Quý", "Hòa", "Bình", "Lan", "Dũng", "Hạnh", "Tuấn", "Yến", "Đạt"))  # fmt: skip
_TYPES = (
    ("QĐ", "Quyết định"),
    ("CV", "Công văn"),
    ("BC", "Báo cáo"),
    ("KH", "Kế hoạch"),
    ("TB", "Thông báo"),
)


@dataclass(frozen=True)
class Vocabulary:
    """Words and how often each stands in a text; ``half`` are those in about half of all records."""

    words: tuple[str, ...]
    shares: np.ndarray
    half: tuple[str, ...]


def vocabulary() -> Vocabulary:
    """Counted from the reference collection where it is beside the checkout, else syllables by Zipf's law."""
    paths = sorted(_CORPUS.glob("*.txt")) if _CORPUS.is_dir() else []
    text = " ".join(path.read_text(encoding="utf-8").lower() for path in paths)
    counted = Counter(word for word in re.findall(r"[^\W\d_]+", text) if len(word) < 8)
    if not counted:
        syllables = [onset + rhyme for rhyme in _RHYMES for onset in _ONSETS]
        counted = Counter({word: 100_000 // rank for rank, word in enumerate(syllables, 1)})
    words = tuple(word for word, _ in counted.most_common(6000))
    shares = np.array([counted[word] for word in words], dtype=float)
    shares /= shares.sum()
    inside = 1 - (1 - shares) ** WORDS_OF_A_RECORD
    return Vocabulary(words, shares, tuple(words[n] for n in np.argsort(abs(inside - 0.5))[:12]))


def papers(number: int, words: Vocabulary) -> Iterator[IndexEntry]:
    """That many records, the same ones every time; made while they are read."""
    chance = np.random.default_rng(4)
    for position in range(number):
        body = " ".join(chance.choice(words.words, WORDS_OF_A_RECORD, p=words.shares))
        code, kind = _TYPES[int(chance.integers(len(_TYPES)))]
        signer = " ".join(part[int(chance.integers(len(part)))] for part in _NAMES)
        fields = {
            "code_number": str(int(chance.integers(1, 5000))),
            "code_notation": f"{code}-UBND",
            "type_name": kind,
            "issued_date": str(date(2005, 1, 1) + timedelta(days=int(chance.integers(7600)))),
            "organ_name": f"Ủy ban nhân dân xã số {chance.integers(1, 100)}",
            "subject": "Về việc " + " ".join(body.split(" ", 9)[:8]),
            "signer_name": signer,
        }
        yield IndexEntry(f"r{position:07d}", f"Z01.{chance.integers(1, 40):02d}", "01", fields, body)


def questions(entries: Sequence[IndexEntry], words: Vocabulary, of_each: int) -> dict[str, list[str]]:
    """Numbers, names, phrases and words of half the records, with and without marks, as people type them.

    ``without tones`` are the phrases as words, with hats and ``đ`` alone.
    """
    chance = np.random.default_rng(5)
    asked: dict[str, list[str]] = {"numbers": [], "names": [], "phrases": [], "common words": []}
    for turn in range(of_each):
        entry = entries[int(chance.integers(len(entries)))]
        code = f"{entry.fields['code_number']}/{entry.fields['code_notation']}"
        start = int(chance.integers(WORDS_OF_A_RECORD - 3))
        typed = {
            "numbers": code if turn % 2 else code.lower().replace("đ", "d"),
            "names": f'"{entry.fields["signer_name"]}"',
            "phrases": f'"{" ".join(entry.body.split()[start : start + 2 + turn % 2])}"',
            "common words": " ".join(chance.choice(words.half, 1 + turn % 3, replace=False)),
        }
        for kind, text in typed.items():
            asked[kind].append(text if turn % 4 or kind == "numbers" else fold_plain(text) if '"' not in text
                               else f'"{fold_plain(text).strip()}"')  # fmt: skip
    words_asked = [text.strip('"').split() for text in asked["phrases"]]
    return {
        **asked,
        "without tones": [" ".join(split_tone(word)[0] for word in each) for each in words_asked],
    }
