"""Object store in a directory: the embedded one."""

from sohoa.adapters.directory_store.store import DirectoryStore

__all__ = ["DirectoryStore"]
