"""What is published stays as it was, and whoever changes it is found: in ledger, chain and bucket."""

from __future__ import annotations

import json
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.errors import Unavailable
from sohoa.domain.protection.access import Reader
from sohoa.settings import load_settings
from sohoa.usecases.coverage.publish import manifest_of, publish_missing, published
from sohoa.usecases.coverage.snapshots import keep, last_day, write_snapshot
from sohoa.usecases.services import Services
from sohoa.wiring import open_services
from tests.support.buckets import client, remove
from tests.support.servers import needed, variables
from tests.support.site import ROOT, Site

OPERATOR = Reader("thử")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "home")
    made.run("init")
    return made


@pytest.fixture
def services(site: Site) -> Iterator[Services]:
    with open_services(load_settings(site.environment)) as opened:
        yield opened


def found_faults(site: Site) -> set[tuple[str, str]]:
    """Place and kind of all that ``verify`` names."""
    code, out, _ = site.ask("verify", "--json")
    found = {(fault["path"], fault["kind"]) for fault in json.loads(out)["faults"]}
    assert code == int(bool(found))
    return found


def change(site: Site, sql: str) -> None:
    with closing(sqlite3.connect(site.home / "ledger.sqlite")) as connection:
        assert connection.execute(sql).rowcount > 0
        connection.commit()


def test_who_changes_what_is_published_is_found(site: Site, services: Services) -> None:
    """Files changed or gone, figures and declarations in the ledger, torn chains: each is named."""
    write_snapshot(OPERATOR, services)
    (day,) = services.snapshots.days()
    folder = site.home / "reports" / "snapshots" / str(day)
    kept = (folder / "coverage.csv").read_bytes()
    (folder / "coverage.csv").write_bytes(kept.replace(b"0", b"1", 1))
    (folder / "summary.vi.txt").unlink()
    place = f"reports/snapshots/{day}"
    assert found_faults(site) == {
        (f"{place}/coverage.csv", "changed"),
        (f"{place}/summary.vi.txt", "missing"),
    }
    change(site, "UPDATE coverage_snapshots SET data = replace(data, '0', '1')")
    change(site, "DELETE FROM holdings WHERE number = 1")
    change(site, "UPDATE events SET actor = 'ai' WHERE subject IN ('snapshots', 'holdings')")
    assert found_faults(site) >= {
        (f"snapshots/{day}", "changed"),
        ("holdings", "ledger_differs"),
        ("holdings", "event_chain"),
        ("snapshots", "event_chain"),
    }


def test_who_died_while_publishing_costs_nothing(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was half written is written anew; a second time nothing is done."""
    day = last_day(services.clock.now())
    keep(OPERATOR, services, day)
    put, written = type(services.store).put, []

    def dying(store: object, bucket: str, key: str, data: bytes, *, replace: bool = False) -> object:
        if key.endswith(("manifest.json", "summary.en.txt")):
            raise Unavailable("away")
        written.append(key)
        return put(services.store, bucket, key, data, replace=replace)

    monkeypatch.setattr(type(services.store), "put", dying)
    with pytest.raises(Unavailable):
        publish_missing(OPERATOR, services)
    monkeypatch.undo()
    assert written
    assert not published(services)
    assert publish_missing(OPERATOR, services) == [day]
    told = published(services)[day].details["files"]
    manifest = manifest_of(services, day)
    assert manifest is not None
    assert manifest["files"] == told
    assert publish_missing(OPERATOR, services) == []


def test_a_ledger_that_was_restored_publishes_no_second_truth(
    site: Site, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    """The day was published with other figures before: these stay, later days go on, and verify names it."""
    write_snapshot(OPERATOR, services)
    (day,) = services.snapshots.days()
    change(site, "DELETE FROM events WHERE subject = 'snapshots'")
    change(site, "UPDATE coverage_snapshots SET sha256 = 'ab'")
    later = day + timedelta(days=1)
    keep(OPERATOR, services, later)
    before = manifest_of(services, day)
    assert publish_missing(OPERATOR, services) == [later]
    assert manifest_of(services, day) == before
    assert "other figures" in caplog.text
    assert (f"reports/snapshots/{day}", "changed") in found_faults(site)


def test_figures_that_are_told_otherwise_by_now_are_published_as_they_were(
    site: Site, services: Services
) -> None:
    """Only the ledger's own JSON goes out where the configuration has changed since."""
    day = last_day(services.clock.now())
    keep(OPERATOR, services, day)
    renamed = AgencyRegister(replace(agency, name=f"{agency.name} mới") for agency in services.agencies)
    assert publish_missing(OPERATOR, replace(services, agencies=renamed)) == [day]
    assert list(published(services)[day].details["files"]) == ["coverage.json"]
    snapshot = services.snapshots.snapshot(day)
    assert snapshot is not None
    assert (site.home / "reports" / "snapshots" / str(day) / "coverage.json").read_bytes() == snapshot.data


def test_on_an_object_store_it_is_the_same(tmp_path: Path) -> None:
    """Published into a bucket beside the archive, delivered to a prefix that an entry names."""
    store, token = needed("store").store, secrets.token_hex(5)
    names = {name: f"{name}-{token}" for name in ("inbox", "archive", "quarantine", "reports")}
    config = tmp_path / "config"
    shutil.copytree(ROOT / "config", config)
    for name in ("access_key", "secret_key"):
        (config / name).write_text(store.secret(name), encoding="utf-8")
    (config / "deliveries.yaml").write_text(
        f"""deliveries:
- {{name: kho, kind: s3, endpoint: "{store.endpoint}", bucket: nhan-{token}, prefix: so-hoa/,
    ca_file: "{store.ca_file}", access_key_file: access_key, secret_key_file: secret_key,
    formats: [json, pdf]}}
""",
        encoding="utf-8",
    )
    reaching = {n: v for n, v in variables().items() if n.startswith("SOHOA_STORE__")}
    buckets = {f"SOHOA_STORE__{name.upper()}_BUCKET": bucket for name, bucket in names.items()}
    site = Site(tmp_path / "home", {"SOHOA_CONFIG": str(config / "sohoa.yaml"), **reaching, **buckets})
    site.run("init")
    bare = client(store)
    bare.make_bucket(f"nhan-{token}")
    try:
        with open_services(load_settings(site.environment)) as opened:
            write_snapshot(OPERATOR, opened)
            (day,) = opened.snapshots.days()
        for _ in range(2):
            assert site.json("deliver")["deliveries"][0]["delivered"] == 1
        found = [(item.object_name, item.size) for item in bare.list_objects(f"nhan-{token}", recursive=True)]
        laid = {item.object_name: item.size for item in bare.list_objects(names["reports"], recursive=True)}
        files = [f"{day}/coverage.{form}" for form in ("json", "pdf")]
        assert found == [(f"so-hoa/{name}", laid[f"snapshots/{name}"]) for name in files]
        assert found_faults(site) == set()
    finally:
        for bucket in (*names.values(), f"nhan-{token}"):
            remove(bare, bucket)
