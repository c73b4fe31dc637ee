"""Every recognition engine reads the same pages the same way."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest

from ocr.engines.engine import Engine
from ocr.engines.opening import open_engine
from ocr.engines.tessdata import tessdata
from ocr.image import transform
from tests.support.drawn import PROSE, page, pixels


@pytest.fixture(scope="module", params=["tesserocr", "pytesseract"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return open_engine(request.param, "vie")


def test_printed_lines_are_read(engine: Engine) -> None:
    """A clean page of print comes back word for word, a line for each printed line."""
    lines = engine.recognise(transform.gray(pixels(page())), 200)
    assert [" ".join(word.text for word in line) for line in lines] == list(PROSE)


def test_words_carry_boxes_and_confidence(engine: Engine) -> None:
    """Boxes lie inside the image around dark pixels, confidence is between 0 and 1."""
    gray = transform.gray(pixels(page()))
    for line in engine.recognise(gray, 200):
        for word in line:
            crop = gray[word.box.y : word.box.bottom, word.box.x : word.box.right]
            assert crop.min() < 128
            assert 0.0 <= word.confidence <= 1.0


@pytest.mark.parametrize("shape", [(1, 1), (2, 300), (300, 200)])
def test_blank_images_have_no_words(engine: Engine, shape: tuple[int, int]) -> None:
    """White images of any size are read as nothing."""
    white = np.full(shape, 255, dtype=np.uint8)
    assert engine.recognise(white, 200) == ()
    assert engine.recognise_block(white, 200) == ()


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_turned_pages_are_noticed(engine: Engine, turns: int) -> None:
    """The engine names the quarter turns that bring a page upright."""
    gray = transform.gray(pixels(page(PROSE * 4)))
    turned = np.ascontiguousarray(np.rot90(gray, turns))
    assert engine.quarter_turns(turned, 200) == -turns % 4


def test_blocks_are_read(engine: Engine) -> None:
    """A crop of one line is read as that line."""
    crop = transform.gray(pixels(page()))[300:370]
    (line,) = engine.recognise_block(crop, 200)
    assert " ".join(word.text for word in line) == PROSE[0]


def test_nothing_is_left_in_temporary_folders(engine: Engine) -> None:
    """Reading leaves no file behind, in memory or on disk."""
    places = [Path(tempfile.gettempdir()), Path("/dev/shm")]  # noqa: S108 - only looked at
    before = {entry for place in places if place.is_dir() for entry in place.iterdir()}
    engine.recognise(transform.gray(pixels(page())), 200)
    after = {entry for place in places if place.is_dir() for entry in place.iterdir()}
    assert not {entry.name for entry in after - before if "tess" in entry.name}
    assert engine_folders(after) == engine_folders(before)


def engine_folders(entries: set[Path]) -> set[Path]:
    """Folders that hold links to memory files, as the command engine makes them."""
    return {entry for entry in entries if entry.is_dir() and (entry / "page.pgm").is_symlink()}


def test_version_names_engine_and_model(engine: Engine) -> None:
    """The version is fit for a record's provenance."""
    assert engine.version().startswith("tesseract 5")
    assert "vie" in engine.version()


def test_missing_model_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder without the model gives an error that says which model is missing."""
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(FileNotFoundError, match=r"vie\.traineddata"):
        tessdata("vie")


def test_unknown_engine_is_refused() -> None:
    """A name that no engine has is an error."""
    with pytest.raises(ValueError, match="unknown engine"):
        open_engine("abacus", "vie")
