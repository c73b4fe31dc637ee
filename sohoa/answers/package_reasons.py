"""Why a package was refused whole, and what to do, in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping

from sohoa.domain.packages.received import Flaw, PackageRefused

_SENTENCES: Mapping[Flaw, str] = {
    Flaw.UNREADABLE: "không đọc được (tệp hỏng hoặc sai định dạng); hãy xin bên gửi gửi lại",
    Flaw.NO_PACKAGE: "không phải gói BagIt, AIP hay SIP (Thông tư 05/2025); tệp rời thì dùng sohoa ingest",
    Flaw.PATH: "đường dẫn trong gói không hợp lệ (ra ngoài gói, tuyệt đối, quá dài hoặc có ký tự điều khiển)",
    Flaw.LINK: "gói chứa liên kết (link); không đi theo liên kết nào",
    Flaw.SPECIAL: "gói chứa mục không phải tệp thường, tệp mã hoá hoặc kiểu nén không nhận",
    Flaw.TWICE: "tên, mã hoặc ID xuất hiện hai lần trong gói",
    Flaw.TOO_MANY: "gói có nhiều tệp hơn giới hạn packages.max_files",
    Flaw.TOO_LARGE: "gói giải nén lớn hơn giới hạn packages.max_bytes",
    Flaw.BOMB: "gói giải nén lớn gấp nhiều lần dung lượng của nó, quá giới hạn packages.max_ratio",
    Flaw.DECLARATION: "bagit.txt không khai báo phiên bản BagIt đã biết và bảng mã UTF-8",
    Flaw.FETCH: "gói chỉ dẫn tải tệp từ nơi khác; không tải gì, hãy xin gói đầy đủ",
    Flaw.NO_CHECKSUM: "thiếu mã kiểm tra SHA-256 hoặc SHA-512; hãy xin bên gửi đóng gói lại",
    Flaw.CHECKSUM: "nội dung tệp khác với mã kiểm tra; hãy xin bên gửi gửi lại",
    Flaw.MISSING: "thiếu tệp đã khai trong danh mục của gói",
    Flaw.EXTRA: "có tệp không khai trong danh mục của gói",
    Flaw.TOTALS: "Payload-Oxum khác với số tệp và dung lượng thật",
    Flaw.XML: "tệp XML hỏng, khai báo DOCTYPE/ENTITY hoặc không phải UTF-8",
    Flaw.AGENCY: "cơ quan không có trong danh mục hoặc ngoài phạm vi của người nhập; thêm --agency MÃ",
    Flaw.RECORD: "không phải bản ghi nguyên vẹn, có chữ ký được tin cậy; bản gốc thì dùng sohoa ingest",
    Flaw.UNSIGNED: "bản lưu trữ chưa được ký số; ký ở nơi gửi (sohoa seal --pending) rồi xuất lại",
    Flaw.RELEASED: "có dấu chỉ mức độ mật đã được cho qua ở nơi gửi; dùng sohoa ingest để rà lại bản gốc",
    Flaw.HELD: "hộp nhận hoặc kho đã giữ tệp này dưới tên khác, hoặc tên này giữ tệp khác; không ghi đè",
    Flaw.VERSION: "kho đã có bản ghi này ở phiên bản khác",
    Flaw.DISPOSED: "bản ghi này đã được hủy ở đây theo quyết định của hai người; không nhận lại",
    Flaw.STORED: "dữ liệu đã có ở đây bị hỏng hoặc khác; chạy sohoa verify, rồi nhập lại",
    Flaw.PARTS: "tệp gốc đã được tách: cần nhập cả bản ghi của toàn tệp và mọi phần của nó",
    Flaw.DESCRIPTION: "mô tả trong gói không ứng với tệp nào",
    Flaw.NO_DOCUMENT: "gói không có tài liệu nào",
    Flaw.HIDDEN: "gói có tệp ẩn (tên bắt đầu bằng dấu chấm)",
    Flaw.CLASSIFIED: "gói có dấu chỉ mật hoặc ghi chế độ không phải 01, 02; không nhận vào hệ thống này",
    Flaw.BUSY: "một tiến trình khác đang xử lý tệp này; hãy chạy lại sau",
}


def refusal_sentence(error: PackageRefused) -> str:
    """What is wrong with the package, where, and what to do."""
    where = " ".join(filter(None, (error.place, f"({error.detail})" if error.detail else "")))
    return ": ".join(filter(None, (where, _SENTENCES[error.flaw])))
