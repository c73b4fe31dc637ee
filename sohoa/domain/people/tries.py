"""How often an address may try to sign in: kept in memory, of a few thousand addresses at most."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from threading import Lock

AT_ONCE, EVERY, ADDRESSES = 60, timedelta(seconds=2), 4096
_SUBSCRIBER_BITS = 64


class Tries:
    """Sixty tries at once, then one every two seconds, for each address; safe for threads.

    A try is counted before its password is looked at, so that a thousand at once are no way around, and
    taken back when it was right, so that a whole office behind one address can sign in.
    """

    def __init__(self, at_once: int = AT_ONCE, every: timedelta = EVERY, addresses: int = ADDRESSES) -> None:
        self._every, self._ahead, self._addresses = every, at_once * every, addresses
        self._paid_until: OrderedDict[str, datetime] = OrderedDict()
        self._lock = Lock()

    def take(self, address: str, at: datetime) -> timedelta:
        """Count a try; the time to wait where there were too many, which are not counted, else none."""
        place = _place(address)
        with self._lock:
            until = max(at, self._paid_until.get(place, at)) + self._every
            if until - at > self._ahead:
                return until - at - self._ahead
            self._paid_until[place] = until
            self._paid_until.move_to_end(place)
            if len(self._paid_until) > self._addresses:
                self._paid_until.popitem(last=False)
        return timedelta()

    def give_back(self, address: str) -> None:
        """A try of the address was right: it does not count."""
        place = _place(address)
        with self._lock:
            if place in self._paid_until:
                self._paid_until[place] -= self._every


def _place(address: str) -> str:
    """What is counted as one: an IPv4 address, or the network that an IPv6 subscriber has."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is None:
        return f"{int(ip) >> _SUBSCRIBER_BITS:x}::"
    return str(getattr(ip, "ipv4_mapped", ip))
