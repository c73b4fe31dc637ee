"""What the mark for tests that kill servers lets pass, and what not."""

from __future__ import annotations

import gc
import socket
import ssl
import time
import warnings
from contextlib import suppress

import pytest

from tests.support.services.private import KILLS


@KILLS
def test_a_socket_that_was_reset_before_its_handshake_is_no_leak() -> None:
    """The ssl module leaves it open; were the mark too narrow, this test would end with the warning."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        plain = socket.create_connection(listener.getsockname())
    time.sleep(0.1)
    with suppress(ConnectionError):
        ssl.create_default_context().wrap_socket(plain, server_hostname="localhost")
    gc.collect()


@KILLS
def test_a_socket_that_is_left_open_is_a_leak_in_those_tests_too() -> None:
    """Only the warning of a socket without another end is let pass."""
    ends = "family=2, type=1, proto=6, laddr=('127.0.0.1', 5), raddr=('127.0.0.1', 6)"
    with pytest.raises(ResourceWarning, match="raddr"):
        warnings.warn(f"unclosed <ssl.SSLSocket fd=5, {ends}>", ResourceWarning, stacklevel=1)
