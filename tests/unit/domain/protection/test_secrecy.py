"""Secrecy marks are noticed, ordinary words are not."""

from dataclasses import replace
from functools import partial

import pytest

from ocr.page import Box, Line, Mark, MarkKind, Page, Source, Word, Zone
from sohoa.domain.protection import secrecy
from sohoa.domain.protection.secrecy import NoticedMark
from tests.support.marks import MARKS
from tests.support.pages import MOTTO, line, page

screen = partial(secrecy.screen, marks=MARKS)
_LEFT = ("UBND TỈNH SÔNG LAM", "SỞ NỘI VỤ", "Số: 12/BC-SNV")


@pytest.mark.parametrize(
    "mark",
    [
        "MẬT",
        "TỐI MẬT",
        "TUYỆT MẬT",
        "MAT",
        "MẬT.",
        "TÓI MẬT",
        "TUYẸT MẬT",
        "| MẬT |",
        "ĐỘ MẬT: MẬT",
        'MÀ"',
        "|MẠ’",
        "MẬ1",
        "MẬ I",
        "MẬ",
    ],
)
def test_line_in_the_head(mark: str) -> None:
    """A mark that OCR read as a line of its own in the head is a hit, misread or not."""
    assert screen([page(left=(*_LEFT, "", mark), right=MOTTO)]) == NoticedMark("head_line", "secrecy_mark", 1)


@pytest.mark.parametrize(
    "text",
    [
        "TUYỆT MẬYh gửi: Ủy ban nhân dân xã",
        "TỐI MẬTính gửi: Ủy ban nhân dân xã",
        "MẬTính gửi: Ủy ban nhân dân xã",
        "Kính gửi: Ủy ban nhân dâTUYỆT MẬT",
        "V/v rà soát biểTỐI MẬT",
        "TỐI MẬTHỈnh gửi: Ủy ban nhân dân xã",
        "TỐI MẬT Kính gửi: Ủy ban nhân dân xã",
        "MẬT Kính gửi: Ủy ban nhân dân xã",
        "TUYỆT MẬT Hội đồng nhân dân xã họp bàn",
        "TÀI LIỆU TUYỆT Kíâh gửi: Văn phòng",
        "Độ mật: Tối mMính gửi: Ủy ban nhân dân xã",
    ],
)
def test_a_stamp_that_runs_into_a_line_of_print(text: str) -> None:
    """A stamp over, or close before, the first or the last word of a line is a hit."""
    assert screen([page(left=_LEFT, body=(text,))]) == NoticedMark("run_in", "secrecy_mark", 1)


@pytest.mark.parametrize(
    "text",
    [
        "UBNDtỉnh Sông Lam họp bàn",
        "MATtrận Tổ quốc xã",
        "BÍ MẬTnhà nước là thông tin quan trọng",
        "Ban chấp hành Mặt trận TỔ QUỐC",
        "BẢO MẬTthông tin của cơ quan",
        "Luật Bảo vệ bí MẬT",
        "MẬT độ dân số của các xã",
        "KHẨN Kính gửi: Ủy ban nhân dân xã",
        "THÔNG BÁO Kính gửi: Ủy ban nhân dân xã",
        "Độ mật: ............ Kính gửi: Ủy ban",
        "Độ mật: Tối mật, Tuyệt mật, Mật",
    ],
)
def test_words_that_run_together_are_no_mark(text: str) -> None:
    """A blank that OCR lost makes no mark of running words."""
    assert screen([page(left=_LEFT, body=(text,))]) is None


@pytest.mark.parametrize("text", ["MẬT", "MAT", "TỐI MẬT", "MẬN", "", "#~|"])
def test_red_double_frame(text: str) -> None:
    """A framed secrecy mark is a hit whatever was read in it: in doubt the job stops."""
    hit = screen([page(left=_LEFT, marks=((MarkKind.SECRECY, text),))])
    assert hit == NoticedMark("mark:secrecy", "secrecy_mark", 1)


@pytest.mark.parametrize(
    "text", ["LƯU", "ĐÃ QUẾT", "Mẫu2C", "Màu 2C l", "LƯU HÀH?1 Nội LẺ", "SAO LƯU", "ĐÃ SỐ HÓA"]
)
def test_a_frame_with_other_words_badly_read_is_no_mark(text: str) -> None:
    """Syllables far from every level, or a known wording, say that the stamp is another one."""
    assert screen([page(left=_LEFT, marks=((MarkKind.SECRECY, text),))]) is None


