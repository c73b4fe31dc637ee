"""Processor time of a seal by level, and many seals in one session: ``python -m bench.signing [DOCUMENTS]``.

One page of a scan, sealed by SoftHSM 2 with RSA 2048, against an authority with OCSP, CRL and time-stamps on
loopback in this process (its share is counted). The copy is made once; measured are signing and our
own check after it. Half way the token is taken out: half must be sealed, half wait; then it is put back.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from ocr.process.pool import WorkerPool
from sohoa.ports import Sealed
from tests.support.authority import authority, softhsm
from tests.support.sealing_keys import Keys, completed, unsigned_copy

_REPEATS = 10


def main(documents: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy = unsigned_copy(folder)
        with (
            authority(folder / "ca") as made,
            softhsm(made, folder / "hsm") as tokens,
            WorkerPool(1, 1024) as signing,
        ):
            keys = Keys(made, folder, signing)
            for level in ("B-B", "B-T", "B-LT", "B-LTA"):
                _print_level(keys, level, copy)
            _print_session(keys, tokens, copy, documents)


def _print_level(keys: Keys, level: str, copy: Sealed) -> None:
    sealer = keys.sealer("pkcs11", level=level)
    completed(sealer, copy)
    cpu, wall = time.process_time(), time.perf_counter()
    sealed = [completed(sealer, copy) for _ in range(_REPEATS)]
    cpu, wall = (time.process_time() - cpu) / _REPEATS, (time.perf_counter() - wall) / _REPEATS
    added = len(sealed[-1].pdf) - len(copy.pdf)
    if any(one.level != level for one in sealed):
        raise SystemExit(f"{level}: {sealed[-1].unsealed}")
    sys.stdout.write(f"{level}: {cpu:.2f} CPU s, {wall:.2f} s, {added / 1000:.0f} kB a document\n")


def _print_session(keys: Keys, tokens: Path, copy: Sealed, documents: int) -> None:
    """All of them by one session; the token is away for the second half."""
    sealer, half = keys.sealer("pkcs11"), documents // 2
    started = time.perf_counter()
    first = [completed(sealer, copy) for _ in range(half)]
    shutil.move(tokens, tokens.with_name("away"))
    second = [completed(sealer, copy) for _ in range(documents - half)]
    shutil.move(tokens.with_name("away"), tokens)
    again = keys.sealer("pkcs11")
    third = [completed(again, one) for one in second]
    seconds = time.perf_counter() - started
    counts = ", ".join(f"{_sealed(part)} of {len(part)}" for part in (first, second, third))
    sys.stdout.write(f"{documents} documents, sealed with the key, without, with it again: {counts}; ")
    sys.stdout.write(f"{seconds:.0f} s\n")


def _sealed(part: Sequence[Sealed]) -> int:
    return sum(not one.unsealed for one in part)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
