"""PP-OCRv6, the recogniser of handwriting in numbers, run by ONNX Runtime; the only module that knows it.

The model is a file of the package ``rapidocr`` (Apache-2.0, as is the model), pinned by its hash; the
package itself, made for whole pages, is not used. It reads digits well and drops Vietnamese marks.
"""

from __future__ import annotations

import functools
import hashlib
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from ocr.handwriting.digits import Emission
from ocr.image import decode
from ocr.image.raster import Gray

_PACKAGE = "rapidocr"
_MODEL = "rapidocr/models/PP-OCRv6_rec_small.onnx"
_SHA256 = "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"
_HEIGHT = 48
_LEAST_WIDTH = 16


class DigitReader:
    """Keeps the loaded model for the life of the object; about 85 MB. Not safe for threads."""

    def __init__(self) -> None:
        import onnxruntime  # type: ignore[import-untyped]  # ships no types

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(
            _model(), options, providers=["CPUExecutionProvider"]
        )
        signs = self._session.get_modelmeta().custom_metadata_map["character"].split("\n")
        self._input = self._session.get_inputs()[0].name
        columns = self._session.get_outputs()[0].shape[2]
        known = 1 + len(signs)
        last = columns if isinstance(columns, int) else known + 1
        self._alphabet = ("", *signs, *(" " for _ in range(last - known)))

    def signs(self, line: Gray) -> Emission:
        """Sign shares along one printed line of shape (height, width)."""
        width = max(_LEAST_WIDTH, round(line.shape[1] * _HEIGHT / line.shape[0]))
        scaled = decode.resized(line, width, _HEIGHT).astype(np.float32) / 127.5 - 1
        batch = np.broadcast_to(scaled, (1, 3, *scaled.shape))
        shares = self._session.run(None, {self._input: np.ascontiguousarray(batch)})[0][0]
        return Emission(shares, self._alphabet)


@functools.cache
def open_digit_reader() -> DigitReader:
    """The reader, kept for the life of the process."""
    return DigitReader()


def _model() -> bytes:
    """The model's bytes; raises ``RuntimeError`` when they are not those that were measured."""
    data = Path(str(metadata.distribution(_PACKAGE).locate_file(_MODEL))).read_bytes()
    if hashlib.sha256(data).hexdigest() != _SHA256:
        raise RuntimeError(f"{_MODEL} is not the model that is pinned; install the locked requirements")
    return data
