"""Words to printed lines, zones and reading order, after the page layout of Nghị định 30/2020, Phụ lục I.

Works on a levelled page, where rows of print are horizontal. Reading order: head left (agencies,
number, V/v), head right (motto, place and date), title and body, foot left (Nơi nhận), foot right
(authority, position, name).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from ocr.layout import anchors, date_line, number_line
from ocr.layout.runs import Run, joined, split_at_gap, split_wide
from ocr.page import Line, Word, Zone

_HEAD_SHARE = 0.5
_HEAD_ROWS = 9
_DATE_REACH = 6.0  # rows that a date line may begin left of the motto
_COLUMN_ROWS = 2.4
_NUMBER_ROWS = 5.0  # a rule or a row of stars may stand above the number
_BLOCK_ROWS = 4.0
_RIGHT_SIDE = 0.5
_FOOT_LEFT_SHARE = 0.25
_FULL_LINE_SHARE = 0.55


def arrange(lines: Sequence[Sequence[Word]], width: int, height: int) -> tuple[Line, ...]:
    """Lines in reading order, each with its zone.

    ``lines`` are the engine's, ``width`` and ``height`` the page's, all in the same pixels. Words of
    two columns that the engine joined are parted, words of one printed line that it parted are joined.
    """
    runs = sorted((run for line in lines for run in split_wide(line)), key=lambda run: run.middle)
    if not runs:
        return ()
    row = median(run.box.h for run in runs)
    left, right, rest = _head(runs, row, width, height)
    foot_left, foot_right, body, after = _foot(rest, row, width)
    zones = (
        (Zone.HEAD_LEFT, left),
        (Zone.HEAD_RIGHT, right),
        (Zone.BODY, body),
        (Zone.FOOT_LEFT, foot_left),
        (Zone.FOOT_RIGHT, foot_right),
        (Zone.BODY, after),
    )
    return tuple(Line(words, zone) for zone, members in zones for words in joined(members))


def _head(runs: list[Run], row: float, width: int, height: int) -> tuple[list[Run], list[Run], list[Run]]:
    """The two columns of the head and what is left, told apart by where the motto or the date starts."""
    upper = [run for run in runs if run.middle < height * _HEAD_SHARE]
    motto = next((run for run in upper if _motto(run) is not None), None)
    if motto is not None:
        start, bottom = motto.words[_motto(motto) or 0].box.x, _head_bottom(runs, motto, row)
    elif pair := _number_and_date(upper, row, width):
        start, bottom = pair[1].box.x, float(max(run.box.bottom for run in pair))
    else:
        return [], [], runs
    left: list[Run] = []
    right: list[Run] = []
    rest: list[Run] = []
    for run in runs:
        if run.middle > bottom:
            (left if _continues(left, run, start, row) else rest).append(run)
            continue
        for part in _columns(run, start, row):
            belongs_right = part.box.x >= start - row or part.box.middle[0] > start
            (right if belongs_right else left).append(part)
    return left, right, rest


def _number_and_date(runs: Sequence[Run], row: float, width: int) -> tuple[Run, Run] | None:
    """Number and date side by side, in the head of a paper without a motto."""
    parts = [part for run in runs for part in split_at_gap(run, width // 2, row)]
    numbers = [run for run in parts if number_line.opens_with_number(run.text)]
    dates = [run for run in parts if run.box.middle[0] > width / 2 and date_line.is_date_line(run.text)]
    for date in dates:
        for number in numbers:
            near = abs(number.middle - date.middle) < _NUMBER_ROWS * row
            if near and number.box.right < date.box.x:
                return number, date
    return None


def _columns(run: Run, start: int, row: float) -> tuple[Run, ...]:
    """The run's parts left and right of the gap between the columns; a date line may begin left of it."""
    alone = date_line.is_date_line(run.text) and not number_line.opens_with_number(run.text)
    return (run,) if alone and _is_under(run, start, row) else split_at_gap(run, start, row)


def _is_under(run: Run, start: int, row: float) -> bool:
    """Whether the run stands under the motto: the body begins further left."""
    return run.box.x > start - _DATE_REACH * row


def _motto(run: Run) -> int | None:
    return anchors.motto_at([word.text for word in run.words])


def _head_bottom(runs: Iterable[Run], motto: Run, row: float) -> float:
    """Lower edge of the line with place and date; of motto and number where there is none."""
    near = [run for run in runs if motto.middle < run.middle < motto.middle + _HEAD_ROWS * row]
    start = motto.words[_motto(motto) or 0].box.x
    column = [run for run in near if run.box.right > start]
    dated = next((run for run in column if _dated(run, start, row)), None)
    if dated is not None:
        return float(dated.box.bottom)
    left = [run for run in near if run.box.x < start - row and run.box.right < start + row]
    numbered = [run for run in left if number_line.opens_with_number(run.text)]
    last = [motto, *(run for run in column if _motto(run) is not None), *numbered[:1]]
    return float(max(run.box.bottom for run in last))


def _dated(run: Run, start: int, row: float) -> bool:
    """Whether the run, or what of it stands under the motto beside the number, names a day."""
    numbered = number_line.opens_with_number(run.text)
    parts = split_at_gap(run, start, row) if numbered else (run,)
    if len(parts) > 1 and not number_line.opens_with_number(parts[0].text):
        return False  # a title that cites a number and its day
    return any(_is_under(part, start, row) and date_line.names_a_day(part.text) for part in parts)


def _continues(left: list[Run], run: Run, start: int, row: float) -> bool:
    """Whether a run below the date still belongs to the left column, as the lines of ``V/v`` do."""
    if not left or run.box.right > start + row or anchors.is_salutation(run.text):
        return False
    above = max(left, key=lambda other: other.middle)
    column_left = min(other.box.x for other in left)
    column_right = max(other.box.right for other in left)
    beside = run.box.x >= column_left - 3 * row and run.box.middle[0] <= column_right
    reach = _NUMBER_ROWS if number_line.opens_with_number(run.text) else _COLUMN_ROWS
    return beside and run.middle - above.middle <= reach * row


def _foot(runs: list[Run], row: float, width: int) -> tuple[list[Run], list[Run], list[Run], list[Run]]:
    """Foot left, foot right, what stands above (the body) and below."""
    recipients = next((run for run in reversed(runs) if anchors.is_recipients(run.text)), None)
    block = _signature_block(runs, row, width, recipients)
    if recipients is None and not block:
        return [], [], runs, []
    first = min(run.middle for run in (*block, *((recipients,) if recipients else ()))) - row / 2
    margin = recipients.box.x if recipients else min(run.box.x for run in runs)
    left: list[Run] = []
    right: list[Run] = []
    body: list[Run] = []
    after: list[Run] = []
    for run in runs:
        if run.middle < first:
            body.append(run)
        elif after or (run.box.w > _FULL_LINE_SHARE * width and run.box.x < width / 3):
            after.append(run)
        else:
            (left if run.box.x < margin + _FOOT_LEFT_SHARE * width else right).append(run)
    return left, right, body, after


def _signature_block(runs: list[Run], row: float, width: int, recipients: Run | None) -> list[Run]:
    """The lines of authority and post: capitals on the right side with no print on their left."""
    start = recipients.middle - _BLOCK_ROWS * row if recipients else 0.0
    block = [
        run
        for run in runs
        if run.middle >= start and run.box.middle[0] > _RIGHT_SIDE * width and anchors.is_authority(run.text)
    ]
    if recipients is not None or not block:
        return block
    below = [run for run in runs if run.middle > block[0].middle + row]
    return [] if any(run.box.w > _FULL_LINE_SHARE * width for run in below) else block
