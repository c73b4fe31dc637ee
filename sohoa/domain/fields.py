"""Fields of a record: one table of what holds for each, wherever it is read, typed, imported or compared.

All that is known of a field derives from its row: labels, what a person may type, required ones and the
reasons for which a record waits, columns of imports, how two readings agree, what is personal. A new field is
a row here and the rule that reads it off the page (``sohoa.domain.extract``). Names are those of the
regulations in snake case (NĐ 30 annex VI, TT 05/2025 annex I); docs/glossary.md tells them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """How a typed value is read, and in which form two values are compared."""

    TEXT = "text"
    NUMBER = "number"
    NOTATION = "notation"
    DAY = "day"
    COUNT = "count"
    TYPE = "type"
    AGENCY = "agency"
    LANGUAGE = "language"
    MARK = "mark"
    YES_NO = "yes_no"


class ListKind(StrEnum):
    """Lists that people wrote beside the scans; each value in them is evidence."""

    MANIFEST = "manifest"
    REGISTER = "register"


Sentences = tuple[str, str]
"""A reason in Vietnamese and in English."""

_BOTH = frozenset(ListKind)
_REGISTER = frozenset({ListKind.REGISTER})
_MANIFEST = frozenset({ListKind.MANIFEST})


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """What holds for one field.

    ``settable``: a person may give it; others follow from other values. ``required``: without it a record is
    not described. ``missing`` and ``doubtful`` are the sentences of the reasons for which a record waits for
    a person; a field that has ``doubtful`` waits, too, when a list that comes later contradicts it. ``lists``
    are where evidence beside the page may come from, ``headings`` the names of its column there. ``alike`` is
    the likeness in percent from which two wordings say the same, None where values are compared as they are;
    ``shortened`` wordings never contradict each other. ``of_the_file``: it speaks of the source file as a
    whole, also where that holds several documents. ``personal``: its value may hold personal data: masked.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    settable: bool = True
    required: bool = False
    missing: Sentences | None = None
    doubtful: Sentences | None = None
    lists: frozenset[ListKind] = frozenset()
    headings: tuple[str, ...] = ()
    alike: float | None = None
    shortened: bool = False
    of_the_file: bool = False
    personal: bool = True


