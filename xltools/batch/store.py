"""What has been done already, by what it was made from: an interrupted run goes on (已处理的结果).

A result is kept under a digest of everything that it depends on, in one file: in the first line a
digest and the record, behind it the files that were made, so that it is never without them.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from xltools import __version__, files
from xltools.batch import plain
from xltools.batch.intake import OURS
from xltools.batch.work import Result, Task
from xltools.errors import CannotWrite
from xltools.report import Report

_SUFFIX = ".result"
_SPOILT = ValueError, TypeError, LookupError
"""What a record that is none may raise."""


class Piece(NamedTuple):
    """A file that was made, where it stands in what is kept."""

    path: Path
    start: int
    size: int
    digest: str

    def read_bytes(self) -> bytes:
        """Return the file; raises `OSError`, also where it is not any more what was made."""
        with self.path.open("rb") as kept:
            kept.seek(self.start)
            data = kept.read(self.size)
        if _digest(data) != self.digest:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(self.path))
        return data


@dataclass(frozen=True, slots=True)
class Kept:
    """A result, with the report itself instead of the packed one, and where its files are, by kind."""

    result: Result
    files: Mapping[str, Piece] = field(default_factory=dict)
    report: Report | None = None


class Record(NamedTuple):
    """A result as it is kept: in which file, the record in its first line, and where the files begin behind it."""

    path: Path
    said: bytes
    start: int

    def kept(self) -> Kept:
        """Return what it says, equal texts kept once; raises one of `_SPOILT`."""
        record = json.loads(self.said.decode("utf-8", "surrogatepass"))
        packed, made = record.pop("report"), record.pop("files")
        record["findings"] = tuple(map(plain.shared, record["findings"]))
        return Kept(Result(**record), self._pieces(made), plain.unpack(packed) if packed else None)

    def _pieces(self, made: Mapping[str, tuple[int, str]]) -> dict[str, Piece]:
        """Where the files are: one behind the other, after the first line."""
        pieces, start = {}, self.start
        for kind, (size, digest) in made.items():
            pieces[kind] = Piece(self.path, start, size, digest)
            start += size
        return pieces


class Store:
    """The results inside an output folder."""

    def __init__(self, out: Path, template: Path | None, name: str = "done") -> None:
        self.folder = out / OURS / name
        self._basis = (__version__, hashlib.sha256(template.read_bytes()).hexdigest() if template else "")

    def key(self, task: Task) -> str:
        """The name of a file stands in its findings, so it counts like its bytes."""
        basis = [*self._basis, task.path.name, task.digest, task.outputs, task.compared]
        return hashlib.sha256(json.dumps(basis).encode()).hexdigest()[:32]

    def get(self, key: str) -> Kept | None:
        """What is kept; ``None`` unless it is whole, and need not be made again."""
        try:
            data = self._path(key).read_bytes()
            head = data[: data.index(b"\n") + 1]
            digest, _, said = head.partition(b" ")
            if digest != _digest(said).encode():
                return None
            kept = Record(self._path(key), said, len(head)).kept()
            whole = all(_digest(data[p.start : p.start + p.size]) == p.digest for p in kept.files.values())
            return kept if whole and kept.result.lasting else None
        except (OSError, *_SPOILT):
            return None

    def put(self, key: str, result: Result) -> Record:
        """Keep a result; raises `CannotWrite`."""
        made = {kind: (len(data), _digest(data)) for kind, data in result.files.items()}
        record: dict[str, Any] = {
            "fault": result.fault,
            "report": result.report,
            "findings": result.findings,
            "trouble": result.trouble,
            "lasting": result.lasting,
            "files": made,
        }
        said = json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
        head = b"%b %b" % (_digest(said).encode(), said)
        if made or result.lasting:
            files.write(self._path(key), b"".join((head, *result.files.values())), force=True, flush=False)
        return Record(self._path(key), said, len(head))

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_SUFFIX}"

    def keep_only(self, keys: set[str]) -> None:
        """Forget what no input leads to any more."""
        with suppress(OSError):  # it does no harm
            for path in sorted(self.folder.glob("*")):
                if path.stem not in keys or path.suffix != _SUFFIX:
                    path.unlink(missing_ok=True)

    def forget(self) -> None:
        """Forget everything; raises `CannotWrite`."""
        self.keep_only(set())
        if any(self.folder.glob(f"*{_SUFFIX}")):
            raise CannotWrite(f"以前的结果“{self.folder}”删不掉。请关闭正在使用它的程序，再运行一次。")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
