"""The ledger's tables; the same definitions serve SQLite and PostgreSQL."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    and_,
)

from sohoa.adapters.ledger.columns import METADATA, UtcTime, text_column

REVISION = "0021d"
"""The migration that these definitions describe."""


def below(keys: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    """Keys that begin with the prefix, as a range."""
    return and_(keys >= prefix, keys < prefix + "\U0010ffff")


OBJECTS = Table(
    "objects",
    METADATA,
    Column("key", text_column(), nullable=False),
    Column("etag", text_column(), nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("state", text_column(), nullable=False),
    Column("reason", text_column(), nullable=False, default=""),
    Column("detail", text_column(), nullable=False, default=""),
    Column("sha256", text_column(), nullable=False, default=""),
    Column("record_id", text_column(), nullable=False, default=""),
    Column("pages", Integer, nullable=False, default=0),
    Column("attempts", Integer, nullable=False, default=0),
    Column("replaced", Boolean, nullable=False, default=False),
    Column("removed_by", text_column(), nullable=False, default=""),
    Column("updated_at", UtcTime),
    Column("claimed_by", text_column()),
    Column("object_id", text_column(), nullable=False, server_default=""),
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
    Column("record_id", text_column(), primary_key=True),
    Column("agency", text_column(), nullable=False),
    Column("sha256", text_column(), nullable=False),
    Column("holder_key", text_column(), nullable=False),
    Column("holder_etag", text_column(), nullable=False, default=""),
    Column("version", Integer, nullable=False, default=0),
    Column("year", Integer),
    Column("pages", Integer, nullable=False, default=0),
    Column("sheets_a4", Integer, nullable=False, default=0),
    Column("searchable", Boolean, nullable=False, default=False),
    Column("signed", Boolean, nullable=False, default=False),
    Column("complete", Boolean, nullable=False, default=False),
    Column("draft", Boolean, nullable=False, default=False),
    Column("code", text_column(), nullable=False, default=""),
    Column("manifest_sha256", text_column(), nullable=False, default=""),
    Column("withdrawn", text_column(), nullable=False, default=""),
    Column("archived_at", UtcTime),
    Column("confidence", Integer),
    Column("originally_signed", Boolean),
    Index("records_number", "agency", "year", "code"),
)

EVENTS = Table(
    "events",
    METADATA,
    Column("subject", text_column(), nullable=False),
    Column("position", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("actor", text_column(), nullable=False),
    Column("action", text_column(), nullable=False),
    Column("details", text_column(), nullable=False),
    Column("previous", text_column(), nullable=False),
    Column("hash", text_column(), nullable=False),
    PrimaryKeyConstraint("subject", "position"),
    Index("events_at", "at"),
    Index("events_actor", "actor", "at"),
)

WORKERS = Table(
    "workers",
    METADATA,
    Column("owner", text_column(), primary_key=True),
    Column("seen_at", DateTime(timezone=True), nullable=False),
)

REVIEWS = Table(
    "reviews",
    METADATA,
    Column("record_id", text_column(), primary_key=True),
    Column("agency", text_column(), nullable=False),
    Column("doubts", text_column(), nullable=False),
    Column("since", UtcTime),
    Index("reviews_agency", "agency", "record_id"),
)

ASSIGNMENTS = Table(
    "assignments",
    METADATA,
    Column("record_id", text_column(), nullable=False),
    Column("step", text_column(), nullable=False),
    Column("person", text_column(), nullable=False),
    Column("assigned_by", text_column(), nullable=False),
    Column("assigned_at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    PrimaryKeyConstraint("record_id", "step"),
    Index("assignments_person", "person", "record_id"),
)

REGISTER_ENTRIES = Table(
    "register_entries",
    METADATA,
    Column("agency", text_column(), nullable=False),
    Column("direction", text_column(), nullable=False),
    Column("identity", text_column(), nullable=False),
    Column("number", text_column(), nullable=False, default=""),
    Column("issued_date", text_column(), nullable=False, default=""),
    Column("entry_values", text_column(), nullable=False),
    Column("source", text_column(), nullable=False),
    Column("entered_at", UtcTime, nullable=False),
    PrimaryKeyConstraint("agency", "direction", "identity"),
    Index("register_entries_number", "agency", "number"),
    Index("register_entries_day", "agency", "issued_date"),
)

FILES = Table(
    "files",
    METADATA,
    Column("agency", text_column(), nullable=False),
    Column("code", text_column(), nullable=False),
    Column("file_values", text_column(), nullable=False),
    Column("source", text_column(), nullable=False),
    Column("entered_at", UtcTime, nullable=False),
    PrimaryKeyConstraint("agency", "code"),
)

FILE_MEMBERS = Table(
    "file_members",
    METADATA,
    Column("agency", text_column(), nullable=False),
    Column("code", text_column(), nullable=False),
    Column("record_id", text_column(), nullable=False),
    Column("ordinal", Integer),
    Column("method", text_column(), nullable=False),
    Column("issued_date", text_column(), nullable=False, default=""),
    PrimaryKeyConstraint("agency", "code", "record_id"),
    Index("file_members_record", "record_id"),
)

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("login", text_column(), primary_key=True),
    Column("name", text_column(), nullable=False),
    Column("roles", text_column(), nullable=False),
    Column("agencies", text_column()),
    Column("modes", text_column(), nullable=False),
    Column("password_hash", text_column(), nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("password_until", UtcTime),
    Column("disabled", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", UtcTime),
    Column("totp_secret", text_column(), nullable=False, server_default=""),
    Column("totp_step", Integer, nullable=False, server_default="0"),
    Column("identity", text_column()),
    Column("waiting", text_column()),
    Index("accounts_name", "name", unique=True),
    Index("accounts_identity", "identity", unique=True),
)

STARTED_SIGN_INS = Table(
    "started_sign_ins",
    METADATA,
    Column("state_hash", text_column(), primary_key=True),
    Column("nonce", text_column(), nullable=False),
    Column("verifier", text_column(), nullable=False),
    Column("wanted", text_column(), nullable=False),
    Column("until", UtcTime, nullable=False),
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("token_hash", text_column(), primary_key=True),
    Column("login", text_column(), nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    Index("sessions_login", "login"),
)

API_TOKENS = Table(
    "api_tokens",
    METADATA,
    Column("sha256", text_column(), primary_key=True),
    Column("login", text_column(), nullable=False),
    Column("scopes", text_column(), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
)

SAVED_QUERIES = Table(
    "saved_queries",
    METADATA,
    Column("login", text_column(), nullable=False),
    Column("name", text_column(), nullable=False),
    Column("question", text_column(), nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    PrimaryKeyConstraint("login", "name"),
)

ACCESS_REQUESTS = Table(
    "access_requests",
    METADATA,
    Column("request_id", text_column(), primary_key=True),
    Column("login", text_column(), nullable=False),
    Column("record_id", text_column(), nullable=False),
    Column("reason", text_column(), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("decided_by", text_column(), nullable=False),
    Column("decided_at", UtcTime),
    Column("until", UtcTime),
    Index("access_requests_login", "login", "until"),
)
