"""What commands print for people."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from sohoa.answers.history import _SENTENCES, _WORDS, action_words, event_sentence
from sohoa.cli.output import marked
from sohoa.cli.review_shown import ways_on
from sohoa.domain.archive.actions import Action
from sohoa.domain.review.queue import Step
from sohoa.ports import Event
from tests.support.moments import NOON


def test_found_words_are_shown_in_the_original_spelling() -> None:
    """No markup reaches a person: found words stand between guillemets, letters are no HTML entities."""
    assert marked("… về <mark>hóa đơn</mark> &#x27;điện tử&#x27; …").plain == "… về «hóa đơn» 'điện tử' …"


@pytest.mark.parametrize(
    ("action", "details", "told"),
    [
        ("assigned", {"step": "first_check", "to": "An"}, "kiểm tra lần 1: An"),
        ("step_done", {"step": "second_check"}, "kiểm tra lần 2"),
        (
            "reweighed",
            {"fields": ["subject", "code_number"], "contradicted": ["subject"]},
            "cân nhắc lại theo bằng chứng đến sau: Trích yếu, Số; mâu thuẫn ở: Trích yếu",
        ),
    ],
)
def test_what_happened_is_told_in_vietnamese(action: str, details: dict[str, Any], told: str) -> None:
    """Steps and contradicted fields are named as archivists name them."""
    assert event_sentence(Event("r", NOON, "night", action, details)) == told


def test_every_action_has_its_vietnamese_words() -> None:
    """No event is told by its stored name alone, and none is told twice."""
    assert sorted([*_SENTENCES, *_WORDS]) == sorted(Action)
    assert all(_WORDS.values())


@pytest.mark.parametrize("action", Action)
def test_an_event_without_details_is_told_by_its_action(action: Action) -> None:
    """So are verdicts on a batch, which are stored without what one record's history adds to them."""
    stored = {"defective": ["r1"], "accept_number": 0}
    for details in ({}, stored):
        assert event_sentence(Event("r", NOON, "An", action, details)) == action_words()[action]


def test_every_step_has_a_vietnamese_name() -> None:
    """No step is told by its code."""
    for step in Step:
        assert step not in event_sentence(Event("r", NOON, "An", "step_done", {"step": step.value}))


def test_a_doubtful_file_is_settled_by_attaching_the_record_not_by_a_value() -> None:
    """What lists alone give is not among the fields that ``review set`` takes."""
    row = SimpleNamespace(record_id="r1", withdrawn="")
    doubts = ("doubtful_file_code", "doubtful_subject")
    viewed: Any = SimpleNamespace(now=SimpleNamespace(row=row), doubts=doubts, same_number=())
    ways = [way.partition("   ")[0] for way in ways_on(viewed)]
    assert "sohoa review set r1 subject=… --as NAME" in ways
    assert "sohoa files attach r1 FILE_CODE --as NAME" in ways
