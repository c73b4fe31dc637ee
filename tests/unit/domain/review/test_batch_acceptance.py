"""Acceptance of a batch by sample."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.review.batch_acceptance import Result, Verdict, draw, judge

IDS = st.lists(st.text("abcdef", min_size=1, max_size=4), min_size=1, unique=True)


@given(IDS, st.integers(1, 20), st.text(max_size=8))
def test_a_draw_is_repeatable_and_of_the_size_asked_for(ids: list[str], size: int, seed: str) -> None:
    """The seed alone decides; the order of the batch does not matter; nothing is drawn twice."""
    drawn = draw(ids, size, seed)
    assert drawn == draw(reversed(ids), size, seed)
    assert len(set(drawn)) == len(drawn) == min(size, len(ids))
    assert set(drawn) <= set(ids)


def test_another_seed_draws_others() -> None:
    """Nobody can tell before the draw which records it will name."""
    ids = [f"r{number}" for number in range(200)]
    assert len({draw(ids, 10, f"seed {number}") for number in range(20)}) == 20


def test_a_sample_has_a_size() -> None:
    """A sample of nothing would accept anything."""
    with pytest.raises(ValueError, match="at least one"):
        draw(["r1"], 0, "")


RESULTS = st.lists(
    st.builds(Result, st.sampled_from(["r1", "r2", "r3"]), st.sampled_from(["An", "Bình"]), st.booleans())
)


@given(RESULTS, st.integers(0, 3))
def test_a_batch_is_accepted_only_after_four_eyes_saw_all(results: list[Result], tolerated: int) -> None:
    """Accepted means: two persons saw every record, and no more are defective than tolerated."""
    sample = ["r1", "r2", "r3"]
    found = judge(sample, results, tolerated)
    seen = {(result.record_id, result.person) for result in results}
    complete = len(seen) == 6
    assert (found.verdict is Verdict.REFUSED) == (len(found.defective) > tolerated)
    if found.verdict is Verdict.ACCEPTED:
        assert complete
    if found.verdict is Verdict.OPEN:
        assert found.unchecked
        assert not complete


def test_one_person_alone_never_accepts() -> None:
    """The same person twice is one pair of eyes; the last word of a person counts, any doubt is a defect."""
    twice = [Result("r1", "An", True), Result("r1", "An", False)]
    assert judge(["r1"], twice, 0).verdict is Verdict.OPEN
    assert judge(["r1"], [*twice, Result("r1", "Bình", False)], 0).verdict is Verdict.ACCEPTED
    assert judge(["r1"], [*twice, Result("r1", "Bình", True)], 0).verdict is Verdict.REFUSED
