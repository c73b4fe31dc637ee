# ruff: noqa: S608  the parts are constants of this module
"""Since when records and objects are as they are, counted cells of records, snapshots of coverage."""

import sqlalchemy as sa
from alembic import op

revision = "0012b"
down_revision = "0012"

_AGENCY = {
    "sqlite": "CASE instr({0}key, '/') WHEN 0 THEN {0}key ELSE substr({0}key, 1, instr({0}key, '/') - 1) END",
    "postgresql": "split_part({0}key, '/', 1)",
}
_NOW = {
    "sqlite": "(strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000+00:00')",
    "postgresql": "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')",
}
_SPAN = "key, etag, agency, state, reason, replaced, started, ended"
_CHANGED = "OLD.state <> NEW.state OR OLD.reason <> NEW.reason OR OLD.replaced <> NEW.replaced"


def upgrade() -> None:
    """Make the tables, fill them from what there is, and watch the objects from now on."""
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    _make_record_tables(text)
    op.create_table(
        "object_spans",
        sa.Column("key", text, nullable=False),
        sa.Column("etag", text, nullable=False),
        sa.Column("agency", text, nullable=False),
        sa.Column("state", text, nullable=False),
        sa.Column("reason", text, nullable=False),
        sa.Column("replaced", sa.Boolean, nullable=False),
        sa.Column("started", sa.String(32), nullable=False),
        sa.Column("ended", sa.String(32)),
    )
    op.create_index("object_spans_key", "object_spans", ["key", "etag", "ended"])
    op.create_table(
        "coverage_snapshots",
        sa.Column("day", text, primary_key=True),
        sa.Column("data", text, nullable=False),
        sa.Column("sha256", text, nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
    )
    dialect = op.get_bind().dialect.name
    _fill(dialect)
    for statement in _triggers(dialect):
        op.execute(statement)


def _make_record_tables(text: sa.types.TypeEngine[str]) -> None:
    facts = ("searchable", "signed", "complete", "draft")
    op.create_table(
        "record_spans",
        sa.Column("record_id", text, nullable=False),
        sa.Column("agency", text, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in facts),
        sa.Column("sheets", sa.Integer, nullable=False),
        sa.Column("started", sa.String(32), nullable=False),
        sa.Column("ended", sa.String(32)),
    )
    op.create_index("record_spans_record", "record_spans", ["record_id", "ended"])
    op.create_index("record_spans_cell", "record_spans", ["agency", "year", "ended"])
    op.create_table(
        "coverage_cells",
        sa.Column("agency", text, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in facts),
        sa.Column("records", sa.BigInteger, nullable=False),
        sa.Column("sheets", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("agency", "year", *facts),
    )
    op.create_table(
        "coverage_touched",
        sa.Column("agency", text, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("agency", "year"),
    )


def _fill(dialect: str) -> None:
    now = _NOW[dialect]
    op.execute(
        "INSERT INTO record_spans"
        " SELECT record_id, agency, coalesce(year, 0), searchable, signed, complete, draft,"
        f" sheets_a4, coalesce(archived_at, {now}), NULL FROM records WHERE version >= 1 AND withdrawn = ''"
    )
    op.execute(
        f"INSERT INTO coverage_touched SELECT agency, year, {now} FROM record_spans GROUP BY agency, year"
    )
    op.execute(
        f"INSERT INTO object_spans SELECT key, etag, {_AGENCY[dialect].format('')}, state, reason, replaced,"
        f" coalesce(updated_at, {now}), NULL FROM objects"
    )


def _triggers(dialect: str) -> list[str]:
    """What writes a span for every object that appears or changes its state, whoever changes it."""
    now, agency = _NOW[dialect], _AGENCY[dialect].format("NEW.")
    row = f"NEW.key, NEW.etag, {agency}, NEW.state, NEW.reason, NEW.replaced"
    new = f"INSERT INTO object_spans ({_SPAN}) VALUES ({row}, coalesce(NEW.updated_at, {now}), NULL);"
    moment = f"CASE WHEN NEW.updated_at = OLD.updated_at THEN {now} ELSE coalesce(NEW.updated_at, {now}) END"
    change = (
        f"UPDATE object_spans SET ended = {moment} WHERE key = NEW.key AND etag = NEW.etag AND ended IS NULL;"
        f" INSERT INTO object_spans ({_SPAN}) VALUES ({row}, {moment}, NULL);"
    )
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER objects_appear AFTER INSERT ON objects BEGIN {new} END",
            f"CREATE TRIGGER objects_change AFTER UPDATE ON objects WHEN {_CHANGED} BEGIN {change} END",
        ]
    made = []
    for name, body, event in (("appear", new, "INSERT"), ("change", change, "UPDATE")):
        when = f"WHEN ({_CHANGED}) " if event == "UPDATE" else ""
        made += [
            f"CREATE FUNCTION objects_{name}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $body$ BEGIN {body} RETURN NULL; END $body$",
            f"CREATE TRIGGER objects_{name} AFTER {event} ON objects FOR EACH ROW {when}"
            f"EXECUTE FUNCTION objects_{name}()",
        ]
    return made


def downgrade() -> None:
    """Nothing is counted any more."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name in ("objects_appear", "objects_change"):
        op.execute(f"DROP TRIGGER {name}" if sqlite else f"DROP TRIGGER {name} ON objects")
        if not sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    for table in ("coverage_snapshots", "object_spans", "coverage_touched", "coverage_cells", "record_spans"):
        op.drop_table(table)
