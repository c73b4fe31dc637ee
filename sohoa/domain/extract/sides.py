"""The pages that the rules are made for, printed ones that lie upright; and the way back to the file's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ocr.page import Page
from sohoa.domain.archive.records import Description, DocumentPart, Evidence, Field


@dataclass(frozen=True, slots=True)
class Side:
    """A printed page as a person holds it; numbered from 1 among all of the file's.

    ``own`` is the file's page that shows it, on whose upright picture it begins at ``left_px``: 0 but for
    the right one of two.
    """

    page: Page
    own: Page
    left_px: int

    def on_file(self, seen: Evidence) -> Evidence:
        """Evidence of this page where it stands on the file's own."""
        box = self.own.own(seen.box.moved(self.left_px)) if seen.box else None
        return replace(seen, page=self.own.number, box=box)


def sides(pages: Sequence[Page]) -> tuple[Side, ...]:
    """The printed pages in order: where two lie side by side, the left one first."""
    parts = [
        (leaf, page, page.gutter_px if index else 0)
        for page in pages
        for index, leaf in enumerate(page.leaves)
    ]
    return tuple(
        Side(replace(leaf, number=number), page, left) for number, (leaf, page, left) in enumerate(parts, 1)
    )


def on_file(described: Description, found: Sequence[Side]) -> Description:
    """What was found on the printed pages, with its page numbers and evidence as the file has them."""
    by_number = {side.page.number: side for side in found}
    return replace(described, documents=tuple(_part(part, by_number) for part in described.documents))


def _part(part: DocumentPart, sides: dict[int, Side]) -> DocumentPart:
    first, last = (sides[number].own.number for number in (part.first_page, part.last_page))
    return DocumentPart(first, last, {name: _field(field, sides) for name, field in part.fields.items()})


def _field(field: Field, sides: dict[int, Side]) -> Field:
    return replace(field, evidence=tuple(_evidence(seen, sides) for seen in field.evidence))


def _evidence(seen: Evidence, sides: dict[int, Side]) -> Evidence:
    side = sides.get(seen.page) if seen.page is not None else None
    return seen if side is None else side.on_file(seen)
