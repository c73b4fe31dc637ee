"""Templates: everything is escaped, and a name that is not there is an error."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup

from sohoa.domain.local_time import shown as shown_at

STATIC: Mapping[str, str] = {
    "icon.svg": "image/svg+xml",
    "portal.css": "text/css; charset=utf-8",
    "portal.js": "text/javascript; charset=utf-8",
    "suggest.js": "text/javascript; charset=utf-8",
    "viewer.js": "text/javascript; charset=utf-8",
}
"""The files that pages load, with their types."""


@functools.cache
def static_file(name: str) -> bytes:
    """The bytes of a file of ``STATIC``."""
    return (files("sohoa.portal") / "static" / name).read_bytes()


def static_path(name: str) -> str:
    """The address of such a file; another one when its bytes are others."""
    return f"/static/{name}?v={hashlib.sha256(static_file(name)).hexdigest()[:12]}"


def render(template: str, **values: Any) -> str:
    """The template filled in."""
    return _environment().get_template(template).render(**values)


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("sohoa.portal"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Passages of hits are HTML already: all but ``<mark>`` was escaped where they were made.
    environment.filters.update(passage=Markup, at=shown_at, day=day, moment=_moment, actor=_actor)
    environment.globals.update(static=static_path)
    return environment


def day(text: str) -> str:
    """An ISO date as people here write it; another text as it is."""
    parts = text.split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 and all(map(str.isdecimal, parts)) else text


def padded(text: str) -> str:
    """``2024-8-3`` and ``3/8/2024`` as ``2024-08-03``; another text as it is."""
    parts = text.split("-") if "-" in text else [*reversed(text.split("/"))]
    return "-".join(part.zfill(2) for part in parts) if all(map(str.isdecimal, parts)) else text


def _moment(text: str) -> str:
    """An ISO moment as people here read it; another text as it is."""
    try:
        return shown_at(datetime.fromisoformat(text))
    except ValueError:
        return text


def _actor(text: str) -> str:
    """Who did it: a person's name, or the account of a program."""
    return text.partition(":")[2] or text
