"""A Merkle tree over lines of text, whose every step anyone can repeat with ``sha256sum``.

The hash of a line is SHA-256 of ``leaf LINE``, that of two neighbours SHA-256 of ``node LEFT RIGHT``
(hexadecimal), each with a final newline. A last one without neighbour goes up as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """The neighbour on the way up, and whether it stands on the left."""

    sibling: str
    on_the_left: bool


def leaf(line: str) -> str:
    """The hash of a line, hexadecimal."""
    return _hash(f"leaf {line}\n")


def node(left: str, right: str) -> str:
    """The hash of two neighbours."""
    return _hash(f"node {left} {right}\n")


def root(lines: Iterable[str]) -> str:
    """The root over all lines in their order; the hash of no text where there are none."""
    level = [leaf(line) for line in lines]
    while len(level) > 1:
        level = _above(level)
    return level[0] if level else _hash("")


def path(lines: Sequence[str], place: int) -> tuple[Step, ...]:
    """The neighbours from the line at that place up to the root."""
    level, steps = [leaf(line) for line in lines], list[Step]()
    while len(level) > 1:
        sibling = place ^ 1
        if sibling < len(level):
            steps.append(Step(level[sibling], on_the_left=sibling < place))
        level, place = _above(level), place // 2
    return tuple(steps)


def climbed(line: str, steps: Iterable[Step]) -> str:
    """The root that these neighbours lead to from the line."""
    reached = leaf(line)
    for step in steps:
        reached = node(step.sibling, reached) if step.on_the_left else node(reached, step.sibling)
    return reached


def _above(level: Sequence[str]) -> list[str]:
    pairs = [level[place : place + 2] for place in range(0, len(level), 2)]
    return [node(*pair) if len(pair) == 2 else pair[0] for pair in pairs]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
