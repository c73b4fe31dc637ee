"""The Merkle tree of a day's digest: proofs lead to the root, and to no other."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.archive.merkle import climbed, path, root

LINES = st.lists(
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8), min_size=1, unique=True
)


@given(LINES, st.data())
def test_every_proof_leads_to_the_root(lines: list[str], data: st.DataObject) -> None:
    """From each line, in at most as many steps as the tree is high."""
    place = data.draw(st.integers(0, len(lines) - 1))
    steps = path(lines, place)
    assert climbed(lines[place], steps) == root(lines)
    assert len(steps) <= max(1, (len(lines) - 1).bit_length())


@given(LINES, st.data())
def test_no_other_line_has_that_proof(lines: list[str], data: st.DataObject) -> None:
    """The same steps from a line that is not there lead elsewhere."""
    place = data.draw(st.integers(0, len(lines) - 1))
    assert climbed(lines[place] + "x", path(lines, place)) != root(lines)


@given(LINES, st.data())
def test_any_change_changes_the_root(lines: list[str], data: st.DataObject) -> None:
    """A line removed, changed, added or moved."""
    place = data.draw(st.integers(0, len(lines) - 1))
    without = [*lines[:place], *lines[place + 1 :]]
    changed = [*lines[:place], lines[place] + "x", *lines[place + 1 :]]
    others = [without, changed, [*lines, "y" * 9], lines[::-1]] if len(lines) > 1 else [without, changed]
    assert all(root(other) != root(lines) for other in others)


def test_the_steps_are_those_of_sha256sum() -> None:
    """Two lines, hashed by hand as docs/verify-by-hand.md says."""
    hashes = [hashlib.sha256(f"leaf {line}\n".encode()).hexdigest() for line in "ab"]
    assert root("ab") == hashlib.sha256(f"node {hashes[0]} {hashes[1]}\n".encode()).hexdigest()
