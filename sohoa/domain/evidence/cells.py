"""Texts in the cells of tables that spreadsheets open."""

from __future__ import annotations

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def printable(text: str) -> str:
    """The text without control characters, which no workbook can hold."""
    return "".join(char for char in text if char in "\t\n" or not _is_control(char))


def _is_control(char: str) -> bool:
    return char < " " or "\x7f" <= char <= "\x9f" or char in "\ufffe\uffff"


def harmless(text: str) -> str:
    """The text with a leading apostrophe where a spreadsheet would run it as a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text
