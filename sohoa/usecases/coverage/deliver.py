"""Deliver published snapshots to other systems: each to each receiver once, whatever is away meanwhile.

An attempt is begun and ended in the ledger, both in the receiver's chain of events, and no two processes make
one at the same time. What repeats knows a repeat by its key; what does not is left to a person when nobody
knows how an attempt ended.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.versions import json_bytes
from sohoa.domain.coverage.deliveries import (
    MEDIA_TYPES,
    Delivery,
    Dispatch,
    Parcel,
    ParcelFile,
    Receipt,
    Result,
    Standing,
    wait_after,
)
from sohoa.domain.errors import Corrupt, NotFound, SohoaError, Unavailable
from sohoa.domain.protection.access import Reader
from sohoa.ports import Clock, Courier, Dispatches, NewEvent, Reports
from sohoa.usecases.coverage.monitoring import DELIVERIES, delivery_samples, tell
from sohoa.usecases.coverage.publish import PublishedServices, key_of, published

log = logging.getLogger("sohoa.deliveries")
REPORT = "deliveries.json"
_WAITS_S = (1, 4)
"""Before the second and third attempt of one run, where the receiver was away."""
_TOLD = 10


class DeliveryServices(PublishedServices, Protocol):
    """The receivers as configured, what reaches them, and the book of deliveries."""

    @property
    def deliveries(self) -> Sequence[Delivery]: ...
    @property
    def couriers(self) -> Mapping[str, Courier]: ...
    @property
    def dispatches(self) -> Dispatches: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def owner(self) -> str: ...


def deliver(
    reader: Reader, services: DeliveryServices, *, fresh: bool = True, due: bool = False
) -> dict[str, Any]:
    """Deliver what waits, oldest day first; returns how all deliveries stand, as ``deliveries.json`` has it.

    ``fresh``: the newest snapshot is put down for every receiver that has it not yet. ``due``: only what is
    to be tried again by now. A receiver that is away keeps none of the others waiting; who was tried least
    comes first, so that one over which a run dies holds up nobody for long.
    """
    if fresh:
        services.dispatches.expect(list(_newest(services)))
    waiting = _waiting(services, due)
    for delivery in sorted(services.deliveries, key=lambda one: _most_attempts(waiting.get(one.name, ()))):
        _deliver_to(reader, services, delivery, waiting.get(delivery.name, ()))
    return told(services)


def send_again(reader: Reader, services: DeliveryServices, name: str) -> None:
    """Let what is uncertain wait again: the person has asked, and it did not arrive."""
    uncertain = [one for one in services.dispatches.listed() if one.standing is Standing.UNCERTAIN]
    mine = [one for one in uncertain if one.delivery == name]
    if not mine:
        raise NotFound("delivery", f"no delivery to {name!r} is uncertain")
    for dispatch in mine:
        event = _event(reader, Action.DELIVERY_REOPENED, dispatch)
        services.dispatches.reopen(replace(dispatch, next_at=services.clock.now()), event)


def told(services: DeliveryServices) -> dict[str, Any]:
    """How all deliveries stand, which is kept for pages and monitoring, too."""
    dispatches = services.dispatches.listed()
    newest = max(published(services).items(), default=None)
    receivers = {delivery.name: delivery for delivery in services.deliveries}
    former = {one.delivery for one in dispatches} - receivers.keys()
    answer = {
        "at": services.clock.now().isoformat(),
        "snapshot": newest and {"day": newest[0].isoformat(), "sha256": newest[1].details["sha256"]},
        "deliveries": [
            _receiver(name, receivers.get(name), [one for one in dispatches if one.delivery == name])
            for name in [*receivers, *sorted(former)]
        ],
    }
    services.reports.write(REPORT, json_bytes(answer))
    tell(services.reports, DELIVERIES, delivery_samples(services.deliveries, dispatches))
    return answer


def _newest(services: DeliveryServices) -> Iterator[Dispatch]:
    day, event = max(published(services).items(), default=(None, None))
    if day is None or event is None:
        return
    now = services.clock.now()
    for delivery in services.deliveries:
        yield Dispatch(delivery.name, day, event.details["sha256"], Standing.WAITING, 0, "", now, now)


def _waiting(services: DeliveryServices, due: bool) -> Mapping[str, Sequence[Dispatch]]:
    """What waits for each receiver, the oldest day first."""
    now, found = services.clock.now(), dict[str, list[Dispatch]]()
    for one in reversed(services.dispatches.listed()):
        if one.standing is Standing.WAITING and (not due or one.next_at <= now):
            found.setdefault(one.delivery, []).append(one)
    return found


def _most_attempts(waiting: Sequence[Dispatch]) -> int:
    return max((one.attempts for one in waiting), default=0)


def _deliver_to(
    reader: Reader, services: DeliveryServices, delivery: Delivery, waiting: Sequence[Dispatch]
) -> None:
    for dispatch in waiting:
        if _tried(reader, services, delivery, dispatch) is Result.AWAY:
            return  # the next would fare no better


def _tried(
    reader: Reader, services: DeliveryServices, delivery: Delivery, dispatch: Dispatch
) -> Result | None:
    """Attempts of this run: more than one only where the receiver was away."""
    for wait in (0, *_WAITS_S):
        services.clock.sleep(wait)
        result = _attempt(reader, services, delivery, dispatch)
        if result is not Result.AWAY:
            return result
        dispatch = replace(dispatch, attempts=dispatch.attempts + 1)
    return Result.AWAY


def _attempt(
    reader: Reader, services: DeliveryServices, delivery: Delivery, dispatch: Dispatch
) -> Result | None:
    """One attempt, begun and ended in the ledger; None where another process has it."""
    begun = _event(reader, Action.DELIVERY_BEGUN, dispatch)
    taken, died = services.dispatches.begin(dispatch, services.owner, services.clock.now(), begun)
    if not taken:
        return None
    receipt = _carried(services, delivery, dispatch, died)
    now = services.clock.now()
    ended = replace(
        dispatch,
        standing=_STANDING.get(receipt.result, Standing.WAITING),
        detail=receipt.detail,
        next_at=now + wait_after(dispatch.attempts + 1),
        changed_at=now,
    )
    action = Action.DELIVERED if receipt.result is Result.DELIVERED else Action.DELIVERY_FAILED
    services.dispatches.end(ended, services.owner, _event(reader, action, dispatch, receipt))
    if action is Action.DELIVERY_FAILED:
        log.error("delivery %s of %s: %s (%s)", delivery.name, dispatch.day, receipt.detail, receipt.result)
    return receipt.result


_STANDING = {Result.DELIVERED: Standing.DELIVERED, Result.UNCERTAIN: Standing.UNCERTAIN}


def _carried(services: DeliveryServices, delivery: Delivery, dispatch: Dispatch, died: bool) -> Receipt:
    """What came of handing it over; ``died``: somebody died over the attempt before."""
    courier = services.couriers[delivery.name]
    try:
        if died and not courier.repeats:
            return Receipt(Result.UNCERTAIN, "lần gửi trước bị ngắt giữa chừng")
        return courier.carry(_parcel(services, delivery, dispatch))
    except Unavailable as error:
        return Receipt(Result.AWAY, str(error))
    except SohoaError as error:
        return Receipt(Result.REFUSED, str(error))
    except Exception as error:
        log.exception("delivery %s", delivery.name)
        return Receipt(Result.UNCERTAIN, type(error).__name__)


def _parcel(services: DeliveryServices, delivery: Delivery, dispatch: Dispatch) -> Parcel:
    """What was published, its hashes compared; raises ``Corrupt`` where it is not what its event tells."""
    event = published(services).get(dispatch.day)
    if event is None or event.details["sha256"] != dispatch.sha256:
        raise Corrupt(f"the snapshot of {dispatch.day} is not the one that was published: sohoa verify")
    hashes = event.details["files"]

    def file(name: str, media_type: str) -> ParcelFile:
        if name not in hashes:
            raise Corrupt(f"the snapshot of {dispatch.day} was published without {name}")
        read = services.store.get(services.policy.reports, key_of(dispatch.day, name))
        found = ParcelFile(name, media_type, read)
        if found.sha256 != hashes[name]:
            raise Corrupt(f"{name} of {dispatch.day} is not what was published: sohoa verify")
        return found

    files = tuple(file(f"coverage.{form}", MEDIA_TYPES[form]) for form in delivery.formats)
    summary = f"summary.{delivery.language}.txt"
    text = file(summary, "text/plain").data.decode() if summary in hashes else ""
    return Parcel(delivery.name, dispatch.day, dispatch.sha256, dispatch.key, delivery.language, text, files)


def _event(reader: Reader, action: Action, dispatch: Dispatch, receipt: Receipt | None = None) -> NewEvent:
    details = {"day": dispatch.day.isoformat(), "sha256": dispatch.sha256, "key": dispatch.key}
    if receipt is not None:
        details |= {"result": receipt.result.value, "detail": receipt.detail}
    return NewEvent(reader.actor, action, details)


def _receiver(name: str, delivery: Delivery | None, mine: Sequence[Dispatch]) -> dict[str, Any]:
    """A receiver and its newest dispatches; one that is configured no more has no kind."""
    count = {standing.value: sum(one.standing is standing for one in mine) for standing in Standing}
    return {
        "name": name,
        "kind": delivery.kind if delivery else None,
        "place": delivery.place if delivery else None,
        "formats": list(delivery.formats) if delivery else [],
        "language": delivery.language if delivery else None,
        **count,
        "attempts": sum(one.attempts for one in mine),
        "dispatches": [
            {
                "day": one.day.isoformat(),
                "sha256": one.sha256,
                "standing": one.standing.value,
                "attempts": one.attempts,
                "detail": one.detail,
                "next_at": one.next_at.isoformat() if one.standing is Standing.WAITING else None,
                "changed_at": one.changed_at.isoformat(),
            }
            for one in mine[:_TOLD]
        ],
    }
