"""The time of day in Vietnam, which persons see; what is stored and compared is UTC."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

# Kept without summer time since 1975: no zone database is needed.
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


def shown(at: datetime) -> str:
    """A moment as a person in Vietnam reads it, to the second."""
    return f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S}"
