"""What was done is one unbroken chain a subject, and every account is as its own chain tells."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import groupby

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.event_chain import first_break
from sohoa.domain.people.account import NOBODY, Account, granted, kept_secret, rights_told, subject_of
from sohoa.domain.people.api_token import ApiToken
from sohoa.ports import AccessRequests, Accounts, ApiTokens, Event, EventLog
from sohoa.usecases.checks.faults import Fault, FaultKind

_GRANTS = (Action.ACCOUNT_ADDED, Action.RIGHTS_CHANGED)
_ASKED = (Action.ACCOUNT_ADDED, Action.RIGHTS_ASKED, Action.RIGHTS_CHANGED)
_FACTORS = (Action.SECOND_FACTOR_SET, Action.ACCOUNT_RESET, Action.IDENTITY_LINKED)
_PASSWORDS = (Action.ACCOUNT_ADDED, Action.ACCOUNT_RESET, Action.PASSWORD_CHANGED, Action.IDENTITY_LINKED)
_IDENTITIES = (Action.IDENTITY_LINKED, Action.ACCOUNT_RESET)


def broken_chains(events: EventLog, records: Container[str]) -> Iterator[Fault]:
    """Chains in which an event was changed, moved or torn off: of people, objects, batches, lists, holdings.

    Those of ``records`` are compared with the archive one by one.
    """
    for subject, chain in groupby(events.below(""), key=lambda event: event.subject):
        broken = None if subject in records else first_break(chain)
        if broken is not None:
            yield Fault(
                subject, FaultKind.EVENT_CHAIN, "an unbroken chain in the ledger", f"broken at {broken}"
            )


def account_faults(accounts: Accounts, events: EventLog) -> Iterator[Fault]:
    """Accounts that are gone, have other rights than were given to them, or are open though disabled."""
    known = {subject_of(account.login) for account in accounts.listed()} | {NOBODY}
    told = dict.fromkeys(event.subject for event in events.below(subject_of("")))
    for subject in told:
        if subject not in known:
            yield Fault(subject, FaultKind.ACCOUNT_DIFFERS, "an account", "none")
    for account in accounts.listed():
        subject = subject_of(account.login)
        chain = events.events(subject)
        if not chain or not _as_granted(account, chain):
            yield Fault(subject, FaultKind.ACCOUNT_DIFFERS, "name, roles and scope as given", "other")
        disabled = _closed(chain)
        if disabled != account.disabled:
            expected, found = ("disabled", "open") if disabled else ("open", "disabled")
            yield Fault(subject, FaultKind.ACCOUNT_DIFFERS, expected, found)


def token_faults(tokens: ApiTokens, events: EventLog) -> Iterator[Fault]:
    """Tokens that nobody made, that are other than they were made, or that were revoked and are there."""
    for token in tokens.listed():
        subject = subject_of(token.login)
        if _made(token, events.events(subject)) != token.told():
            yield Fault(subject, FaultKind.TOKEN_DIFFERS, "a token as it was made", token.token_id)


def request_faults(requests: AccessRequests, events: EventLog) -> Iterator[Fault]:
    """Requests for records that nobody made, or that are decided otherwise than their events tell."""
    for request in requests.listed():
        subject = subject_of(request.login)
        told = [e for e in events.events(subject) if e.details.get("request") == request.request_id]
        action = Action.ACCESS_ASKED
        if request.decided_at:
            action = Action.ACCESS_GRANTED if request.until else Action.ACCESS_DENIED
        if not told or told[-1].action != action or dict(told[-1].details) != request.told():
            yield Fault(
                subject, FaultKind.REQUEST_DIFFERS, "a request as its events tell", request.request_id
            )


def _made(token: ApiToken, chain: Sequence[Event]) -> dict[str, object] | None:
    """What the chain tells of a token's making; None where it was revoked, or never made."""
    told = [event for event in chain if event.details.get("token") == token.token_id]
    made = told and told[-1].action == Action.TOKEN_MADE
    return dict(told[-1].details) if made else None


def _as_granted(account: Account, chain: Sequence[Event]) -> bool:
    """Whether its chain begins with its making, and the last rights that it tells are the account's."""
    given = [event for event in chain if event.action in _GRANTS]
    return (
        chain[0].action == Action.ACCOUNT_ADDED
        and _tells(given[-1], granted(account))
        and all(event.details.get("asked_by") != event.actor for event in given)
        and _waits_as_asked(account, chain)
        and _password_as_set(account, chain)
        and _factor_as_set(account, chain)
        and _last_told(chain, _IDENTITIES) == account.identity
    )


def _tells(event: Event, told: Mapping[str, object]) -> bool:
    return all(event.details.get(name) == value for name, value in told.items())


def _waits_as_asked(account: Account, chain: Sequence[Event]) -> bool:
    """Whether what waits for a second person is what was asked last, by who asked it."""
    last, wish = [event for event in chain if event.action in _ASKED][-1], account.waiting
    asked = last.action == Action.RIGHTS_ASKED or bool(last.details.get("waits"))
    if wish is None or not asked:
        return wish is None and not asked
    later = (event.action for event in chain[chain.index(last) :])
    shut = wish.opens and Action.ACCOUNT_DISABLED in later
    return wish.by == last.actor and wish.shut == shut and _tells(last, rights_told(wish))


def _password_as_set(account: Account, chain: Sequence[Event]) -> bool:
    """Whether what is kept of the password is what was given or chosen last; old events do not say it."""
    last = [event for event in chain if event.action in _PASSWORDS][-1]
    if last.action == Action.IDENTITY_LINKED:
        return not account.password_hash
    return last.details.get("password") in (None, kept_secret(account.password_hash))


def _factor_as_set(account: Account, chain: Sequence[Event]) -> bool:
    """Whether the second factor is the one that its person set, none where none was set or it was reset."""
    told = [event for event in chain if event.action in _FACTORS][-1:]
    linked = bool(told) and told[0].action == Action.IDENTITY_LINKED
    kept = kept_secret(account.totp_secret) if account.totp_secret else ""
    return kept == ("" if linked else _last_told(chain, _FACTORS))


def _last_told(chain: Sequence[Event], actions: Sequence[Action]) -> str:
    """The digest of which the last event of these actions tells, empty for none."""
    last = [event for event in chain if event.action in actions][-1:]
    return str(last[0].details.get("sha256", "")) if last else ""


def _closed(chain: Sequence[Event]) -> bool:
    """Whether nobody is let in: disabled, or its first rights still wait for a second person."""
    closed = waits = False
    for event in chain:
        if event.action == Action.ACCOUNT_ADDED:
            closed = waits = bool(event.details.get("waits"))
        elif event.action == Action.RIGHTS_CHANGED and event.details.get("opens"):
            closed = waits = False
        elif event.action == Action.ACCOUNT_DISABLED:
            closed = True
        elif event.action == Action.ACCOUNT_RESET:
            closed = waits
    return closed
