"""Pages that are hard to read: kinds by name, each a document made into pages by ``hard_pages``."""

from tests.support.scanmaker.hard.kinds import EFFECTS, KINDS, HardPages, hard_pages

__all__ = ["EFFECTS", "KINDS", "HardPages", "hard_pages"]
