"""Layers of a PDF, its optional content (ISO 32000-1, 8.11): whether any of a page may be off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

_DEEPEST = 6
_REVERSED = ("/AllOff", "/AnyOff")


def may_be_off(document: pikepdf.Pdf, page: pikepdf.Page) -> bool:
    """Whether settings turn layers off, or the page has content that is shown while layers are off."""
    settings: Any = document.Root.get("/OCProperties")
    if not isinstance(settings, pikepdf.Dictionary):
        return False
    default: Any = settings.get("/D")
    if not isinstance(default, pikepdf.Dictionary):
        return True
    if default.get("/OFF") or default.get("/AS") or default.get("/BaseState", "/ON") != "/ON":
        return True
    return any(group.get("/P") in _REVERSED or "/VE" in group for group in _groups(page.resources, _DEEPEST))


def _groups(resources: Any, depth: int) -> Iterator[Any]:
    """The layers that content and drawings below these resources belong to."""
    if not isinstance(resources, pikepdf.Dictionary) or not depth:
        return
    yield from _values(resources.get("/Properties"))
    for drawing in _values(resources.get("/XObject")):
        if isinstance(drawing.get("/OC"), pikepdf.Dictionary):
            yield drawing.OC
        yield from _groups(drawing.get("/Resources"), depth - 1)


def _values(named: Any) -> Iterator[Any]:
    if isinstance(named, pikepdf.Dictionary):
        for value in named.values():
            if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
                yield value
