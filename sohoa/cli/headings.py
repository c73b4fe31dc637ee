"""Headings of tables in Vietnamese and English, and which of the two a person reads."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import Enum, StrEnum

from sohoa.domain.errors import Misconfigured
from sohoa.domain.fields import label


class Language(StrEnum):
    """Languages that headings are written in."""

    VIETNAMESE = "vi"
    ENGLISH = "en"


def language(environ: Mapping[str, str] | None = None) -> Language:
    """``SOHOA_LANG``, else Vietnamese where the locale is, else English.

    The locale is the first of LC_ALL, LC_MESSAGES and LANG that is set. Raises ``Misconfigured`` for another
    language in ``SOHOA_LANG``.
    """
    environ = os.environ if environ is None else environ
    given = environ.get("SOHOA_LANG", "")
    if given:
        if given not in set(Language):
            raise Misconfigured(f"SOHOA_LANG must be {' or '.join(Language)}, not {given!r}")
        return Language(given)
    locale = next(filter(None, map(environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    name = locale.partition(".")[0].partition("_")[0]
    return Language.VIETNAMESE if name == Language.VIETNAMESE else Language.ENGLISH


class Heading(Enum):
    """What a column holds, in Vietnamese and English; as text, the word in the language in force."""

    AGENCY = ("Cơ quan", "agency")
    ALIAS = ("Tên khác", "alias")
    ANSWER = ("Trả lời", "answer")
    ATTEMPTS = ("Số lần gửi", "attempts")
    AUTHORITY_ID = ("Mã định danh", "authority_id")
    BEST_CANDIDATE = ("Giá trị khả dĩ nhất", "best candidate")
    BY = ("Căn cứ xếp", "by")
    CANDIDATES = ("Các cách đọc", "candidates")
    COUNTED = ("Ngày kiểm kê", "counted")
    COVERED = ("Được tính", "covered")
    CERTIFICATE = ("Chứng thư số", "certificate")
    DAY = ("Ngày", "day")
    DETAILS = ("Chi tiết", "details")
    DOCUMENTS = ("Số văn bản", "documents")
    DOSSIER = ("Hồ sơ", "file")
    DOUBTFUL = ("Cần xem lại", "doubtful")
    EVIDENCE = ("Bằng chứng", "evidence")
    EXPIRED = ("Hết hạn", "expired")
    FIELD = ("Trường", "field")
    FILE = ("Tệp", "file")
    RECEIVED = ("Đã nhận", "received")
    IN_YEAR = ("Trong năm", "in the year")
    FONDS = ("Phông", "fonds")
    FOUND_BY = ("Kết quả kiểm tra", "found by")
    FROM = ("Từ ngày", "from")
    ISSUED = ("Ngày ban hành", "issued")
    KIND = ("Cách gửi", "kind")
    LEVEL = ("Mức chữ ký", "level")
    LEVELS = ("Chế độ sử dụng", "levels")
    HELD = ("Số lượng", "held")
    LOGIN = ("Tên đăng nhập", "login")
    MISSING = ("Còn thiếu", "missing")
    NAME = ("Tên", "name")
    OBJECT = ("Tệp nhận", "object")
    OBJECTS = ("Số tệp", "objects")
    ORDINAL = ("Số thứ tự", "ordinal")
    PAGES = ("Số trang", "pages")
    PLACE = ("Dòng khai báo", "row")
    REASON = ("Lý do", "reason")
    RECORD = ("Văn bản", "record")
    RECORD_ID = ("Mã văn bản", "record_id")
    RETENTION = ("Thời hạn bảo quản", "retention")
    ROLES = ("Vai trò", "roles")
    SAME_NUMBER = ("Cùng số", "the same number")
    SCOPES = ("Phạm vi", "scopes")
    SERVICE = ("Dịch vụ", "service")
    SESSIONS = ("Phiên làm việc", "sessions")
    SETTING = ("Thiết lập", "setting")
    SHA256 = ("SHA-256", "sha256")
    SOURCE = ("Căn cứ", "source")
    SIGNER = ("Người ký", "signer")
    STATE = ("Trạng thái", "state")
    SURE = ("Độ chắc chắn", "sure")
    TITLE = ("Tiêu đề", "title")
    TO = ("Đến ngày", "to")
    TO_WHERE = ("Nơi nhận", "to")
    TOKEN = ("Mã truy cập", "token")
    UNIT = ("Đơn vị", "unit")
    UNTIL = ("Có hiệu lực đến", "until")
    VALUE = ("Giá trị", "value")
    WHAT = ("Việc", "what")
    WHEN = ("Lúc", "when")
    WHO = ("Người làm", "who")
    YEAR = ("Năm", "year")

    def __str__(self) -> str:
        """The word in the language in force."""
        vietnamese, english = self.value
        return vietnamese if language() is Language.VIETNAMESE else english


def field_heading(name: str) -> str:
    """A field over a column: its label in Vietnamese, its identifier in English."""
    return label(name) if language() is Language.VIETNAMESE else name