FIELDS: Mapping[str, FieldSpec] = MappingProxyType(
    {
        spec.name: spec
        for spec in (
            FieldSpec(
                "code_number",
                "Số",
                Kind.NUMBER,
                required=True,
                missing=("Chưa đọc được số văn bản.", "The document number was not read."),
                doubtful=("Số văn bản đọc chưa chắc chắn.", "The document number is doubtful."),
                lists=_BOTH,
                headings=("Số", "Số văn bản", "Số VB", "number"),
                personal=False,
            ),
            FieldSpec(
                "code_notation",
                "Ký hiệu",
                Kind.NOTATION,
                required=True,
                missing=("Chưa đọc được ký hiệu văn bản.", "The notation was not read."),
                doubtful=("Ký hiệu văn bản đọc chưa chắc chắn.", "The notation is doubtful."),
                lists=_BOTH,
                headings=("Ký hiệu", "Kí hiệu", "notation"),
                personal=False,
            ),
            FieldSpec(
                "code",
                "Số, ký hiệu",
                settable=False,
                lists=_BOTH,
                headings=(
                    "Số, ký hiệu", "Số và ký hiệu", "Số ký hiệu", "Số, ký hiệu văn bản",
                    "Số và ký hiệu văn bản", "Số/Ký hiệu", "Số hiệu", "Số hiệu văn bản", "Số KH",
                ),
                personal=False,
            ),
            FieldSpec(
                "issued_date",
                "Ngày ban hành",
                Kind.DAY,
                required=True,
                missing=("Chưa đọc được ngày ban hành.", "The issue date was not read."),
                doubtful=("Ngày ban hành đọc chưa chắc chắn.", "The issue date is doubtful."),
                lists=_BOTH,
                headings=(
                    "Ngày", "Ngày tháng", "Ngày, tháng", "Ngày tháng năm", "Ngày, tháng, năm",
                    "Ngày ban hành", "Ngày văn bản", "Ngày tháng văn bản", "Ngày tháng năm văn bản",
                    "Ngày tháng năm ban hành", "date",
                ),
                personal=False,
            ),
            FieldSpec(
                "organ_name",
                "Cơ quan ban hành",
                required=True,
                missing=("Chưa đọc được cơ quan ban hành.", "The issuing agency was not read."),
                doubtful=("Cơ quan ban hành đọc chưa chắc chắn.", "The issuing agency is doubtful."),
                lists=_BOTH,
                headings=("Cơ quan ban hành", "Tác giả", "Tác giả văn bản", "Nơi ban hành", "Nơi gửi"),
                alike=95.0,
            ),
            FieldSpec(
                "type_name",
                "Tên loại",
                Kind.TYPE,
                required=True,
                missing=("Chưa xác định được loại văn bản.", "The document type was not determined."),
                doubtful=("Loại văn bản chưa chắc chắn.", "The document type is doubtful."),
                lists=_BOTH,
                headings=("Tên loại", "Loại văn bản", "Tên loại văn bản", "Thể loại"),
                alike=95.0,
            ),
            FieldSpec("type_code", "Mã loại", settable=False),
            FieldSpec(
                "subject",
                "Trích yếu",
                required=True,
                missing=("Chưa đọc được trích yếu.", "The subject was not read."),
                doubtful=("Trích yếu đọc chưa chắc chắn.", "The subject is doubtful."),
                lists=_BOTH,
                headings=(
                    "Trích yếu", "Trích yếu nội dung", "Nội dung", "Trích yếu nội dung văn bản",
                    "Tên loại và trích yếu nội dung", "Tên loại và trích yếu nội dung văn bản",
                    "Tên loại, trích yếu nội dung văn bản",
                ),
                alike=88.0,
            ),
            FieldSpec("parent_organ_name", "Cơ quan chủ quản"),
            FieldSpec("issued_place", "Địa danh"),
            FieldSpec("authority", "Thẩm quyền ký"),
            FieldSpec(
                "signer_name",
                "Người ký",
                missing=("Văn bản có ký, chưa đọc được người ký.", "It is signed; the signer was not read."),
                doubtful=(
                    "Người ký đọc chưa chắc chắn, hoặc danh mục đến sau ghi khác.",
                    "The signer is doubtful, or a list that came later names another.",
                ),
                lists=_BOTH,
                headings=("Người ký", "Họ tên người ký", "FullName", "SignerInfo.FullName", "signer"),
                alike=92.0,
            ),
            FieldSpec("signer_position", "Chức vụ"),
            FieldSpec(
                "recipients",
                "Nơi nhận",
                lists=_REGISTER,
                headings=("Nơi nhận", "Nơi nhận văn bản", "Đơn vị hoặc người nhận", "ToPlaces"),
                alike=92.0,
                shortened=True,
            ),
            FieldSpec("urgency", "Mức độ khẩn", Kind.MARK),
            FieldSpec("copy_form", "Hình thức bản sao", Kind.MARK),
            FieldSpec(
                "arrival_number",
                "Số đến",
                Kind.COUNT,
                doubtful=(
                    "Số đến chưa chắc chắn: sổ hoặc danh mục đến sau ghi khác.",
                    "The arrival number is doubtful: a list that came later has another.",
                ),
                lists=_REGISTER,
                headings=("Số đến", "ArrivalNumber"),
                personal=False,
            ),
            FieldSpec(
                "arrival_date",
                "Ngày đến",
                Kind.DAY,
                doubtful=(
                    "Ngày đến chưa chắc chắn: sổ hoặc danh mục đến sau ghi khác.",
                    "The day of arrival is doubtful: a list that came later has another.",
                ),
                lists=_REGISTER,
                headings=("Ngày đến", "Ngày tháng đến", "ArrivalDate"),
                personal=False,
            ),
            FieldSpec("autograph", "Bút tích"),
            FieldSpec("number_of_page", "Số trang", Kind.COUNT, personal=False),
            FieldSpec("language", "Ngôn ngữ", Kind.LANGUAGE),
            FieldSpec("authority_id", "Mã cơ quan ban hành", Kind.AGENCY),
            FieldSpec("draft", "Dự thảo", Kind.YES_NO),
            FieldSpec(
                "file_code",
                "Mã hồ sơ",
                settable=False,
                doubtful=(
                    "Danh mục đến sau ghi hồ sơ khác; văn bản vẫn ở hồ sơ cũ. Cần chuyển thì dùng sohoa files"
                    " attach.",
                    "A list that came later names another file; the record stays. To move it: sohoa files"
                    " attach.",
                ),
                lists=_BOTH,
                headings=("Mã hồ sơ", "FileCode", "arcFileCode", "Mã HS", "Số hồ sơ"),
                of_the_file=True,
            ),
            FieldSpec(
                "doc_ordinal",
                "Số thứ tự trong hồ sơ",
                settable=False,
                doubtful=(
                    "Danh mục đến sau ghi số thứ tự khác; số cũ được giữ. Cần đổi thì dùng sohoa files"
                    " attach.",
                    "A list that came later has another ordinal; the old one stays. To change it: sohoa files"
                    " attach.",
                ),
                of_the_file=True,
            ),
            FieldSpec(
                "number_of_paper",
                "Số tờ",
                Kind.COUNT,
                settable=False,
                lists=_MANIFEST,
                headings=("Số tờ", "Số lượng tờ", "sheets", "Tờ", "numberOfPaper"),
                of_the_file=True,
            ),
            FieldSpec(
                "paper_size",
                "Khổ giấy",
                settable=False,
                lists=_MANIFEST,
                headings=("Khổ giấy", "Khổ", "paper size", "size"),
                of_the_file=True,
            ),
        )
    }
)  # fmt: skip
"""Every field by name, in the order in which people read a paper."""