@pytest.mark.parametrize(
    "text", ["HÔI MÃI", "NẠT", "VẬT", "LVW", "MẬI", "MÁY", "MẠI", "TỐI", "TUYỆT", "MẬU", "TÝh", "LẬT"]
)
def test_a_frame_with_what_may_be_a_level_badly_read_is_a_mark(text: str) -> None:
    """A syllable near to a level, and what is no syllable, stop the job."""
    assert screen([page(left=_LEFT, marks=((MarkKind.SECRECY, text),))]) is not None


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("mưrện mật Ì", True),
        ("ˆ Độ mật: Mật", True),
        ("MÁẬI Ì", True),
        ("TỐI", True),
        ("TUYỆT", True),
        ("Bảo mật", False),
        ("MẬT ĐỘ XÂY DỰNG: 60%", False),
        ("Mật độ", False),
        ("Tối", False),
    ],
)
def test_a_stamp_that_says_little_but_a_level(text: str, secret: bool) -> None:
    """A level among letters that could not be read is one; a word of everyday is none."""
    assert (screen([page(left=_LEFT, marks=((MarkKind.STAMP, text),))]) is not None) is secret


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("TÀI LIỆU THU HỒI", "recall_mark"),
        ("GIẢI MẬT\nTừ: 01/02/2020", "declassified_mark"),
        ("TUYỆT MẬT", "secrecy_mark"),
        ("Chỉ người có tên mới được bóc bì", "secrecy_mark"),
    ],
)
def test_stamps(text: str, reason: str) -> None:
    """Recall and declassification have reasons of their own, and stop the job, too."""
    found = screen([page(left=_LEFT), page(number=2, marks=((MarkKind.STAMP, text),))])
    assert found == NoticedMark("mark:stamp", reason, 2)


@pytest.mark.parametrize(
    "text",
    [
        "HOẢ TỐC",
        "HỎA TỐC",
        "THƯỢNG KHẨN",
        "KHẨN",
        "HỎA TỐC HẸN GIỜ",
        "CÔNG VĂN ĐẾN",
        "SAO Y",
        "LƯU HÀNH NỘI BỘ",
    ],
)
@pytest.mark.parametrize("kind", [MarkKind.URGENCY, MarkKind.STAMP, MarkKind.SECRECY])
def test_other_stamps(text: str, kind: MarkKind) -> None:
    """Urgency and office stamps are no secrecy marks, whatever frame was seen around them."""
    assert screen([page(left=_LEFT, marks=((kind, text),))]) is None


@pytest.mark.parametrize("text", ["nay\nVẬT. đen", "2 B\nmạt\n#%", "#®S\nKi xé", "NAY\nSỞ NỘI VỤ"])
def test_scraps_read_into_a_stamp(text: str) -> None:
    """Scraps that OCR reads into a seal or a stamp are no secrecy mark."""
    assert screen([page(left=_LEFT, marks=((MarkKind.STAMP, text), (MarkKind.INK_SEAL, text)))]) is None


@pytest.mark.parametrize("text", ["M Ậ T", "T Ố I  M Ậ T", "TUY ỆT MẬT", "T U Y Ệ T  M Ậ T", "TU YỆT M ẬT"])
def test_letter_spaced_and_broken_words(text: str) -> None:
    """Letters set apart and words broken by OCR are one wording, on a line and in a stamp."""
    assert screen([page(left=(*_LEFT, "", text), right=MOTTO)]) == NoticedMark("head_line", "secrecy_mark", 1)
    assert screen([page(left=_LEFT, marks=((MarkKind.STAMP, text),))]) == NoticedMark(
        "mark:stamp", "secrecy_mark", 1
    )


def test_letters_set_far_apart() -> None:
    """Letters four heights apart are still one word, also beside printed text."""
    spaced = [Word(letter, Box(200 + 130 * place, 500, 13, 26), 0.9) for place, letter in enumerate("MẬT")]
    row = Line((*spaced, *line("Kính gửi: Sở Nội vụ", Zone.BODY, 500, x=900).words))
    assert screen([_bare(row)]) == NoticedMark("head_line", "secrecy_mark", 1)


