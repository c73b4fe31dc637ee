"""From the page as it is shown to the page as it is written: rotation, crop box, user unit.

Shown space has its origin at the bottom left corner of the visible page, y up, in user space units,
after the page's own rotation (ISO 32000-1, 8.3.2 and 14.11.2).
"""

from __future__ import annotations

from dataclasses import dataclass

Matrix = tuple[float, float, float, float, float, float]
Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's visible box in user space, its rotation (clockwise degrees) and its user unit (1/72 in)."""

    left: float
    bottom: float
    width: float
    height: float
    rotation: int = 0
    unit: float = 1.0

    @property
    def shown_size(self) -> tuple[float, float]:
        """Width and height as shown, in user space units."""
        return (self.height, self.width) if self.rotation in (90, 270) else (self.width, self.height)

    @property
    def matrix(self) -> Matrix:
        """Takes shown space to user space."""
        right, top = self.left + self.width, self.bottom + self.height
        return {
            0: (1.0, 0.0, 0.0, 1.0, self.left, self.bottom),
            90: (0.0, 1.0, -1.0, 0.0, right, self.bottom),
            180: (-1.0, 0.0, 0.0, -1.0, right, top),
            270: (0.0, -1.0, 1.0, 0.0, self.left, top),
        }[self.rotation]

    def to_user(self, rect: Rect) -> Rect:
        """A rectangle of shown space (left, bottom, right, top) in user space, normalised."""
        a, b, c, d, e, f = self.matrix
        xs = [a * x + c * y + e for x, y in ((rect[0], rect[1]), (rect[2], rect[3]))]
        ys = [b * x + d * y + f for x, y in ((rect[0], rect[1]), (rect[2], rect[3]))]
        return min(xs), min(ys), max(xs), max(ys)


def intersection(one: Rect, other: Rect) -> Rect | None:
    """What two rectangles share, or None."""
    shared = max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
    return shared if shared[0] < shared[2] and shared[1] < shared[3] else None


def clusters(rects: list[Rect]) -> list[list[int]]:
    """Indices of rectangles grouped so that rectangles of different groups do not overlap."""
    groups: list[tuple[Rect, list[int]]] = []
    for index, rect in enumerate(rects):
        box, members = rect, [index]
        while touching := [group for group in groups if intersection(group[0], box)]:
            for group in touching:
                groups.remove(group)
                box, members = union([group[0], box]), group[1] + members
        groups.append((box, members))
    return [sorted(members) for _, members in groups]


def union(rects: list[Rect]) -> Rect:
    """The smallest rectangle that holds all of them."""
    lefts, bottoms, rights, tops = zip(*rects, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def number(value: float) -> str:
    """A number as PDF writes it: at most four decimals, no exponent."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
