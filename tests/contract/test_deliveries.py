"""Every ledger keeps the same book of deliveries, and each object store takes what is delivered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from sohoa.adapters.deliveries import ShelfCourier
from sohoa.adapters.ledger import SqlLedger
from sohoa.domain.archive.actions import Action
from sohoa.domain.coverage.deliveries import Dispatch, Parcel, ParcelFile, Result, Standing
from sohoa.domain.errors import Conflict
from sohoa.ports import NewEvent, ObjectStore
from tests.support.buckets import BUCKET, minio_store
from tests.support.moments import NOON
from tests.support.servers import needed

DAY = date(2026, 6, 30)
DEAD = "host:1:other.1:dead"
_BEGUN, _ENDED = NewEvent("lan", Action.DELIVERY_BEGUN, {}), NewEvent("lan", Action.DELIVERED, {})


def dispatch(name: str = "bao-cao", day: date = DAY) -> Dispatch:
    return Dispatch(name, day, "ab", Standing.WAITING, 0, "", NOON, NOON)


def test_a_dispatch_is_expected_once_and_keeps_its_standing(ledger: SqlLedger) -> None:
    """What is there already stays as it is; lists are by receiver, the newest day first."""
    book = ledger.dispatches
    book.expect([dispatch(), dispatch(day=DAY + timedelta(days=1)), dispatch("a")])
    ended = replace(dispatch(), standing=Standing.DELIVERED, detail="HTTP 200", changed_at=NOON)
    assert book.begin(dispatch(), "me", NOON, _BEGUN) == (True, False)
    book.end(ended, "me", _ENDED)
    book.expect([dispatch()])
    book.expect([])
    assert [(d.delivery, d.day.day, d.standing, d.attempts) for d in book.listed()] == [
        ("a", 30, "waiting", 0),
        ("bao-cao", 1, "waiting", 0),
        ("bao-cao", 30, "delivered", 1),
    ]
    assert book.begin(dispatch(), "me", NOON, _BEGUN) == (False, False)
    assert [event.action for event in ledger.events.events("deliveries/bao-cao")] == [
        Action.DELIVERY_BEGUN,
        Action.DELIVERED,
    ]


def test_only_one_process_has_it(ledger: SqlLedger) -> None:
    """A living holder keeps it; a dead one's is taken over, which is told; who lost it cannot end it."""
    book = ledger.dispatches
    book.expect([dispatch()])
    assert book.begin(dispatch(), DEAD, NOON, _BEGUN) == (True, False)
    book._workers._may_live = lambda owner: owner == DEAD
    assert book.begin(dispatch(), "me", NOON, _BEGUN) == (False, False)
    book._workers._may_live = lambda owner: owner != DEAD
    assert book.begin(dispatch(), "me", NOON, _BEGUN) == (True, True)
    with pytest.raises(Conflict, match="another process"):
        book.end(dispatch(), DEAD, _ENDED)
    book.end(replace(dispatch(), standing=Standing.UNCERTAIN), "me", _ENDED)
    assert [d.attempts for d in book.listed()] == [2]


def test_what_is_uncertain_is_reopened_once(ledger: SqlLedger) -> None:
    """It waits again with an event; what is not uncertain is left alone, without any."""
    book, event = ledger.dispatches, NewEvent("lan", Action.DELIVERY_REOPENED, {})
    book.expect([dispatch()])
    with pytest.raises(Conflict, match="not uncertain"):
        book.reopen(dispatch(), event)
    book.begin(dispatch(), "me", NOON, _BEGUN)
    book.end(replace(dispatch(), standing=Standing.UNCERTAIN), "me", _ENDED)
    book.reopen(dispatch(), event)
    assert [d.standing for d in book.listed()] == [Standing.WAITING]
    assert ledger.events.events("deliveries/bao-cao")[-1].action == Action.DELIVERY_REOPENED


def parcel(data: bytes = b"{}") -> Parcel:
    return Parcel("kho", DAY, "ab", "key", "vi", "", (ParcelFile("coverage.json", "application/json", data),))


def test_a_prefix_takes_files_once(store: ObjectStore) -> None:
    """The same bytes again change nothing; other bytes under the name are refused and stay out."""
    courier = ShelfCourier(store, BUCKET, "so-hoa/")
    assert [courier.carry(parcel()).result for _ in range(2)] == [Result.DELIVERED] * 2
    assert courier.carry(parcel(b"{1}")).result is Result.REFUSED
    assert store.get(BUCKET, "so-hoa/2026-06-30/coverage.json") == b"{}"
    assert [info.key for info in store.list(BUCKET)] == ["so-hoa/2026-06-30/coverage.json"]
    missing = ShelfCourier(store, "khong-co-o-day").carry(parcel())
    assert missing.result is Result.REFUSED
    assert "sohoa init" not in missing.detail


def test_a_store_that_is_not_trusted_or_not_there_gets_nothing(tmp_path: Path) -> None:
    """Only the authority that is named is trusted; silence is tried again, a strange certificate is not."""
    settings = needed("store").store
    strange = minio_store(settings.model_copy(update={"ca_file": None}), tmp_path)
    receipt = ShelfCourier(strange, BUCKET).carry(parcel())
    assert (receipt.result, "not trusted" in receipt.detail) == (Result.REFUSED, True)
    down = minio_store(settings.model_copy(update={"endpoint": "https://127.0.0.1:9"}), tmp_path)
    assert ShelfCourier(down, BUCKET).carry(parcel()).result is Result.AWAY
