"""What each kind of fault means to a person, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

from sohoa.cli.headings import Language, language
from sohoa.usecases.checks.faults import FaultKind


def fault_words(kind: FaultKind) -> str:
    """The words of the kind in the reader's language."""
    vi, en = _WORDS[kind]
    return vi if language() is Language.VIETNAMESE else en


_WORDS: Mapping[FaultKind, tuple[str, str]] = {
    FaultKind.MISSING: ("thiếu tệp", "a file is missing"),
    FaultKind.MISSING_RECORD: ("thiếu bản ghi", "a record is missing"),
    FaultKind.UNKNOWN_RECORD: ("không có bản ghi này", "no such record"),
    FaultKind.EXTRA: ("có thứ không thuộc bản ghi nào", "something that belongs to no record"),
    FaultKind.EXTRA_RECORD: ("bản ghi không có trong sổ cái", "a record that the ledger does not know"),
    FaultKind.CHANGED: ("nội dung đã bị thay đổi", "the bytes were changed"),
    FaultKind.SWAPPED: ("bản gốc của văn bản khác", "the original of another document"),
    FaultKind.UNREADABLE: ("dữ liệu không đọc được", "the data cannot be read"),
    FaultKind.UNREADABLE_MANIFEST: ("bảng kê không đọc được", "the manifest cannot be read"),
    FaultKind.WRONG_MANIFEST: (
        "bảng kê của bản ghi hoặc phiên bản khác",
        "the manifest of another record or version",
    ),
    FaultKind.WRONG_ID: ("sai mã bản ghi", "the record id is wrong"),
    FaultKind.WRONG_VERSION: ("sai số phiên bản", "the version is wrong"),
    FaultKind.WRONG_COPY: ("bản lưu trữ của bản ghi khác", "the archive copy of another record"),
    FaultKind.SIGNATURE: ("chữ ký số không hợp lệ", "the signature is not valid"),
    FaultKind.EVENT_CHAIN: ("chuỗi sự kiện bị đứt hoặc khác", "the chain of events is broken or another"),
    FaultKind.LEDGER_DIFFERS: ("sổ cái khác kho lưu trữ", "the ledger differs from the archive"),
    FaultKind.WITHDRAWAL: ("việc thu hồi không khớp sự kiện", "the withdrawal does not fit the events"),
    FaultKind.QUEUE_DIFFERS: ("danh sách chờ khác kho lưu trữ", "the queue differs from the archive"),
    FaultKind.RELEASE: ("dấu chỉ mức độ mật chưa ai cho qua", "a secrecy mark that nobody released"),
    FaultKind.STATE_DIFFERS: ("trạng thái không khớp sự kiện", "the state does not fit the events"),
    FaultKind.NOT_INDEXED: ("chưa có trong chỉ mục", "not in the search index"),
    FaultKind.INDEX_DIFFERS: ("chỉ mục khác kho lưu trữ", "the search index differs from the archive"),
    FaultKind.EXTRA_IN_INDEX: ("chỉ mục có mục thừa", "an entry that the search index must not hold"),
    FaultKind.ACCOUNT_DIFFERS: ("tài khoản khác sự kiện", "an account is not as its events tell"),
    FaultKind.TOKEN_DIFFERS: ("mã truy cập API khác sự kiện", "a token of the API is not as its events tell"),
    FaultKind.REQUEST_DIFFERS: (
        "yêu cầu xem tài liệu khác sự kiện",
        "a request for a record is not as its events tell",
    ),
    FaultKind.NOT_CHECKED: ("chưa được kiểm tra trong kỳ", "not checked within the period"),
    FaultKind.EXPOSED_KEY: ("khóa ký mở cho người khác", "a signing key that others can open"),
}
