"""Whether a signature's byte range is the whole file but for the signature itself."""

from __future__ import annotations

from collections.abc import Sequence


def covers_whole_file(byte_range: Sequence[int], contents_bytes: int, file_bytes: int) -> bool:
    """ISO 32000-1, 12.8.1: [0, a, b, c] with b - a the hexadecimal signature in its brackets, b + c the end.

    ``contents_bytes`` is the length of the decoded signature with its padding.
    """
    return (
        leaves_out_the_signature(byte_range, contents_bytes) and byte_range[2] + byte_range[3] == file_bytes
    )


def leaves_out_the_signature(byte_range: Sequence[int], contents_bytes: int) -> bool:
    """Whether the range starts with the file and its only gap is the signature.

    In a wider gap, or outside of the range, anything could be put without breaking the signature.
    """
    if len(byte_range) != 4:
        return False
    start, before, resume, after = byte_range
    return start == 0 and before > 0 and after >= 0 and resume - before == 2 * contents_bytes + 2
