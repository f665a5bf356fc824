"""A disk that fails at its n-th operation, or at which the run is killed: for everything below one folder.

Python's ways to files are wrapped; what is imported, pipes and the terminal stay sound. A process that
is forked counts on, so that an operation of a worker has a number like one of its parent.
"""

from __future__ import annotations

import builtins
import errno
import io
import mmap
import os
import signal
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

READING = frozenset({"open to read", "read", "scandir", "listdir"})
WRITING = frozenset({"open to write", "write", "fsync", "close", "mkdir", "replace", "rename", "link"})
REMOVING = frozenset({"unlink", "rmdir"})
LOOKING = frozenset({"stat", "lstat", "readlink", "chmod"})
"""Not counted, but they fail too where a share has vanished."""
_PLAIN = ("scandir", "listdir", "mkdir", "replace", "rename", "link", "unlink", "remove", "rmdir", *LOOKING)


@dataclass(frozen=True)
class Way:
    """How the disk fails: with which error (0: the process is killed), at which operations, and whether for good."""

    name: str
    error: int
    kinds: frozenset[str]
    lasts: bool = False
    late: bool = False
    """Killed after the operation, not in the midst of it."""


ALL = READING | WRITING | REMOVING
WAYS = (
    Way("full", errno.ENOSPC, WRITING - {"replace"}, lasts=True),
    Way("failing", errno.EIO, ALL),
    Way("forbidden", errno.EACCES, ALL - {"read", "write", "fsync", "close"}),
    Way("vanished", errno.ESTALE, ALL, lasts=True),
    Way("killed in it", 0, ALL),
    Way("killed after it", 0, ALL, late=True),
)


class Disk:
    """Fails ``way`` at operation ``at``, counted from 1; at 0 it never does. ``log`` gets a line for every one."""

    def __init__(self, root: str, way: Way | None, at: int, log: int) -> None:
        self._root, self._way, self._at, self._log = root, way, at, log
        self._count = mmap.mmap(-1, 8)
        self._names: dict[int, str] = {}
        self._real = {name: getattr(os, name) for name in (*_PLAIN, "open", "fsync", "write", "kill")}
        self._open = builtins.open

    def install(self) -> None:
        for name in _PLAIN:
            setattr(os, name, self._wrapped(name))
        os.open, os.fsync = self._os_open, self._fsync
        builtins.open = io.open = self._io_open

    @contextmanager
    def step(self, kind: str, path: str, half: Callable[[], object] = lambda: None) -> Iterator[None]:
        """Around an operation; ``half`` is what has happened of it when it fails."""
        number = self._next(kind, path)
        way = self._way
        if way and self._strikes(number, kind) and not way.late:
            half()
            if not way.error:
                self._kill()
            raise OSError(way.error, os.strerror(way.error), path)
        yield
        if way and way.late and number == self._at:
            self._kill()

    def _next(self, kind: str, path: str) -> int:
        """The number of an operation; 0 for one that does not count."""
        (count,) = struct.unpack("q", self._count[:8])
        if kind in LOOKING:
            return -count
        self._count[:8] = struct.pack("q", count + 1)
        self._real["write"](self._log, f"{kind}\t{os.path.relpath(path, self._root)}\n".encode("utf-8", "replace"))
        return int(count) + 1

    def _strikes(self, number: int, kind: str) -> bool:
        way = self._way
        if not way or not self._at:
            return False
        if number <= 0:
            return way.lasts and way.kinds == ALL and -number >= self._at
        return kind in way.kinds and (number >= self._at if way.lasts else number == self._at)

    def _kill(self) -> None:
        self._real["kill"](os.getpid(), signal.SIGKILL)

    def below(self, path: Any) -> str | None:
        if not isinstance(path, str | bytes | os.PathLike):
            return None
        whole = os.path.abspath(os.fsdecode(path))  # noqa: PTH100  # pathlib is what is being watched
        return whole if whole.startswith(self._root + os.sep) or whole == self._root else None

    def _wrapped(self, name: str) -> Callable[..., Any]:
        real, kind = self._real[name], "unlink" if name == "remove" else name

        def call(path: Any = ".", *more: Any, **named: Any) -> Any:
            whole = None if named.get("dir_fd") is not None else self.below(path)
            if whole is None:
                return real(path, *more, **named)
            with self.step(kind, whole):
                return real(path, *more, **named)

        return call

    def _os_open(self, path: Any, flags: int, *more: Any, **named: Any) -> int:
        whole = None if named.get("dir_fd") is not None else self.below(path)
        if whole is None:
            return int(self._real["open"](path, flags, *more, **named))
        with self.step("open to write" if flags & (os.O_WRONLY | os.O_RDWR) else "open to read", whole):
            return int(self._real["open"](path, flags, *more, **named))

    def _fsync(self, fd: int) -> None:
        """Does nothing, as no power fails here, and takes long."""
        with self.step("fsync", self._names[fd]) if fd in self._names else nullcontext():
            return

    def _io_open(self, file: Any, mode: str = "r", buffering: int = -1, *more: Any, **named: Any) -> Any:
        whole = self.below(file)
        if whole is None:
            return self._open(file, mode, buffering, *more, **named)
        raw = _File(self, whole, mode.replace("b", "").replace("t", ""))
        self._names[raw.fileno()] = whole
        buffered: Any = io.BufferedRandom if "+" in mode else io.BufferedReader if "r" in mode else io.BufferedWriter
        binary = raw if buffering == 0 else buffered(raw)
        return binary if "b" in mode else io.TextIOWrapper(binary, *more, **named)


class _File(io.FileIO):
    def __init__(self, disk: Disk, path: str, mode: str) -> None:
        self._disk, self._path, self._writes = disk, path, mode != "r"
        with disk.step("open to write" if self._writes else "open to read", path):
            super().__init__(path, mode)

    def readinto(self, buffer: Any) -> Any:
        with self._disk.step("read", self._path):
            return super().readinto(buffer)

    def readall(self) -> Any:
        with self._disk.step("read", self._path):
            return super().readall()

    def write(self, data: Any) -> Any:
        with self._disk.step("write", self._path, lambda: super(_File, self).write(bytes(data)[: len(data) // 2])):
            return super().write(data)

    def close(self) -> None:
        if self.closed or not self._writes:
            return super().close()
        with self._disk.step("close", self._path, super().close):
            return super().close()
