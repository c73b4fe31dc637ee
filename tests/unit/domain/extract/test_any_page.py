"""Whatever a page holds, describing and screening answer: no text is an error."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ocr.page import Box, Line, Mark, MarkKind, Page, Source, Word, Zone
from sohoa.domain.protection.secrecy import screen
from tests.support.marks import MARKS
from tests.unit.domain.extract.conftest import Describe

_PRINTED = (
    "Số: /QĐ-UBND 12 ngày tháng năm 2024 31 QUYẾT ĐỊNH V/v KT. CHỦ TỊCH Nơi nhận: CỘNG HÒA XÃ HỘI "
    "UBND TỈNH SỞ - ²/QĐ-UBND ①2 † ﬁ İ \u0301 MẬT Lê Văn"
)
_PIECES = st.sampled_from(_PRINTED.split())
_WORDS = st.builds(
    Word,
    st.one_of(_PIECES, st.text(min_size=1, max_size=8).filter(str.strip)),
    st.builds(Box, st.integers(0, 1500), st.integers(0, 2300), st.integers(1, 300), st.integers(1, 60)),
    st.floats(0, 1),
)
_LINES = st.builds(Line, st.lists(_WORDS, min_size=1, max_size=6).map(tuple), st.sampled_from(Zone))
_MARKS = st.builds(Mark, st.sampled_from(MarkKind), st.text(max_size=12), st.just(Box(200, 300, 80, 30)))
_PAGES = st.builds(
    Page,
    st.integers(1, 9),
    st.just(1654),
    st.just(2339),
    st.just(200),
    st.sampled_from(Source),
    st.lists(_LINES, max_size=12).map(tuple),
    st.lists(_MARKS, max_size=2).map(tuple),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(pages=st.lists(_PAGES, min_size=1, max_size=3))
def test_any_page(described: Describe, pages: list[Page]) -> None:
    """Every page is in exactly one document, every confidence is a probability, nothing raises."""
    numbered = [
        Page(at, p.width_px, p.height_px, p.dpi, p.source, p.lines, p.marks) for at, p in enumerate(pages, 1)
    ]
    screen(numbered, MARKS)
    found = described(*numbered, file_name="12 QĐ.pdf")
    covered = [n for part in found.documents for n in range(part.first_page, part.last_page + 1)]
    assert covered == [page.number for page in numbered]
    for part in found.documents:
        assert all(0 <= field.confidence < 1 and field.value for field in part.fields.values())
