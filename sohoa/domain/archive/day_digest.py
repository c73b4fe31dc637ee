"""The digest of a day: one root over every record's manifest and chain head, naming the digest before it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sohoa.domain.archive.versions import json_bytes
from sohoa.domain.errors import Corrupt

SCHEMA = "sohoa-digest/1"
FOLDER = "digests"
"""The folder of the archive bucket that holds them; no agency has that code."""
DIGEST, LEAVES, SIGNATURE, STAMP = "digest.json", "leaves.txt", "digest.p7s", "digest.tsr"


@dataclass(frozen=True, slots=True)
class Leaf:
    """What the digest says of one record."""

    agency: str
    record_id: str
    version: int
    manifest_sha256: str
    head: str

    @property
    def line(self) -> str:
        """As it stands in ``leaves.txt`` and is hashed."""
        return f"{self.agency} {self.record_id} {self.version} {self.manifest_sha256} {self.head or '-'}"

    @staticmethod
    def from_line(line: str) -> Leaf:
        """The inverse; raises ``Corrupt``."""
        parts = line.split(" ")
        if len(parts) != 5 or not parts[2].isdecimal():
            raise Corrupt("a line of a digest that cannot be read")
        agency, record_id, version, manifest, head = parts
        return Leaf(agency, record_id, int(version), manifest, "" if head == "-" else head)


@dataclass(frozen=True, slots=True)
class DayDigest:
    """``previous`` is the SHA-256 of the ``digest.json`` before, empty for the first.

    ``day`` is its name: ``YYYY-MM-DD``, a further one of the day ``YYYY-MM-DD-2`` and so on. ``level`` is the
    PAdES level that was set when it was made; old ones do not say it.
    """

    day: str
    made_at: datetime
    previous: str
    size: int
    root: str
    level: str = ""

    def to_bytes(self) -> bytes:
        """As it is stored and signed."""
        return json_bytes(
            {
                "schema": SCHEMA,
                "day": self.day,
                "made_at": self.made_at.isoformat(),
                "previous_digest_sha256": self.previous,
                "records": self.size,
                "merkle_root": self.root,
                **({"level": self.level} if self.level else {}),
            }
        )

    @staticmethod
    def from_bytes(data: bytes) -> DayDigest:
        """The inverse of ``to_bytes``; raises ``Corrupt`` for anything else."""
        try:
            plain = json.loads(data)
            texts = [plain[key] for key in ("day", "previous_digest_sha256", "merkle_root")]
            texts.append(plain.get("level", ""))
            made_at = datetime.fromisoformat(plain["made_at"])
            if plain["schema"] != SCHEMA or type(plain["records"]) is not int:
                raise Corrupt("not a digest")
            if not all(isinstance(text, str) for text in texts) or made_at.tzinfo is None:
                raise Corrupt("not a digest")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise Corrupt(f"unreadable digest: {type(error).__name__}") from error
        return DayDigest(texts[0], made_at, texts[1], plain["records"], texts[2], texts[3])


def name_of(day: date, known: Collection[str]) -> str:
    """The name of the next digest that is made on that day."""
    number = 1 + sum(day_of(name) == day.isoformat() for name in known)
    return day.isoformat() if number == 1 else f"{day.isoformat()}-{number}"


def day_of(name: str) -> str:
    """The day on which the digest of that name was made."""
    return name[: len("YYYY-MM-DD")]


def in_order(names: Iterable[str]) -> list[str]:
    """Names of digests, those that were made first before the others."""
    return sorted(names, key=lambda name: (day_of(name), len(name), name))
