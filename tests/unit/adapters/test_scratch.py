"""Working copies of objects on a server: gone at the end, or after the process that made them."""

from __future__ import annotations

import os
from pathlib import Path

from sohoa.adapters.scratch import scratch_file, scratch_folder


def test_a_folder_of_copies_is_gone_at_the_end(tmp_path: Path) -> None:
    """While it is used it is there for this account only, even when others begin; then nothing is left."""
    with scratch_folder(tmp_path / "work") as folder:
        (folder / "1").write_bytes(b"x")
        os.utime(folder, (0, 0))
        with scratch_file(tmp_path / "work"):
            assert (folder / "1").read_bytes() == b"x"
        assert folder.stat().st_mode & 0o077 == 0
    assert list((tmp_path / "work").iterdir()) == []


def test_what_a_killed_process_left_goes_with_the_next_copy(tmp_path: Path) -> None:
    """A lock file that nobody holds any more takes its folder with it."""
    (tmp_path / "tmpabc").touch()
    (tmp_path / "tmpabc.files").mkdir()
    (tmp_path / "tmpabc.files" / "1").write_bytes(b"secret")
    os.utime(tmp_path / "tmpabc", (0, 0))
    with scratch_file(tmp_path):
        assert not list(tmp_path.glob("tmpabc*"))
