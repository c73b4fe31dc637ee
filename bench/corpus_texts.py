"""Sentences of invented papers, put together at random; every one of them means next to nothing."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from typing import Any

Words = Mapping[str, Any]


def generator(seed: int | str) -> random.Random:
    """Chance that is the same on every machine and in every run."""
    return random.Random(seed)  # noqa: S311 - nothing is to be kept secret by it


def filled(pattern: str, slots: Mapping[str, str]) -> str:
    """The pattern with its ``{slots}``; one that is not given is a KeyError."""
    return pattern.format_map(slots)


def subject(
    chance: random.Random, words: Words, kind: Words, slots: Mapping[str, str], *, is_capital: bool
) -> str:
    """What the paper is about, without ``V/v``; empty for slips that name no subject."""
    opening = chance.choice(kind["opening"])
    if not opening:
        return ""
    year = int(slots["y"])
    time = filled(chance.choice(words["times"]), {"y": str(year), "y5": str(year + 5)})
    thing = chance.choice(words["objects"])
    if opening.startswith("Tình hình,") or opening in ("Sơ kết", "Triển khai"):
        time = time or f"năm {year}"
    parts = (opening, thing, filled(chance.choice(words["scopes"]), slots), time)
    text = " ".join(part for part in parts if part)
    return text if is_capital else text[:1].lower() + text[1:]


def body(chance: random.Random, words: Words, kind: Words, slots: Mapping[str, str]) -> tuple[str, ...]:
    """Paragraphs in the manner of the type; mostly few, so that most papers are of one page."""
    count = chance.choice((2, 3, 3, 4, 4, 5, 6, 14))
    told = [_paragraph(chance, words, slots) for _ in range(count)]
    style = kind["style"]
    if style == "decision":
        bases = [f"~{_loose(chance, text, slots)}" for text in chance.sample(words["bases"], 3)]
        articles = [f"**Điều {index}.** {text}" for index, text in enumerate(told, 1)]
        return (f"={slots['organ']}", *bases, f"={kind['name'].upper()}:", *articles)
    if style == "slip":
        return (*(_loose(chance, text, slots) for text in chance.sample(words["slips"], 3)), told[0])
    if style == "minutes":
        start = (
            "Hôm nay, vào hồi {k} giờ 30 phút ngày {day} tháng {month} năm {y}, tại xã {x}, chúng tôi gồm:"
        )
        return (_loose(chance, start, slots), *told)
    numbered = [f"{index}. {text}" for index, text in enumerate(told[1:], 1)]
    opening = told[0] if chance.random() < 0.7 else f"Thực hiện kế hoạch công tác năm {slots['y']}, {told[0]}"
    return (opening, *numbered)


def recipients(chance: random.Random, words: Words, slots: Mapping[str, str], unit: str) -> tuple[str, ...]:
    """The list under ``Nơi nhận``, the file copy last."""
    names = chance.sample(words["recipients"], chance.randrange(1, 5))
    return (*(f"{filled(name, slots)};" for name in names), f"Lưu: VT, {unit}.")


def _paragraph(chance: random.Random, words: Words, slots: Mapping[str, str]) -> str:
    return " ".join(_sentence(chance, words, slots) for _ in range(chance.randrange(1, 4)))


def _sentence(chance: random.Random, words: Words, slots: Mapping[str, str]) -> str:
    first, second = chance.sample(words["verbs"], 2)
    thing, other = chance.sample(words["things"], 2)
    text = (
        f"{chance.choice(words['agents'])} {first} {thing}, {second} {other} {chance.choice(words['tails'])}."
    )
    return _loose(chance, text, slots)


def _loose(chance: random.Random, pattern: str, slots: Mapping[str, str]) -> str:
    """The pattern with numbers by chance and the paper's own places."""
    month = chance.randrange(1, 13)
    numbers = {
        "k": str(chance.randrange(2, 28)),
        "m": str(chance.randrange(1, 10)),
        "n": str(chance.randrange(29, 2400)),
        "day": f"{chance.randrange(1, 29):02d}",
        "month": f"{month:02d}" if month < 3 else str(month),
        "post": "Trưởng phòng",
        "place": f"xã {slots['x']}",
    }
    return re.sub(r"\s+", " ", filled(pattern, {**slots, **numbers}))
