"""Posts and authority marks of a signature block: ``TM.``, ``KT.``, ``TL.``, ``TUQ.``, ``Q.`` (box 7a)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ocr.vietnamese.folding import fold, letters
from ocr.vietnamese.posts import CUT_POST, POST, WHOLE_POST
from sohoa.domain.extract.slips import Slip, nearest
from sohoa.domain.extract.spelling import expand, sentence_case
from sohoa.domain.vietnamese import is_upper, nfc

_AUTHORITY = re.compile(
    r"^\W*(TM|T/M|KT|K/T|TL|T/L|TUQ|Q|QUYỀN)\s*[.,:]?\s+(?=[A-ZĐÀ-Ỹ])|^\W*(TM|KT|TL|TUQ|Q)[.]"
)
_NAMES = {"T/M": "TM", "K/T": "KT", "T/L": "TL", "QUYỀN": "Q"}
_ROUND = " .,:;_|"


def is_post(text: str, known: Sequence[str] = ()) -> bool:
    """Whether a line in capitals names a post, one of those ``known`` or one that rules tell."""
    text = nfc(text)
    read = _AUTHORITY.match(text) or names_post(text) or CUT_POST.match(fold(text))
    return is_upper(text, 0.7) and bool(read or nearest(trimmed(text), known))


def names_post(text: str) -> bool:
    """Whether a post stands anywhere in the text."""
    return bool(POST.search(fold(text)))


def trimmed(text: str) -> str:
    """The line without the ink at its ends."""
    return re.sub(r"^[\W_]+|[^\w)]+$", "", text).strip(_ROUND)


def deputy_of(text: str, known: Sequence[str]) -> str:
    """The post of who signs ``KT.`` another: his deputy; "" where no known post is named."""
    words = sentence_case(expand(_AUTHORITY.sub("", text))).split()
    posts = (" ".join(words[:end]) for end in range(len(words), 0, -1))
    post = next((post for post in posts if post in known), "")
    if not post or post.startswith("Phó"):
        return ""
    return "Thứ trưởng" if post == "Bộ trưởng" else f"Phó {post}"


def mended_post(position: str, known: Sequence[str], *, doubtful: bool) -> tuple[str, Slip]:
    """The position with the known post that begins it; what follows the post stays as it was read.

    A letter is mended only in a doubtful reading of the whole position: many posts differ by one.
    """
    words = position.split()
    start = 1 if words and words[0].endswith(".") else 0
    for end in range(len(words), start, -1):
        most = Slip.LETTER if doubtful and end == len(words) else Slip.MARKS
        found = nearest(" ".join(words[start:end]), known, most)
        if found is not None:
            post, how = found
            kept = position if how is Slip.NONE else " ".join([*words[:start], post, *words[end:]])
            return kept, how
    return position, Slip.NONE


def last_post(posts: Sequence[str]) -> str:
    """The last post without ink before it; ``PHÓ`` restored where ``KT.`` above it tells of a deputy."""
    last = posts[-1]
    if _AUTHORITY.match(last):
        return last
    words = last.split()
    start = next((i for i in range(len(words)) if WHOLE_POST.match(fold(" ".join(words[i:])))), 0)
    kept = " ".join(words[start:])
    above = [_AUTHORITY.sub("", text).strip() for text in posts[:-1] if authority_mark(text) == "KT"]
    if above and start and letters(above[-1]) == letters(kept):
        return f"PHÓ {kept}"
    return kept


def authority_mark(text: str) -> str:
    """``TM``, ``KT``, ``TL``, ``TUQ`` or ``Q`` at the line's start; "" for none."""
    match = _AUTHORITY.match(text)
    found = (match.group(1) or match.group(2)) if match else ""
    return _NAMES.get(found, found)


def cased(text: str) -> str:
    """The post as in running text, its authority mark before it."""
    mark = authority_mark(text)
    rest = sentence_case(expand(_AUTHORITY.sub("", text).strip(" \"'“”‘’*,;:|~")))
    return f"{mark}. {rest}" if mark else rest
