"""The codes of provinces and of telephones as they are delivered."""

from pathlib import Path

import yaml

from sohoa.domain.protection.personal_codes import load_personal_codes

PATH = Path(__file__).parents[2] / "sohoa" / "domain" / "protection" / "personal_codes.yaml"
CODES = load_personal_codes(yaml.safe_load(PATH.read_text(encoding="utf-8")))
