"""How the queue and a record under review are shown to people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sohoa.answers.history import STEPS
from sohoa.answers.reasons import reasons_answer
from sohoa.cli.headings import Heading, field_heading
from sohoa.cli.output import out, print_table
from sohoa.domain.archive.record_document import field_values
from sohoa.domain.fields import OF_THE_FILE, field_of, is_missing, label
from sohoa.domain.reasons import REASONS
from sohoa.usecases.review.views import Doubtful, Viewed


def doubts_and_work(row: Doubtful) -> tuple[str, ...]:
    """What is doubtful, in Vietnamese, and whose work it is; one line each."""
    doubts = [REASONS[code].vi for code in row.item.doubts]
    steps = [f"{STEPS[a.step]}: {a.person}" for a in row.assigned if a.done_at is None]
    return (*doubts, *steps)


def print_viewed(viewed: Viewed) -> None:
    """A record for a person: doubts first, then every field with its candidates."""
    now, doubts = viewed.now, viewed.doubts
    head = f"{now.row.record_id}  {now.row.agency}  version {now.manifest.version}"
    out.print(f"{head}  {now.record['source']['key']}", markup=False, soft_wrap=True)
    if now.row.withdrawn:
        out.print(f"OUT OF THE ARCHIVE: {now.row.withdrawn}", markup=False, soft_wrap=True)
    for reason in reasons_answer(doubts):
        out.print(f"  {reason['vi']} ({reason['en']})", markup=False, soft_wrap=True)
    named = dict.fromkeys([*filter(None, map(field_of, doubts)), *now.record["fields"]])
    rows = [_field_row(name, now.record["fields"].get(name), doubts) for name in named]
    print_table(("?", Heading.FIELD, "", Heading.VALUE, Heading.SURE, Heading.CANDIDATES), rows, unbroken=2)
    if len(now.record["documents"]) > 1:
        ranges = " ".join("-".join(map(str, d["pages"])) for d in now.record["documents"])
        out.print(f"several documents in one file: {ranges}", markup=False)
    if viewed.same_number:
        sides = [now, *viewed.same_number]
        names = ("code", "issued_date", "type_name", "subject")
        values = [(field_values(side.record), side) for side in sides]
        table = [(side.row.record_id, *(found.get(n, "") for n in names)) for found, side in values]
        print_table((Heading.SAME_NUMBER, *map(field_heading, names)), table, unbroken=1)


def _field_row(name: str, field: Mapping[str, Any] | None, doubts: Sequence[str]) -> Sequence[Any]:
    mark = "?" if any(field_of(code) == name for code in doubts) else ""
    if field is None:
        return mark, name, label(name), "—", "", ""
    seen = (f"{e['value']} ({e['method']} {e['confidence']:.2f})" for e in field["evidence"])
    return mark, name, label(name), field["value"] or "—", f"{field['confidence']:.2f}", tuple(seen)


def ways_on(viewed: Viewed) -> Iterator[str]:
    """Commands that settle what is doubtful, most likely first."""
    name, doubts = viewed.now.row.record_id, viewed.doubts
    if viewed.now.row.withdrawn or not doubts:
        yield "sohoa review list"
        return
    missing = [field_of(code) for code in doubts if is_missing(code)]
    if len(missing) < len(doubts):
        yield f"sohoa review accept {name} --as NAME   (what is shown is right)"
    doubtful = missing or [field for code in doubts if (field := field_of(code))]
    fields = [field for field in doubtful if field not in OF_THE_FILE]
    if fields:
        yield f"sohoa review set {name} {' '.join(f'{field}=…' for field in fields)} --as NAME"
    if len(fields) < len(doubtful):
        yield f"sohoa files attach {name} FILE_CODE --as NAME   (another hồ sơ)"
    if "draft" in doubts:
        yield f"sohoa review set {name} draft=no --as NAME   (it was issued)"
    if viewed.same_number:
        yield f"sohoa review accept {name} same_number --as NAME   (two papers, keep both)"
    yield f"sohoa review reject {name} --reason … --as NAME   (scan again, or wrong paper)"
