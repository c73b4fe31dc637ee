"""The containers: pinned, limited, watched, reachable from this machine only, no secret in sight."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from sohoa.settings import load_settings

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
LASTING = sorted(name for name, service in SERVICES.items() if service.get("restart") != "no")
each_service = pytest.mark.parametrize("name", sorted(SERVICES))


def secrets_made(folder: Path) -> Path:
    """What ``scripts/secrets`` makes, in a folder of the test's own."""
    script = folder / "scripts" / "secrets"
    script.parent.mkdir(exist_ok=True)
    shutil.copy(ROOT / "scripts" / "secrets", script)
    subprocess.run([str(script)], check=True, capture_output=True)
    return folder / "secrets"


def test_compose_accepts_the_file() -> None:
    """The real Compose reads the file with all profiles and resolves it."""
    if shutil.which("docker") is None and shutil.which("go") is None:
        pytest.skip("neither docker nor go is here")
    told = subprocess.run(
        [str(ROOT / "scripts" / "compose-config"), "--", "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert set(json.loads(told.stdout)["services"]) == set(SERVICES)


@each_service
def test_images_are_pinned(name: str) -> None:
    """Every image has a version; nobody gets another one tomorrow."""
    image, _, version = SERVICES[name]["image"].partition(":")
    assert image
    assert re.search(r"\d+[.-]\d+", version), image
    assert image != "minio/minio"


@each_service
def test_services_have_limits(name: str) -> None:
    """No service can eat the machine; none gains rights."""
    limits = SERVICES[name]["deploy"]["resources"]["limits"]
    assert {"cpus", "memory", "pids"} <= set(limits)
    assert "no-new-privileges:true" in SERVICES[name]["security_opt"]
    assert "privileged" not in SERVICES[name]


@pytest.mark.parametrize("name", LASTING)
def test_services_are_watched(name: str) -> None:
    """Every service that goes on running has a health check."""
    assert SERVICES[name]["healthcheck"]["test"]


@each_service
def test_ports_are_on_loopback(name: str) -> None:
    """What is published can be reached from this machine only."""
    assert all(str(port).startswith("127.0.0.1:") for port in SERVICES[name].get("ports", ()))
    assert "network_mode" not in SERVICES[name]


@each_service
def test_no_secret_stands_in_the_file(name: str) -> None:
    """Variables that carry secrets name a file or a command that reads one."""
    for variable, value in SERVICES[name].get("environment", {}).items():
        if re.search(r"PASSWORD|SECRET|_KEY|SQL_ALCHEMY_CONN|BROKER|BACKEND|ROOT_USER", variable):
            assert variable.endswith(("_FILE", "_CMD")), variable
        assert not re.search(r"://[^/@\s]*:[^/@\s]*@", str(value)), variable


def test_every_secret_is_made(tmp_path: Path) -> None:
    """``scripts/secrets`` makes each secret that the file names, and services use only those."""
    made = {path.name for path in secrets_made(tmp_path).iterdir()}
    named = {name: Path(entry["file"]).name for name, entry in COMPOSE["secrets"].items()}
    assert set(named) == set(named.values())
    assert made == {*named, "ca.key"}
    used = {
        use if isinstance(use, str) else use["source"]
        for service in SERVICES.values()
        for use in service.get("secrets", ())
    }
    assert used == set(named)


def test_the_portal_holds_nothing_of_airflow() -> None:
    """Whoever breaks into what people reach finds Sohoa's own secrets and home, not the orchestrator's."""
    portal = SERVICES["portal"]
    given = {str(name) for name in portal["environment"]}
    read = {Path(str(value)).name for value in portal["environment"].values() if "/run/secrets" in str(value)}
    assert not [name for name in given if name.startswith("AIRFLOW")]
    assert set(portal["secrets"]) == read
    assert {str(volume).partition(":")[0] for volume in portal["volumes"]} == {"sohoa-home", "./config"}


def test_secrets_are_random_private_and_kept(tmp_path: Path) -> None:
    """Each installation has its own values, behind a folder for its owner, and a repeat changes nothing."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, other = secrets_made(tmp_path / "a"), secrets_made(tmp_path / "b")
    before = {path.name: path.read_bytes() for path in first.iterdir()}
    for name, value in before.items():
        assert len(value) >= 16, name
        assert value != (other / name).read_bytes(), name
    assert first.stat().st_mode & 0o777 == 0o700
    secrets_made(tmp_path / "a")
    assert {path.name: path.read_bytes() for path in first.iterdir()} == before


def test_certificates_fit_the_services(tmp_path: Path) -> None:
    """Each server's certificate is signed by the site's authority and bears the name that clients call."""
    folder = secrets_made(tmp_path)
    for name in ("object-store", "elasticsearch", "portal"):
        command = ["openssl", "verify", "-CAfile", "ca.crt", "-verify_hostname", name, f"{name}.crt"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        assert name in SERVICES


def test_sohoa_finds_its_settings(tmp_path: Path) -> None:
    """What the containers get is a valid configuration of servers, with secrets from files."""
    folder = secrets_made(tmp_path)
    given = {
        name: str(value).replace("/run/secrets", str(folder))
        for name, value in SERVICES["scheduler"]["environment"].items()
        if name.startswith("SOHOA_")
    }
    settings = load_settings(given)
    assert (settings.store.kind, settings.ledger.kind, settings.index.kind) == (
        "s3", "postgresql", "elasticsearch",
    )  # fmt: skip
    for section, name in (
        (settings.store, "secret_key"), (settings.ledger, "password"), (settings.index, "password"),
    ):  # fmt: skip
        assert section.secret(name)
    assert settings.store.ca_file is not None
    assert settings.store.ca_file.is_file()


def test_git_never_sees_the_secrets() -> None:
    """The folder of secrets is ignored by git and by image builds."""
    done = subprocess.run(["git", "check-ignore", "--quiet", "secrets/any"], cwd=ROOT, check=False)
    assert done.returncode in (0, 128)  # 128: an unpacked archive without git
    assert (ROOT / ".dockerignore").read_text("utf-8").startswith("*\n")
