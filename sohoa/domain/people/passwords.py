"""Which passwords a person may choose: length decides, not signs (NIST SP 800-63B, 5.1.1.2)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from ocr.vietnamese.folding import fold, letters
from sohoa.domain.errors import InvalidRequest
from sohoa.domain.vietnamese import nfc

SHORTEST, LONGEST = 12, 256
_FEWEST_LETTERS = 5
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "0123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_RUN = 3
_RUNS = tuple(
    row[start : start + _RUN][::way] for row in _ROWS for start in range(len(row) - 2) for way in (1, -1)
)
_COMMON = (
    *("password", "passw0rd", "matkhau", "admin", "sohoa", "luutru", "vietnam", "welcome", "letmein"),
    *("iloveyou", "anhyeuem", "emyeuanh", "toiyeu", "dragon", "monkey", "sunshine", "football"),
)


def as_compared(password: str) -> str:
    """The password in one spelling: keyboards write the same Vietnamese letter in several ways."""
    return nfc(password)


def check_password(password: str, login: str, name: str) -> None:
    """Raises ``InvalidRequest`` (code ``password``) for one that is too short or that anybody would try."""
    if not SHORTEST <= len(as_compared(password)) <= LONGEST:
        raise InvalidRequest("password", f"a password has {SHORTEST} to {LONGEST} letters", why="length")
    if any("\ud800" <= letter <= "\udfff" for letter in password):
        raise InvalidRequest("password", "a password is a text", why="text")
    if len(set(_own(password, (login, *name.split())))) < _FEWEST_LETTERS:
        raise InvalidRequest("password", "anybody would try this password: take several words", why="guessed")


def _own(password: str, known: Iterable[str]) -> str:
    """What remains of a password without what anybody would try: the person's names, common words, runs."""
    rest = fold(password)
    for piece in sorted(filter(None, chain(map(letters, known), _COMMON)), key=len, reverse=True):
        rest = rest.replace(piece, "")
    for run in _RUNS:
        rest = rest.replace(run, "")
    return rest
