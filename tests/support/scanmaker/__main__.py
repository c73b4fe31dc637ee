"""``python -m tests.support.scanmaker --out samples``: renews the sample inbox, byte for byte."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.support.scanmaker.folder import write_samples


def main() -> None:
    """Writes the samples and says what they weigh."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder that gets inbox/ and truth/")
    written = write_samples(parser.parse_args().out)
    size = sum(path.stat().st_size for path in written)
    sys.stdout.write(f"{len(written)} files, {size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main()
