"""Every text of the portal in both languages, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sohoa.domain.fields import label
from sohoa.domain.reasons import REASONS


class Language(StrEnum):
    """The languages of the pages."""

    VIETNAMESE = "vi"
    ENGLISH = "en"

    @property
    def other(self) -> Language:
        return Language.ENGLISH if self is Language.VIETNAMESE else Language.VIETNAMESE


def language_of(chosen: str) -> Language:
    """The language of that code; Vietnamese for any other text."""
    return Language.ENGLISH if chosen == Language.ENGLISH.value else Language.VIETNAMESE


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts in one language: called with a name and the values that stand in it."""

    language: Language

    def __call__(self, name: str, /, **values: object) -> str:
        """The text of that name; raises KeyError for one that is not in the catalogue."""
        return self._of(_TEXTS[name]).format(**values)

    def field(self, name: str) -> str:
        """The name of a field for people."""
        return self._of((label(name), _FIELDS.get(name, name.replace("_", " ").capitalize())))

    def reason(self, code: str) -> str:
        """The sentence of a reason; the code itself for one that this version does not know."""
        known = REASONS.get(code)
        return self._of((known.vi, known.en)) if known else code

    def sureness(self, confidence: float) -> str:
        """How far a value that the machine read is trusted, in words."""
        return next(self._of(words) for least, words in _SURENESS if confidence >= least)

    def knows(self, name: str) -> bool:
        """Whether the catalogue has a text of that name."""
        return name in _TEXTS

    def _of(self, pair: tuple[str, str]) -> str:
        return pair[0] if self.language is Language.VIETNAMESE else pair[1]


_SURENESS: tuple[tuple[float, tuple[str, str]], ...] = (
    (0.98, ("chắc chắn", "certain")),
    (0.9, ("khá chắc", "fairly sure")),
    (0.7, ("chưa chắc, nên xem lại", "unsure, worth a look")),
    (0.0, ("đáng ngờ, cần xem lại", "doubtful, look again")),
)

_FIELDS: Mapping[str, str] = {
    "code_number": "Number",
    "code_notation": "Notation",
    "code": "Number and notation",
    "issued_date": "Issue date",
    "organ_name": "Issuing agency",
    "type_name": "Type",
    "type_code": "Type code",
    "subject": "Subject",
    "parent_organ_name": "Parent agency",
    "issued_place": "Place",
    "authority": "Signing authority",
    "signer_name": "Signer",
    "signer_position": "Position",
    "recipients": "Recipients",
    "urgency": "Urgency",
    "copy_form": "Form of copy",
    "arrival_number": "Arrival number",
    "arrival_date": "Arrival date",
    "autograph": "Handwritten note",
    "number_of_page": "Pages",
    "authority_id": "Code of the issuing agency",
    "file_code": "File code",
}

