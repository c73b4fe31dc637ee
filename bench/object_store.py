"""How fast objects travel through our store, compared with the bare ``minio`` client on the same server.

usage: scripts/services start && .venv/bin/python -m bench.object_store [--rounds 5]

Each round moves the same objects (60 of 64 KiB, 40 of 1.5 MiB, 2 of 48 MiB) up and down, bare and ours in
turn, in an order that changes from round to round. Prints one JSON object: the median seconds of each side
and the ratios (bare / ours; above 1: ours is faster). Ours also asks
first whether the key is free. A measurement, not a test.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from minio import Minio

from sohoa.adapters.minio_store import MinioStore
from tests.support.buckets import client, minio_store, remove
from tests.support.servers import servers

BUCKET = "bench-objects"
SIZES = (64 << 10,) * 60 + (1536 << 10,) * 40 + (48 << 20,) * 2


def main() -> None:
    """Move the objects both ways on both sides, print the ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    found = servers()
    if found is None:
        sys.exit("no servers: run scripts/services start")
    block = os.urandom(max(SIZES))
    seconds: dict[str, list[float]] = {name: [] for name in ("bare_up", "bare_down", "ours_up", "ours_down")}
    with tempfile.TemporaryDirectory() as folder:
        store, bare = minio_store(found.store, Path(folder), BUCKET), client(found.store)
        store.prepare(BUCKET)
        try:
            for number in range(rounds):
                sides = [("bare", _bare(bare)), ("ours", _ours(store))]
                turns = sides if number % 2 else sides[::-1]
                for side, (up, _) in turns:
                    seconds[f"{side}_up"].append(_seconds(up, _keys(number, side), block))
                for side, (_, down) in turns:
                    seconds[f"{side}_down"].append(_seconds(down, _keys(number, side), block))
        finally:
            remove(bare, BUCKET)
    median = {name: round(statistics.median(values), 3) for name, values in seconds.items()}
    ratios = {
        f"ratio_{way}": round(median[f"bare_{way}"] / median[f"ours_{way}"], 2) for way in ("up", "down")
    }
    print(json.dumps({"rounds": rounds, "objects": len(SIZES), **median, **ratios}))  # noqa: T201 - the result


# Moves an object of these bytes and returns how many came through.
Way = Callable[[str, bytes], int]


def _bare(bare: Minio) -> tuple[Way, Way]:
    def up(key: str, data: bytes) -> int:
        bare.put_object(BUCKET, key, io.BytesIO(data), len(data))
        return len(data)

    def down(key: str, _: bytes) -> int:
        response = bare.get_object(BUCKET, key)
        read = len(response.read())
        response.close()
        response.release_conn()
        return read

    return up, down


def _ours(store: MinioStore) -> tuple[Way, Way]:
    def up(key: str, data: bytes) -> int:
        return store.put(BUCKET, key, data).size_bytes

    def down(key: str, _: bytes) -> int:
        return len(store.get(BUCKET, key))

    return up, down


def _keys(number: int, side: str) -> list[str]:
    return [f"{number}/{side}/{place}" for place in range(len(SIZES))]


def _seconds(way: Way, keys: list[str], block: bytes) -> float:
    start = time.perf_counter()
    moved = sum(way(key, block[:size]) for key, size in zip(keys, SIZES, strict=True))
    if moved != sum(SIZES):
        sys.exit(f"{moved} bytes travelled, not {sum(SIZES)}")
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
