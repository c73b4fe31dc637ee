"""Folder documents: what belongs to one, in which order, and which marker speaks for it."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.page import Page, Source
from sohoa.domain.archive.records import Finding, Reading
from sohoa.domain.archive.versions import FileEntry
from sohoa.domain.inbox.folder_documents import (
    folder_from,
    folder_of,
    is_marker,
    is_page,
    joined,
    natural_order,
    original_sha256,
    stored_name,
)
from sohoa.domain.inbox.keys import plan
from sohoa.domain.inbox.states import InboxObject, State

FOLDER = "Z99.01/lo/a.pages"


@pytest.mark.parametrize(
    ("key", "folder"),
    [
        ("Z99.01/lo/a.pages/1.jpg", FOLDER),
        ("Z99.01/lo/a.PAGES/sub/1.jpg", "Z99.01/lo/a.PAGES"),
        ("Z99.01/lo/a.pages/b.pages/1.jpg", FOLDER),
        ("Z99.01/lo/a.pages", ""),
        ("Z99.01/lo/.pages/1.jpg", ""),
        ("Z99.01/lo/pages/1.jpg", ""),
        ("x.pages/lo/1.jpg", ""),
    ],
)
def test_the_folder_of_a_key(key: str, folder: str) -> None:
    """The outermost folder whose name ends in .pages; a file of that name, and the agency, are none."""
    assert folder_of(key) == folder


def test_markers_and_pages() -> None:
    """Only the two names directly in the folder are markers; what else has a name is a page."""
    assert is_marker(f"{FOLDER}/_complete")
    assert is_marker(f"{FOLDER}/manifest.csv")
    assert not is_marker("Z99.01/lo/manifest.csv")
    assert not is_marker(f"{FOLDER}/sub/_complete")
    assert is_page(f"{FOLDER}/sub/1.jpg")
    assert not any(is_page(key) for key in (f"{FOLDER}/", f"{FOLDER}/_complete", "Z99.01/lo/1.jpg"))


@given(st.lists(st.integers(0, 10**6), unique=True), st.sampled_from(["trang", "Trang ", "p-", ""]))
def test_pages_are_in_the_order_of_their_numbers(numbers: list[int], prefix: str) -> None:
    """page2 comes before page10, with or without noughts in front."""
    for width in (0, 9):
        names = [f"{prefix}{number:0{width}d}.jpg" for number in numbers]
        ordered = sorted(names, key=natural_order)
        assert ordered == [f"{prefix}{number:0{width}d}.jpg" for number in sorted(numbers)]


@given(st.lists(st.text(min_size=1), min_size=2))
def test_the_natural_order_is_total(names: list[str]) -> None:
    """Any names can be compared, and the order does not depend on how they came in."""
    backwards = names[::-1]
    assert sorted(names, key=natural_order) == sorted(backwards, key=natural_order)


def test_the_digest_of_a_folder_depends_on_order_and_bytes() -> None:
    """The digest of one file is its own; of a folder, that of the list which sha256sum prints."""
    one, two = (FileEntry(1, hashlib.sha256(text).hexdigest()) for text in (b"1", b"2"))
    assert original_sha256({"original.pdf": one, "v1/record.json": two}) == one.sha256
    assert original_sha256({"v1/record.json": two}) == ""
    there = {stored_name(1, "jpg"): one, stored_name(2, "jpg"): two, "v1/record.json": two}
    back = {stored_name(2, "jpg"): one, stored_name(1, "jpg"): two}
    listed = f"{one.sha256}  0001.jpg\n{two.sha256}  0002.jpg\n"
    assert original_sha256(there) == hashlib.sha256(listed.encode()).hexdigest() != original_sha256(back)


def test_joined_readings_are_numbered_through() -> None:
    """Pages and findings of the second file follow the first one's."""

    def reading(pages: int) -> Reading:
        read = tuple(Page(number, 10, 10, 200, Source.BLANK) for number in range(1, pages + 1))
        return Reading(read, (), (Finding("skewed", 1), Finding("no_colour")))

    whole = joined([reading(2), reading(1)])
    assert [page.number for page in whole.pages] == [1, 2, 3]
    assert [finding.page for finding in whole.findings] == [1, None, 3, None]


def row(name: str, state: State = State.PENDING, **more: object) -> InboxObject:
    return InboxObject(f"{FOLDER}/{name}", "e", 1, state, **more)  # type: ignore[arg-type]  # fields by name


def present(*rows: InboxObject) -> dict[str, str]:
    return {item.key: item.etag for item in rows}


def test_the_marker_that_has_spoken_goes_on_speaking() -> None:
    """manifest.csv comes first, unless _complete has carried the state before."""
    new = row("_complete"), row("manifest.csv"), row("1.jpg")
    carrier = folder_from(FOLDER, new, present(*new)).carrier
    assert carrier is not None
    assert carrier.key.endswith("manifest.csv")
    old = row("_complete", State.ARCHIVED), row("manifest.csv"), row("1.jpg", State.COMPANION)
    folder = folder_from(FOLDER, old, present(*old))
    assert folder.carrier == old[0]
    assert folder.closed


def test_a_removed_marker_keeps_its_folder_secret() -> None:
    """The tombstone of a quarantined marker speaks for what is left or comes later."""
    gone, late = row("_complete", State.QUARANTINED, reason="secrecy_mark", removed_by="x"), row("9.jpg")
    folder = folder_from(FOLDER, [gone, late], present(late))
    assert (folder.carrier, folder.secret, folder.members) == (None, "secrecy_mark", (late,))


def test_a_folder_is_never_cut_into_two_batches() -> None:
    """All its objects are in one group; a folder of the same size follows in that group."""
    names = [f"Z99.01/lo/{folder}.pages/{page}.jpg" for folder in "ab" for page in range(5)]
    batches = list(plan([InboxObject(name, "e", 3) for name in [*names, "Z99.01/lo/c.pdf"]], 2, 10))
    assert [[[key for key, _ in group] for group in batch.groups] for batch in batches] == [
        [names],
        [["Z99.01/lo/c.pdf"]],
    ]
