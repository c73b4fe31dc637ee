"""A signer's name that the engine did not read surely: a seal, a pen or a script face lies in the way.

Coloured ink is bright in one of its channels: the brightest of the three shows the print through it, and the
engine reads the room below the last post once more. Where that is not sure the reader of handwriting, which
is hardly disturbed by ink, reads bands of the room; the name on which most bands agree stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ocr.engines.engine import Engine
from ocr.handwriting.digits import SignReader, line_text
from ocr.image import clean
from ocr.image.raster import Gray, Pixels
from ocr.image.transform import excess
from ocr.page import Box, Line, Mark, MarkKind, Word, Zone
from ocr.recognition import printed_names
from ocr.vietnamese.folding import fold
from ocr.vietnamese.personal_names import GIVEN_NAMES, restored_family, spelled
from ocr.vietnamese.posts import ENGLISH_POST, POST

_MM_PER_INCH = 25.4
_ROOM_MM = 55.0  # below the post: room for a signature and a seal, and the name
_ASIDE_MM = 45.0  # from the post's middle to each side
_BAND_MM, _STEP_MM = 7.0, 1.0
_LEAST_COLUMNS_MM = 12.0
_INK = 170
_MARGIN_PX = 6
_WHITE = 255
_SURE_PRINT, _SURE_NAME = 0.8, 0.7
_LEAST_SHARE = 0.7  # mean share of a band's signs
_LEAST_BANDS = 2
_BEYOND = 3  # bands without a name, after one: the print is read
_WHOLE = 3  # words: of two the first may be lost
_RED, _LEAST_RED = 42, 200  # of the channels' difference; pixels
_PALE = 25  # per cent of the red ink that is darker: print shines through
_DARKEST = 1  # per cent of a view that is its darkest
_DARK, _FAINT, _BARE = 60, 110, 210  # brightness of print, of faint print at least, of paper at least
_WORDS = range(2, 6)
_LEFT_SHARE = 0.42  # of the page: whoever signs alone stands right of this
_UPPER_SHARE = 0.15
_CAPITALS = 0.7
_GIVEN = frozenset(map(fold, GIVEN_NAMES))
_ACTS = re.compile(r"^\W*(?:T/?M|K/?T|T/?L|TUQ)\b")
_ONE = re.compile(r"(?<!\w)1(?=[^\W\d_])")  # a small ``l`` looks so
_TITLE_WORDS = frozenset({"sư", "sĩ", "sỹ"})
_LETTERS = re.compile(r"[A-ZĐ]'[^\W\d_]+|[^\W\d_]+?(?=[A-ZĐ]'|[\W\d_]|$)")


def read(
    pixels: Pixels, dpi: int, lines: Sequence[Line], engine: Engine, open_reader: Callable[[], SignReader]
) -> Mark | None:
    """The name below the page's last post, as a mark; None where there is none or the engine read it.

    ``lines`` are what was read, boxes in the pixels.
    """
    post = _last_post(lines, *pixels.shape[:2])
    if post is None:
        return None
    room = _below(post, dpi, *pixels.shape[:2])
    if room.h <= 0 or _is_named(lines, room):
        return None
    views = [clean.flattened(view, dpi) for view in _views(pixels, lines, room)]
    darker = [_darkened(view) for view in views if _is_faint(view)]
    rows = [fold(" ".join(word.text for word in row)) for row in _names(lines, room)]
    printed = printed_names.read([*views, *darker], dpi, engine)
    if printed is not None and fold(printed.text) in rows:
        printed = None  # the engine's own reading is no second one
    if printed is not None and printed.is_sure:
        return _mark(printed.text, printed.box, room)
    reader = open_reader()
    best = _best(views, dpi, reader) or _whole(_best(darker, dpi, reader))
    name = printed_names.together(printed, best.name if best else "")
    seen = best or printed
    return _mark(name, seen.box, room) if name and seen else None


def _mark(name: str, box: Box, room: Box) -> Mark:
    return Mark(MarkKind.STAMP, name, replace(box, x=room.x + box.x, y=room.y + box.y))


def _best(views: Sequence[Gray], dpi: int, reader: SignReader) -> _Reading | None:
    bands = (band for view in views for band in _bands(view, dpi))
    return _most_agreed(_readings(bands, reader))


def _whole(reading: _Reading | None) -> _Reading | None:
    """The reading, if no word of the name is lost: what a pen crosses in faint print often is."""
    return reading if reading and len(reading.name.split()) >= _WHOLE else None


@dataclass(frozen=True, slots=True)
class _Reading:
    """The name that a band says ("" for none), where it is in the room."""

    name: str
    box: Box


def _readings(bands: Iterable[tuple[Box, Gray]], reader: SignReader) -> Iterator[_Reading]:
    """What the bands say, up to those above the name that several say."""
    names, since = Counter[str](), 0
    for box, band in bands:
        text, share = line_text(reader.signs(band))
        name = name_at_end(text) if share >= _LEAST_SHARE and not text.isupper() else ""
        yield _Reading(name, box)
        names[fold(name)] += len(name.split()) >= _WHOLE
        since = 0 if name else since + 1
        if since >= _BEYOND and max(names.values()) >= _LEAST_BANDS:
            return


def _most_agreed(readings: Iterable[_Reading]) -> _Reading | None:
    """The name that several bands have: a whole one, then the longest: the reader drops letters."""
    named = [reading for reading in readings if reading.name]
    votes = Counter(fold(reading.name) for reading in named)
    agreed = (reading for reading in named if votes[fold(reading.name)] >= _LEAST_BANDS)

    def worth(reading: _Reading) -> tuple[bool, int, int]:
        name = fold(reading.name)
        return len(name.split()) >= _WHOLE, len(name), votes[name]

    return max(agreed, key=worth, default=None)


def _last_post(lines: Sequence[Line], height: int, width: int) -> Box | None:
    """The lowest line in capitals on the right that names a post."""
    posts = (
        line.box
        for line in lines
        if line.box.middle[0] > _LEFT_SHARE * width
        and (line.box.y > _UPPER_SHARE * height or line.zone is Zone.FOOT_RIGHT)
        and _is_capital(line.text)
        and (_ACTS.match(line.text) or any(post.search(fold(line.text)) for post in (POST, ENGLISH_POST)))
    )
    return max(posts, key=lambda box: box.y, default=None)


def _is_capital(text: str) -> bool:
    signs = [sign for sign in text if sign.isalpha()]
    return sum(sign.isupper() for sign in signs) > _CAPITALS * len(signs)


def _below(post: Box, dpi: int, height: int, width: int) -> Box:
    room, aside = (round(side / _MM_PER_INCH * dpi) for side in (_ROOM_MM, _ASIDE_MM))
    middle = round(post.middle[0])
    left, right = max(0, middle - aside), min(width, middle + aside)
    return Box(left, post.bottom, right - left, min(height, post.bottom + room) - post.bottom)


def name_rows(lines: Sequence[Line], dpi: int, height: int, width: int) -> list[list[Word]]:
    """What may be a name below the last post of a page of that size: words with capitals in a row."""
    post = _last_post(lines, height, width)
    return list(_names(lines, _below(post, dpi, height, width))) if post else []


def _names(lines: Sequence[Line], room: Box) -> Iterator[list[Word]]:
    rows = ([word for word in line.words if room.holds(word.box.middle)] for line in lines)
    return (row for row in rows if len(row) in _WORDS and _is_written_as_name(row))


def _is_named(lines: Sequence[Line], room: Box) -> bool:
    """Whether a line of words with capitals was surely read there: a name, a title before it."""
    return any(all(word.confidence >= _SURE_NAME for word in row) for row in _names(lines, room))


def _is_written_as_name(row: Sequence[Word]) -> bool:
    if ENGLISH_POST.match(fold(" ".join(word.text for word in row))):
        return False
    return all(word.text[:1].isupper() or word.text in _TITLE_WORDS for word in row)


def _views(pixels: Pixels, lines: Sequence[Line], room: Box) -> Iterator[Gray]:
    """The room's brightness, and the same stretched so that red ink is as bright as the paper."""
    part = pixels[room.y : room.bottom, room.x : room.right]
    shade = _bare(part, lines, room)
    yield shade
    ink = excess(part[:, :, 0], np.maximum(part[:, :, 1], part[:, :, 2])) > _RED
    if ink.sum() >= _LEAST_RED:
        level = max(1.0, float(np.percentile(shade[ink], _PALE)))
        yield np.minimum(shade * (_WHITE / level), _WHITE).astype(np.uint8)


