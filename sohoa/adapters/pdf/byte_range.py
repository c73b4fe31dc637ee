"""Whether a signature's byte range is the whole file but for the signature itself."""

from __future__ import annotations

from collections.abc import Sequence


def covers_whole_file(byte_range: Sequence[int], contents_bytes: int, file_bytes: int) -> bool:
    """ISO 32000-1, 12.8.1: [0, a, b, c] with b - a the hexadecimal signature in its brackets, b + c the end.

    ``contents_bytes`` is the length of the decoded signature with its padding.
    """
    if len(byte_range) != 4:
        return False
    start, before, resume, after = byte_range
    return start == 0 and resume - before == 2 * contents_bytes + 2 and resume + after == file_bytes
