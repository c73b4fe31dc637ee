"""The digest of a day: one root over every record's manifest and chain head, naming the digest before it."""

from __future__ import annotations

import json
from dataclasses import dataclass

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
    """``previous`` is the SHA-256 of the ``digest.json`` before, empty for the first; ``made_at`` is ISO."""

    day: str
    made_at: str
    previous: str
    size: int
    root: str

    def to_bytes(self) -> bytes:
        """As it is stored and signed."""
        return json_bytes(
            {
                "schema": SCHEMA,
                "day": self.day,
                "made_at": self.made_at,
                "previous_digest_sha256": self.previous,
                "records": self.size,
                "merkle_root": self.root,
            }
        )

    @staticmethod
    def from_bytes(data: bytes) -> DayDigest:
        """The inverse of ``to_bytes``; raises ``Corrupt`` for anything else."""
        try:
            plain = json.loads(data)
            texts = [plain[key] for key in ("day", "made_at", "previous_digest_sha256", "merkle_root")]
            if plain["schema"] != SCHEMA or type(plain["records"]) is not int:
                raise Corrupt("not a digest")
            if not all(isinstance(text, str) for text in texts):
                raise Corrupt("not a digest")
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise Corrupt(f"unreadable digest: {type(error).__name__}") from error
        return DayDigest(texts[0], texts[1], texts[2], plain["records"], texts[3])
