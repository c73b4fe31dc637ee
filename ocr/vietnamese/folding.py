"""Text without marks, as printed words are compared."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Lower case, without marks, only letters and digits, single spaces."""
    plain = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())
