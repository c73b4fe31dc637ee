"""Messages between the pool and its workers."""

from __future__ import annotations

import enum
import pickle

import pytest

from ocr.page import Box, Mark, MarkKind
from ocr.process import messages

PACKAGES = messages.packages_of("ocr.source.files:inspect")


def received(value: object) -> object:
    return messages.unpack_plain(messages.pack(value)[messages.LENGTH_BYTES :], PACKAGES)


def test_data_classes_and_enumerations_arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    """They arrive whole, also where enumerations pickle themselves by name as in Python 3.11.0 to 3.11.3."""
    mark = Mark(MarkKind.STAMP, "ĐẾN", Box(1, 2, 3, 4))
    assert received(mark) == mark
    monkeypatch.setattr(enum.Enum, "__reduce_ex__", lambda self, _: (getattr, (type(self), self.name)))
    assert received(mark) == mark


def test_functions_do_not_arrive() -> None:
    """Whatever would run on arrival is refused."""
    for hostile in (print, getattr, pickle.loads):
        with pytest.raises(pickle.UnpicklingError):
            received(hostile)
