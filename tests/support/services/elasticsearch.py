"""Elasticsearch from Maven's repository: the minimal real node, with security and TLS."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import subprocess
import zipfile
from pathlib import Path

import httpx

from tests.support.services import machine
from tests.support.services.server import Server, tls

VERSION = "9.2.0"
_CHECKSUM = "bf44938a0490ba2a303d39c9cb64b38963dd08c812ce93e10816e878585bcb6b"
_ARTEFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
_JAVA = 21
PLACES = ("/usr/lib/jvm", "/opt")
_USER = "elastic"


def jdk() -> Path:
    """The home of a JDK of 21 or newer; raises ``Trouble`` when none is on this machine."""
    homes = [os.environ.get(name, "") for name in ("ES_JAVA_HOME", "JAVA_HOME")]
    places = [Path(home) for home in homes if home]
    for folder in PLACES:
        places += sorted(Path(folder).glob("*")) if Path(folder).is_dir() else []
    for place in places:
        release = place / "release"
        if (place / "bin" / "java").exists() and release.is_file():
            told = re.search(r'JAVA_VERSION="(\d+)', release.read_text(encoding="utf-8"))
            if told and int(told[1]) >= _JAVA:
                return place
    raise machine.Trouble(f"Elasticsearch needs a JDK of {_JAVA} or newer: install one, or set ES_JAVA_HOME")


def archive() -> Path:
    """The distribution's zip, fetched when the cache does not have it; its checksum is the pinned one."""
    kept = machine.cache_folder() / f"elasticsearch-{VERSION}.zip"
    if not kept.exists():
        _fetch(kept)
    with kept.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != _CHECKSUM:
            kept.unlink()
            raise machine.Trouble(f"{kept.name} has another checksum than the pinned one: start again")
    return kept


def prepare(folder: Path) -> Server:
    """Unpack the node into the folder and give it a password; returns what starts it, how to reach it."""
    java, port, password = jdk(), machine.free_port(), secrets.token_urlsafe(24)
    with zipfile.ZipFile(archive()) as packed:
        packed.extractall(folder)
    home = folder / f"elasticsearch-{VERSION}"
    certs, url = folder.parent / "tls", f"https://127.0.0.1:{port}"
    for name in ("public.crt", "private.key"):
        shutil.copy(certs / name, home / "config" / name)
    (home / "config" / "elasticsearch.yml").write_text(_settings(folder, port), encoding="utf-8")
    (home / "config" / "jvm.options.d").mkdir(exist_ok=True)
    (home / "config" / "jvm.options.d" / "heap.options").write_text(
        "-Xms1g\n-Xmx1g\n-XX:TieredStopAtLevel=1\n", encoding="utf-8"
    )
    for script in (home / "bin").iterdir():
        script.chmod(0o755)
    machine.own(folder)
    environment = {"ES_JAVA_HOME": str(java), "HOME": str(folder)}
    keystore = str(home / "bin" / "elasticsearch-keystore")
    machine.run([keystore, "create"], environment)
    machine.run([keystore, "add", "--stdin", "bootstrap.password"], environment, stdin=password)
    return Server(
        name="elasticsearch",
        command=(str(home / "bin" / "elasticsearch"),),
        environment=environment,
        ready=lambda: _answers(url, password, certs),
        settings={
            "SOHOA_INDEX__KIND": "elasticsearch",
            "SOHOA_INDEX__URL": url,
            "SOHOA_INDEX__USER": _USER,
            "SOHOA_INDEX__PASSWORD": password,
            "SOHOA_INDEX__CA_FILE": str(certs / "ca.crt"),
        },
    )


def _settings(folder: Path, port: int) -> str:
    return f"""\
cluster.name: sohoa-tests
discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
transport.port: {machine.free_port()}
path.data: {folder / "data"}
path.logs: {folder / "logs"}
cluster.routing.allocation.disk.threshold_enabled: false
xpack.security.enabled: true
xpack.security.http.ssl.enabled: true
xpack.security.http.ssl.key: private.key
xpack.security.http.ssl.certificate: public.crt
"""


def _answers(url: str, password: str, certs: Path) -> bool:
    health = httpx.get(
        f"{url}/_cluster/health", auth=(_USER, password), verify=tls(certs), trust_env=False, timeout=5
    )
    return health.is_success and health.json()["status"] in {"green", "yellow"}


def _fetch(kept: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise machine.Trouble("Elasticsearch is fetched by Maven: install it (maven)")
    fresh = kept.with_name(f"fetching-{os.getpid()}")
    plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
    command = [maven, "-q", "-B", plugin, f"-Dartifact={_ARTEFACT}", f"-DoutputDirectory={fresh}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    try:
        if done.returncode:
            raise machine.Trouble(f"Maven cannot fetch Elasticsearch: {done.stdout.strip()[-800:]}")
        next(fresh.glob("*.zip")).replace(kept)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
