"""The same sheets set by a typewriter: one pitch, one face, words overtyped where the typist erred."""

from __future__ import annotations

import zlib
from dataclasses import replace

import numpy as np

from ocr.page import Zone
from tests.support.scanmaker.layout import LEFT_PT, POINTS_PER_MM, Piece, PrintedLine, Sheet
from tests.support.scanmaker.typeface import Face

_SIZE_PT = 10.0  # twelve letters an inch
_LEFT_ALIGNED_PT = LEFT_PT + 14 * POINTS_PER_MM
_OVERTYPED = "x~x"
_WRONG = ("quyêt", "thành", "năm", "trương", "ban", "công tác")


def typed(sheets: list[Sheet], struck: int) -> list[Sheet]:
    """The sheets in a typewriter's face; so many words of the first are wrong ones, overtyped."""
    retyped = [replace(sheet, lines=[_typed(line) for line in sheet.lines]) for sheet in sheets]
    rng = np.random.default_rng(zlib.crc32(retyped[0].text.encode()))
    lines = retyped[0].lines
    long = [index for index, line in enumerate(lines) if len(line.pieces) > 2 and not _has_pen(line)]
    for index in rng.permutation(long)[:struck].tolist():
        lines[index] = _with_error(lines[index], rng)
    return retyped


def _typed(line: PrintedLine) -> PrintedLine:
    pieces = tuple(
        piece if piece.pen else replace(piece, face=Face.TYPED, size_pt=_SIZE_PT) for piece in line.pieces
    )
    return replace(line, pieces=_spaced(pieces, _start(line, pieces), glued=line.glued))


def _start(line: PrintedLine, pieces: tuple[Piece, ...]) -> float:
    """The left end: where the line began, or for a centred one where it leaves its middle in place."""
    first, last = line.pieces[0], line.pieces[-1]
    if (first.x < _LEFT_ALIGNED_PT and line.zone is not Zone.HEAD_LEFT) or _has_pen(line):
        return first.x
    wide = sum(piece.width for piece in pieces)
    wide += 0 if line.glued else sum(piece.space for piece in pieces[:-1])
    return (first.x + last.x + last.width - wide) / 2


def _spaced(pieces: tuple[Piece, ...], x: float, *, glued: bool) -> tuple[Piece, ...]:
    """One blank between words; before and after what a pen writes the room that was left for it."""
    placed, pen = list[Piece](), any(piece.pen for piece in pieces)
    for piece in pieces:
        at = max(x, piece.x) if pen else x
        placed.append(piece.at(at, piece.y))
        x = at + piece.width + (0 if glued else piece.space)
    return tuple(placed)


def _with_error(line: PrintedLine, rng: np.random.Generator) -> PrintedLine:
    """A wrong word before one of the words, struck out by letters typed over it."""
    at = int(rng.integers(1, len(line.pieces)))
    like = line.pieces[at]
    wrong = replace(like, text=_WRONG[rng.integers(len(_WRONG))], over=_OVERTYPED[rng.integers(3)])
    pieces = (*line.pieces[:at], wrong, *line.pieces[at:])
    return replace(line, pieces=_spaced(pieces, line.pieces[0].x, glued=line.glued))


def _has_pen(line: PrintedLine) -> bool:
    return any(piece.pen for piece in line.pieces)
