"""The texts of the acceptance of batches by sample, Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "samples": ("Nghiệm thu lô theo mẫu", "Acceptance of batches by sample"),
    "samples_hint": (
        "Hai người kiểm tra từng văn bản trong mẫu; lô được nghiệm thu khi số văn bản lỗi không quá"
        " mức cho phép.",
        "Two persons check each record of the sample; the batch is accepted where no more than the tolerated"
        " number are defective.",
    ),
    "batch": ("Lô", "Batch"),
    "batch_records": ("{count} văn bản", "{count} records"),
    "batch_none": ("Cơ quan này chưa có văn bản nào.", "This agency has no records yet."),
    "sample_choose": ("Chọn", "Choose"),
    "sample_size": ("Số văn bản rút ra", "Records to draw"),
    "sample_tolerated": ("Số lỗi cho phép", "Defective ones tolerated"),
    "sample_draw": ("Rút mẫu", "Draw the sample"),
    "sample_drawn": (
        "Rút {size} trên {population} văn bản, cho phép {tolerated} lỗi; số rút thăm {seed}.",
        "{size} of {population} records drawn, {tolerated} defective ones tolerated; seed {seed}.",
    ),
    "sample_open": (
        "Đang kiểm tra: còn {count} văn bản chưa đủ hai người.",
        "Open: {count} still need two persons.",
    ),
    "sample_accepted": (
        "Lô được nghiệm thu: {count} văn bản lỗi.",
        "The batch is accepted: {count} defective.",
    ),
    "sample_refused": (
        "Lô không được nghiệm thu: {count} văn bản lỗi.",
        "The batch is refused: {count} defective.",
    ),
    "sample_ok": ("Đúng", "Sound"),
    "sample_defect": ("Có lỗi", "Defective"),
    "sample_mine": ("Bạn đã ghi: {found}.", "You said: {found}."),
    "sample_save": ("Ghi kết quả", "Save what you found"),
    "refused_sample_size": (
        "Lô phải có văn bản; số rút ra từ 1 trở lên, số lỗi cho phép từ 0 trở lên.",
        "The batch needs records; draw 1 or more, tolerate 0 or more.",
    ),
    "refused_sample_open": (
        "Lô này đang được kiểm tra hoặc đã nghiệm thu; không rút mẫu khác.",
        "The sample of this batch is open or was accepted; no other is drawn.",
    ),
    "refused_sample_records": (
        "Có văn bản không thuộc mẫu này.",
        "Some of the records are not in this sample.",
    ),
    "refused_sample_ended": ("Lô này đã có kết luận.", "This batch has its verdict already."),
}
