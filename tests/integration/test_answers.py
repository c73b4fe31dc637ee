"""Answers in JSON are as their schemas say: every command that has ``--json``, over a home with records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sohoa.cli.commands import COMMANDS, load
from tests.support.answers import SCHEMA_OF, command_of, faults, schemas
from tests.support.site import SAMPLES, Site, stored_site

ARCHIVIST, BATCH = "Cán bộ lưu trữ mẫu", "Z99.01/lo-1"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return stored_site(tmp_path)


def with_json() -> Iterator[str]:
    """Every command that has the option ``--json``."""
    for name in COMMANDS:
        yield from _with_json(name, load(name))


def _with_json(name: str, command: Any) -> Iterator[str]:
    for below, one in getattr(command, "commands", {}).items():
        yield from _with_json(f"{name} {below}", one)
    if any("--json" in option.opts for option in command.params):
        yield name


def test_each_command_has_its_schema() -> None:
    """No command answers in JSON without a schema, and no schema is without a command; all are sound."""
    assert {*with_json(), "coverage"} == set(SCHEMA_OF)
    assert {"definitions.json", "parcel.json", *(f"{name}.json" for name in SCHEMA_OF.values())} == set(
        schemas()
    )
    for schema in schemas().values():
        Draft202012Validator.check_schema(schema)


def test_an_answer_that_differs_is_found() -> None:
    """A key too many, one too few and another type are faults."""
    sound = {"holds": True, "listing": 0, "states": {}, "removed": 0, "faults": []}
    assert list(faults("reconcile", sound)) == []
    for wrong in ({**sound, "more": 1}, {"holds": True}, {**sound, "listing": "0"}):
        assert list(faults("reconcile", wrong))


@pytest.mark.slow
def test_answers_of_an_archive_are_as_their_schemas_say(site: Site, tmp_path: Path) -> None:
    """Questions, decisions, imports, samples and checks: ``Site.json`` holds each answer to its schema."""
    asked = set[str]()

    def ask(*arguments: str | Path, code: int = 0) -> Any:
        asked.add(command_of(arguments))
        return site.json(*arguments, code=code)

    def object_named(name: str) -> Any:
        return ask("where", f"{BATCH}/{name}")[0]

    register, dossiers = tmp_path / "so.csv", tmp_path / "ho-so.csv"
    lines = ("Số và ký hiệu,Ngày tháng,Trích yếu", "47/QĐ-UBND,17/01/2024,Thành lập Tổ")
    register.write_text("\n".join(lines), "utf-8")
    head = "Mã hồ sơ,Tiêu đề hồ sơ,Thời hạn bảo quản,Kết thúc"
    dossiers.write_text(f"{head}\nHS-02,Tập kế hoạch,10 năm,31/12/2005\n", "utf-8")
    ask("ping")
    ask("settings")
    ask("read", min(SAMPLES.rglob("*.pdf"), key=lambda path: path.stat().st_size))
    ask("verify")
    ask("reconcile")
    ask("nightly")
    for state in ("archived", "needs_review", "rejected", "companion"):
        ask("list", "--state", state)
    ask("quarantine", "list")
    ask("user", "add", "lan", "--name", "Lê Lan", "--role", "officer", "--agency", "Z99.01")
    ask("user", "grant", "lan", "--role", "reviewer", "--role", "auditor")
    ask("user", "confirm", "lan", "--as", "Quản trị viên mẫu")
    ask("user", "reset", "lan")
    ask("user", "disable", "lan")
    until = f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}"
    made = ask("user", "token", "add", "lan", "--scope", "records", "--until", until)
    assert [one["token_id"] for one in ask("user", "token", "list")["tokens"]] == [made["token_id"]]
    ask("user", "token", "revoke", made["token_id"])
    assert len(ask("user", "events", "lan")["events"]) == 7
    asked.add("user link")
    elsewhere = {"SOHOA_OIDC__ISSUER": "https://dang-nhap.example", "SOHOA_OIDC__CLIENT_ID": "sohoa"}
    linked = replace(site, extra=site.extra | elsewhere).json("user", "link", "lan", "--subject", "lan-1")
    assert linked["login"] == "lan"
    assert [one["login"] for one in ask("user", "list")["accounts"]] == ["lan"]
    assert ask("search", "quyết định")["total"]
    ask("register", "import", register, "--agency", "Z99.01")
    ask("files", "import", dossiers, "--agency", "Z99.01")
    ask("files", "list")
    ask("holdings", "import", Path(__file__).parents[2] / "config" / "holdings.csv")
    ask("holdings", "list")
    ask("deliveries")
    ask("deliver")
    ask("coverage", "diff", "2020-01-01", "2027-01-01")
    ask("holdings", "history", "Z99.01")
    ask("files", "show", "HS-01")
    ask("files", "expired", "--on", "2100-01-01")
    assert ask("export", tmp_path / "bags", "--as", ARCHIVIST)["packages"]
    assert ask("import", tmp_path / "bags", "--as", ARCHIVIST)["packages"]
    ask("tables", tmp_path / "tables", "--agency", "Z99.01", "--as", ARCHIVIST)
    assert ask("export", tmp_path / "aip", "--form", "aip", "--as", ARCHIVIST, code=2)["packages"]
    for row in [*ask("list", "--state", "archived"), *ask("review", "list")]:
        ask("show", row["record_id"])
        ask("review", "show", row["record_id"])
    draft = object_named("du-thao.tif")["record_id"]
    ask("review", "set", draft, "code_number=5", "issued_date=17/01/2024", "--as", ARCHIVIST)
    ask("review", "accept", draft, "draft", "--as", ARCHIVIST)
    ask("review", "show", draft)
    ask("review", "sample", "--agency", "Z99.01", "--batch", "lo-1")
    ask("review", "set", draft, "organ_name=Ban Quản lý dự án mẫu", "--as", ARCHIVIST)
    assert ask("review", "aliases")
    ask("coverage", "year", "2026")
    whole = object_named("hai-van-ban.tif")["record_id"]
    parts = ask("review", "split", whole, "1-1", "2-2", "--as", ARCHIVIST)["record_ids"]
    ask("show", parts[1])
    ask("review", "merge", *parts, "--as", ARCHIVIST)
    ask("hold", "add", draft, "--reason", "thanh tra", "--as", ARCHIVIST)
    assert [one["record_id"] for one in ask("hold", "list", "--as", ARCHIVIST)["holds"]] == [draft]
    ask("hold", "release", draft, "--reason", "xong", "--as", ARCHIVIST)
    site.run("files", "attach", draft, "HS-02", "--as", ARCHIVIST)
    ask("dispose", "propose", draft, "--reason", "Quyết định 1", "--as", ARCHIVIST)
    assert len(ask("dispose", "list", "--as", ARCHIVIST)["records"]) == 1
    ask("dispose", "confirm", draft, "--as", "Cán bộ bảo mật mẫu")
    assert asked | {"coverage"} == set(SCHEMA_OF)
    assert list(faults("coverage", json.loads(site.run("coverage", "--format", "json")))) == []
