"""Fixed moments for tests."""

from datetime import UTC, datetime

NOON = datetime(2024, 5, 1, 5, 0, 0, 250, tzinfo=UTC)
