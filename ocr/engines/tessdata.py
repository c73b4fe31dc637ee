"""Where Tesseract's language models are."""

from __future__ import annotations

import os
from pathlib import Path

_PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract-ocr/tessdata",
    "/usr/local/share/tessdata",
)


def tessdata(language: str) -> Path:
    """The folder that holds the models of ``vie`` or ``vie+eng``; TESSDATA_PREFIX comes first.

    Raises FileNotFoundError that names the missing model.
    """
    given = os.environ.get("TESSDATA_PREFIX")
    places = [Path(given), Path(given) / "tessdata"] if given else [Path(place) for place in _PLACES]
    models = [f"{part}.traineddata" for part in language.split("+")]
    for place in places:
        if all((place / model).is_file() for model in models):
            return place
    raise FileNotFoundError(f"no folder with {', '.join(models)}: install the model or set TESSDATA_PREFIX")