def _is_faint(view: Gray) -> bool:
    """Whether it bears ink, none of it dark."""
    return _FAINT < float(np.percentile(view, _DARKEST)) < _BARE


def _darkened(view: Gray) -> Gray:
    """The view, faint ink of a carbon copy or a worn ribbon as dark as print is."""
    darkest = float(np.percentile(view, _DARKEST))
    wide = (view.astype(np.float32) - darkest) * ((_WHITE - _DARK) / max(1.0, _WHITE - darkest)) + _DARK
    dark: Gray = wide.clip(0, _WHITE).astype(np.uint8)
    return dark


def _bare(part: Pixels, lines: Sequence[Line], room: Box) -> Gray:
    """The room's brightness without the lines that reach into it from beside."""
    shade: Gray = part.max(axis=2)
    beside = (line for line in lines if line.box.x < room.x and line.confidence >= _SURE_PRINT)
    for box in (word.box for line in beside for word in line.words):
        top, left = max(0, box.y - room.y), max(0, box.x - room.x)
        shade[top : max(0, box.bottom - room.y), left : max(0, box.right - room.x)] = _WHITE
    return shade


def _bands(shade: Gray, dpi: int) -> Iterator[tuple[Box, Gray]]:
    """Strips as high as a line of script that bear enough ink for a name, cut to it, with their boxes.

    From below: under a name is nothing, above it a seal and a signature.
    """
    high, step, least = (side / _MM_PER_INCH * dpi for side in (_BAND_MM, _STEP_MM, _LEAST_COLUMNS_MM))
    for top in range(shade.shape[0] - round(high), -1, -max(1, round(step))):
        band = shade[top : top + round(high)]
        columns = np.flatnonzero((band < _INK).sum(axis=0) > 1)
        if len(columns) >= least:
            left, right = max(0, int(columns[0]) - _MARGIN_PX), int(columns[-1]) + 1 + _MARGIN_PX
            cut = np.ascontiguousarray(band[:, left:right])
            yield Box(left, top, cut.shape[1], cut.shape[0]), cut


