"""The order of the queue, and who may take which step."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.review.queue import Assignment, ReviewItem, Step, assignment_fault, ordered
from tests.support.moments import NOON

LATER = NOON + timedelta(days=1)


def ids(items: list[ReviewItem]) -> list[str]:
    return [item.record_id for item in items]


def test_what_helps_most_comes_first() -> None:
    """Uncounted before counted records, few doubts before many, the needier agency, then the older one."""
    items = [
        ReviewItem("counted", "A", ("doubtful_subject",), NOON),
        ReviewItem("two", "B", ("missing_subject", "doubtful_issued_date"), NOON),
        ReviewItem("young", "A", ("missing_subject",), LATER),
        ReviewItem("old", "A", ("missing_subject",), NOON),
        ReviewItem("needy", "B", ("draft",), LATER),
    ]
    assert ids(ordered(items, {"B": 0.3})) == ["needy", "old", "young", "two", "counted"]


ITEMS = st.builds(
    ReviewItem,
    st.uuids().map(str),
    st.sampled_from("AB"),
    st.lists(st.sampled_from(["missing_subject", "draft", "same_number"]), unique=True).map(tuple),
    st.none() | st.just(NOON) | st.just(LATER),
)


@given(st.lists(ITEMS), st.dictionaries(st.sampled_from("AB"), st.floats(0, 1)), st.randoms())
def test_the_order_is_one(items: list[ReviewItem], gaps: dict[str, float], chance: object) -> None:
    """However the queue is stored, everybody sees every record in the same order."""
    mixed = sorted(items, key=lambda item: item.record_id[::-1])
    assert ordered(items, gaps) == ordered(mixed, gaps)
    assert sorted(ids(ordered(items, gaps))) == sorted(ids(items))


def work(step: Step, person: str) -> Assignment:
    return Assignment("r1", step, person, "person:Mai", NOON)


def test_entry_and_both_checks_need_three_persons() -> None:
    """Who has one step of a record gets no other; the same step may be given anew."""
    given_out = [work(Step.ENTRY, "An"), work(Step.FIRST_CHECK, "Bình")]
    assert assignment_fault(Step.SECOND_CHECK, "An", given_out, frozenset())
    assert assignment_fault(Step.SECOND_CHECK, "Bình", given_out, frozenset())
    assert not assignment_fault(Step.SECOND_CHECK, "Chi", given_out, frozenset())
    assert not assignment_fault(Step.FIRST_CHECK, "Bình", given_out, frozenset())


def test_nobody_checks_values_of_their_own() -> None:
    """Who entered values without an assignment may not check them either, but enter more."""
    assert assignment_fault(Step.FIRST_CHECK, "An", [], frozenset({"An"}))
    assert not assignment_fault(Step.ENTRY, "An", [], frozenset({"An"}))
