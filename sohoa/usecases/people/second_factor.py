"""A person sets a second factor: from then on a code of their telephone belongs to the password."""

from __future__ import annotations

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import InvalidRequest
from sohoa.domain.people.account import Account, kept_secret, with_second_factor
from sohoa.ports import NewEvent
from sohoa.usecases.people.services import SecondFactorServices
from sohoa.usecases.people.sign_in import Session, SignedIn, tried


def set_second_factor(
    services: SecondFactorServices, session: Session, password: str, secret: str, code: str, address: str = ""
) -> SignedIn:
    """Set it where the password is right and the code of the secret; all sessions end, a new one begins.

    Raises ``InvalidRequest``: ``old_password`` for a wrong password, which counts as at signing in, ``code``
    for a wrong code, ``second_factor`` where one is set: an administrator's reset takes it away.
    """
    account, at = session.account, services.clock.now()
    if account.totp_secret:
        raise InvalidRequest("second_factor", "a second factor is set")
    if not services.passwords.verify(account.password_hash, password):
        services.accounts.change(account.login, tried(account, False, address, at), at)
        raise InvalidRequest("old_password", "the password is wrong")
    step = services.second_factors.step(secret, code, at)
    if not step:
        raise InvalidRequest("code", "the code is wrong")

    def change(now: Account) -> tuple[Account, NewEvent]:
        if now.totp_secret or now.password_hash != account.password_hash or not now.admits(at):
            raise InvalidRequest("second_factor", "the account was changed meanwhile")
        details = {"address": address, "sha256": kept_secret(secret)}
        return with_second_factor(now, secret, step), NewEvent(
            session.reader.actor, Action.SECOND_FACTOR_SET, details
        )

    services.accounts.change(account.login, change, at)
    services.sessions.end_all(account.login)
    return SignedIn(services.sessions.open(account.login, at), must_change=False)