@pytest.mark.parametrize(
    ("upper", "lower", "reason"),
    [
        ("TUYỆT", "MẬT", "secrecy_mark"),
        ("T Ố I", "M Ậ T", "secrecy_mark"),
        ("TUYỆT M", "ẬT", "secrecy_mark"),
        ("TÀI LIỆU", "THU HỒI", "recall_mark"),
        ("TAI LIEU", "THU HÔI", "recall_mark"),
        ("GIẢI", "MẬT", "declassified_mark"),
    ],
)
def test_broken_over_two_lines(upper: str, lower: str, reason: str) -> None:
    """A wording on two lines is a hit with the reason of the whole, printed or in a stamp."""
    found = screen([page(left=(*_LEFT, "", upper, lower), right=MOTTO)])
    assert found is not None
    assert found.reason == reason
    stamped = screen([page(left=_LEFT, marks=((MarkKind.STAMP, f"{upper}\n{lower}"),))])
    assert stamped is not None
    assert stamped.reason == reason


@pytest.mark.parametrize(
    "text", ["TÀI LIỆU THU HỒI", "TAI LIEU THU HOI", "TÀI LIỆU THU HÔI", "TÀI LIẸU THU HỔI"]
)
def test_recalled(text: str) -> None:
    """The recall mark is known as a line of the head, misread or not."""
    assert screen([page(left=(*_LEFT, "", text), right=MOTTO)]) == NoticedMark("head_line", "recall_mark", 1)


@pytest.mark.parametrize("half", ["GIỮ BÍ", "BẢO"])
def test_a_heading_broken_before_its_last_word(half: str) -> None:
    """``bí`` or ``bảo`` on the line above makes `MẬT` below a half of a word, not a mark."""
    assert screen([page(left=_LEFT, right=MOTTO, body=("QUY CHẾ", half, "MẬT", "", "nội dung"))]) is None


@pytest.mark.parametrize(
    ("upper", "lower"),
    [("TÓM", "TẮT"), ("THU HỒI", "TÀI LIỆU"), ("GIAI", "ĐOẠN"), ("BÁO CÁO", "TÀI LIỆU")],
)
def test_other_words_on_two_lines(upper: str, lower: str) -> None:
    """Short headings on two lines that are close to a wording are none."""
    assert screen([page(left=_LEFT, right=MOTTO, body=(upper, lower, "", "nội dung"))]) is None


@pytest.mark.parametrize("letter", ["A", "B", "C"])
def test_envelope_circles(letter: str) -> None:
    """A red circle of 15 mm with A, B or C is an envelope mark; the same letter printed or stamped is not."""
    circle = Mark(MarkKind.SECRECY, letter, Box(250, 400, 118, 118))
    stamp = replace(circle, kind=MarkKind.STAMP)
    assert screen([replace(page(left=_LEFT), marks=(circle,))]) == NoticedMark(
        "mark:secrecy", "secrecy_mark", 1
    )
    assert screen([replace(page(left=_LEFT), marks=(stamp,))]) is None


@pytest.mark.parametrize("letter", ["A", "B", "C"])
def test_envelope_letters(letter: str) -> None:
    """A framed A, B or C counts in a secrecy frame, not as a lone stamp or line."""
    assert screen([page(left=_LEFT, marks=((MarkKind.SECRECY, letter),))]) is not None
    assert screen([page(left=(*_LEFT, letter), marks=((MarkKind.STAMP, letter),))]) is None


@pytest.mark.parametrize(
    "title",
    [
        "MẬT ĐỘ DÂN SỐ",
        "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "BÍ MẬT",
        "BẢO MẬT",
        "TÓM TẮT",
        "BÁO CÁO TÓM TẮT",
        "Về công tác bảo vệ bí mật nhà nước",
        "DANH MỤC TÀI LIỆU MẬT",
        "MẶT TRẬN TỔ QUỐC",
        "MẬT KHẨU",
        "ĐỔI MẬT KHẨU",
        "MẬT ONG",
        "SẢN XUẤT MẬT ONG",
        "B Ả O  M Ậ T",
        "B Í  M Ậ T",
        "THU HỒI ĐẤT",
        "THU HỒI TÀI LIỆU",
        "GIẤY MỜI",
    ],
)
def test_words_are_no_marks(title: str) -> None:
    """Headings and sentences with such words do not fire, in body or head."""
    assert screen([page(left=(*_LEFT, title), right=MOTTO, body=("BÁO CÁO", title, "", "nội dung"))]) is None


