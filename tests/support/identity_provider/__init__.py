"""A real OpenID Connect provider (npm's oidc-provider) as a process of the tests."""

from __future__ import annotations

import fcntl
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

HERE = Path(__file__).parent
SECRET = "a secret that only this test has"
BACK = "http://127.0.0.1:8081/login/oidc/back"


@dataclass(frozen=True)
class Provider:
    """The running service; ``issuer`` is its address."""

    issuer: str
    process: subprocess.Popen[str]

    def stop(self) -> None:
        """The service is away from now on."""
        self.process.terminate()
        self.process.wait(timeout=10)

    def sign_in(self, address: str, person: str) -> str:
        """Where a browser ends up that is sent there and signs in as that person."""
        with httpx.Client(headers={"x-person": person}) as browser:
            for _ in range(10):
                if address.startswith(BACK):
                    return address
                answer = browser.get(address)
                assert answer.is_redirect, answer.text
                address = str(answer.next_request.url) if answer.next_request else ""
        raise AssertionError(f"it never came back: {address}")


@contextmanager
def running() -> Iterator[Provider]:
    """The service on a port of its own."""
    _installed()
    command = ["node", "provider.mjs", SECRET, BACK]
    with subprocess.Popen(
        command, cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield Provider(process.stdout.readline().strip(), process)
        finally:
            process.kill()


def _installed() -> None:
    """Its packages, once on a machine, whoever asks first."""
    with (HERE / ".installing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (HERE / "node_modules" / ".package-lock.json").exists():
            environment = {**os.environ, "npm_config_update_notifier": "false"}
            subprocess.run(
                ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"],
                cwd=HERE, env=environment, check=True, timeout=300,
            )  # fmt: skip
