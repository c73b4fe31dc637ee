"""Messages between the pool and its workers: length-prefixed pickles.

A worker opens untrusted files, so that what it sends is untrusted, too: the pool takes plain data and
data classes of named packages only, never a function or a class with behaviour of its own.
"""

from __future__ import annotations

import builtins
import datetime
import enum
import io
import pathlib
import pickle
from dataclasses import is_dataclass
from typing import Any

LENGTH_BYTES = 8

_PLAIN = frozenset({set, frozenset, bytearray, complex, pathlib.PurePosixPath, pathlib.PosixPath})


def pack(value: object) -> bytes:
    """The value as one message; raises what pickle raises for values that cannot be sent."""
    stream = io.BytesIO()
    _Pickler(stream, protocol=5).dump(value)
    body = stream.getvalue()
    return len(body).to_bytes(LENGTH_BYTES, "big") + body


def body_length(prefix: bytes) -> int:
    """How many bytes follow a message's prefix."""
    return int.from_bytes(prefix, "big")


def unpack_trusted(body: bytes) -> Any:
    """A message of the pool to its own worker."""
    return pickle.loads(body)  # noqa: S301 - written by the parent process


def unpack_plain(body: bytes, packages: frozenset[str]) -> Any:
    """A worker's message; raises ``pickle.UnpicklingError`` for anything but plain data.

    ``packages`` are top-level packages whose data classes, enumerations and exceptions are taken.
    """
    return _PlainUnpickler(io.BytesIO(body), packages).load()


class _Pickler(pickle.Pickler):
    """Sends an enumeration's member by its value: early releases of Python 3.11 send a call of getattr."""

    def reducer_override(self, value: object) -> Any:
        return (type(value), (value.value,)) if isinstance(value, enum.Enum) else NotImplemented


class _PlainUnpickler(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, packages: frozenset[str]) -> None:
        super().__init__(stream)
        self._packages = packages

    def find_class(self, module_name: str, global_name: str) -> Any:
        top = module_name.partition(".")[0]
        if "." not in global_name and top in self._packages | {"builtins", "datetime", "pathlib"}:
            found = getattr(_module(module_name), global_name, None)
            if isinstance(found, type) and _is_plain(found, module_name, self._packages):
                return found
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is not plain data")


def packages_of(function: str) -> frozenset[str]:
    """The packages whose plain classes a call of ``package.module:name`` may answer with."""
    return frozenset({"ocr", function.partition(":")[0].partition(".")[0]})


def _module(name: str) -> Any:
    return __import__(name, fromlist=["_"])


def _is_plain(found: type, module_name: str, packages: frozenset[str]) -> bool:
    if found in _PLAIN or found.__module__ == datetime.__name__:
        return True
    if found.__module__ == builtins.__name__:
        return issubclass(found, Exception)
    ours = found.__module__ == module_name and module_name.partition(".")[0] in packages
    return ours and (is_dataclass(found) or issubclass(found, enum.Enum | Exception))
