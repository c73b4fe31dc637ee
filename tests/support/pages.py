"""Builds read pages by hand: lines with a zone, placed on an A4 page of 200 dpi."""

from __future__ import annotations

from collections.abc import Sequence

from ocr.page import Box, Line, Mark, MarkKind, Page, Source, Word, Zone

WIDTH, HEIGHT, LETTER, ROW = 1654, 2339, 13, 38
_LEFT = {Zone.HEAD_LEFT: 200, Zone.HEAD_RIGHT: 750, Zone.FOOT_LEFT: 200, Zone.FOOT_RIGHT: 1000}


def line(text: str, zone: Zone, y: int, *, x: int | None = None, confidence: float = 0.95) -> Line:
    """A line of evenly set words; body lines are centred unless ``x`` says where they begin."""
    if x is None:
        x = _LEFT.get(zone, (WIDTH - LETTER * len(text)) // 2 + 40)
    words = []
    for word in text.split():
        words.append(Word(word, Box(x, y, LETTER * len(word), 26), confidence))
        x += LETTER * (len(word) + 1)
    return Line(tuple(words), zone)


def page(
    *,
    left: Sequence[str] = (),
    right: Sequence[str] = (),
    body: Sequence[str] = (),
    foot_left: Sequence[str] = (),
    foot_right: Sequence[str] = (),
    marks: Sequence[tuple[MarkKind, str]] = (),
    number: int = 1,
    confidence: float = 0.95,
) -> Page:
    """A page; an empty string leaves a row free (the gap after a subject or above a name)."""
    head = max(len(left), len(right))
    rows = (
        (Zone.HEAD_LEFT, left, 2),
        (Zone.HEAD_RIGHT, right, 2),
        (Zone.BODY, body, head + 4),
        (Zone.FOOT_LEFT, foot_left, head + len(body) + 6),
        (Zone.FOOT_RIGHT, foot_right, head + len(body) + 6),
    )
    lines = [
        line(text, zone, (start + index) * ROW, confidence=confidence)
        for zone, texts, start in rows
        for index, text in enumerate(texts)
        if text
    ]
    put = tuple(Mark(kind, text, Box(250, 400, 160, 60)) for kind, text in marks)
    return Page(number, WIDTH, HEIGHT, 200, Source.OCR, tuple(lines), put)


MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