SETTABLE = tuple(name for name, spec in FIELDS.items() if spec.settable)
"""What a person may set, and ``draft``."""
REQUIRED = tuple(name for name, spec in FIELDS.items() if spec.required)
CONTESTED = tuple(name for name, spec in FIELDS.items() if spec.doubtful)
"""Fields that become a doubt where late evidence contradicts them."""
OF_THE_FILE = frozenset(name for name, spec in FIELDS.items() if spec.of_the_file)
NEVER_PERSONAL = frozenset(name for name, spec in FIELDS.items() if not spec.personal)

_MISSING, _DOUBTFUL = "missing_", "doubtful_"


def label(name: str) -> str:
    """The Vietnamese name of a field; the identifier itself where it has none."""
    return FIELDS[name].label if name in FIELDS else name


def headings(source: ListKind) -> dict[str, tuple[str, ...]]:
    """Names of the columns that such a list may have, by field."""
    return {name: spec.headings for name, spec in FIELDS.items() if source in spec.lists}


def missing(name: str) -> str:
    """The reason code for a field without a value."""
    return _MISSING + name


def doubtful(name: str) -> str:
    """The reason code for a field whose value is not sure."""
    return _DOUBTFUL + name


def field_of(code: str) -> str:
    """The field that a doubt is about: ``issued_date`` of ``doubtful_issued_date``; empty for others."""
    for start in (_DOUBTFUL, _MISSING):
        if code.startswith(start):
            return code.removeprefix(start)
    return ""


def is_missing(code: str) -> bool:
    """Whether the doubt says that a field has no value."""
    return code.startswith(_MISSING)


def doubt_sentences() -> dict[str, Sentences]:
    """The sentences of every reason that is about a field, by code."""
    absent = {missing(name): spec.missing for name, spec in FIELDS.items() if spec.missing}
    unsure = {doubtful(name): spec.doubtful for name, spec in FIELDS.items() if spec.doubtful}
    return absent | unsure
