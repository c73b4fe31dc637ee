"""The province's sign-in service by OpenID Connect Core 1.0: authorization code with PKCE (Authlib)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, KeySet

from sohoa.domain.errors import InvalidRequest, Misconfigured, Unavailable
from sohoa.domain.people.identity import Identity

_ALGORITHMS = ("RS256", "PS256", "ES256", "Ed25519", "EdDSA")
"""Of signatures by a key that only the service has: never ``none``, never the shared secret."""
_WAIT_S, _LEEWAY_S = 10, 120
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class OidcProvider:
    """The ``IdentityProvider`` port; ``back`` is the portal's address to which browsers return.

    The service describes itself and its keys anew at each sign-in, so that it may change both.
    """

    def __init__(
        self, issuer: str, client_id: str, client_secret: str, back: str, ca_file: Path | None = None
    ) -> None:
        self._issuer, self._client_id, self._client_secret, self._back = (
            issuer, client_id, client_secret, back
        )  # fmt: skip
        self._verify: bool | str = str(ca_file) if ca_file else True

    @property
    def issuer(self) -> str:
        """Its name in its tokens, a URL."""
        return self._issuer

    def begin(self, state: str, nonce: str, verifier: str) -> str:
        """Where a browser is sent to sign in; raises ``Unavailable`` while the service does not answer."""
        with self._errors(), self._session() as session:
            endpoint = self._described()["authorization_endpoint"]
            address, _ = session.create_authorization_url(
                endpoint, state=state, code_verifier=verifier, nonce=nonce
            )
        return str(address)

    def identify(self, code: str, verifier: str, nonce: str, at: datetime) -> Identity:
        """Who came back with that code.

        Raises ``InvalidRequest`` (``identity``) where the service or its token does not prove it.
        """
        with self._errors(), self._session() as session:
            described = self._described()
            try:
                given = session.fetch_token(
                    described["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                    timeout=_WAIT_S,
                )
                keys = _keys(self._fetched(described["jwks_uri"]))
                return self._proved(given, keys, nonce, at)
            except (AuthlibBaseError, JoseError, KeyError, TypeError, ValueError) as error:
                told = getattr(error, "error", "") or type(error).__name__
                raise InvalidRequest("identity", f"the sign-in service proved nothing: {told}") from error

    def _proved(self, given: Mapping[str, Any], keys: KeySet, nonce: str, at: datetime) -> Identity:
        token = jwt.decode(given["id_token"], keys, algorithms=list(_ALGORITHMS))
        wanted = {
            "iss": {"essential": True, "value": self._issuer},
            "aud": {"essential": True, "value": self._client_id},
        }
        asked = {
            "nonce": nonce, "client_id": self._client_id, "access_token": given.get("access_token"),
        }  # fmt: skip
        claims = CodeIDToken(token.claims, token.header, wanted, asked)
        claims.validate(now=int(at.timestamp()), leeway=_LEEWAY_S)
        methods = frozenset(map(str, claims.get("amr") or ()))
        return Identity(self._issuer, str(claims["sub"]), methods, str(claims.get("acr") or ""))

    def _session(self) -> OAuth2Session:
        session = OAuth2Session(
            self._client_id,
            self._client_secret,
            scope="openid",
            redirect_uri=self._back,
            code_challenge_method="S256",
        )
        session.verify = self._verify
        return session

    def _described(self) -> Mapping[str, str]:
        """How the service describes itself (OpenID Connect Discovery 1.0)."""
        found = self._fetched(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != self._issuer or not all(isinstance(found.get(n), str) for n in _ENDPOINTS):
            raise Misconfigured(f"{self._issuer} describes another sign-in service: see oidc.issuer")
        return {name: str(found[name]) for name in _ENDPOINTS}

    def _fetched(self, address: str) -> dict[str, Any]:
        answer = requests.get(address, timeout=_WAIT_S, verify=self._verify)
        answer.raise_for_status()
        found = answer.json()
        if not isinstance(found, dict):
            raise Unavailable(f"{address} does not answer as a sign-in service does")
        return found

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (requests.RequestException, OSError) as error:
            raise Unavailable(f"the sign-in service {self._issuer} does not answer") from error


def _keys(published: Mapping[str, Any]) -> KeySet:
    """The keys of the service; those of a kind that is not known here are passed over (RFC 7517, 5)."""
    read = []
    for key in published.get("keys", ()):
        with suppress(JoseError, KeyError, TypeError, ValueError):
            read.append(JWKRegistry.import_key(key))
    return KeySet(read)
