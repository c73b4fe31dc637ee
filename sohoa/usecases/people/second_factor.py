"""A person sets a second factor: from then on a code of their telephone belongs to the password."""

from __future__ import annotations

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import InvalidRequest
from sohoa.domain.people.account import Account, after_failure, kept_secret, with_second_factor
from sohoa.ports import NewEvent
from sohoa.usecases.people.services import SecondFactorServices
from sohoa.usecases.people.sign_in import Session, SignedIn, let_in, refusal, tried


def set_second_factor(
    services: SecondFactorServices, session: Session, password: str, secret: str, code: str, address: str = ""
) -> SignedIn:
    """Set it where the password is right and the code of the secret; all sessions end, a new one begins.

    Raises ``InvalidRequest``: ``old_password`` for a wrong password, and for any while the account is locked,
    ``code`` for a wrong code, both of which count as at signing in; ``second_factor`` where one is set: an
    administrator's reset takes it away.
    """
    account, at = session.account, services.clock.now()
    if account.totp_secret:
        raise InvalidRequest("second_factor", "a second factor is set")
    right = services.passwords.verify(account.password_hash, password)
    step = services.second_factors.step(secret, code, at)
    refused = list[str]()

    def change(now: Account) -> tuple[Account, NewEvent]:
        if not let_in(now, account, right, at):
            refused.append("old_password")
            return tried(account, right, address, at)(now)
        if now.totp_secret:
            raise InvalidRequest("second_factor", "the account was changed meanwhile")
        refused.append("" if step else "code")
        if not step:
            return after_failure(now, at), refusal(address, "code")
        told = {"address": address, "sha256": kept_secret(secret)}
        return with_second_factor(now, secret, step), NewEvent(
            session.reader.actor, Action.SECOND_FACTOR_SET, told
        )

    services.accounts.change(account.login, change, at)
    if refused[-1] == "old_password":
        raise InvalidRequest("old_password", "the password is wrong, or too many were")
    if refused[-1] == "code":
        raise InvalidRequest("code", "the code is wrong, or too many were")
    services.sessions.end_all(account.login)
    return SignedIn(services.sessions.open(account.login, at), must_change=False)
