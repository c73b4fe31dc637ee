"""Sohoa: the digitization and electronic archive of a province's non-secret papers; docs/architecture.md."""