@pytest.mark.parametrize("text", ["MÃ:", "MA", "MA1", "(MA17)", "MÃ1", "Mà'", "MÁY", "(MÃ)"])
def test_scraps_that_are_no_torn_mark(text: str) -> None:
    """Only a capital MẬT whose last letter became a stroke is one."""
    assert screen([page(left=(*_LEFT, "", text), right=MOTTO)]) is None


def test_addressees_and_running_text() -> None:
    """``(mật)`` among the addressees and words in the text do not fire."""
    read = page(
        left=_LEFT,
        body=("BÁO CÁO", "", "giữ bí mật, bảo mật, mật độ dân số", "Mật độ", "mật khẩu, mật ong", "mật"),
        foot_left=("Nơi nhận:", "- Như trên (mật);", "- Lưu: VT (mật)."),
    )
    assert screen([read]) is None


def test_a_signatures_logo() -> None:
    """The words beside a signature's logo are no mark."""
    mark = (MarkKind.SIGNATURE_APPEARANCE, "Xác thực & Bảo mật\nMẬT")
    assert screen([page(left=_LEFT, marks=(mark,))]) is None


def test_stamp_beside_print_on_one_row() -> None:
    """A mark read into the row of the addressee is still seen, for the gap before it."""
    row = Line((*line("MẬT", Zone.BODY, 500, x=300).words, *line("Kính gửi:", Zone.BODY, 500, x=800).words))
    assert screen([_bare(row)]) is not None


def test_a_tables_cells() -> None:
    """Levels named side by side are the head of a table or a form, not a mark."""
    cells = (line(text, Zone.BODY, 500, x=x).words for text, x in (("MẬT", 300), ("TỐI MẬT", 700)))
    assert screen([_bare(Line(tuple(word for cell in cells for word in cell)))]) is None


def test_a_tables_cells_on_two_lines() -> None:
    """Levels named side by side on two lines are the head of a table, too."""
    upper = [
        word for text, x in (("TỐI", 300), ("TUYỆT", 700)) for word in line(text, Zone.BODY, 500, x=x).words
    ]
    lower = [
        word for text, x in (("MẬT", 300), ("MẬT", 713)) for word in line(text, Zone.BODY, 538, x=x).words
    ]
    assert screen([_bare(Line(tuple(upper)), Line(tuple(lower)))]) is None


def test_a_mark_below_a_place_of_that_name() -> None:
    """In the head the line above is an agency or a number: it takes nothing from the mark."""
    assert screen([page(left=("UBND XÃ SƠN BẢO", "MẬT"), right=MOTTO)]) is not None


def test_a_hit_never_holds_text() -> None:
    """The hit's fields are codes and a page number."""
    secret = page(left=(*_LEFT, "", "TỐI MẬT"), body=("chuyện riêng",))
    assert "riêng" not in repr(screen([secret]))


def test_nothing_to_see() -> None:
    """No pages and empty pages are no hit."""
    assert screen([]) is None
    assert screen([Page(1, 100, 100, 200, Source.BLANK)]) is None


def _bare(*lines: Line) -> Page:
    everything = (*lines, Line((Word("Số:", Box(200, 100, 40, 20), 0.9),), Zone.HEAD_LEFT))
    return Page(1, 1654, 2339, 200, Source.OCR, everything)


def test_a_released_mark_is_passed_over_and_no_other() -> None:
    """A release is for one rule, reason and page: a second mark, or the same on another page, still stops."""
    stamp = page(left=_LEFT, marks=((MarkKind.STAMP, "GIẢI MẬT"),))
    released = frozenset({NoticedMark("mark:stamp", "declassified_mark", 1)})
    assert screen([stamp], released=released) is None
    later = page(number=2, marks=((MarkKind.STAMP, "GIẢI MẬT"),))
    assert screen([stamp, later], released=released) == NoticedMark("mark:stamp", "declassified_mark", 2)
    both = page(left=_LEFT, marks=((MarkKind.STAMP, "GIẢI MẬT"), (MarkKind.SECRECY, "MẬT")))
    assert screen([both], released=released) == NoticedMark("mark:secrecy", "secrecy_mark", 1)


