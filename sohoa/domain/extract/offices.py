"""Short forms of offices: in notations, in names of files, and written out."""

from __future__ import annotations

IN_NOTATIONS = ("UBND", "HĐND", "UBMTTQ", "BCĐ", "VPUB", "TTHĐND", "UB")
"""Offices whose short form in a notation is mended where a letter was misread; the first that fits counts."""

IN_FILE_NAMES = ("UBND", "UB", "HĐND")
"""Offices beside which a number in a file's name is the document's own.

Fewer than in notations: beside ``BCĐ`` often stands a number that belongs to the committee's name.
"""

WRITTEN_OUT = {
    "UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "BCĐ": "Ban Chỉ đạo", "BCH": "Ban Chấp hành",
    "UBMTTQ": "Ủy ban Mặt trận Tổ quốc", "MTTQ": "Mặt trận Tổ quốc", "UBKT": "Ủy ban Kiểm tra",
    "VP": "Văn phòng", "BQL": "Ban Quản lý",
}  # fmt: skip
"""Short forms in agencies' names and posts, as they are spelled out in fields."""
