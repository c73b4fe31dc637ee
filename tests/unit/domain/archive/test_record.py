"""record.json is read and written in one place, and what is no record is told."""

from __future__ import annotations

import json
import tarfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.archive.record import read_record, record_bytes, value_of
from sohoa.domain.errors import Corrupt
from tests.support.site import ROOT

STORED = ROOT / "tests" / "fixtures" / "home-0.1.tar.gz"


def stored_records() -> list[bytes]:
    """Every record.json of the home that version 0.1 made."""
    with tarfile.open(STORED) as home:
        names = [name for name in home.getnames() if name.endswith("/record.json")]
        return [member.read() for name in names if (member := home.extractfile(name))]


RECORDS = stored_records()


def test_records_of_version_0_1_keep_their_bytes() -> None:
    """Reading and writing an unchanged record gives the same bytes."""
    assert len(RECORDS) > 7
    assert [record_bytes(read_record(data)) for data in RECORDS] == RECORDS


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(RECORDS), st.text(min_size=1, max_size=12), JSON)
def test_keys_of_a_later_program_are_kept(data: bytes, key: str, value: Any) -> None:
    """What this program does not know is there after reading and writing."""
    record = {**json.loads(data)}
    record.setdefault(f"later_{key}", value)
    written = json.loads(record_bytes(read_record(json.dumps(record).encode())))
    assert written == record


@given(JSON)
def test_what_is_no_record_is_corrupt(value: Any) -> None:
    """Any other JSON is refused with one sentence, never with another error."""
    with pytest.raises(Corrupt):
        read_record(json.dumps(value).encode())


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_corrupt(data: bytes) -> None:
    """Broken bytes and endless nesting are stored data that is not what it was."""
    with pytest.raises(Corrupt, match="unreadable record"):
        read_record(data)


@pytest.mark.parametrize("key", ["schema", "record_id", "source", "fields", "pages"])
def test_a_record_without_its_parts_is_corrupt(key: str) -> None:
    """The key that is missing or of another kind is named."""
    record = json.loads(RECORDS[0])
    record[key] = 7
    with pytest.raises(Corrupt, match=key):
        read_record(json.dumps(record).encode())


def test_a_value_that_the_paper_does_not_show_is_empty() -> None:
    """A field without a value, and one that is not there, read as an empty text."""
    record = read_record(RECORDS[0])
    nothing: Any = {"value": None, "raw": "", "confidence": 1.0, "evidence": []}
    assert value_of({**record, "fields": {"subject": nothing}}, "subject") == ""
    assert value_of({**record, "fields": {}}, "subject") == ""
