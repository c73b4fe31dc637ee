"""What may happen to a record, an object, a batch, a list or an account: the actions of events, as stored."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """The name of an action in an event; names that are stored never change their meaning."""

    RECEIVED = "received"
    RECOGNISED = "recognised"
    SCREENED = "screened"
    DESCRIBED = "described"
    SEALED = "sealed"
    UNSEALED = "unsealed"
    ARCHIVED = "archived"
    SETTLED = "settled"
    RETRIED = "retry"
    RELEASED = "released"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    DECIDED = "decided"
    REVISED = "revised"
    REWEIGHED = "reweighed"
    ATTACHED = "attached"
    SPLIT_OFF = "split_off"
    SUPERSEDED = "superseded"
    RESTORED = "restored"
    ASSIGNED = "assigned"
    STEP_DONE = "step_done"
    SAMPLE_DRAWN = "sample_drawn"
    SAMPLE_CHECKED = "sample_checked"
    BATCH_ACCEPTED = "batch_accepted"
    BATCH_REFUSED = "batch_refused"
    PERSONAL_DATA_SHOWN = "personal_data_shown"
    ALIAS_FOUND = "alias_found"
    DOSSIERS_ENTERED = "files_entered"
    REGISTER_ENTERED = "register_entered"
    HOLDINGS_DECLARED = "holdings_declared"
    SNAPSHOT_MADE = "snapshot_made"
    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    ACCOUNT_ADDED = "account_added"
    RIGHTS_CHANGED = "rights_changed"
    RIGHTS_ASKED = "rights_asked"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_RESET = "account_reset"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  no password: the name of an action
    SECOND_FACTOR_SET = "second_factor_set"
    IDENTITY_LINKED = "identity_linked"
    TOKEN_MADE = "token_made"  # noqa: S105  no token: the name of an action
    TOKEN_REVOKED = "token_revoked"  # noqa: S105
    SEARCHED = "searched"
    VIEWED = "viewed"
    PICTURE_VIEWED = "picture_viewed"
    DOWNLOADED = "downloaded"
    EXPORTED = "exported"
    PRINTED = "printed"
    PACKED = "packed"
    IMPORTED = "imported"
    REFUSED = "refused"
    ACCESS_ASKED = "access_asked"
    ACCESS_GRANTED = "access_granted"
    ACCESS_DENIED = "access_denied"
    AUDITED = "audited"


ENTRIES = frozenset({Action.CORRECTED, Action.CONFIRMED})
"""Actions by which a person becomes the one who entered a value."""
