"""What the ledger's tables are made of."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Dialect, MetaData, String, Text, TypeDecorator

METADATA = MetaData()


class UtcTime(TypeDecorator[datetime]):
    """A moment as ISO 8601 text in UTC with microseconds, which sorts; naive times are refused."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """To the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("the ledger needs times with a time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From the database."""
        return None if value is None else datetime.fromisoformat(value)


def text_column() -> Text:
    """Text that compares by its UTF-8 bytes, whatever the database's locale."""
    return Text().with_variant(Text(collation="C"), "postgresql")
