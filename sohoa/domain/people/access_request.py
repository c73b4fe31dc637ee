"""A person's request to see one restricted record for a while, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sohoa.domain.errors import InvalidRequest

LONGEST_GRANT_DAYS = 30
MOST_WAITING = 20
REASON_LETTERS = (10, 500)
"""The least and the most letters of a reason that somebody gives."""
_LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """Who asks for which record, and why; ``decided_by`` the person who decided, ``until`` when it ends.

    A refused one has been decided and has no end.
    """

    request_id: str
    login: str
    record_id: str
    reason: str
    asked_at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    until: datetime | None = None

    def standing(self, at: datetime) -> str:
        """How it stands: waiting, refused, granted, or ended."""
        if self.decided_at is None:
            return "waiting"
        if self.until is None:
            return "refused"
        return "granted" if at < self.until else "ended"

    def told(self) -> dict[str, object]:
        """The request as events tell it."""
        until = self.until.isoformat() if self.until else ""
        return {"request": self.request_id, "record": self.record_id, "reason": self.reason, "until": until}


def checked_request(request: AccessRequest) -> AccessRequest:
    """The request itself; raises ``InvalidRequest`` for one without a record or a reason."""
    if not 0 < len(request.record_id) <= _LONGEST_ID:
        raise InvalidRequest("record", "name the record by its id")
    least, most = REASON_LETTERS
    if not least <= len(request.reason) <= most:
        raise InvalidRequest("reason", f"a reason has {least} to {most} letters")
    return request


def decided(request: AccessRequest, by: str, at: datetime, days: int | None) -> AccessRequest:
    """The request as decided: granted for so many days, refused for None; raises ``InvalidRequest``."""
    if request.decided_at is not None:
        raise InvalidRequest("decided", f"{request.decided_by} has decided before")
    if days is not None and not 1 <= days <= LONGEST_GRANT_DAYS:
        raise InvalidRequest("days", f"a grant is for 1 to {LONGEST_GRANT_DAYS} days")
    return replace(request, decided_by=by, decided_at=at, until=at + timedelta(days=days) if days else None)
