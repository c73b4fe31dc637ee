"""Pages as they were read, from what the archive keeps of them (``text/words.json`` and ``record.json``)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ocr.page import Box, Digits, Gap, Line, Mark, MarkKind, Page, Source, Word, Zone
from sohoa.domain.errors import Corrupt

PAGE_BREAK = "\n\f\n"
"""Between the pages of ``text/body.txt``."""


def stored_pages(words: Sequence[Mapping[str, Any]], pages: Sequence[Mapping[str, Any]]) -> tuple[Page, ...]:
    """The inverse of ``words_json`` and ``page_json``; raises ``Corrupt`` where they do not fit."""
    try:
        return tuple(_page(read, shown) for read, shown in zip(words, pages, strict=True))
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise Corrupt(f"unreadable pages: {type(error).__name__}") from error


def words_of_page(data: bytes, number: int) -> Any:
    """What ``words.json`` says of the page of that number, None where it has none; raises ``Corrupt``.

    As ``json_bytes`` writes it a page's own lines are indented by two: it is cut out of a file of a thousand
    pages without reading the others.
    """
    try:
        at = data.find(b'\n  "number": %d,' % number)
        if at < 0:
            return next((page for page in json.loads(data) if page["number"] == number), None)
        start, end = data.rfind(b"\n {", 0, at), data.find(b"\n }", at)
        return json.loads(data[start : end + 3])
    except (ValueError, TypeError, KeyError) as error:
        raise Corrupt(f"unreadable words of page {number}: {type(error).__name__}") from error


def _page(read: Mapping[str, Any], shown: Mapping[str, Any]) -> Page:
    lines = tuple(Line(tuple(map(_word, line["words"])), Zone(line["zone"])) for line in read["lines"])
    marks = tuple(Mark(MarkKind(mark["kind"]), mark["text"], Box(*mark["box"])) for mark in shown["marks"])
    source, digits = Source(read["source"]), tuple(map(_digits, read.get("digits", ())))
    size = read["width_px"], read["height_px"], read["dpi"]
    lies = {"turned_deg": read.get("turned_deg", 0), "gutter_px": read.get("gutter_px", 0)}
    return Page(read["number"], *size, source, lines, marks, digits, **lies)


def _digits(stored: Mapping[str, Any]) -> Digits:
    candidates = tuple((str(text), float(share)) for text, share in stored["candidates"])
    return Digits(Gap(stored["gap"]), Box(*stored["box"]), candidates, stored["printed"])


def _word(stored: Sequence[Any]) -> Word:
    text, x, y, w, h, confidence, *raw = stored
    return Word(text, Box(x, y, w, h), confidence, *raw)
