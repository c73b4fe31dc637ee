"""Several signature blocks on a page: who leads, who signs beside (Nghị định 30/2020, Phụ lục III, mẫu 1.9).

Minutes bear the secretary's block on the left and the chair's on the right; contracts those of the parties;
joint papers those of the agencies, the leading one on the right. Recipients stand below them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ocr.page import Line, Page, Zone
from ocr.vietnamese.folding import fold, letters
from ocr.vietnamese.posts import APPROVES, SECOND_SIGNER
from sohoa.domain.extract.names import name_in
from sohoa.domain.extract.posts import is_post
from sohoa.domain.vietnamese import is_upper

_HEAD = frozenset({Zone.HEAD_LEFT, Zone.HEAD_RIGHT})
_COLUMN_GAP = 1.5  # heights of the letters; words of a line stand closer
_SIGNING_GAP = 2.5  # heights: the room for a signature is more, the space between posts less
_TABLE_GAP = 1.2  # heights: less is no room for a signature
_SHORTEST = 5  # letters of an agency's name


@dataclass(frozen=True, slots=True)
class _Floor:
    """One or two blocks on the same height: where they begin, and what parts them (None: one block)."""

    y: int
    gutter: float | None


def parallel_blocks(page: Page, known: Sequence[str], end: float) -> tuple[list[Line], ...]:
    """The signature blocks above ``end``, left before right; none where no two stand side by side."""
    lines = [line for line in page.lines if line.zone not in _HEAD and line.box.y < end]
    pieces = [piece for line in lines for piece in _parted(line)]
    posts = sorted((piece for piece in pieces if is_post(piece.text, known)), key=lambda piece: piece.box.y)
    floors = [_raised(floor, lines) for floor in _floors(posts, page)]
    if all(floor.gutter is None for floor in floors):
        return ()
    found = []
    for floor, below in pairwise([*floors, _Floor(int(end) + 1, None)]):
        inside = [line for line in lines if floor.y <= line.box.middle[1] < below.y]
        sides = [_side(inside, floor.gutter, left=left) for left in (True, False)]
        if floor.gutter is None or not _is_table(sides, known):
            found += sides
    return tuple(block for block in found if block)


def _is_table(sides: Sequence[Sequence[Line]], known: Sequence[str]) -> bool:
    """Whether names stand right under the posts and none further down: nobody signed there."""
    rooms = [room for side in sides for room in _rooms(side, known)]
    return bool(rooms) and max(rooms) < _TABLE_GAP


def _rooms(block: Sequence[Line], known: Sequence[str]) -> Iterator[float]:
    """How far below the last post each name stands, in heights of the post."""
    posts = [line.box for line in block if is_post(line.text, known)]
    for line in block:
        if posts and line.box.y > posts[-1].y and name_in(line.text):
            yield (line.box.y - posts[-1].bottom) / posts[-1].h


def leading(blocks: Sequence[Sequence[Line]], issuers: str) -> int:
    """Which of the blocks is the principal signer's.

    Not who approves the author's paper; no secretary, recorder, accountant or second party; of agencies the
    one that ``issuers``, the head, names first; else the one on the right of the uppermost, as where one
    signs alone (box 7).
    """
    names = [tuple(line.text for line in block if is_upper(line.text, 0.7)) for block in blocks]
    top = min(block[0].box.y for block in blocks)

    def rank(index: int) -> tuple[bool, bool, float, bool, int]:
        first = blocks[index][0].box
        approves = any(APPROVES.match(fold(text)) for text in names[index])
        second = any(SECOND_SIGNER.search(fold(text)) for text in names[index])
        return approves, second, _place(names[index], issuers), first.y > top + 2 * first.h, -first.x

    return min(range(len(blocks)), key=rank)


def _parted(line: Line) -> Iterator[Line]:
    """The line cut where the gap is too wide for a word space."""
    words = sorted(line.words, key=lambda word: word.box.x)
    height, begin = min(word.box.h for word in words), 0
    for index, (before, after) in enumerate(pairwise(words), 1):
        if after.box.x - before.box.right > _COLUMN_GAP * height:
            yield Line(tuple(words[begin:index]), line.zone)
            begin = index
    yield Line(tuple(words[begin:]), line.zone)


def _floors(posts: Sequence[Line], page: Page) -> Iterator[_Floor]:
    """Where blocks begin: at the first post, and at each that follows after the room for a signature."""
    rows: list[list[Line]] = []
    for post in posts:
        if rows and post.box.y - max(item.box.bottom for item in rows[-1]) < _SIGNING_GAP * post.box.h:
            rows[-1].append(post)
        else:
            rows.append([post])
    for row in rows:
        top = min(post.box.y for post in row)
        yield _Floor(top, _gutter(row, page))


def _raised(floor: _Floor, lines: Sequence[Line]) -> _Floor:
    """The floor with the agencies' names that stand above the posts."""
    top = floor.y
    for line in sorted(lines, key=lambda line: -line.box.y):
        if line.box.y < top and is_upper(line.text, 0.7) and top - line.box.bottom < line.box.h:
            top = line.box.y
    return replace(floor, y=top)


def _gutter(posts: Sequence[Line], page: Page) -> float | None:
    """The middle between two posts on one row, one on each side of the page."""
    for one in posts:
        for other in posts:
            shared = min(one.box.bottom, other.box.bottom) - max(one.box.y, other.box.y)
            beside = one.box.right < other.box.x and shared > 0.4 * min(one.box.h, other.box.h)
            if beside and one.box.middle[0] < 0.5 * page.width_px < other.box.middle[0]:
                return (one.box.right + other.box.x) / 2
    return None


def _side(lines: Sequence[Line], gutter: float | None, *, left: bool) -> list[Line]:
    """The words on one side of the gutter, line by line; where there is none, all of them are the left."""
    found = []
    for line in sorted(lines, key=lambda line: line.box.y):
        words = tuple(w for w in line.words if left == (gutter is None or w.box.middle[0] < gutter))
        if words:
            found.append(Line(words, line.zone))
    return found


def _place(texts: Sequence[str], issuers: str) -> float:
    """Where the head names an agency that the block names, too; infinity where it names none."""
    whole = letters(issuers)
    places = []
    for text in texts:
        words = text.split()
        tails = (letters(" ".join(words[start:])) for start in range(len(words) - 1))
        named = next((tail for tail in tails if len(tail) >= _SHORTEST and tail in whole), "")
        places += [whole.index(named)] if named else []
    return float(min(places, default=float("inf")))