_TEXTS: Mapping[str, tuple[str, str]] = {
    "portal": ("Kho lưu trữ số", "Digital archive"),
    "skip": ("Đến nội dung", "Skip to content"),
    "nav": ("Các trang chính", "Main pages"),
    "nav_search": ("Tìm kiếm", "Search"),
    "nav_browse": ("Duyệt kho", "Browse"),
    "nav_review": ("Thẩm định", "Review"),
    "other_language": ("English", "Tiếng Việt"),
    "sign_out": ("Đăng xuất", "Sign out"),
    "change_password": ("Đổi mật khẩu", "Change password"),
    # signing in
    "sign_in": ("Đăng nhập", "Sign in"),
    "login": ("Tên đăng nhập", "Login"),
    "password": ("Mật khẩu", "Password"),
    "sign_in_failed": (
        "Tên đăng nhập hoặc mật khẩu không đúng, hoặc tài khoản đang tạm khóa.",
        "Login or password is wrong, or the account is locked for a while.",
    ),
    "too_many_tries": (
        "Quá nhiều lần thử từ máy này. Hãy thử lại sau {minutes} phút.",
        "Too many tries from this machine. Try again in {minutes} minutes.",
    ),
    "sign_in_help": (
        "Quên mật khẩu: hãy nhờ quản trị viên cấp mật khẩu mới.",
        "Password forgotten: ask an administrator for a new one.",
    ),
    "old_password": ("Mật khẩu hiện tại", "Present password"),
    "new_password": ("Mật khẩu mới", "New password"),
    "new_password_again": ("Mật khẩu mới, nhập lại", "New password, once more"),
    "password_rule": (
        "Ít nhất 12 ký tự; nên dùng vài từ không liên quan đến nhau.",
        "At least 12 characters; best are several words that have nothing to do with each other.",
    ),
    "password_must_change": (
        "Đây là mật khẩu cấp lần đầu. Hãy chọn mật khẩu riêng để tiếp tục.",
        "This is a first password. Choose your own to go on.",
    ),
    "password_refused_password": (
        "Mật khẩu mới quá ngắn hoặc quá dễ đoán.",
        "The new password is too short or too easy to guess.",
    ),
    "password_refused_old_password": (
        "Mật khẩu hiện tại không đúng.",
        "The present password is wrong.",
    ),
    "password_refused_same_password": (
        "Mật khẩu mới phải khác mật khẩu hiện tại.",
        "The new password must differ from the present one.",
    ),
    "password_refused_again": (
        "Hai lần nhập mật khẩu mới không giống nhau.",
        "The new password was not typed the same twice.",
    ),
    "save": ("Lưu", "Save"),
    "session_ended": ("Phiên làm việc đã kết thúc", "The session has ended"),
    "session_ended_text": (
        "Chưa có gì được ghi. Hãy đăng nhập ở thẻ khác của trình duyệt, quay lại trang trước (nút Back) "
        "và tải lại trang; những gì đã gõ có thể sao chép từ đó.",
        "Nothing was written. Sign in in another tab, go back to the page before (button Back) and reload "
        "it; what was typed can be copied from there.",
    ),
    # errors
    "not_found": ("Không có trang này", "There is no such page"),
    "not_found_text": (
        "Địa chỉ không đúng, hoặc tài liệu không có hay không thuộc quyền xem của bạn.",
        "The address is wrong, or what it names does not exist or is not for you to see.",
    ),
    "refused": ("Không thực hiện được", "This cannot be done"),
    "conflict": ("Người khác đã sửa trước", "Somebody else was first"),
    "conflict_text": (
        "Văn bản đã thay đổi sau khi bạn mở. Hãy xem lại rồi quyết định.",
        "The record was changed after you opened it. Look again, then decide.",
    ),
    "form_refused": (
        "Biểu mẫu không đến từ trang này hoặc đã cũ. Hãy tải lại trang rồi thử lại.",
        "The form did not come from this page or is old. Reload the page and try again.",
    ),
    "unavailable": ("Tạm thời chưa phục vụ được", "Not available for the moment"),
    "unavailable_text": (
        "Một dịch vụ của kho không trả lời. Trang sẽ hoạt động lại khi dịch vụ trở lại.",
        "A service of the archive does not answer. The page works again as soon as it is back.",
    ),
    "damaged": ("Dữ liệu đã lưu không nguyên vẹn", "What is stored is damaged"),
    "damaged_text": (
        "Tài liệu này không hiển thị được vì dữ liệu đã lưu khác với bảng kê. Hãy báo quản trị viên.",
        "This cannot be shown: what is stored is not what its manifest says. Tell an administrator.",
    ),
    "internal": ("Lỗi không lường trước", "Unexpected error"),
    "internal_text": (
        "Chưa có gì bị mất. Hãy thử lại; nếu vẫn lỗi, báo quản trị viên giờ xảy ra.",
        "Nothing is lost. Try again; if it fails again, tell an administrator when it happened.",
    ),
    "service_ledger": ("Sổ cái (đăng nhập, duyệt kho, thẩm định)", "Ledger (signing in, browsing, review)"),
    "service_index": ("Chỉ mục (tìm kiếm, duyệt kho)", "Index (search, browsing)"),
    "service_store": ("Kho tệp (ảnh trang, văn bản, tải về)", "Store (pictures, records, downloads)"),
    "works": ("hoạt động", "works"),
    "does_not_work": ("không trả lời", "does not answer"),
    "back_to_search": ("Về trang tìm kiếm", "Back to the search"),
    "try_again": ("Thử lại", "Try again"),
    # search
    "search": ("Tìm", "Search"),
    "search_box": (
        'Từ cần tìm, số ký hiệu (374/QĐ-UBND) hoặc "cụm từ"',
        'Words, a number (374/QĐ-UBND) or a "phrase"',
    ),
    "search_help": (
        'Gõ có dấu hay không dấu đều được. "…" tìm cả cụm; -từ để loại; so:374 nam:2024 loai:"Quyết định".',
        'With or without marks. "…" finds a phrase; -word leaves out; so:374 nam:2024 loai:"Quyết định".',
    ),
    "agency": ("Cơ quan", "Agency"),
    "type": ("Loại văn bản", "Type"),
    "year": ("Năm", "Year"),
    "issued_from": ("Từ ngày", "From"),
    "issued_to": ("Đến ngày", "To"),
    "sort": ("Sắp xếp", "Order"),
    "sort_relevance": ("Phù hợp nhất", "Most fitting"),
    "sort_date": ("Mới nhất", "Newest first"),
    "any": ("Tất cả", "All"),
    "narrow": ("Thu hẹp", "Narrow down"),
    "more_filters": ("Lọc thêm", "More filters"),
    "found": ("{total} văn bản", "{total} records"),
    "found_none": ("Không tìm thấy văn bản nào", "No record was found"),
    "drop": ("Thử bỏ bớt điều kiện:", "Try without:"),
    "drop_one": ("{what}: {total} văn bản", "{what}: {total} records"),
    "drop_nothing": (
        "Hãy thử ít từ hơn, hoặc kiểm tra chính tả và số.",
        "Try fewer words, or check the spelling and the number.",
    ),
    "drop_date": ("khoảng ngày", "the dates"),
    "too_long": (
        "Câu hỏi quá dài ({length} ký tự, nhiều nhất {most}). Hãy gõ ngắn hơn.",
        "The question is too long ({length} characters, at most {most}). Type less.",
    ),
    "nothing_asked": (
        "Chưa có gì để tìm: hãy gõ từ, số ký hiệu, hoặc chọn cơ quan, loại, ngày.",
        "Nothing to search for: type words or a number, or choose agency, type or dates.",
    ),
    "bad_date": ("Ngày «{value}» không đúng; đã bỏ qua.", "«{value}» is no date; it was left out."),
    "page_of_another": (
        "Trang kết quả này thuộc về câu hỏi khác. Đây là trang đầu.",
        "That page of results belongs to another question. This is the first page.",
    ),
    "next_results": ("Kết quả tiếp theo", "Next results"),
    "first_results": ("Về trang đầu", "First results"),
    "remove": ("Bỏ {what}", "Remove {what}"),
    "no_title": ("(chưa có trích yếu)", "(no subject yet)"),
    "start_hint": (
        "Gõ / để vào ô tìm kiếm ở mọi trang.",
        "Type / to reach the search box on any page.",
    ),
    # record
    "record": ("Văn bản", "Record"),
    "page_n": ("Trang {number}", "Page {number}"),
    "page_of": ("Trang {number} / {total}", "Page {number} of {total}"),
    "pages": ("Các trang", "Pages"),
    "page_picture": ("Ảnh trang {number}", "Picture of page {number}"),
    "previous_page": ("Trang trước", "Previous page"),
    "next_page": ("Trang sau", "Next page"),
    "previous_hit": ("Trang có từ tìm trước", "Previous page with a hit"),
    "next_hit": ("Trang có từ tìm sau", "Next page with a hit"),
    "hits_here": ("{count} chỗ trên trang này", "{count} places on this page"),
    "hits_pages": ("có trong các trang: {pages}", "found on pages: {pages}"),
    "hits_none": (
        "Từ đang tìm không có trong chữ của các trang (có thể nằm ở các trường mô tả).",
        "The words are not in the text of the pages (they may be in the fields).",
    ),
    "find_in_record": ("Tìm trong văn bản này", "Find in this record"),
    "open_picture": ("Mở ảnh trang", "Open the picture"),
    "zoom_in": ("Phóng to", "Zoom in"),
    "zoom_out": ("Thu nhỏ", "Zoom out"),
    "rotate": ("Xoay", "Rotate"),
    "print": ("In", "Print"),
    "fields": ("Thông tin mô tả", "Fields"),
    "why_believed": ("Căn cứ", "Why"),
    "on_page": ("trang {page}", "page {page}"),
    "show_place": ("xem chỗ trên trang", "show the place"),
    "by_person": ("người đã xác nhận", "confirmed by a person"),
    "not_shown_on_paper": ("văn bản không thể hiện", "the paper shows none"),
    "method_text": ("đọc từ chữ in trên trang", "read from the print"),
    "method_digits": ("đọc từ số viết tay", "read from handwritten digits"),
    "method_filename": ("theo tên tệp", "by the file's name"),
    "method_manifest": ("theo bảng kê kèm theo", "by the list that came with it"),
    "method_signature": ("theo chữ ký số", "by the digital signature"),
    "method_register": ("theo sổ đăng ký văn bản", "by the document register"),
    "method_alias": ("theo tên gọi khác đã ghi nhận", "by a learnt name"),
    "method_person": ("do người nhập", "entered by a person"),
    "text_of_page": ("Chữ trên trang", "Text of the page"),
    "no_text": ("Trang này không có chữ đọc được.", "No text could be read on this page."),
    "withdrawn": ("Đã thu hồi khỏi kho: {reason}", "Withdrawn from the archive: {reason}"),
    "draft": ("Dự thảo", "Draft"),
    "waits": ("Còn điều chờ người quyết định:", "Waits for a person to decide:"),
    "decide_now": ("Thẩm định văn bản này", "Review this record"),
    "dossiers": ("Hồ sơ", "Files"),
    "no_dossier": ("chưa thuộc hồ sơ nào", "in no file yet"),
    "same_number": ("Cùng số, cơ quan và năm", "Same number, agency and year"),
    "signatures": ("Chữ ký số", "Digital signatures"),
    "no_signature": (
        "Bản gốc không có chữ ký số.",
        "The original bears no digital signature.",
    ),
    "signature_of": ("{signer}", "{signer}"),
    "signature_valid": (
        "Còn nguyên vẹn: nội dung không đổi kể từ khi ký.",
        "Intact: nothing was changed since it was signed.",
    ),
    "signature_invalid": (
        "Không còn nguyên vẹn: nội dung đã đổi sau khi ký.",
        "Not intact: something was changed after it was signed.",
    ),
    "signature_unknown": (
        "Chưa kiểm tra được tính nguyên vẹn.",
        "Whether it is intact could not be checked.",
    ),
    "signature_part": ("Chỉ ký một phần tệp.", "It covers a part of the file only."),
    "our_seal": (
        "Bản lưu trữ do {signer} ký số lúc {time}.",
        "The archive copy was signed by {signer} at {time}.",
    ),
    "test_key": (
        "Khóa thử nghiệm, không có giá trị pháp lý.",
        "A test key, without legal value.",
    ),
    "files": ("Tải về", "Download"),
    "file_copy": ("Bản lưu trữ đã ký (PDF/A)", "Signed archive copy (PDF/A)"),
    "file_original": ("Bản gốc: {name}", "Original: {name}"),
    "files_personal": (
        "Văn bản có dữ liệu cá nhân: chỉ cán bộ lưu trữ được tải về.",
        "The record holds personal data: only archivists may download it.",
    ),
    "personal_hidden": (
        "Dữ liệu cá nhân trên trang được che.",
        "Personal data on the page is hidden.",
    ),
    "history": ("Lịch sử", "History"),
    "version": ("Phiên bản {version}", "Version {version}"),
    "lasting_link": ("Mã văn bản", "Record id"),
    "pages_and_sheets": ("{pages} trang", "{pages} pages"),
    # browsing
    "browse": ("Duyệt kho theo cơ quan", "Browse by agency"),
    "browse_none": ("Chưa có văn bản nào trong phạm vi của bạn.", "There are no records in your scope yet."),
    "years": ("Theo năm ban hành", "By year of issue"),
    "without_year": ("chưa rõ năm", "year not known"),
    "all_of_agency": ("Tất cả văn bản của cơ quan", "All records of the agency"),
    "dossier": ("Hồ sơ {code}", "File {code}"),
    "dossier_documents": ("{documents} văn bản, {pages} trang", "{documents} documents, {pages} pages"),
    "dossier_empty": (
        "Hồ sơ này chưa có văn bản nào bạn được xem.",
        "The file has no record that you may see.",
    ),
    "gaps": ("Còn thiếu: {gaps}", "Missing: {gaps}"),
    # review
    "queue": ("Chờ thẩm định", "Waiting for review"),
    "queue_none": ("Không có văn bản nào chờ.", "Nothing waits."),
    "queue_first": ("{count} văn bản đầu tiên", "The first {count} records"),
    "candidate": ("Giá trị có khả năng", "Likely value"),
    "doubts": ("Điều chưa chắc", "In doubt"),
    "review_done": ("Văn bản này không còn gì phải quyết định.", "Nothing is left to decide on this record."),
    "next_waiting": ("Văn bản tiếp theo", "The next record"),
    "to_queue": ("Về danh sách chờ", "Back to the queue"),
    "take_candidate": ("Lấy giá trị này", "Take this value"),
    "accept": ("Đúng như đã đọc", "Right as it was read"),
    "accept_doubt": ("Đã xem, chấp nhận", "Looked at, accepted"),
    "correct": ("Sửa thành", "Correct to"),
    "correct_button": ("Lưu giá trị", "Save the value"),
    "paper_shows_none": ("Văn bản không thể hiện", "The paper shows none"),
    "reject": ("Không dùng được", "Not usable"),
    "reject_why": ("Lý do (quét hỏng, sai văn bản …)", "Why (bad scan, wrong paper …)"),
    "reject_button": ("Đưa ra khỏi kho", "Take out of the archive"),
    "crop": ("Ảnh chỗ đọc {field}", "Picture of where {field} was read"),
    "keys": (
        "Phím 1–9 chọn giá trị, Enter lưu ô đang gõ.",
        "Keys 1–9 choose a value, Enter saves what is typed.",
    ),
    "decided": ("Đã ghi. Phiên bản {version}.", "Written. Version {version}."),
    "elsewhere": (
        "Việc này làm bằng lệnh: sohoa review show {record_id}",
        "This is done in the shell: sohoa review show {record_id}",
    ),
}
"""Vietnamese and English."""
