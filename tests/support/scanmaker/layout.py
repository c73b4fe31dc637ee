"""Sheets: where each word of a document stands, in points from the top left of an A4 page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ocr.page import Zone
from tests.support.scanmaker.typeface import Face, width_pt

POINTS_PER_MM = 72 / 25.4
WIDTH_PT, HEIGHT_PT = 210 * POINTS_PER_MM, 297 * POINTS_PER_MM
LEFT_PT, RIGHT_PT = 30 * POINTS_PER_MM, 192 * POINTS_PER_MM
TOP_PT, BOTTOM_PT = 20 * POINTS_PER_MM, 277 * POINTS_PER_MM
LEADING = 1.2


@dataclass(frozen=True, slots=True)
class Piece:
    """A word at its baseline; ``pen`` is written by hand over the printed line.

    ``over`` is a sign typed over each of its letters: the word does not count.
    """

    text: str
    face: Face = Face.REGULAR
    size_pt: float = 13.0
    x: float = 0.0
    y: float = 0.0
    pen: bool = False
    over: str = ""

    @property
    def width(self) -> float:
        return width_pt(self.text, self.face, self.size_pt)

    @property
    def space(self) -> float:
        return width_pt(" ", self.face, self.size_pt)

    def at(self, x: float, y: float) -> Piece:
        """The same word at another place."""
        return replace(self, x=x, y=y)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One printed line of a zone; ``glued`` lines have no space between their words."""

    zone: Zone
    pieces: tuple[Piece, ...]
    glued: bool = False

    @property
    def text(self) -> str:
        valid = (piece.text for piece in self.pieces if not piece.over)
        return " ".join(("" if self.glued else " ").join(valid).split())


@dataclass(frozen=True, slots=True)
class Rule:
    """A printed horizontal rule."""

    x0: float
    x1: float
    y: float


@dataclass(frozen=True, slots=True)
class Signature:
    """Where somebody signs (middle, in points), and the words of the seal over it, "" for none."""

    x: float
    y: float
    signer: str
    seal: str = ""


@dataclass(slots=True)
class Sheet:
    """One page: printed lines, rules, and where later hands find their place (x, y in points)."""

    lines: list[PrintedLine] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    below_number: tuple[float, float] | None = None

    @property
    def text(self) -> str:
        """The page in reading order: head left, head right, body, foot left, foot right."""
        return "\n".join(line.text for zone in Zone for line in self.lines if line.zone is zone and line.text)


def words(text: str, face: Face, size_pt: float) -> list[Piece]:
    """The words of a text with ``**bold**`` stretches as unplaced pieces."""
    pieces: list[Piece] = []
    for index, stretch in enumerate(text.split("**")):
        cut = Face.BOLD if index % 2 else face
        pieces += [Piece(word, cut, size_pt) for word in stretch.split()]
    return pieces


def natural_width(pieces: list[Piece]) -> float:
    """Width of a line set with plain spaces."""
    return sum(piece.width for piece in pieces) + sum(piece.space for piece in pieces[:-1])


def placed(pieces: list[Piece], x: float, y: float, extra: float = 0.0) -> tuple[Piece, ...]:
    """The pieces set from ``x`` on, each space widened by ``extra`` points."""
    out = []
    for piece in pieces:
        out.append(piece.at(x, y))
        x += piece.width + piece.space + extra
    return tuple(out)


def centred(text: str, face: Face, size_pt: float, middle: float, y: float, zone: Zone) -> PrintedLine:
    """A line centred on ``middle``."""
    pieces = words(text, face, size_pt)
    return PrintedLine(zone, placed(pieces, middle - natural_width(pieces) / 2, y))


def broken(pieces: list[Piece], first_width: float, width: float) -> list[list[Piece]]:
    """Greedy line breaking; the first line may be narrower (indent)."""
    lines: list[list[Piece]] = [[]]
    room = first_width
    for piece in pieces:
        if lines[-1] and natural_width([*lines[-1], piece]) > room:
            lines.append([])
            room = width
        lines[-1].append(piece)
    return lines
