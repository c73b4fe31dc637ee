"""Files that a night must stand: damaged, extreme, odd of name, and good ones among them.

usage: python -m bench.odd_files FOLDER [--files 400] [--seed 1]

The same seed gives the same files. Then: ``sohoa ingest FOLDER --agency CODE``, ``sohoa nightly``,
``sohoa reconcile``, ``sohoa verify``: the night ends well, every file is in one state, nothing is at fault.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import sys
import zipfile
from collections.abc import Callable, Iterator
from itertools import count, cycle, islice
from pathlib import Path

import pikepdf
from PIL import Image

from bench.corpus_paper import Paper
from bench.corpus_papers import papers
from bench.corpus_texts import generator
from tests.support.scanmaker import as_jpeg, as_png, as_tiff, encrypted, render_document, truncated

_EXTREMES = ((1, 1), (2, 1), (3, 3), (2, 60_000), (60_000, 2), (9_000, 40), (40, 9_000), (12_000, 9_000))
_NAMES = (b"ten\xe9\xff.pdf", b"a\x1b[31mb.pdf", b"d\r\nong.pdf", "\u202efdp.exe.pdf".encode(), b"-rf.pdf",
          b" .pdf", "tệp".encode() * 20 + b".pdf", b"a'b\"c;d$(e).pdf", b"%2e%2e%2f.pdf")  # fmt: skip
_Made = tuple[bytes, bytes]
"""Name and content of a file."""


def main() -> None:
    """Make the files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for name, content in odd_files(given.files, given.seed):
        (given.folder / os.fsdecode(name)).write_bytes(content)
    sys.stdout.write(f"{len(list(given.folder.iterdir()))} files in {given.folder}\n")


def odd_files(number: int, seed: int) -> Iterator[_Made]:
    """That many files: one of each source in turn, as long as it has any."""
    good = list(papers(24, seed, odd=0.5))
    chance = generator(f"odd/{seed}")
    sources = [_papers(good), _damaged(good, chance), _damaged(good, chance), _extremes(), _names(good),
               _strange(chance), _damaged(good, chance)]  # fmt: skip
    return islice(_in_turn(sources), number)


def _in_turn(sources: list[Iterator[_Made]]) -> Iterator[_Made]:
    waiting = list(sources)
    while waiting:
        for source in list(waiting):
            made = next(source, None)
            if made is None:
                waiting.remove(source)
            else:
                yield made


def _papers(good: list[Paper]) -> Iterator[_Made]:
    for number, paper in enumerate(good):
        yield f"paper-{number:02d} {paper.name}.pdf".encode(), paper.pdf()


def _pictures(paper: Paper) -> list[tuple[str, bytes]]:
    page = render_document(paper.document, paper.ageing, 75, paper.seed)[0]
    return [
        ("jpg", as_jpeg(page, 75)),
        ("png", as_png(page.convert("L"), 75)),
        ("tif", as_tiff([page, page], 75)),
        ("pdf", paper.pdf()),
    ]


def _damaged(good: list[Paper], chance: random.Random) -> Iterator[_Made]:
    """Without end: files of every kind, hurt in one of the ways that disks, nets and programs have."""
    ways = (_flipped, _cut, _repeated, _zeroed, _joined)
    for number, paper in zip(count(), cycle(good)):
        for kind, data in _pictures(paper):
            way = chance.choice(ways)
            name = f"damaged-{chance.randrange(10**9):09d}-{number}-{way.__name__[1:]}.{kind}"
            yield name.encode(), way(data, chance)


def _flipped(data: bytes, chance: random.Random) -> bytes:
    hurt = bytearray(data)
    for _ in range(chance.choice((1, 8, 60))):
        hurt[chance.randrange(len(hurt))] ^= 1 << chance.randrange(8)
    return bytes(hurt)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return truncated(data, chance.uniform(0.02, 0.99))


def _repeated(data: bytes, chance: random.Random) -> bytes:
    at, size = chance.randrange(len(data)), chance.randrange(1, 2000)
    return data[:at] + data[at : at + size] * 3 + data[at:]


def _zeroed(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    size = min(len(data) - at, chance.choice((16, 512, 4096)))
    return data[:at] + bytes(size) + data[at + size :]


def _joined(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))] + data


def _extremes() -> Iterator[_Made]:
    formats = (("png", "PNG"), ("tif", "TIFF"), ("jpg", "JPEG"))
    for size in _EXTREMES:
        for ending, kind in formats:
            buffer = io.BytesIO()
            Image.new("L", size, 230).save(buffer, kind)
            yield f"size-{size[0]}x{size[1]}.{ending}".encode(), buffer.getvalue()


def _names(good: list[Paper]) -> Iterator[_Made]:
    for name, paper in zip(_NAMES, cycle(good), strict=False):
        yield name, as_jpeg(render_document(paper.document, paper.ageing, 75, paper.seed)[0], 75, 40)


def _strange(chance: random.Random) -> Iterator[_Made]:
    makers: tuple[tuple[str, Callable[[], bytes]], ...] = (
        ("empty.pdf", bytes),
        ("text.pdf", lambda: "Công văn".encode() * 40),
        ("zip.pdf", _zip),
        ("noise.pdf", lambda: b"%PDF-1.7\n" + chance.randbytes(20_000)),
        ("noise.jpg", lambda: chance.randbytes(9_000)),
        ("many.pdf", lambda: _blank(300, 72)),
        ("none.pdf", lambda: _blank(0, 72)),
        ("tiny.pdf", lambda: _blank(1, 1)),
        ("huge.pdf", lambda: _blank(1, 14_400)),
        ("beyond.pdf", lambda: _blank(1, 90_000)),
        ("locked.pdf", lambda: encrypted(_blank(1, 595), "x")),
        ("deep.pdf", _deep),
        ("endless.pdf", _endless),
    )
    for name, make in makers:
        yield f"strange-{name}".encode(), make()


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "0" * 1_000_000)
    return buffer.getvalue()


def _blank(pages: int, side: float) -> bytes:
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
            document.pages[-1].mediabox = pikepdf.Array([0, 0, side, side])
        return _saved(document)


def _deep() -> bytes:
    """A page tree of so many levels that a program which walks it by recursion ends."""
    with pikepdf.open(io.BytesIO(_blank(1, 595))) as document:
        page = document.pages[0].obj
        below = page
        for _ in range(3_000):
            below = document.make_indirect(
                pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=pikepdf.Array([below]), Count=1)
            )
        document.Root.Extra = below
        return _saved(document)


def _endless() -> bytes:
    """A form that draws itself."""
    with pikepdf.open(io.BytesIO(_blank(1, 595))) as document:
        form = document.make_stream(b"/X Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
                                    BBox=pikepdf.Array([0, 0, 595, 595]))  # fmt: skip
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        page = document.pages[0]
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        page.contents_add(b"/X Do")
        return _saved(document)


def _saved(document: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer, static_id=True)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
