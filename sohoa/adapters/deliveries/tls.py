"""TLS to receivers: always verified, by the system's authorities or by one file of the site's own."""

from __future__ import annotations

import ssl
from pathlib import Path

from sohoa.domain.errors import Misconfigured


def verifying(ca_file: Path | None) -> ssl.SSLContext:
    """A context that demands a valid certificate of that host; raises ``Misconfigured`` for a bad file."""
    try:
        return ssl.create_default_context(cafile=None if ca_file is None else str(ca_file))
    except OSError as error:  # ssl.SSLError is one, too
        raise Misconfigured(f"ca_file {ca_file} cannot be read: {error.strerror or error}") from error


def untrusted(error: BaseException | None) -> bool:
    """Whether a certificate that is not trusted is behind the error."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
