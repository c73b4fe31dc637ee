"""The ledger's tables; the same definitions serve SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
    and_,
)

REVISION = "0012"
"""The migration that these definitions describe."""

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


def _text() -> Text:
    """Text that compares by its UTF-8 bytes, whatever the database's locale."""
    return Text().with_variant(Text(collation="C"), "postgresql")


def below(keys: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    """Keys that begin with the prefix, as a range."""
    return and_(keys >= prefix, keys < prefix + "\U0010ffff")


OBJECTS = Table(
    "objects",
    METADATA,
    Column("key", _text(), nullable=False),
    Column("etag", _text(), nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("state", _text(), nullable=False),
    Column("reason", _text(), nullable=False, default=""),
    Column("detail", _text(), nullable=False, default=""),
    Column("sha256", _text(), nullable=False, default=""),
    Column("record_id", _text(), nullable=False, default=""),
    Column("pages", Integer, nullable=False, default=0),
    Column("attempts", Integer, nullable=False, default=0),
    Column("replaced", Boolean, nullable=False, default=False),
    Column("removed_by", _text(), nullable=False, default=""),
    Column("updated_at", UtcTime),
    Column("claimed_by", _text()),
    Column("object_id", _text(), nullable=False, server_default=""),
    PrimaryKeyConstraint("key", "etag"),
    Index("objects_sha256", "sha256"),
    Index("objects_record_id", "record_id"),
    Index("objects_state", "state", "key"),
    Index("objects_claimed_by", "claimed_by"),
    Index("objects_object_id", "object_id"),
)

RECORDS = Table(
    "records",
    METADATA,
    Column("record_id", _text(), primary_key=True),
    Column("agency", _text(), nullable=False),
    Column("sha256", _text(), nullable=False),
    Column("holder_key", _text(), nullable=False),
    Column("holder_etag", _text(), nullable=False, default=""),
    Column("version", Integer, nullable=False, default=0),
    Column("year", Integer),
    Column("pages", Integer, nullable=False, default=0),
    Column("sheets_a4", Integer, nullable=False, default=0),
    Column("searchable", Boolean, nullable=False, default=False),
    Column("signed", Boolean, nullable=False, default=False),
    Column("complete", Boolean, nullable=False, default=False),
    Column("draft", Boolean, nullable=False, default=False),
    Column("code", _text(), nullable=False, default=""),
    Column("manifest_sha256", _text(), nullable=False, default=""),
    Column("withdrawn", _text(), nullable=False, default=""),
    Column("archived_at", UtcTime),
    Index("records_number", "agency", "year", "code"),
)

EVENTS = Table(
    "events",
    METADATA,
    Column("subject", _text(), nullable=False),
    Column("position", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("actor", _text(), nullable=False),
    Column("action", _text(), nullable=False),
    Column("details", _text(), nullable=False),
    Column("previous", _text(), nullable=False),
    Column("hash", _text(), nullable=False),
    PrimaryKeyConstraint("subject", "position"),
)

WORKERS = Table(
    "workers",
    METADATA,
    Column("owner", _text(), primary_key=True),
    Column("seen_at", DateTime(timezone=True), nullable=False),
)

REVIEWS = Table(
    "reviews",
    METADATA,
    Column("record_id", _text(), primary_key=True),
    Column("agency", _text(), nullable=False),
    Column("doubts", _text(), nullable=False),
    Column("since", UtcTime),
    Index("reviews_agency", "agency", "record_id"),
)

ASSIGNMENTS = Table(
    "assignments",
    METADATA,
    Column("record_id", _text(), nullable=False),
    Column("step", _text(), nullable=False),
    Column("person", _text(), nullable=False),
    Column("assigned_by", _text(), nullable=False),
    Column("assigned_at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    PrimaryKeyConstraint("record_id", "step"),
    Index("assignments_person", "person", "record_id"),
)

REGISTER_ENTRIES = Table(
    "register_entries",
    METADATA,
    Column("agency", _text(), nullable=False),
    Column("direction", _text(), nullable=False),
    Column("identity", _text(), nullable=False),
    Column("number", _text(), nullable=False, default=""),
    Column("issued_date", _text(), nullable=False, default=""),
    Column("entry_values", _text(), nullable=False),
    Column("source", _text(), nullable=False),
    Column("entered_at", UtcTime, nullable=False),
    PrimaryKeyConstraint("agency", "direction", "identity"),
    Index("register_entries_number", "agency", "number"),
    Index("register_entries_day", "agency", "issued_date"),
)

FILES = Table(
    "files",
    METADATA,
    Column("agency", _text(), nullable=False),
    Column("code", _text(), nullable=False),
    Column("file_values", _text(), nullable=False),
    Column("source", _text(), nullable=False),
    Column("entered_at", UtcTime, nullable=False),
    PrimaryKeyConstraint("agency", "code"),
)

FILE_MEMBERS = Table(
    "file_members",
    METADATA,
    Column("agency", _text(), nullable=False),
    Column("code", _text(), nullable=False),
    Column("record_id", _text(), nullable=False),
    Column("ordinal", Integer),
    Column("method", _text(), nullable=False),
    Column("issued_date", _text(), nullable=False, default=""),
    PrimaryKeyConstraint("agency", "code", "record_id"),
    Index("file_members_record", "record_id"),
)

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("login", _text(), primary_key=True),
    Column("name", _text(), nullable=False),
    Column("roles", _text(), nullable=False),
    Column("agencies", _text()),
    Column("modes", _text(), nullable=False),
    Column("password_hash", _text(), nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("password_until", UtcTime),
    Column("disabled", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", UtcTime),
    Index("accounts_name", "name", unique=True),
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("token_hash", _text(), primary_key=True),
    Column("login", _text(), nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    Index("sessions_login", "login"),
)

HOLDINGS = Table(
    "holdings",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("agency", _text(), nullable=False),
    Column("fonds", _text(), nullable=False),
    Column("year", Integer),
    Column("unit", _text(), nullable=False),
    Column("retention", _text(), nullable=False),
    Column("kind", _text(), nullable=False),
    Column("held", _text(), nullable=False),
    Column("low", _text()),
    Column("high", _text()),
    Column("source", _text(), nullable=False),
    Column("as_of", _text(), nullable=False),
    Column("valid_to", _text()),
    Column("place", _text(), nullable=False),
    Column("counts_from", _text(), nullable=False),
    Column("declared_by", _text(), nullable=False),
    Column("declared_at", UtcTime, nullable=False),
    Index("holdings_agency", "agency", "number"),
)

API_TOKENS = Table(
    "api_tokens",
    METADATA,
    Column("sha256", _text(), primary_key=True),
    Column("login", _text(), nullable=False),
    Column("scopes", _text(), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
)

SAVED_QUERIES = Table(
    "saved_queries",
    METADATA,
    Column("login", _text(), nullable=False),
    Column("name", _text(), nullable=False),
    Column("question", _text(), nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    PrimaryKeyConstraint("login", "name"),
)
