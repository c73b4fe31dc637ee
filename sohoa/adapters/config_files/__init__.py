"""Reads the files of ``config/``: agencies, receivers, holdings, people, targets, any other YAML.

Every fault is ``Misconfigured`` and names file, line or entry, key and what is wrong.
"""

from sohoa.adapters.config_files.agencies import read_agencies
from sohoa.adapters.config_files.deliveries import read_deliveries
from sohoa.adapters.config_files.holdings import read_holdings
from sohoa.adapters.config_files.people import read_people
from sohoa.adapters.config_files.strict_yaml import entries, load_yaml
from sohoa.adapters.config_files.targets import read_criteria, read_targets

__all__ = [
    "entries",
    "load_yaml",
    "read_agencies",
    "read_criteria",
    "read_deliveries",
    "read_holdings",
    "read_people",
    "read_targets",
]
