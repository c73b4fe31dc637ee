"""``ocr/data/marks.yaml`` as it is delivered."""

from pathlib import Path

import yaml

from sohoa.domain.marks import load_marks

PATH = Path(__file__).parents[2] / "ocr" / "data" / "marks.yaml"
MARKS = load_marks(yaml.safe_load(PATH.read_text(encoding="utf-8")))