def name_at_end(text: str) -> str:
    """The name that ends the text, its glued words parted; "" for none.

    Large and small letters of one shape are read as they come; words of which most are small are no name.
    """
    runs = _LETTERS.findall(_ONE.sub("l", text))
    words = [word for run in runs for word in _parted(run)]
    ends = [words[start:] for start in range(len(words) - 1) if len(words) - start in _WORDS]
    named = [end for end in ends if 2 * sum(word[0].isupper() for word in end) >= len(end)]
    whole = (spelled(" ".join(end)) for end in named if len(end) >= _WHOLE or len(end[0]) > 1)
    mended = (spelled(" ".join([family, *end[1:]])) for end in named if (family := _family(end[0])))
    return next(filter(None, (*whole, *mended)), "")


def _family(word: str) -> str:
    """The family name whose first letter was spoilt; what is a given name is none."""
    return "" if fold(word) in _GIVEN else restored_family(word)


def _parted(run: str) -> list[str]:
    """Words that were read as one, cut before each capital: ``HoDuc``; one in capitals stays."""
    starts = [
        i for i in range(1, len(run) - 1) if run[i].isupper() and run[i + 1].islower() and run[i - 1] != "'"
    ]
    ends = [*starts, len(run)]
    return [run[begin:end] for begin, end in zip([0, *starts], ends, strict=True)]
