"""MinIO, built from source once: the last version of the archived project, as a real S3 server."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from pathlib import Path

import httpx

from tests.support.services import machine
from tests.support.services.server import Server, tls

VERSION = "v0.0.0-20260212201848-7aac2a2c5b7c"
_MODULE = "github.com/minio/minio"
_CHECKSUM = "h1:/qdoYujxF5MBLDMVLeiYJ/7fBa1HikX39Dvzb9Ji8pA="


def program() -> Path:
    """The server's binary, built when the cache does not have it (about 8 minutes on 2 cores)."""
    built = machine.cache_folder() / f"minio-{VERSION}"
    if built.exists():
        return built
    go = shutil.which("go")
    if go is None:
        raise machine.Trouble(
            "MinIO needs the Go compiler (1.24 or newer) to be built: install it (golang-go)"
        )
    fresh = machine.cache_folder() / f"building-{os.getpid()}"
    command = [go, "install", f"{_MODULE}@{VERSION}"]
    done = subprocess.run(
        command, env={**os.environ, "GOBIN": str(fresh)}, cwd="/", capture_output=True, text=True, check=False
    )
    try:
        if done.returncode:
            raise machine.Trouble(f"MinIO cannot be built: {done.stderr.strip()[-800:]}")
        told = machine.run([go, "version", "-m", str(fresh / "minio")], {"HOME": "/", "GOTOOLCHAIN": "local"})
        if _CHECKSUM not in told:
            raise machine.Trouble("the source of MinIO has another checksum than the pinned one")
        (fresh / "minio").chmod(0o755)
        (fresh / "minio").replace(built)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return built


def prepare(folder: Path) -> Server:
    """What starts MinIO with its data in the folder, and how to reach it."""
    binary, port = program(), machine.free_port()
    user, password = f"u{secrets.token_hex(8)}", secrets.token_urlsafe(24)
    url = f"https://127.0.0.1:{port}"
    (folder / "data").mkdir()
    certs = folder.parent / "tls"
    return Server(
        name="minio",
        command=(
            str(binary), "server", "--quiet", "--address", f"127.0.0.1:{port}", "--certs-dir", str(certs),
            str(folder / "data"),
        ),
        environment={
            "MINIO_ROOT_USER": user,
            "MINIO_ROOT_PASSWORD": password,
            "MINIO_BROWSER": "off",
            "MINIO_CI_CD": "on",
            "HOME": str(folder),
        },
        ready=lambda: httpx.get(f"{url}/minio/health/live", verify=tls(certs), trust_env=False).is_success,
        settings={
            "SOHOA_STORE__KIND": "s3",
            "SOHOA_STORE__ENDPOINT": url,
            "SOHOA_STORE__ACCESS_KEY": user,
            "SOHOA_STORE__SECRET_KEY": password,
            "SOHOA_STORE__CA_FILE": str(certs / "ca.crt"),
        },
    )  # fmt: skip
