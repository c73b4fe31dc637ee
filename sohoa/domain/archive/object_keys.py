"""Object keys and the file names that hold them.

A file name that is not UTF-8 keeps its place in a listing: each such byte appears in the key as U+EF00
plus the byte (as in MirOS's OPTU-8, one to one), so that every key is valid Unicode and finds its file.
"""

from __future__ import annotations

import re

_STEERING = re.compile("[\0-\x08\n-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls of a terminal, line ends, marks that turn the direction of writing, halves of characters."""


def visible(text: str) -> str:
    """The text in one line with escapes for what would steer a terminal or a log: names come from outside."""
    return _STEERING.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _key_char(char: str) -> str:
    if "\udc80" <= char <= "\udcff":
        return chr(ord(char) - 0xDC00 + 0xEF00)
    if "\uef80" <= char <= "\uefff":
        return "".join(chr(0xEF00 + byte) for byte in char.encode())
    return char


def key_of_name(name: str) -> str:
    """The key for a file name or relative path as Python gives it (stray bytes as surrogates)."""
    return name if name.isascii() else "".join(map(_key_char, name))


def name_of_key(key: str) -> str:
    """The inverse of ``key_of_name``; a key that still has surrogates for stray bytes is taken as well."""
    if key.isascii():
        return key
    return "".join(chr(ord(char) - 0xEF00 + 0xDC00) if "\uef80" <= char <= "\uefff" else char for char in key)


def key_fault(key: str) -> str:
    """Why the key cannot name an object, or an empty text."""
    parts = key.split("/")
    if "\0" in key:
        return "a key cannot hold a NUL character"
    if not all(parts):
        return "a key cannot be empty, begin or end with '/', or hold '//'"
    if {".", ".."} & set(parts):
        return "a key cannot hold '.' or '..' as a folder"
    if any("\ud800" <= char <= "\udfff" and not "\udc80" <= char <= "\udcff" for char in key):
        return "a key must be valid Unicode"
    return ""
