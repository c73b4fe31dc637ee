"""The API as programs use it: answers as described, tokens, rates, and what is told at faults."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from unittest import mock

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import InvalidRequest, NotFound
from sohoa.domain.people.account import searches_subject, views_subject
from sohoa.domain.people.api_token import AT_ONCE, LONGEST_LIFE
from sohoa.domain.people.tries import AT_ONCE as TRIES_AT_ONCE
from sohoa.domain.people.tries import Tries
from sohoa.domain.protection.access import Reader
from sohoa.portal.api.description import description
from sohoa.portal.app import make_app
from sohoa.usecases.people.accounts import disable
from sohoa.usecases.people.api_tokens import add_token, listed_tokens, revoke_token
from sohoa.usecases.services import Services
from tests.support.nights import SampleNight
from tests.support.portal import Away, Browser, bearer, member, visitor
from tests.support.review import TWO_PAGES, id_of

HERE, THERE = "Z99.01", "Z99.02"
PROBLEM = "application/problem+json"
SHELL = Reader("installer")


pytestmark = pytest.mark.usefixtures("members")


@pytest.fixture(scope="module")
def members(services: Services) -> None:
    """An archivist of everything and an officer of another agency."""
    member(services, "archivist", "archivist")
    member(services, "stranger", "officer", frozenset({THERE}))


@pytest.fixture(scope="module")
def record(sample_night: SampleNight) -> str:
    return id_of(sample_night.site, TWO_PAGES)


@pytest.fixture(scope="module")
def program(services: Services, members: None) -> Browser:
    """A program with the archivist's token."""
    browser = visitor(services)
    browser.client.headers = bearer(services, "archivist")
    return browser


def test_the_description_is_sound() -> None:
    """Every schema in it is one, and every reference leads somewhere."""
    told = description()
    for schema in told["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    references = [part.split('"')[0] for part in str(told).replace("'", '"').split('"$ref": "')[1:]]
    assert references
    for reference in references:
        assert reference.removeprefix("#/components/schemas/") in told["components"]["schemas"]


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(description()["paths"]))
def test_generated_questions_are_answered_as_described(services: Services, record: str, path: str) -> None:
    """Whatever is asked within the description or beside it: no fault, and an answer of a described shape."""
    with mock.patch.object(Tries, "take", return_value=timedelta()):
        schema = schemathesis.openapi.from_dict(description())
        schema.app = make_app(services, secure=False)
        operation = schema[path]["GET"]
        header = bearer(services, "archivist")
        checks = [
            *(not_a_server_error, status_code_conformance),
            *(content_type_conformance, response_schema_conformance),
        ]
        modes = [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE]

        @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
        @given(data=st.data())
        def asked(data: st.DataObject) -> None:
            mode = data.draw(st.sampled_from(modes))
            case = data.draw(operation.as_strategy(generation_mode=mode))
            if "record_id" in (case.path_parameters or {}) and data.draw(st.booleans()):
                case.path_parameters["record_id"] = record
            case.call_and_validate(headers=header, checks=checks)

        asked()


