"""Search index in SQLite FTS5: the embedded one."""

from sohoa.adapters.sqlite_index.index import SqliteIndex

__all__ = ["SqliteIndex"]
