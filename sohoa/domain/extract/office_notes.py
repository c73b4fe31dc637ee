"""Notes that an office put beside ``V/v``: rows that were read across the subject and the note are cut.

Such a note stands in lines of its own right of the left column; the rows of both were read as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ocr.page import Line, Page, Zone
from ocr.vietnamese.folding import fold

_CONCERNS = re.compile(r"^\W*v\W{0,2}v\b")
_LEFT, _RIGHT = 0.3, 0.4  # of the page: where the subject begins at most, where a note does at least
_ALIGNED = 0.01  # of the page: lines of a note begin so near each other
_ROWS = 12  # heights of a line: as far below ``V/v`` a note is looked for
_APART = 1.5  # heights: rows of a subject are no further from each other
_SCRAP = 0.5  # of a row's height: what is lower and inside it was read twice


def without_notes(pieces: Sequence[Line], page: Page) -> list[Line]:
    """The lines of the head and the body, the rows of ``V/v`` cut where a note begins beside them."""
    first = next((piece for piece in pieces if _runs_across(piece, page)), None)
    margin = _margin(first, pieces, page) if first is not None else None
    if first is None or margin is None:
        return list(pieces)
    made, rows, last = list[Line](), list[Line](), first.box.y
    for piece in sorted(pieces, key=lambda piece: piece.box.y):
        own = tuple(word for word in piece.words if word.box.right < margin)
        below = piece.box.y >= first.box.y and piece.zone is Zone.BODY
        if not (below and own) or piece.box.y - last > _APART * first.box.h:
            made.append(piece)
            continue
        rows.append(Line(own, Zone.HEAD_LEFT))
        last = rows[-1].box.bottom
        if note := tuple(word for word in piece.words if word not in own):
            made.append(replace(piece, words=note))
    return [*(piece for piece in made if not _is_scrap(piece, rows)), *rows]


def _runs_across(piece: Line, page: Page) -> bool:
    """Whether the line begins with ``V/v`` in the left column and goes on beyond it."""
    across = piece.box.x < _LEFT * page.width_px and piece.box.right > 0.5 * page.width_px
    return piece.zone is Zone.BODY and across and bool(_CONCERNS.match(fold(piece.text)))


def _margin(first: Line, pieces: Sequence[Line], page: Page) -> int | None:
    """Where the note's lines begin: at least two stand alone below the first one; None without."""
    end, near = first.box.y + _ROWS * first.box.h, _ALIGNED * page.width_px
    begins = sorted(
        piece.box.x
        for piece in pieces
        if piece.zone is Zone.BODY
        and first.box.y < piece.box.y < end
        and piece.box.x > _RIGHT * page.width_px
    )
    return next((x for x, after in pairwise(begins) if after - x < near), None)


def _is_scrap(piece: Line, rows: Sequence[Line]) -> bool:
    """Whether it is a strip of a row that was read whole."""
    inside = (row for row in rows if row.box.holds(piece.box.middle))
    return piece.zone is Zone.HEAD_LEFT and any(piece.box.h < _SCRAP * row.box.h for row in inside)
