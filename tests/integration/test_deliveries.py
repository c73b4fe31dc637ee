"""Published snapshots reach other systems: signed, once each, whatever is away meanwhile."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from prometheus_client.parser import text_string_to_metric_families

from sohoa.adapters.clock import SystemClock
from sohoa.domain.archive.actions import Action
from sohoa.domain.coverage.deliveries import Parcel, Receipt
from sohoa.domain.errors import NotFound
from sohoa.domain.protection.access import Reader
from sohoa.settings import load_settings
from sohoa.usecases.coverage.deliver import deliver, send_again
from sohoa.usecases.coverage.publish import publish_missing
from sohoa.usecases.coverage.snapshots import keep, write_snapshot
from sohoa.usecases.services import Services
from sohoa.wiring import open_services
from tests.support.answers import faults, schemas
from tests.support.receivers import (
    PASSWORD,
    SECRET,
    USER,
    Endpoint,
    Mailbox,
    authority,
    listening,
    mail_server,
)
from tests.support.site import ROOT, Site

OPERATOR = Reader("thử")


class Quick(SystemClock):
    """Waits no time, and may be set ahead."""

    ahead = timedelta()

    def now(self) -> datetime:
        return super().now() + self.ahead

    def sleep(self, seconds: float) -> None:
        pass


@dataclass
class Province:
    """A home whose configuration is its own, and systems that receive its snapshots."""

    site: Site
    config: Path
    endpoint: Endpoint
    mailbox: Mailbox
    folder: Path

    def receivers(self, *entries: str) -> None:
        """Configure these, each an entry in YAML's flow form."""
        text = "".join(f"  - {{{entry}}}\n" for entry in entries)
        (self.config / "deliveries.yaml").write_text(f"deliveries:\n{text}", encoding="utf-8")

    @contextmanager
    def opened(self) -> Iterator[Services]:
        with open_services(load_settings(self.site.environment)) as services:
            yield replace(services, clock=Quick())

    def deliver(self, **more: bool) -> dict[str, Any]:
        """One run; what it leaves, by receiver."""
        with self.opened() as services:
            answer = deliver(OPERATOR, services, **more)
        assert not list(faults("deliver", answer))
        return {row["name"]: row for row in answer["deliveries"]}

    @property
    def webhook(self) -> str:
        return (
            f"name: bao-cao, kind: https, url: '{self.endpoint.url}', ca_file: tls/ca.crt,"
            " secret_file: khoa.txt, formats: [json, csv]"
        )

    @property
    def mail(self) -> str:
        return (
            f"name: lanh-dao, kind: email, host: 127.0.0.1, port: {self.mailbox.port}, ca_file: tls/ca.crt,"
            f" user: {USER}, password_file: thu.txt, sender: so-hoa@tinh.example,"
            " recipients: [vp@tinh.example, snv@tinh.example], formats: [html, csv]"
        )

    def events(self, name: str) -> list[str]:
        with self.opened() as services:
            return [event.action for event in services.events.events(f"deliveries/{name}")]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a configuration, and a home with a published snapshot."""
    folder = tmp_path_factory.mktemp("kept")
    config = folder / "config"
    shutil.copytree(ROOT / "config", config)
    for name in ("tls", "other"):
        authority(config / name)
    (config / "khoa.txt").write_text(f"{SECRET}\n", encoding="utf-8")
    (config / "thu.txt").write_text(PASSWORD, encoding="utf-8")
    (config / "sai.txt").write_text("khong-phai", encoding="utf-8")
    site = Site(folder / "home", {"SOHOA_CONFIG": str(config / "sohoa.yaml")})
    site.run("init")
    with open_services(load_settings(site.environment)) as services:
        write_snapshot(OPERATOR, services)
    return folder


@pytest.fixture
def province(kept: Path, tmp_path: Path) -> Iterator[Province]:
    """A copy of it; endpoint and mail server are up."""
    shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
    config = tmp_path / "config"
    site = Site(tmp_path / "home", {"SOHOA_CONFIG": str(config / "sohoa.yaml")})
    with ExitStack() as stack:
        endpoint = stack.enter_context(listening(Endpoint(), config / "tls"))
        mailbox = stack.enter_context(mail_server(Mailbox(), config / "tls"))
        made = Province(site, config, endpoint, mailbox, tmp_path / "share")
        made.folder.mkdir()
        yield made


def test_every_receiver_gets_the_snapshot_once(province: Province) -> None:
    """Endpoint, people and folder get the published bytes; a second run of any kind sends nothing."""
    shelf = f"name: dieu-hanh, kind: folder, path: '{province.folder}', formats: [json], language: en"
    province.receivers(province.webhook, province.mail, shelf)
    done = province.deliver()
    assert [(row["delivered"], row["waiting"], row["attempts"]) for row in done.values()] == [(1, 0, 1)] * 3
    (body,) = province.endpoint.taken.values()
    Draft202012Validator(schemas()["parcel.json"]).validate(body)
    day, sha256 = body["day"], body["snapshot_sha256"]
    files = {file["name"]: base64.b64decode(file["content"]) for file in body["files"]}
    published = province.site.home / "reports" / "snapshots" / day
    assert files == {name: (published / name).read_bytes() for name in ("coverage.json", "coverage.csv")}
    assert hashlib.sha256(files["coverage.json"]).hexdigest() == sha256
    assert body["summary"].startswith("Độ phủ số hoá đến hết ngày ")
    (message,) = province.mailbox.messages
    assert message["Subject"].startswith("Báo cáo độ phủ số hoá đến hết ngày ")
    text = message.get_body(("plain",))
    assert text is not None
    assert "Toàn tỉnh: 0\u00a0%; 0 trên 20 văn bản" in text.get_content()
    attached = {part.get_filename(): part.get_payload(decode=True) for part in message.iter_attachments()}
    assert attached == {n: (published / n).read_bytes() for n in ("coverage.html", "coverage.csv")}
    laid = province.folder / day / "coverage.json"
    assert laid.read_bytes() == files["coverage.json"]
    for more in ({}, {"fresh": False}, {"due": True}):
        province.deliver(**more)
    assert (len(province.endpoint.keys), len(province.mailbox.messages)) == (1, 1)
    assert province.events("bao-cao") == [Action.DELIVERY_BEGUN, Action.DELIVERED]
    assert province.site.json("verify")["faults"] == []


def test_no_secret_is_shown(province: Province) -> None:
    """Neither secrets nor a key in an address stand in answers, files for pages, metrics or events."""
    province.receivers(province.webhook, province.mail)
    province.endpoint.answers = [403]
    code, out, told = province.site.ask("deliver")
    assert code == 3, told
    out += province.site.run("deliveries", "--json") + province.site.run("settings")
    reports = province.site.home / "reports"
    out += "".join(
        (reports / name).read_text("utf-8") for name in ("deliveries.json", "sohoa-deliveries.prom")
    )
    with province.opened() as services:
        out += repr([*services.events.below("deliveries/"), *services.dispatches.listed()])
    assert "bao-cao" in out
    for secret in (SECRET, PASSWORD, "khoa=rieng"):
        assert secret not in out + told


def test_who_is_down_gets_it_later_and_once(province: Province) -> None:
    """Nobody listens: it waits, the others get theirs; an hour later it is sent, once."""
    with listening(Endpoint(), province.config / "tls") as other:
        port = other.port
    down = province.webhook.replace(str(province.endpoint.port), str(port))
    province.receivers(down, province.mail)
    done = province.deliver()
    assert (done["bao-cao"]["waiting"], done["bao-cao"]["attempts"]) == (1, 3)
    assert done["lanh-dao"]["delivered"] == 1
    (waiting,) = done["bao-cao"]["dispatches"]
    assert datetime.fromisoformat(waiting["next_at"]) > datetime.fromisoformat(waiting["changed_at"])
    assert province.deliver(fresh=False, due=True)["bao-cao"]["attempts"] == 3, "it is not due yet"
    with listening(Endpoint(port=port), province.config / "tls") as up, province.opened() as services:
        Quick.ahead = timedelta(hours=1)
        try:
            deliver(OPERATOR, services, fresh=False, due=True)
            deliver(OPERATOR, services)
        finally:
            Quick.ahead = timedelta()
    assert (len(up.keys), len(up.taken)) == (1, 1)
    assert province.events("bao-cao").count(Action.DELIVERY_FAILED) == 3
    assert province.events("bao-cao")[-1] == Action.DELIVERED


def test_a_repeat_is_known_by_its_key(province: Province) -> None:
    """What was taken but answered with an error is sent again under the same key, with the same body."""
    province.receivers(province.webhook)
    province.endpoint.answers = [500, 503]
    done = province.deliver()
    assert (done["bao-cao"]["delivered"], done["bao-cao"]["attempts"]) == (1, 3)
    assert len(province.endpoint.keys) == 3
    assert len(set(province.endpoint.keys)) == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("tls/ca.crt", "other/ca.crt", "không được tin cậy"),
        ("tls/ca.crt", "khoa.txt", "ca_file"),
        ("khoa.txt", "none.txt", "secret_file cannot be read"),
        ("khoa.txt", "thu.txt", "HTTP 401"),
    ],
)
def test_what_a_person_must_mend_is_not_repeated_at_once(
    province: Province, old: str, new: str, said: str
) -> None:
    """A strange authority, a secret that is not there or is wrong: one attempt, and nothing is taken."""
    province.receivers(province.webhook.replace(old, new, 1))
    row = province.deliver()["bao-cao"]
    assert (row["waiting"], row["attempts"]) == (1, 1)
    assert said in row["dispatches"][0]["detail"]
    assert province.endpoint.taken == {}


def test_a_message_that_may_have_arrived_is_a_persons_to_repeat(province: Province) -> None:
    """The server hangs up after the message: it is not sent again before a person says so."""
    province.receivers(province.mail)
    province.mailbox.hang_up = True
    assert province.deliver()["lanh-dao"]["uncertain"] == 1
    province.mailbox.hang_up = False
    assert province.deliver()["lanh-dao"]["attempts"] == 1
    assert "không rõ" in province.site.run("deliveries")
    assert province.site.json("deliver", "--again", "lanh-dao")["deliveries"][0]["delivered"] == 1
    first, second = (message["Message-ID"] for message in province.mailbox.messages)
    assert first == second
    with province.opened() as services, pytest.raises(NotFound, match="uncertain"):
        send_again(OPERATOR, services, "lanh-dao")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("thu.txt", "khoa.txt", "ASCII"),
        ("thu.txt", "sai.txt", "535"),
        ("tls/ca.crt", "other/ca.crt", "không được tin cậy"),
        ("starttls", "tls", "không gửi được"),
        ("snv@", "ai@", "550"),
    ],
)
def test_a_message_goes_to_all_or_to_none(province: Province, old: str, new: str, said: str) -> None:
    """A wrong password, a strange server, no TLS, a recipient that is not there: nobody gets anything."""
    province.mailbox.refuse = "ai@tinh.example"
    entry = f"{province.mail}, security: starttls"
    province.receivers(entry.replace(old, new, 1))
    row = province.deliver()["lanh-dao"]
    assert (row["waiting"], said in row["dispatches"][0]["detail"]) == (1, True), row
    assert province.mailbox.messages == []


def test_somebody_who_died_over_it(province: Province) -> None:
    """Endpoint and its key take it again; of a message nobody knows, so it is not sent a second time."""
    province.receivers(province.webhook, province.mail)
    with province.opened() as services:
        for delivery in services.deliveries:
            dead = replace(services, owner="host:1:boot.1:dead", couriers={}, deliveries=[delivery])
            with pytest.raises(KeyError):
                deliver(OPERATOR, dead)
    done = province.deliver()
    assert (done["bao-cao"]["delivered"], done["bao-cao"]["attempts"]) == (1, 2)
    assert (done["lanh-dao"]["uncertain"], province.mailbox.messages) == (1, [])


def test_days_that_waited_are_sent_in_their_order(province: Province) -> None:
    """Two snapshots wait for who was away: the older goes first, and the newer not before it is there."""
    province.receivers(province.webhook)
    province.endpoint.answers = [503] * 6
    province.deliver()
    with province.opened() as services:
        later = services.snapshots.days()[-1] + timedelta(days=1)
        keep(OPERATOR, services, later)
        publish_missing(OPERATOR, services)
    done = province.deliver()["bao-cao"]
    assert [one["attempts"] for one in done["dispatches"]] == [0, 6]
    assert province.deliver()["bao-cao"]["delivered"] == 2
    assert [body["day"] == str(later) for body in province.endpoint.taken.values()] == [False, True]


def test_two_runs_at_once_send_it_once(province: Province) -> None:
    """While a living process has the delivery, another leaves it alone, and so does a third afterwards."""
    province.receivers(province.webhook)
    with province.opened() as first, province.opened() as second:
        carry = first.couriers["bao-cao"].carry

        class Meanwhile:
            repeats = True

            def carry(self, parcel: Parcel) -> Receipt:
                others = deliver(OPERATOR, second)
                assert others["deliveries"][0]["waiting"] == 1
                return carry(parcel)

        deliver(OPERATOR, replace(first, couriers={"bao-cao": Meanwhile()}))
    province.deliver()
    assert len(province.endpoint.keys) == 1


def test_what_others_put_in_the_place_is_not_overwritten(province: Province) -> None:
    """Other bytes under the name stay, and the delivery says so; a folder that is not there is not made."""
    shelf = "name: dieu-hanh, kind: folder, path: '{}', formats: [json]"
    province.receivers(shelf.format(province.folder), shelf.format("/nowhere/at/all").replace("dieu", "xa"))
    day = next((province.site.home / "reports" / "snapshots").iterdir()).name
    (province.folder / day).mkdir()
    (province.folder / day / "coverage.json").write_text("{}", encoding="utf-8")
    done = province.deliver()
    assert (done["dieu-hanh"]["waiting"], done["xa-hanh"]["waiting"]) == (1, 1)
    assert (province.folder / day / "coverage.json").read_text("utf-8") == "{}"
    assert "does not exist" in done["xa-hanh"]["dispatches"][0]["detail"]


def test_figures_for_monitoring_say_how_deliveries_stand(province: Province) -> None:
    """Prometheus' own parser reads the files; names and values are those of the deliveries."""
    province.receivers(province.webhook, province.mail)
    province.endpoint.answers = [403]
    province.deliver()
    reports = province.site.home / "reports"
    samples = {
        (sample.name, sample.labels.get("delivery", "")): sample.value
        for name in ("sohoa-deliveries.prom", "sohoa-coverage.prom")
        for family in text_string_to_metric_families((reports / name).read_text("utf-8"))
        for sample in family.samples
        if family.documentation
    }
    assert samples["sohoa_delivery_waiting", "bao-cao"] == 1
    assert samples["sohoa_delivery_delivered_total", "lanh-dao"] == 1
    assert samples["sohoa_coverage_province_ratio", ""] == 0
    assert json.loads((reports / "deliveries.json").read_text("utf-8"))["snapshot"]
