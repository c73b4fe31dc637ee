"""Sends snapshots to an HTTPS endpoint as one signed JSON document; docs/feeds.md says how to check it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import httpx

from sohoa.adapters.deliveries.tls import untrusted, verifying
from sohoa.domain.coverage.deliveries import Parcel, Receipt, Result

_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
_LATER = frozenset({408, 425, 429})
_SERVER_ERROR = 500


class WebhookCourier:
    """POSTs to ``url``; the receiver knows a repeat by ``Idempotency-Key`` and answers 2xx once more.

    ``secret`` is asked for at each attempt. Neither redirects nor proxies of the environment are followed.
    """

    repeats = True

    def __init__(
        self, url: str, secret: Callable[[], str], ca_file: Path | None, now: Callable[[], datetime]
    ) -> None:
        self._url, self._secret, self._ca_file, self._now = url, secret, ca_file, now

    def carry(self, parcel: Parcel) -> Receipt:
        """One request; raises ``Misconfigured`` for a secret or an authority that cannot be read."""
        body, stamp = envelope(parcel), str(int(self._now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "sohoa",
            "Idempotency-Key": parcel.key,
            "X-Sohoa-Timestamp": stamp,
            "X-Sohoa-Signature": f"v1={signature(self._secret(), stamp, body)}",
        }
        client = httpx.Client(
            verify=verifying(self._ca_file), timeout=_TIMEOUT, trust_env=False, follow_redirects=False
        )
        try:
            # What is answered besides the status is not read: nobody here vouches for it.
            with client, client.stream("POST", self._url, content=body, headers=headers) as answer:
                return _receipt(answer.status_code)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            if untrusted(error):
                return Receipt(Result.REFUSED, "chứng thư số của máy nhận không được tin cậy (xem ca_file)")
            return Receipt(Result.AWAY, f"không gửi được: {type(error).__name__}")


def signature(secret: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA256, in hexadecimal, over the time stamp, a point and the body."""
    return hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()


def envelope(parcel: Parcel) -> bytes:
    """The body: the same bytes at every attempt. Its shape is ``parcel.json`` among the schemas."""
    files = [
        {
            "name": file.name,
            "media_type": file.media_type,
            "sha256": file.sha256,
            "content": base64.b64encode(file.data).decode(),
        }
        for file in parcel.files
    ]
    data = {
        "version": 1,
        "delivery": parcel.delivery,
        "day": parcel.day.isoformat(),
        "snapshot_sha256": parcel.sha256,
        "language": parcel.language,
        "summary": parcel.summary,
        "files": files,
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True).encode()


def _receipt(status: int) -> Receipt:
    if httpx.codes.is_success(status):
        return Receipt(Result.DELIVERED, f"HTTP {status}")
    away = status in _LATER or status >= _SERVER_ERROR
    return Receipt(Result.AWAY if away else Result.REFUSED, f"máy nhận trả lời HTTP {status}")