def test_a_hit_is_known_again_by_what_the_ledger_keeps_of_it() -> None:
    """Reason and detail name the mark; any other detail names none."""
    hit = NoticedMark("mark:stamp", "declassified_mark", 12)
    assert NoticedMark.of(hit.reason, hit.detail) == hit
    assert NoticedMark.of("same_bytes", "Z99.01/a.pdf") is None


@pytest.mark.parametrize(
    "text",
    [
        "Độ mật: Tối mật",
        "ĐỘ MẬT: TUYỆT MẬT",
        "TÀI LIỆU MẬT",
        "TÀI LIỆU TUYỆT MẬT",
        "VĂN BẢN TỐI MẬT",
        "CHỈ NGƯỜI CÓ TÊN MỚI ĐƯỢC BÓC BÌ",
        "HỎA TỐC - MẬT",
        "TỐI MẬT KHẨN",
        "Mật",
    ],
)
def test_phrases_in_the_head(text: str) -> None:
    assert screen([page(left=(*_LEFT, "", text), right=MOTTO)]) == NoticedMark("head_line", "secrecy_mark", 1)


@pytest.mark.parametrize(
    "text", ["Độ mật: .....", "ĐỘ MẬT: THƯỜNG", "TÀI LIỆU MẪU", "VĂN BẢN MẪU", "TÀI LIỆU", "HỒ SƠ MỜI THẦU"]
)
def test_phrases_that_are_none(text: str) -> None:
    assert screen([page(left=(*_LEFT, "", text), right=MOTTO, marks=((MarkKind.STAMP, text),))]) is None


def test_the_end_of_a_heading_is_no_phrase() -> None:
    """`QUẢN LÝ / TÀI LIỆU MẬT` is a title on two lines."""
    assert (
        screen([page(left=_LEFT, right=MOTTO, body=("QUY CHẾ QUẢN LÝ", "TÀI LIỆU MẬT", "", "nội dung"))])
        is None
    )


def test_a_mark_printed_close_before_other_print() -> None:
    """The gap is narrow, but far wider than those between the words of the line."""
    row = Line(
        (
            *line("TỐI MẬT", Zone.BODY, 500, x=300).words,
            *line("Kính gửi: Sở Nội vụ", Zone.BODY, 500, x=440).words,
        )
    )
    assert screen([_bare(row)]) is not None
    wide = Line(
        tuple(
            word
            for x, text in ((300, "BÍ"), (360, "MẬT"), (430, "NHÀ"), (500, "NƯỚC"))
            for word in line(text, Zone.BODY, 500, x=x).words
        )
    )
    assert screen([_bare(wide)]) is None


def test_a_line_of_its_own_is_a_mark_at_the_foot() -> None:
    assert screen([_bare(line("TUYỆT MẬT", Zone.BODY, 2250, x=700))]) is not None
    assert screen([_bare(line("tuyệt mật", Zone.BODY, 2250, x=700))]) is None


def test_a_phrase_cut_between_left_and_right() -> None:
    """A line in the middle of the head is read as two."""
    cut = (line("TÀI LIỆU", Zone.HEAD_LEFT, 60, x=600), line("MẬT", Zone.HEAD_RIGHT, 60, x=716))
    assert screen([_bare(*cut)]) is not None


@pytest.mark.parametrize("key", ["Z01.04/12-BC-TOI-MAT.pdf", "Công văn Mật số 3.pdf"])
def test_a_mark_in_the_files_name_alone(key: str) -> None:
    """The paper may lack it, and a person may release it as a false alarm."""
    hit = NoticedMark("file_name", "secrecy_mark", 1)
    assert screen([page(left=_LEFT)], key=key) == hit
    assert screen([page(left=_LEFT)], key=key, released=frozenset({hit})) is None


@pytest.mark.parametrize(
    ("text", "secret"), [("Tối mật", False), ("TỐI MẬT", True), ("mật ong, hàng tốt", False)]
)
def test_a_note_on_the_page_is_read_as_it_is_written(text: str, secret: bool) -> None:
    """Texts of annotations were not read from pixels: only a whole wording in capitals counts."""
    assert (screen([replace(page(left=_LEFT), asides=(text,))]) is not None) is secret
