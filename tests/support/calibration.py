"""``config/calibration.yaml`` as it is delivered."""

from pathlib import Path

import yaml

from sohoa.domain.extract.calibration import load_calibration

PATH = Path(__file__).parents[2] / "config" / "calibration.yaml"
CALIBRATION = load_calibration(yaml.safe_load(PATH.read_text(encoding="utf-8")))
