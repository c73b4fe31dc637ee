"""The night on MinIO, PostgreSQL and Elasticsearch gives what the embedded one gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.indices import client as elastic
from tests.support.nights import SampleNight
from tests.support.province import Province, province
from tests.support.servers import needed, variables
from tests.support.site import Site, sample_files, truth_of

pytestmark = pytest.mark.slow
# What may differ: moments, and the test keys and settings of two homes.
_OWN = ("archived_at", "at", "hash", "previous", "settings_sha256", "signing_time", "manifest_sha256")
_SIGNED = ("archive.pdf", "record.json", "events.jsonl", "manifest.json")


@pytest.fixture(scope="module")
def embedded(sample_night: SampleNight, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A copy of the home after the samples' night on files and SQLite."""
    return sample_night.copied_to(tmp_path_factory.mktemp("embedded") / "samples").site


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    """The same night on the servers."""
    needed()
    folder = tmp_path_factory.mktemp("served")
    (folder / "tmp").mkdir()
    with province(folder / "home", variables(), TMPDIR=str(folder / "tmp")) as site:
        site.ingest_samples()
        site.run("nightly")
        yield site


def records(site: Site) -> list[str]:
    """Ids of all archived records."""
    rows = [row for sample in sample_files() for row in site.json("where", sample)]
    return sorted({row["record_id"] for row in rows if row["state"] in ("archived", "needs_review")})


def without_own(data: Any) -> Any:
    """The same data without what differs between two homes."""
    if isinstance(data, dict):
        return {key: without_own(value) for key, value in data.items() if key not in _OWN}
    return [without_own(value) for value in data] if isinstance(data, list) else data


def test_states_reasons_and_record_ids_are_equal(embedded: Site, served: Province) -> None:
    """Every sample ends in the same state for the same reason, as the same record."""
    assert served.json("reconcile") == embedded.json("reconcile")
    assert served.json("reconcile")["holds"]
    for sample in sample_files():
        assert without_own(served.json("where", sample)) == without_own(embedded.json("where", sample))


def test_fields_are_equal(embedded: Site, served: Province) -> None:
    """Every field of every record has the same value, confidence and evidence."""
    assert records(served) == records(embedded)
    for record in records(embedded):
        one, other = served.json("show", record), embedded.json("show", record)
        assert one["fields"] == other["fields"]
        assert without_own(one["files"]) == without_own(other["files"])


def test_search_hits_are_equal(embedded: Site, served: Province) -> None:
    """Numbers, words with and without marks, phrases and filters find the same records."""
    numbers = [truth_of(s)["fields"] for s in sample_files() if truth_of(s)["state"] == "archived"]
    asked = [f"{fields['code_number']}/{fields['code_notation']}".lower() for fields in numbers]
    asked += [
        "kế hoạch",
        "ke hoach",
        '"số hóa"',
        "so hoa -ke",
        "lưu trữ OR kho",
        "khongcogi",
        'loai:"Tờ trình"',
    ]
    for question in asked:
        one, other = served.json("search", question), embedded.json("search", question)
        assert one["total"] == other["total"], question
        assert hits(one) == hits(other), question
        if "/" in question and one["hits"]:
            assert one["hits"][0]["record_id"] == other["hits"][0]["record_id"], question


def hits(answer: Any) -> dict[str, Any]:
    return {hit["record_id"]: hit["fields"] for hit in answer["hits"]}


def test_coverage_is_byte_equal(embedded: Site, served: Province) -> None:
    """The figures, as JSON and as CSV, are the same bytes."""
    for kind in ("json", "csv"):
        assert served.run("coverage", "--format", kind) == embedded.run("coverage", "--format", kind)


def test_the_archive_holds_the_same_objects(embedded: Site, served: Province) -> None:
    """The same keys; what does not carry the moment of signing is the same bytes."""
    bucket = served.settings.store.archive_bucket
    folder = embedded.home / "archive"
    keys = served.keys(bucket)
    assert keys == sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    compared = [key for key in keys if not key.endswith(_SIGNED) and not key.startswith("digests/")]
    assert compared
    for key in compared:
        assert served.bytes_of(bucket, key) == (folder / key).read_bytes(), key


def test_verify_finds_no_fault(served: Province) -> None:
    """Archive, manifests, ledger and index agree, and every signature is valid."""
    assert served.json("verify") == {"checked": len(records(served)), "faults": []}


def test_ping_names_every_server(served: Province) -> None:
    """One line each, with the address and without a password."""
    answers = served.json("ping")
    settings = served.settings
    assert settings.store.endpoint in answers["store"]
    assert settings.index.url in answers["index"]
    assert "postgresql" in answers["ledger"]
    for secret in ("secret_key",):
        assert settings.store.secret(secret) not in str(answers)
    for section in (settings.ledger, settings.index):
        assert section.secret("password") not in str(answers)


def test_no_text_of_the_secret_sample_is_on_the_servers(served: Province) -> None:
    """Archive and quarantine bucket, ledger, index, home and temporary folder: nothing of it."""
    words = [
        word
        for s in sample_files()
        if truth_of(s)["state"] == "quarantined"
        for word in truth_of(s)["canary"]
    ]
    assert words
    store = served.settings.store
    places = [
        served.bytes_of(bucket, key)
        for bucket in (store.archive_bucket, store.quarantine_bucket)
        for key in served.keys(bucket)
    ]
    places.append(served.ledger().encode())
    with elastic(served.settings.index) as bare:
        found = bare.search(index=served.settings.index.name, size=1000)
        assert found["hits"]["total"]["value"] == len(records(served))
        places.append(repr(found.body).encode())
    folders = (served.home, Path(served.extra["TMPDIR"]))
    places += [path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()]
    for word in words:
        assert served.json("search", f'"{word}"')["total"] == 0
        assert not any(
            form.encode() in place for place in places for form in (word, word.lower(), word.upper())
        )


def test_a_dropped_index_is_rebuilt_from_the_archive(embedded: Site, served: Province) -> None:
    """Dropped, it finds nothing and verify names every record; after ``reindex`` all hits are there again."""
    with elastic(served.settings.index) as bare:
        for name in bare.indices.get_alias(name=served.settings.index.name).body:
            bare.indices.delete(index=name)
    assert served.json("search", "kế hoạch")["total"] == 0
    missed = served.json("verify", code=1)["faults"]
    assert [(fault["path"], fault["kind"]) for fault in missed] == [
        (record, "not_indexed") for record in records(served)
    ]
    assert served.run("reindex").startswith(f"{len(records(served))} records")
    assert hits(served.json("search", "kế hoạch")) == hits(embedded.json("search", "kế hoạch"))
    assert served.json("verify")["faults"] == []


def test_a_second_night_does_nothing(served: Province) -> None:
    """Nothing is read again, no object of the archive is written again."""
    bucket = served.settings.store.archive_bucket
    before = served.versions(bucket)
    assert served.json("nightly")["pages"] == 0
    assert served.versions(bucket) == before
