"""Reads the registers of ``config/``: agencies, declared holdings, and any other YAML list.

Every fault is ``Misconfigured`` and names file, line or entry, key and what is wrong.
"""

from sohoa.adapters.registers.agencies import read_agencies
from sohoa.adapters.registers.files import entries, load_yaml_register
from sohoa.adapters.registers.holdings import read_holdings
from sohoa.adapters.registers.people import read_people
from sohoa.adapters.registers.targets import read_targets

__all__ = [
    "entries",
    "load_yaml_register",
    "read_agencies",
    "read_holdings",
    "read_people",
    "read_targets",
]
