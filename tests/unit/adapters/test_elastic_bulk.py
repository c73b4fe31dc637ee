"""Lots of a bulk request: bounded, complete, in order, and no record under way twice."""

from __future__ import annotations

import threading

from hypothesis import given
from hypothesis import strategies as st

from sohoa.adapters.elastic_index.bulk import MAX_BYTES, MAX_OPERATIONS, chunks, side_by_side
from sohoa.adapters.elastic_index.documents import Operation

OPERATIONS = st.builds(
    lambda number, size: Operation(str(number), (b"x" * 8, b"y" * size)),
    st.integers(0, 40),
    st.sampled_from([10, MAX_BYTES // 3, MAX_BYTES + 1]),
)


@given(st.lists(OPERATIONS, max_size=60))
def test_lots_are_bounded_and_complete(operations: list[Operation]) -> None:
    """All operations come in order, in lots within the limits, each naming a record once."""
    lots = list(chunks(operations))
    assert [operation for lot in lots for operation in lot] == operations
    for lot in lots:
        assert len({operation.record_id for operation in lot}) == len(lot) <= MAX_OPERATIONS
        assert len(lot) == 1 or sum(operation.size_bytes for operation in lot) <= MAX_BYTES


def test_a_record_is_never_under_way_twice() -> None:
    """Lots go side by side, but one that names a record of another one waits; results come in order."""
    under_way: set[str] = set()
    most = 0
    lock = threading.Lock()

    def work(lot: list[Operation]) -> int:
        nonlocal most
        ids = {operation.record_id for operation in lot}
        with lock:
            assert not ids & under_way
            under_way.update(ids)
            most = max(most, len(under_way))
        pause.wait(0.005)
        with lock:
            under_way.difference_update(ids)
        return int(lot[0].record_id)

    pause = threading.Event()
    names = [number % 7 for number in range(100)]
    assert list(side_by_side(work, ([Operation(str(name), ())] for name in names))) == names
    assert most > 1
