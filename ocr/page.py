"""What reading a page yields: words with boxes, lines in reading order, marks put on later.

Boxes are in pixels of the page as it was read, origin at the top left corner, after the page's own
rotation; ``dpi`` turns them into a physical size. Page numbers are 1-based everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

_QUARTER_DEG = 90


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle in pixels: left, top, width, height."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def bottom(self) -> int:
        return self.y + self.h

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.w / 2, self.y + self.h / 2

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether the point (x, y) lies inside."""
        return self.x <= point[0] < self.right and self.y <= point[1] < self.bottom

    def moved(self, right_px: int) -> Box:
        """The box so far to the right."""
        return replace(self, x=self.x + right_px)

    def turned(self, turns: int, width: int, height: int) -> Box:
        """The box after so many quarter turns counter-clockwise of a page of that size before them."""
        x, y, w, h = self.x, self.y, self.w, self.h
        return (
            self,
            Box(y, width - x - w, h, w),
            Box(width - x - w, height - y - h, w, h),
            Box(height - y - h, x, h, w),
        )[turns % 4]

    @staticmethod
    def around(boxes: Iterable[Box]) -> Box:
        """The smallest box that holds all of them; raises ValueError for none."""
        every = list(boxes)
        if not every:
            raise ValueError("no boxes to enclose")
        left, top = min(b.x for b in every), min(b.y for b in every)
        return Box(left, top, max(b.right for b in every) - left, max(b.bottom for b in every) - top)


class Zone(StrEnum):
    """Where a line stands in the layout of Nghị định 30/2020, Phụ lục I."""

    HEAD_LEFT = "head_left"
    HEAD_RIGHT = "head_right"
    BODY = "body"
    FOOT_LEFT = "foot_left"
    FOOT_RIGHT = "foot_right"


class Source(StrEnum):
    """Where a page's text comes from."""

    OCR = "ocr"
    TEXT_LAYER = "text_layer"
    BLANK = "blank"


class MarkKind(StrEnum):
    """What was put on a page after it was printed."""

    SIGNATURE_APPEARANCE = "signature_appearance"
    STAMP = "stamp"
    INK_SEAL = "seal"
    SECRECY = "secrecy"
    URGENCY = "urgency"
    HANDWRITING = "handwriting"


@dataclass(frozen=True, slots=True)
class Word:
    """One word as printed, NFC; ``confidence`` is 0 to 1.

    ``raw`` is what the engine read where a slip of it was mended, else empty.
    """

    text: str
    box: Box
    confidence: float
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its words from left to right and its place in the layout."""

    words: tuple[Word, ...]
    zone: Zone = Zone.BODY

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        return Box.around(word.box for word in self.words)

    @property
    def confidence(self) -> float:
        return sum(word.confidence for word in self.words) / len(self.words)

    def moved(self, right_px: int) -> Line:
        """The line so far to the right."""
        return self.placed(lambda box: box.moved(right_px))

    def placed(self, at: Callable[[Box], Box]) -> Line:
        """The line with every box where ``at`` puts it."""
        return replace(self, words=tuple(replace(word, box=at(word.box)) for word in self.words))


@dataclass(frozen=True, slots=True)
class Mark:
    """Something put on the page later: a stamp, an ink seal, a signature's appearance."""

    kind: MarkKind
    text: str
    box: Box


class Gap(StrEnum):
    """Where a number is written into the head's printed lines."""

    NUMBER = "number"
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Digits:
    """What a gap holds by the reader of handwritten digits: candidates with shares, the likeliest first.

    The empty candidate is a gap left open. ``printed`` is what the engine for print read there.
    """

    gap: Gap
    box: Box
    candidates: tuple[tuple[str, float], ...]
    printed: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it was read: ``lines`` are in reading order (head left, head right, body, foot).

    ``turned_deg`` is how far the page must be turned counter-clockwise to be upright: 0, 90, 180 or 270.
    ``gutter_px`` is where on the upright page the right one of two printed pages side by side begins, 0 where
    there is but one; the lines are those of the left one, then those of the right one.
    ``asides`` are texts that the file holds beside the page's print, whether they are seen or not: of
    annotations and form fields. They are looked at for marks of secrecy and not kept.
    """

    number: int
    width_px: int
    height_px: int
    dpi: int
    source: Source
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    digits: tuple[Digits, ...] = ()
    asides: tuple[str, ...] = ()
    turned_deg: int = 0
    gutter_px: int = 0

    @property
    def upright(self) -> Page:
        """The page as a person holds it: boxes and size after its turn."""
        return self.turned(self.turned_deg // _QUARTER_DEG)

    def own(self, box: Box) -> Box:
        """A box of the upright page in this page's own pixels."""
        turns, upright = self.turned_deg // _QUARTER_DEG, self.upright
        return box.turned(-turns, upright.width_px, upright.height_px)

    def turned(self, turns: int) -> Page:
        """The page after so many quarter turns counter-clockwise."""
        if turns % 4 == 0:
            return self
        size = self.width_px, self.height_px

        def at(box: Box) -> Box:
            return box.turned(turns, *size)

        turned = self._placed(at, size[turns % 2], size[1 - turns % 2])
        return replace(turned, turned_deg=(self.turned_deg - turns * _QUARTER_DEG) % 360)

    @property
    def leaves(self) -> tuple[Page, ...]:
        """The printed pages that lie side by side on it, as a person holds them, each with its own boxes.

        The asides are the left one's.
        """
        sheet, gutter = self.upright, self.gutter_px
        if not gutter:
            return (sheet,)
        left = sheet._only(lambda box: box.middle[0] < gutter)
        right = sheet._only(lambda box: box.middle[0] >= gutter)
        return (
            replace(left, width_px=gutter),
            replace(right, asides=())._placed(
                lambda box: box.moved(-gutter), sheet.width_px - gutter, sheet.height_px
            ),
        )

    def _only(self, there: Callable[[Box], bool]) -> Page:
        """A page with no more than what lies ``there``, and no gutter."""
        return replace(
            self,
            lines=tuple(line for line in self.lines if there(line.box)),
            marks=tuple(mark for mark in self.marks if there(mark.box)),
            digits=tuple(digits for digits in self.digits if there(digits.box)),
            gutter_px=0,
        )

    def _placed(self, at: Callable[[Box], Box], width_px: int, height_px: int) -> Page:
        """A page of that size with every box where ``at`` puts it."""
        return replace(
            self,
            width_px=width_px,
            height_px=height_px,
            lines=tuple(line.placed(at) for line in self.lines),
            marks=tuple(replace(mark, box=at(mark.box)) for mark in self.marks),
            digits=tuple(replace(digits, box=at(digits.box)) for digits in self.digits),
        )

    @property
    def words(self) -> Iterator[Word]:
        return (word for line in self.lines for word in line.words)

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def confidence(self) -> float:
        """Mean confidence of the words weighted by their length; 1 for a blank page."""
        letters = sum(len(word.text) for word in self.words)
        if not letters:
            return 1.0 if self.source is Source.BLANK else 0.0
        return sum(word.confidence * len(word.text) for word in self.words) / letters


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a document carries: its place (1-based), its name, its first page if it is a document.

    It is looked at for marks of secrecy and not kept.
    """

    number: int
    name: str
    page: Page | None = None
