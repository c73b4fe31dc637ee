"""Damaged and password-protected PDFs by pikepdf, which rebuilds broken cross-references."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf

from ocr.errors import Unreadable


def rewritten(path: Path) -> bytes:
    """The PDF written anew, in memory; raises ``Unreadable`` (encrypted, broken, no_pages)."""
    try:
        with pikepdf.open(path) as document:
            if not len(document.pages):
                raise Unreadable("no_pages")
            buffer = io.BytesIO()
            document.save(buffer)
            return buffer.getvalue()
    except pikepdf.PasswordError as error:
        raise Unreadable("encrypted", "opens only with a password") from error
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable("broken", f"cannot be repaired ({type(error).__name__})") from error
