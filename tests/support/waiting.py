"""Small pictures that are read without recognition, for tests of what comes after it."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from sohoa.domain.archive.records import Reading
from sohoa.ports import FileFacts
from tests.support.sealing import read_page

_SIZE, _DPI = (300, 400), 72


class PlainRecogniser:
    """Reads every picture as a page with the same words."""

    def inspect(self, path: Path) -> FileFacts:
        """One page."""
        path.stat()
        return FileFacts("png", "png", 1)

    def read(self, path: Path, _facts: FileFacts) -> Reading:
        """The page."""
        path.stat()
        return Reading((read_page("Thông báo", size=_SIZE, dpi=_DPI),))


def pictures(folder: Path, count: int) -> Path:
    """A folder of pictures, none like another."""
    folder.mkdir()
    for number in range(count):
        picture = Image.new("RGB", _SIZE, "white")
        ImageDraw.Draw(picture).text((100, 200), str(number), fill="black")
        picture.save(folder / f"{number:02}.png", dpi=(_DPI, _DPI))
    return folder
