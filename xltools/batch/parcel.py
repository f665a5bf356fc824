"""A chunk of files on its way to another machine, and how it is done there (分发的一组文件).

Files, templates and last year's reports travel as bytes, so that nothing needs to lie on a shared disk.
Whoever gets the chunk hands it to a process of its own, which works under `runner` as one on this machine
does: a file that dies, hangs or eats memory costs itself, within the same limits, and the receiver does not
notice.
"""

from __future__ import annotations

import io
import pickle
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xltools
from xltools import deflate
from xltools.batch import runner
from xltools.batch.limits import Limits
from xltools.batch.work import Task
from xltools.errors import XltoolsError

_SERVE = "from xltools.batch.parcel import serve; serve()"
Versions = tuple[str | None, str]


class NoCluster(XltoolsError):
    """The machines that were to do the work cannot."""

    code = "NO_CLUSTER"


@dataclass(frozen=True, slots=True)
class Item:
    """A task and the bytes of its file, under names alone: paths mean nothing on another machine or system."""

    name: str
    data: bytes
    template: str | None
    last: str | None
    rest: Mapping[str, Any]

    @classmethod
    def of(cls, task: Task, data: bytes) -> Item:
        rest = {field.name: getattr(task, field.name) for field in fields(task)}
        path, template, last = (rest.pop(key) for key in ("path", "template", "last"))
        return cls(path.name, data, template and template.name, last and last.name, rest)

    def put(self, folder: Path, beside: Path) -> Task:
        """The task again, its file in a folder of its own."""
        folder.mkdir()
        (folder / self.name).write_bytes(self.data)
        template, last = (beside / name if name else None for name in (self.template, self.last))
        return Task(path=folder / self.name, template=template, last=last, **self.rest)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A chunk with all that it needs where nothing of ours is."""

    items: tuple[Item, ...]
    beside: Mapping[str, bytes]
    work: Callable[[Task], Any]
    limits: Limits


def versions() -> Versions:
    """Of this package and of Python: where they differ, what is made may differ."""
    return xltools.__version__, f"{sys.version_info.major}.{sys.version_info.minor}"


def require(ours: Versions, theirs: Versions, where: str) -> None:
    """Raise `NoCluster` where other versions run."""
    if ours != theirs:
        found = f"是 xltools {theirs[0]}" if theirs[0] else "没有装 xltools"
        raise NoCluster(
            f"集群里“{where}”上{found}（Python {theirs[1]}），本机是 xltools {ours[0]}（Python {ours[1]}），"
            "应当一致。请在集群里装上同样的版本后再试。"
        )


def do(parcel: bytes, ours: Versions, packer: str) -> bytes:
    """Do a pickled `Parcel` in a process of its own; what it still could answer, for `answers`; raises `NoCluster`.

    ``packer`` is our `deflate.NAME`: files made with another one would not be the same.
    """
    where = socket.gethostname()
    require(ours, versions(), where)
    if packer != deflate.NAME:
        raise NoCluster(
            f"集群里“{where}”上的压缩库是 {deflate.NAME}，本机是 {packer}，生成的文件会不一样。"
            "请在集群里装上同样的版本后再试。"
        )
    done = subprocess.run([sys.executable, "-P", "-c", _SERVE], input=parcel, capture_output=True, check=False)
    if done.returncode > 0:
        reason = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise NoCluster(f"集群里“{where}”这台计算机处理不了文件（{reason}）。请联系集群的维护人员。")
    return done.stdout


def serve() -> None:
    """The life of that process: answers go out one by one, so that a lost one takes none along."""
    parcel: Parcel = pickle.load(sys.stdin.buffer)
    with TemporaryDirectory(prefix="xltools-") as folder:
        beside = Path(folder) / "beside"
        beside.mkdir()
        for name, data in parcel.beside.items():
            (beside / name).write_bytes(data)
        tasks = [item.put(Path(folder) / str(number), beside) for number, item in enumerate(parcel.items)]
        for answer in runner.run(tasks, parcel.work, 1, parcel.limits):
            sys.stdout.buffer.write(pickle.dumps(answer))
            sys.stdout.buffer.flush()


def answers(done: bytes) -> dict[int, Any]:
    """What was made of each file of the chunk; those not in it are unanswered."""
    stream = io.BytesIO(done)
    found: dict[int, Any] = {}
    while True:
        try:
            place, answer = pickle.load(stream)
        except (EOFError, pickle.UnpicklingError):
            return found
        found[place] = answer
