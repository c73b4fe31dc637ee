"""The words that agencies' names are told by, as they are delivered."""

from pathlib import Path

import yaml

from sohoa.domain.extract.agency_words import load_agency_words

PATH = Path(__file__).parents[2] / "sohoa" / "domain" / "extract" / "agency_words.yaml"
AGENCY_WORDS = load_agency_words(yaml.safe_load(PATH.read_text(encoding="utf-8")))
