"""Puts snapshots where others fetch them: a folder, or a prefix of a bucket."""

from __future__ import annotations

from sohoa.domain.coverage.deliveries import Parcel, Receipt, Result
from sohoa.domain.errors import SohoaError, Unavailable
from sohoa.ports import ObjectStore

# What the archive's own stores advise is not what helps with another's.
_OUR_ADVICE = (": run `sohoa init`", ", or mount the disk that holds it", ": set store.ca_file")


class ShelfCourier:
    """Writes ``PREFIX/DAY/NAME`` once; other bytes under the name are never overwritten."""

    repeats = True

    def __init__(self, store: ObjectStore, bucket: str, prefix: str = "") -> None:
        self._store, self._bucket, self._prefix = store, bucket, prefix

    def carry(self, parcel: Parcel) -> Receipt:
        """Write all files; each appears whole or not at all."""
        try:
            for file in parcel.files:
                self._store.put(self._bucket, f"{self._prefix}{parcel.day}/{file.name}", file.data)
        except SohoaError as error:
            result = Result.AWAY if isinstance(error, Unavailable) else Result.REFUSED
            return Receipt(result, _told(error))
        return Receipt(Result.DELIVERED, f"đã ghi {len(parcel.files)} tệp")


def _told(error: SohoaError) -> str:
    text = str(error)
    for advice in reversed(_OUR_ADVICE):
        text = text.removesuffix(advice)
    return text