def test_records_are_found_page_by_page(services: Services, program: Browser) -> None:
    """Following ``next`` gives each record once; what a cursor of another question is told is a problem."""
    path, seen, cursor = "/api/v1/records?q=2024+OR+2025+OR+2023&limit=2", list[str](), ""
    while True:
        answer = program.client.get(f"{path}&cursor={cursor}").json()
        seen += [hit["record_id"] for hit in answer["hits"]]
        cursor = answer["next"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == answer["total"] > 2
    bad = program.client.get(f"{path}&cursor=zzz")
    assert (bad.status_code, bad.headers["content-type"]) == (400, PROBLEM)


def test_the_queue_is_given_page_by_page(program: Browser) -> None:
    """Each waiting record once, by its id."""
    whole = [row["record_id"] for row in program.client.get("/api/v1/review?limit=100").json()["waiting"]]
    seen, cursor = list[str](), ""
    while True:
        answer = program.client.get(f"/api/v1/review?limit=1&cursor={cursor}").json()
        seen += [row["record_id"] for row in answer["waiting"]]
        cursor = answer["next"]
        if not cursor:
            break
    assert seen == whole == sorted(whole)
    assert len(whole) > 1


def test_a_record_its_page_and_its_picture(services: Services, program: Browser, record: str) -> None:
    """What is given is noted as a view by the token, in the person's name."""
    assert program.client.get(f"/api/v1/records/{record}").json()["record_id"] == record
    page = program.client.get(f"/api/v1/records/{record}/pages/1").json()
    assert any("KẾ HOẠCH" in line["text"] for line in page["lines"])
    picture = program.client.get(f"/api/v1/records/{record}/pages/1", headers={"accept": "image/png"})
    assert picture.content.startswith(b"\x89PNG")
    views = services.events.events(views_subject(record))[-3:]
    assert {(view.actor, view.action) for view in views} == {("person:Người archivist", Action.VIEWED)}
    assert len({view.details["token"] for view in views}) == 1


def test_what_is_not_the_persons_is_not_there(services: Services, record: str) -> None:
    """A program sees what its account sees; another agency's record is told as one that does not exist."""
    browser, header = visitor(services), bearer(services, "stranger")
    mine = browser.client.get(f"/api/v1/records/{record}", headers=header)
    none = browser.client.get(f"/api/v1/records/{'a' * 26}", headers=header)
    assert (mine.status_code, mine.content) == (none.status_code, none.content)
    assert mine.status_code == 404
    assert browser.client.get("/api/v1/records?q=ke+hoach", headers=header).json()["total"] == 0
    agencies = browser.client.get("/api/v1/coverage", headers=header).json()["agencies"]
    assert {row["agency"] for row in agencies} <= {THERE}
    asked_for = [
        e for e in services.events.events(searches_subject("Người stranger")) if e.action == "refused"
    ]
    assert [event.details["asked_for"] for event in asked_for] == [record, "a" * 26]


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer sohoa_nobody", "Basic YTpi", "Bearer \u00e9"])
def test_without_a_token_nothing_is_told(services: Services, record: str, header: str) -> None:
    """Whatever is sent instead of a token: 401, and what to send."""
    answer = visitor(services).client.get(
        f"/api/v1/records/{record}", headers={"Authorization": header.encode()}
    )
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_a_session_is_no_token(services: Services, record: str) -> None:
    """The cookie of the pages opens nothing here: another site's page cannot ask with it."""
    browser = member(services, "reader", "reader")
    assert browser.get("/search")[0] == 200
    assert browser.get(f"/api/v1/records/{record}")[0] == 401


def test_a_token_ends(services: Services) -> None:
    """At its end, when it is revoked, and with its account; nothing of it but a hash is kept."""
    at = services.clock.now()
    member(services, "leaver", "archivist")
    given = add_token(SHELL, services, "leaver", ["records"], at + timedelta(hours=1))
    path, browser = "/api/v1/records?q=a", visitor(services)
    header = {"Authorization": f"Bearer {given.secret}"}
    assert browser.client.get(path, headers=header).status_code == 200
    told = "".join(str(event) for event in services.events.events("people/leaver"))
    assert given.secret not in told + str(listed_tokens(SHELL, services))
    with mock.patch.object(type(services.clock), "now", return_value=at + timedelta(hours=1)):
        assert browser.client.get(path, headers=header).status_code == 401
    browser = visitor(services)  # the clock went back: what was counted by address starts anew
    revoke_token(SHELL, services, given.token.token_id)
    assert browser.client.get(path, headers=header).status_code == 401
    other = bearer(services, "leaver")
    assert browser.client.get(path, headers=other).status_code == 200
    disable(SHELL, services, "leaver")
    assert browser.client.get(path, headers=other).status_code == 401


def test_a_program_that_asks_too_often_waits(services: Services) -> None:
    """After so many at once it is told how long; another token is not held up by it."""
    browser, header = visitor(services), bearer(services, "archivist")
    still = services.clock.now()
    with mock.patch.object(type(services.clock), "now", return_value=still):
        for _ in range(AT_ONCE):
            assert browser.client.get("/api/v1/coverage?agency=none", headers=header).status_code == 404
        answer = browser.client.get("/api/v1/coverage", headers=header)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    assert answer.headers["content-type"] == PROBLEM
    other = bearer(services, "archivist")
    assert browser.client.get("/api/v1/coverage", headers=other).status_code == 200


def test_wrong_tokens_hold_up_no_good_one(services: Services) -> None:
    """An office behind one address: who tries wrong tokens waits, a program with a good one does not."""
    browser, header = visitor(services), bearer(services, "archivist")
    still = services.clock.now()
    with mock.patch.object(type(services.clock), "now", return_value=still):
        told = [browser.client.get("/api/v1/coverage").status_code for _ in range(TRIES_AT_ONCE + 1)]
        assert browser.client.get("/api/v1/coverage", headers=header).status_code == 200
    assert told == [401] * TRIES_AT_ONCE + [429]


@pytest.mark.parametrize(
    "path",
    [
        *("/records", "/records?q=a&limit=0", "/records?q=a&limit=101", "/records?q=a&limit=x"),
        *("/records?issued_from=yesterday", "/records?q=a&sort=best", "/coverage?as_of=2024-02-30"),
        "/coverage?as_of=9999-12-31",
        "/records?q=" + "a" * 2001,
    ],
)
def test_a_question_that_cannot_be_is_told(program: Browser, path: str) -> None:
    """A problem that says which parameter is at fault."""
    answer = program.client.get(f"/api/v1{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, PROBLEM)
    assert answer.json()["detail"]


def test_other_addresses_and_methods_are_problems(program: Browser) -> None:
    """Not pages."""
    for answer, status in (
        (program.client.get("/api/v1/nothing"), 404),
        (program.client.post("/api/v1/records"), 405),
    ):
        assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)


def test_a_service_that_is_away_is_a_problem(services: Services, record: str) -> None:
    """503 with the time after which to try again."""
    away = visitor(replace(services, store=Away()))
    answer = away.client.get(f"/api/v1/records/{record}", headers=bearer(services, "archivist"))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")


def test_a_token_has_scopes_and_an_end(services: Services) -> None:
    """None is made for ever, for nothing, or for nobody."""
    at = services.clock.now()
    for scopes, until in (([], at + timedelta(1)), (["all"], at + timedelta(1)), (["records"], at)):
        with pytest.raises(InvalidRequest):
            add_token(SHELL, services, "archivist", scopes, until)
    with pytest.raises(InvalidRequest):
        add_token(SHELL, services, "archivist", ["records"], at + LONGEST_LIFE + timedelta(1))
    with pytest.raises(NotFound):
        add_token(SHELL, services, "nobody", ["records"], at + timedelta(1))
