"""What has been done already, by what it was made from: an interrupted run goes on (已处理的结果).

A result is kept under a digest of everything that it depends on, its files first and the record last,
so that a record is never without its files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from xltools import __version__, files
from xltools.batch import plain
from xltools.batch.intake import OURS
from xltools.batch.work import Result, Task
from xltools.errors import CannotWrite
from xltools.report import Report

_SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class Kept:
    """A result, and where its files are, by kind; ``report`` is unpacked once it is to be used."""

    result: Result
    files: Mapping[str, Path] = field(default_factory=dict)
    report: Report | None = None

    def unpacked(self) -> Kept:
        """With the report itself instead of the packed one, and equal texts kept once: half of the room."""
        packed, findings = self.result.report, tuple(map(plain.shared, self.result.findings))
        report = plain.unpack(packed) if packed else None
        return replace(self, result=replace(self.result, report=None, findings=findings), report=report)


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
        """What is kept; ``None`` unless it is whole."""
        try:
            record = json.loads((self.folder / f"{key}{_SUFFIX}").read_bytes())
            made = record.pop("files")
            if any(_digest(self._path(key, kind).read_bytes()) != digest for kind, digest in made.items()):
                return None
            result = Result(**record | {"findings": tuple(record["findings"])})
            return Kept(result, {kind: self._path(key, kind) for kind in made})
        except (OSError, ValueError, TypeError, LookupError):
            return None

    def put(self, key: str, result: Result) -> Kept:
        """Keep a result, without its record if the next run shall make it again; raises `CannotWrite`."""
        for kind, data in result.files.items():
            files.write(self._path(key, kind), data, force=True, flush=False)
        record: dict[str, Any] = {
            "fault": result.fault,
            "report": result.report,
            "findings": result.findings,
            "trouble": result.trouble,
            "files": {kind: _digest(data) for kind, data in result.files.items()},
        }
        if result.lasting:
            files.write(self.folder / f"{key}{_SUFFIX}", json.dumps(record).encode(), force=True, flush=False)
        return Kept(replace(result, files={}), {kind: self._path(key, kind) for kind in result.files})

    def _path(self, key: str, kind: str) -> Path:
        return self.folder / f"{key}.{kind}"

    def keep_only(self, keys: set[str]) -> None:
        """Forget what no input leads to any more."""
        with suppress(OSError):  # it does no harm
            for path in sorted(self.folder.glob("*")):
                if path.name.partition(".")[0] not in keys:
                    path.unlink(missing_ok=True)

    def forget(self) -> None:
        """Forget everything; raises `CannotWrite`."""
        self.keep_only(set())
        if any(self.folder.glob(f"*{_SUFFIX}")):
            raise CannotWrite(f"以前的结果“{self.folder}”删不掉。请关闭正在使用它的程序，再运行一次。")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
