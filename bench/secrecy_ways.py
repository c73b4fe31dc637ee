"""The ways in which a secrecy mark is there, and pages that only look as if; the same pages for a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from bench.corpus_texts import generator
from bench.secrecy_pages import BLACK, BLUE, FOOT, RED, TOP, VIOLET, Case, Imprint, Place, Scan, Way, drawn
from bench.secrecy_texts import HARMLESS, HEADINGS, LEVELS, NEAR_WORDS, PHRASES, URGENCIES
from tests.support.scanmaker.ageing import POOR, WORN

_Make = Callable[[random.Random], Way]
_SANS = ("Arimo-Bold", "Cousine-Bold", "Arimo-BoldItalic")
_PLAIN_SCAN = Scan()
_NOISY = replace(POOR, noise=14.0)
_EFFECTS = (
    "photographed",
    "curved",
    "held",
    "shaded",
    "coloured_paper",
    "bleed_through",
    "punched",
    "negative",
)
_FIELDS = (RED, (170, 20, 25), BLACK)


def cases(way: str, count: int, seed: int) -> Iterator[Case]:
    """That many pages of one way; a page depends on way, seed and its place alone."""
    for index in range(count):
        chance = generator(f"secrecy/{seed}/{way}/{index}")
        yield drawn(way, {**MARKED, **PLAIN}[way](chance), chance, secret=way in MARKED)


def _mark(chance: random.Random) -> Imprint:
    """A stamp of one of the levels, as the law wants it."""
    return Imprint(chance.choice(LEVELS), turned=chance.gauss(0, 0.9))


def _printed(chance: random.Random, at: Place | None) -> Imprint:
    """A mark printed with the paper: black, level, without a frame."""
    return replace(_mark(chance), at=at, ink=BLACK, depth=1.0, frames=0, turned=0.0)


def _urgent(chance: random.Random) -> Imprint:
    return replace(_mark(chance), text=chance.choice(URGENCIES), frames=1)


def _harmless(chance: random.Random) -> Imprint:
    return replace(_mark(chance), text=chance.choice(HARMLESS), frames=1)


def _one(
    make: Callable[[random.Random], Imprint],
    change: Callable[[random.Random, Imprint], Imprint] = lambda _, mark: mark,
    scan: Scan = _PLAIN_SCAN,
    page: int = 1,
) -> _Make:
    return lambda chance: Way((change(chance, make(chance)),), scan, page=page)


def _across(chance: random.Random) -> float:
    return chance.choice((0.2, 0.5, 0.8))


def _grey(chance: random.Random) -> Scan:
    return Scan(tone=chance.choice(("gray", "bilevel")))


def _near(chance: random.Random, scan: Scan = _PLAIN_SCAN, page: int = 1) -> Way:
    return Way(scan=scan, words=tuple(chance.sample(NEAR_WORDS, 4)), page=page)


def _headings(chance: random.Random) -> tuple[str, ...]:
    return tuple(f"={' '.join(lines)}" for lines in chance.sample(HEADINGS, 3))


MARKED: Mapping[str, _Make] = {
    "red_framed": _one(_mark),
    "red_one_frame": _one(_mark, lambda _, m: replace(m, frames=1)),
    "red_unframed": _one(_mark, lambda _, m: replace(m, frames=0, size_pt=15.0)),
    "black_framed": _one(_mark, lambda _, m: replace(m, ink=BLACK)),
    "blue_framed": _one(_mark, lambda _, m: replace(m, ink=BLUE)),
    "violet_unframed": _one(_mark, lambda _, m: replace(m, ink=VIOLET, frames=0, size_pt=15.0)),
    "faint_red": _one(_mark, lambda c, m: replace(m, depth=c.uniform(0.1, 0.25))),
    "faint_black": _one(_mark, lambda c, m: replace(m, ink=BLACK, depth=c.uniform(0.12, 0.3))),
    "faint_blue": _one(_mark, lambda c, m: replace(m, ink=BLUE, depth=c.uniform(0.12, 0.3))),
    "faint_grey_scan": _one(_mark, lambda c, m: replace(m, depth=c.uniform(0.15, 0.3)), Scan(tone="gray")),
    "askew": _one(_mark, lambda c, m: replace(m, turned=c.choice((-1, 1)) * c.uniform(3, 15))),
    "sideways": _one(
        _mark,
        lambda c, m: replace(m, turned=m.turned + c.choice((90, 270)), at=(c.choice((0.07, 0.93)), 0.3)),
    ),
    "upside_down": _one(_mark, lambda _, m: replace(m, turned=m.turned + 180)),
    "head_left": _one(lambda c: _printed(c, (0.18, TOP))),
    "head_right": _one(lambda c: _printed(c, (0.8, TOP))),
    "head_centre": _one(lambda c: _printed(c, (0.5, TOP))),
    "below_number": _one(lambda c: _printed(c, None)),
    "foot": _one(lambda c: _printed(c, (_across(c), FOOT))),
    "foot_stamp": _one(_mark, lambda c, m: replace(m, at=(_across(c), FOOT - 0.02))),
    "over_text": lambda c: Way(
        (replace(_mark(c), at=(c.uniform(0.3, 0.7), c.uniform(0.26, 0.32))),),
        words=tuple(c.sample(NEAR_WORDS, 3)),
    ),
    "white_on_red": _one(_mark, lambda c, m: replace(m, field=True, frames=0, ink=c.choice(_FIELDS))),
    "small": _one(_mark, lambda c, m: replace(m, size_pt=c.uniform(8, 10))),
    "large": _one(
        _mark,
        lambda c, m: replace(m, size_pt=c.uniform(22, 34), at=(0.5, 0.3), frames=c.choice((0, 1, 2))),
    ),
    "phrase_printed": _one(
        lambda c: _printed(c, (0.5, TOP)), lambda c, m: replace(m, text=c.choice(PHRASES))
    ),
    "phrase_stamped": _one(
        _mark, lambda c, m: replace(m, text=c.choice(PHRASES), size_pt=11.0, frames=c.choice((0, 1, 2)))
    ),
    "spaced": _one(
        lambda c: _printed(c, (0.25, TOP)), lambda c, m: replace(m, spacing=c.choice((1, 2, 3)), size_pt=14.0)
    ),
    "low_resolution": _one(_mark, scan=Scan(dpi=100)),
    "grey_scan": _one(_mark, scan=Scan(tone="gray")),
    "bilevel_scan": _one(_mark, scan=Scan(tone="bilevel")),
    "jpeg": _one(_mark, scan=Scan(jpeg=18)),
    "noisy": _one(_mark, scan=Scan(ageing=_NOISY)),
    "worn": _one(_mark, scan=Scan(ageing=WORN)),
    "photographed": _one(_mark, scan=Scan(photo=True, jpeg=70)),
    "outline": _one(_mark, lambda c, m: replace(m, hollow=True, size_pt=18.0, frames=c.choice((0, 1, 2)))),
    "sans": _one(_mark, lambda c, m: replace(m, face=c.choice(_SANS))),
    "second_page": _one(_mark, lambda c, m: replace(m, at=(c.uniform(0.2, 0.8), 0.05)), page=2),
    "second_page_printed": _one(lambda c: _printed(c, (_across(c), TOP)), page=2),
    **{f"on_{name}": _one(_mark, scan=Scan(effects=(name,))) for name in _EFFECTS},
    **{
        f"printed_on_{name}": _one(lambda c: _printed(c, (_across(c), TOP)), scan=Scan(effects=(name,)))
        for name in _EFFECTS
    },
}

PLAIN: Mapping[str, _Make] = {
    "nothing": lambda _: Way(),
    "near_words": _near,
    "near_words_low": lambda c: _near(c, Scan(dpi=100, ageing=WORN)),
    "near_words_second_page": lambda c: _near(c, page=2),
    "near_headings": lambda c: Way(heading=c.choice(HEADINGS)),
    "centred_headings": lambda c: Way(words=_headings(c)),
    "urgency_red": _one(_urgent),
    "urgency_blue": _one(_urgent, lambda c, m: replace(m, ink=c.choice((BLUE, VIOLET)))),
    "urgency_black": _one(_urgent, lambda _, m: replace(m, ink=BLACK)),
    "urgency_askew": _one(_urgent, lambda c, m: replace(m, turned=c.uniform(-12, 12))),
    "urgency_small": _one(
        _urgent,
        lambda c, m: replace(m, frames=c.choice((1, 2)), size_pt=8.5),
        Scan(ageing=WORN),
    ),
    "urgency_upside_down": _one(_urgent, lambda _, m: replace(m, turned=180.0)),
    "urgency_faint": _one(_urgent, lambda c, m: replace(m, depth=c.uniform(0.15, 0.3))),
    "urgency_grey": lambda c: Way((_urgent(c),), _grey(c)),
    "urgency_jpeg": _one(_urgent, scan=Scan(dpi=100, jpeg=25)),
    "other_stamps": _one(
        _harmless, lambda c, m: replace(m, at=(c.uniform(0.15, 0.85), c.uniform(0.05, 0.9)))
    ),
    "other_stamps_blue": _one(_harmless, lambda _, m: replace(m, ink=BLUE)),
    "other_stamps_grey": lambda c: Way((_harmless(c),), _grey(c)),
    "other_printed": _one(
        _harmless, lambda _, m: replace(m, ink=BLACK, depth=1.0, turned=0.0, at=(0.8, TOP))
    ),
    "field_of_red": _one(_harmless, lambda _, m: replace(m, field=True, frames=0)),
    "plain_worn": lambda _: Way(scan=Scan(ageing=POOR)),
    "plain_photographed": lambda c: _near(c, Scan(photo=True, jpeg=70)),
    **{f"plain_on_{name}": partial(_near, scan=Scan(effects=(name,))) for name in _EFFECTS},
    "plain_noisy": lambda _: Way(scan=Scan(ageing=_NOISY)),
    "german": lambda _: Way(foreign="german"),
    "english": lambda _: Way(foreign="english", scan=Scan(tone="gray")),
    "french": lambda _: Way(foreign="french", scan=Scan(tone="bilevel")),
}
