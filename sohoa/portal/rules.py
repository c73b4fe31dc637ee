"""Which right each page needs; a page without a rule cannot be added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.rights import Right


@dataclass(frozen=True, slots=True)
class Rule:
    """Anybody at all, everybody who is signed in, or who has the right.

    ``signed_form``: a form must bear the sign of its session; not so one that changes nothing.
    ``scope``: of the API; who asks shows a token of that scope instead of a session.
    """

    signed_in: bool = True
    right: Right | None = None
    signed_form: bool = True
    scope: str = ""

    def allows(self, reader: Reader) -> bool:
        """Whether this page is for somebody who is signed in."""
        return self.right is None or reader.may(self.right)


ANYBODY = Rule(signed_in=False)
SIGNED_IN = Rule()
SEARCHES = Rule(right=Right.SEARCH)
REVIEWS = Rule(right=Right.REVIEW)
ACCOUNTS = Rule(right=Right.ACCOUNTS)
AUDITS = Rule(right=Right.AUDIT)

RULES: Mapping[str, Rule] = {
    "health": ANYBODY,
    "metrics": ANYBODY,  # on this machine alone: metrics.py
    "static": ANYBODY,
    "login": ANYBODY,
    "sign_in": ANYBODY,
    "sign_in_elsewhere": ANYBODY,
    "back_from_elsewhere": ANYBODY,
    "sign_out": SIGNED_IN,
    "password": SIGNED_IN,
    "change_password": SIGNED_IN,
    "second_factor": SIGNED_IN,
    "set_second_factor": SIGNED_IN,
    "people": ACCOUNTS,
    "confirm_rights": ACCOUNTS,
    "add_account": ACCOUNTS,
    "account": ACCOUNTS,
    "ask_rights": ACCOUNTS,
    "disable_account": ACCOUNTS,
    "reset_account": ACCOUNTS,
    "link_account": ACCOUNTS,
    "events": AUDITS,
    "events_export": AUDITS,
    "requests": SEARCHES,
    "ask_access": SEARCHES,
    "decide_access": Rule(right=Right.GRANT),
    "start": SIGNED_IN,
    "search": SEARCHES,
    "suggest": SEARCHES,
    "list": SEARCHES,
    "save_question": SEARCHES,
    "forget_question": SEARCHES,
    "browse": SEARCHES,
    "browse_agency": SEARCHES,
    "browse_dossier": SEARCHES,
    "record": SEARCHES,
    "personal_data": Rule(right=Right.PERSONAL),
    "page_picture": SEARCHES,
    "thumbnail": SEARCHES,
    "file": SEARCHES,
    "coverage": SEARCHES,
    "coverage_agency": SEARCHES,
    "coverage_records": SEARCHES,
    "coverage_objects": SEARCHES,
    "queue": REVIEWS,
    "assign": REVIEWS,
    "review": REVIEWS,
    "review_crop": REVIEWS,
    "decide": REVIEWS,
    "decide_again": Rule(right=Right.REVIEW, signed_form=False),
    "arrange": REVIEWS,
    "arranged": REVIEWS,
    "samples": REVIEWS,
    "sampled": REVIEWS,
    "api_description": ANYBODY,
    "api_records": Rule(right=Right.SEARCH, scope="records"),
    "api_record": Rule(right=Right.SEARCH, scope="records"),
    "api_page": Rule(right=Right.SEARCH, scope="records"),
    "api_coverage": Rule(right=Right.SEARCH, scope="coverage"),
    "api_review": Rule(right=Right.REVIEW, scope="review"),
}
"""The rule of each page by its name."""
