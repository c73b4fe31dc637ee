"""Keys, masks and batches."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.inbox.keys import Batch, agency_of, groups_of, is_companion, masked, object_id, plan
from sohoa.domain.inbox.states import InboxObject

objects = st.lists(
    st.builds(
        lambda agency, name, size: InboxObject(f"{agency}/b/{name}", "e", size),
        st.sampled_from(["Z99.01", "Z99.02"]),
        st.text("abcdef", min_size=1, max_size=3),
        st.integers(0, 5),
    ),
    unique_by=lambda item: item.key,
)


@given(objects, st.integers(1, 4), st.integers(1, 10))
def test_every_object_is_in_exactly_one_batch(items: list[InboxObject], files: int, size: int) -> None:
    """Planning loses nothing and doubles nothing."""
    batches = list(plan(items, files, size))
    planned = [pair for batch in batches for pair in batch.keys]
    assert sorted(planned) == sorted((item.key, item.etag) for item in items)


@given(objects, st.integers(1, 4))
def test_objects_that_may_be_equal_share_a_group(items: list[InboxObject], files: int) -> None:
    """One agency and one size: one group, in key order as listed."""
    groups = [group for batch in plan(items, files, 10) for group in batch.groups]
    sizes = {item.key: (item.agency, item.size_bytes) for item in items}
    kinds = [{sizes[key] for key, _ in group} for group in groups]
    assert all(len(kind) == 1 for kind in kinds)
    assert len({next(iter(kind)) for kind in kinds}) == len(kinds)


@given(objects)
def test_the_largest_of_a_batch_comes_first(items: list[InboxObject]) -> None:
    """Nobody waits at the end of a night for one large document that was begun last."""
    sizes = {item.key: item.size_bytes for item in items}
    for batch in plan(items, 50, 1000):
        totals = [sum(sizes[key] for key, _ in group) for group in batch.groups]
        assert totals == sorted(totals, reverse=True)


@given(objects)
def test_a_batch_survives_the_way_through_json(items: list[InboxObject]) -> None:
    """What crosses between tasks comes back equal, and names no object."""
    known = {object_id(item.key, item.etag): (item.key, item.etag) for item in items}
    for batch in plan(items, 2, 10):
        crossed = json.loads(json.dumps(batch.ids))
        assert Batch(groups_of(crossed, known)) == batch
        assert all(item.key not in json.dumps(crossed) for item in items)


def test_a_masked_key_keeps_only_the_agency() -> None:
    """The name of a file may itself be secret; equal keys get equal masks."""
    key = "Z99.01/2026/Kế hoạch X.pdf"
    assert masked(key).startswith("Z99.01/***")
    assert "hoạch" not in masked(key)
    assert masked(key) == masked(key) != masked(key + "x")


def test_manifests_and_folder_markers_are_companions() -> None:
    """They belong to other objects and never become records."""
    assert is_companion("Z99.01/b/manifest.csv")
    assert is_companion("Z99.01/b/")
    assert not is_companion("Z99.01/b/manifest.csv.pdf")
    assert agency_of("loose.pdf") == ""
