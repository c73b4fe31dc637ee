"""Frames of a TIFF that are pages, and such as only show another one smaller."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from ocr.image import decode

_REDUCED = 254


def tiff(path: Path, *frames: tuple[tuple[int, int], bool]) -> Path:
    """A TIFF of frames of those sizes; the second value says that the frame is marked as a reduced one."""
    pictures, kinds = [], []
    for place, (size, reduced) in enumerate(frames):
        pictures.append(Image.new("L", size, 40 * place))
        kinds.append(ImageFileDirectory_v2())
        kinds[-1][_REDUCED] = int(reduced)
    for picture, kind in zip(pictures, kinds, strict=True):
        picture.encoderinfo = {"tiffinfo": kind}
    pictures[0].save(path, "TIFF", save_all=True, append_images=pictures[1:], tiffinfo=kinds[0])
    return path


@pytest.mark.parametrize("after", [True, False])
def test_a_thumbnail_is_no_page(tmp_path: Path, *, after: bool) -> None:
    """A small copy of the page before it is passed over, at the end and between two pages."""
    page, small, second = ((200, 280), False), ((50, 70), True), ((210, 300), False)
    path = tiff(tmp_path / "a.tif", *((page, second, ((52, 75), True)) if after else (page, small, second)))
    assert decode.check(path, 10, 1_000_000) == 2
    with Image.open(path) as image:
        assert list(decode.frames(image)) == ([0, 1] if after else [0, 2])
    assert [decode.rasterise(path, n, 1_000_000).scan is not None for n in (1, 2)] == [True, True]


@pytest.mark.parametrize("size", [(200, 280), (60, 40), (120, 168)])
def test_what_only_says_that_it_is_a_thumbnail_is_a_page(tmp_path: Path, size: tuple[int, int]) -> None:
    """A frame as large as the page, or of another shape, may hold what nobody has looked at: it is read."""
    path = tiff(tmp_path / "a.tif", ((200, 280), False), (size, True))
    assert decode.check(path, 10, 1_000_000) == 2
    assert decode.check(tiff(tmp_path / "b.tif", (size, True)), 10, 1_000_000) == 1
