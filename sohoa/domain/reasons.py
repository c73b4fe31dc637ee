"""Reasons for a state, as codes with a Vietnamese and an English sentence that says what to do.

A reason never quotes the document. Codes are stable: they are stored, filtered by and counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from sohoa.domain.fields import doubt_sentences


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason code with its sentence in both languages."""

    code: str
    vi: str
    en: str


def _table(*rows: tuple[str, str, str]) -> dict[str, Reason]:
    return {code: Reason(code, vi, en) for code, vi, en in rows}


REASONS = _table(
    # rejected: the input
    ("empty", "Tệp rỗng (0 byte). Hãy quét lại.", "The file is empty. Scan it again."),
    (
        "not_a_document",
        "Không phải là tài liệu quét (PDF, TIFF, JPEG, PNG).",
        "Not a document: only PDF, TIFF, JPEG and PNG are taken.",
    ),
    (
        "broken",
        "Tệp hỏng, không đọc được hết. Hãy quét lại hoặc xuất lại tệp.",
        "The file is damaged and cannot be read to its end. Scan or export it again.",
    ),
    (
        "encrypted",
        "Tệp PDF có mật khẩu hoặc bị mã hoá. Hãy xuất lại không đặt mật khẩu.",
        "The PDF is encrypted. Export it without a password.",
    ),
    ("no_pages", "Tệp không có trang nào.", "The file has no pages."),
    (
        "too_large",
        "Tệp lớn hơn giới hạn cho phép. Hãy tách thành nhiều tệp.",
        "The file is larger than the limit. Split it.",
    ),
    (
        "too_many_pages",
        "Tệp có nhiều trang hơn giới hạn cho phép. Hãy tách thành nhiều tệp.",
        "The file has more pages than the limit. Split it.",
    ),
    (
        "page_too_large",
        "Trang có kích thước điểm ảnh lớn hơn giới hạn cho phép.",
        "A page has more pixels than the limit.",
    ),
    (
        "unknown_agency",
        "Mã cơ quan không có trong danh mục cơ quan.",
        "The agency code is not in the agency register.",
    ),
    (
        "bad_key",
        "Tên tệp hoặc đường dẫn không dùng được. Hãy đổi tên ngắn gọn hơn.",
        "The file name or path cannot be used. Give it a shorter, plainer name.",
    ),
    ("bad_page", "Số trang kết quả không hợp lệ.", "The page of results does not belong to this question."),
    # findings
    (
        "signature_changed_later",
        "Sau khi ký số, tệp còn được thêm hoặc sửa; người ký có thể chưa thấy phần đó.",
        "The file was added to or changed after it was signed; whoever signed may not have seen that part.",
    ),
    (
        "signature_revoked",
        "Chứng thư số của người ký đã bị thu hồi.",
        "The signer's certificate was revoked.",
    ),
    (
        "signature_weak",
        "Chữ ký số dùng thuật toán băm yếu (SHA-1 hoặc MD5).",
        "The digital signature rests on a weak digest (SHA-1 or MD5).",
    ),
    (
        "unsealed",
        "Chưa ký số được (khóa ký, máy chủ dấu thời gian hoặc dữ liệu thu hồi chưa sẵn sàng); sẽ tự ký lại.",
        "Not signed yet (key, time-stamp server or revocation data are away); it is tried again by itself.",
    ),
    (
        "copy_differs",
        "Trang này của bản lưu trữ nhìn khác bản gốc, hoặc không so sánh được. Hãy đối chiếu với tệp gốc.",
        "This page of the archive copy looks otherwise than the original's, or cannot be compared.",
    ),
    # duplicate
    (
        "same_bytes",
        "Tệp giống hệt một tệp đã nhận của cùng cơ quan.",
        "The same bytes were received before from this agency.",
    ),
    # companion
    ("companion", "Tệp đi kèm, thuộc về một tài liệu khác.", "Belongs to another object."),
    (
        "manifest_faults",
        "Có dòng trong manifest.csv không dùng được; các giá trị đó bị bỏ qua.",
        "Some lines of manifest.csv could not be used; their values are left out.",
    ),
    (
        "page",
        "Trang của một tài liệu dạng thư mục; trạng thái nằm ở tệp đánh dấu của thư mục.",
        "A page of a folder document; the folder's marker carries the document's state.",
    ),
    # pending
    (
        "folder_not_whole",
        "Thư mục .pages chưa đủ: thiếu tệp đánh dấu (manifest.csv hoặc _complete) hoặc trang có tên trong "
        "manifest.csv. Hãy bổ sung; đêm sau sẽ xem lại.",
        "The .pages folder is not whole: its marker (manifest.csv or _complete) or a page that manifest.csv "
        "names is missing. Add it; the next night looks again.",
    ),
    # rejected: came too late
    (
        "folder_closed",
        "Tệp đến sau khi tài liệu của thư mục đã được tiếp nhận. Hãy thay tệp đánh dấu để tạo tài liệu mới, "
        "hoặc gửi lại trong thư mục khác.",
        "Came after the folder's document was taken. Replace the folder's marker to make a new document, "
        "or send the pages in another folder.",
    ),
    # quarantined
    (
        "secrecy_mark",
        "Có dấu chỉ độ mật. Tài liệu mật không được xử lý trên hệ thống này.",
        "Bears a secrecy mark. Secret records are not processed on this system.",
    ),
    ("recall_mark", "Có dấu TÀI LIỆU THU HỒI.", "Bears a recall mark."),
    (
        "declassified_mark",
        "Có dấu GIẢI MẬT; cần người có thẩm quyền xác nhận.",
        "Bears a declassification mark; a named person must confirm.",
    ),
    (
        "page_of_secret",
        "Trang của một tài liệu dạng thư mục có dấu chỉ độ mật.",
        "Belongs to a folder document under secrecy.",
    ),
    # failed
    (
        "page_unreadable",
        "Không nhận dạng được trang sau nhiều lần thử.",
        "A page could not be read after several attempts.",
    ),
    (
        "worker_crashed",
        "Tiến trình xử lý bị dừng đột ngột khi đọc tệp này.",
        "The worker process died on this file.",
    ),
    ("timeout", "Xử lý quá thời gian cho phép.", "Processing took longer than the limit."),
    (
        "unavailable",
        "Một dịch vụ không trả lời; sẽ thử lại.",
        "A service did not answer; it will be tried again.",
    ),
    (
        "stored_differs",
        "Dữ liệu đã lưu của tài liệu này không còn nguyên vẹn; hãy chạy sohoa verify.",
        "What is stored of this document is not what was written: run `sohoa verify`.",
    ),
    (
        "no_copy",
        "Không tạo được bản PDF/A lưu trữ từ tệp này. Hãy quét lại hoặc xuất lại tệp.",
        "No archive copy (PDF/A) could be made of this file. Scan or export it again.",
    ),
    ("vanished", "Tệp không còn trong hộp nhận.", "The object is no longer in the inbox."),
    ("internal", "Lỗi không lường trước; xem nhật ký.", "Unexpected error; see the log."),
    # needs review: describe
    ("draft", "Dự thảo, hoặc chưa có số hay ngày ban hành.", "A draft, or without number or date."),
    *((code, *sentences) for code, sentences in doubt_sentences().items()),
    (
        "manifest_differs",
        "manifest.csv không khớp với các trang trong thư mục; cần kiểm tra thứ tự trang.",
        "manifest.csv and the folder's pages differ; check the order of the pages.",
    ),
    (
        "attachments",
        "Tệp PDF có tệp đính kèm (tên ghi trong kết quả kiểm tra); chúng không được lưu trữ riêng. Hãy tách "
        "và nộp từng tệp nếu đó là văn bản.",
        "The PDF carries attached files (the findings name them), which are not archived as documents. "
        "Take them out and hand them in one by one if they are documents.",
    ),
    ("no_text", "Không có chữ nào đọc được.", "No text could be read."),
    (
        "same_number",
        "Trùng số, ký hiệu, cơ quan và năm với một hồ sơ khác.",
        "Number, notation, agency and year equal another record's.",
    ),
    (
        "signature_invalid",
        "Chữ ký số trong bản gốc không còn nguyên vẹn.",
        "A digital signature in the original is not intact.",
    ),
    (
        "text_layer_differs",
        "Lớp chữ có sẵn trong tệp nói khác hình ảnh của trang; chữ đã được đọc lại từ hình ảnh. "
        "Hãy so số, ngày và nội dung với hình ảnh.",
        "The text layer that came with the file says something else than the picture of the page, from which "
        "the text was read again. Compare number, date and text with the picture.",
    ),
    (
        "begins_beside_a_page",
        "Một ảnh quét chụp hai trang giấy, văn bản bắt đầu ở trang bên phải. Hãy xem thứ tự các trang; "
        "nếu là hai văn bản thì hãy quét riêng.",
        "One picture shows two printed pages, and a document begins on the right one. Look at the order of "
        "the pages; scan them apart where they are two documents.",
    ),
    # withdrawn
    ("withdrawn", "Đã thu hồi khỏi kho.", "Withdrawn from the archive."),
)


def reason(code: str) -> Reason:
    """The reason of that code; raises KeyError for a code that is not in the catalogue."""
    return REASONS[code]
