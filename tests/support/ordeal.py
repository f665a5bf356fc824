"""A command run again and again, once for every operation on the disk that may fail, each time from the same state.

Everything is imported once, in a process of its own, and every run is a fork of that.
"""

from __future__ import annotations

import io
import os
import pickle
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any
from zipfile import BadZipFile

from tests.batch.test_killed import whole
from tests.support.faulty_disk import READING, WAYS, Disk, Way
from xltools.batch import worker

TMP = "tmp"
"""The folder for temporary files, on the same disk."""
BROKEN = "broken"
Tree = dict[str, str]
_PATIENCE = 60
_SEEN: dict[str, bool] = {}
"""By digest, whether a file is whole."""


@dataclass(frozen=True)
class Ordeal:
    """A command and the folder in which it starts.

    With ``thorough`` every operation fails in every way; else in one of them, and of the reading ones every other.
    """

    arguments: tuple[str, ...]
    folder: Path
    thorough: bool = False


@dataclass(frozen=True)
class Ran:
    """How a run ended, what it said, and what it left, by digest."""

    code: int
    out: str
    err: str
    tree: Tree


@dataclass(frozen=True)
class Point:
    """The run in which operation ``number`` failed, and the undisturbed one after it."""

    way: Way
    number: int
    kind: str
    path: str
    hit: Ran
    again: Ran


@dataclass(frozen=True)
class Told:
    """What stood there before, the undisturbed run, and all that went wrong."""

    before: Tree
    whole: Ran
    points: tuple[Point, ...]


def undergo(ordeal: Ordeal) -> Told:
    """Run it in a process of its own, which nothing else has threads in."""
    command = [sys.executable, "-c", "from tests.support.ordeal import serve; serve()"]
    ran = subprocess.run(command, input=pickle.dumps(ordeal), stdout=subprocess.PIPE, check=True)
    told = pickle.loads(ran.stdout)
    assert isinstance(told, Told)
    return told


class _Rounds:
    def __init__(self, ordeal: Ordeal, scratch: Path) -> None:
        self._ordeal, self._scratch, self._root = ordeal, scratch, scratch / "disk"
        self._start = ordeal.folder
        self._known: dict[frozenset[tuple[str, str]], Ran] = {}

    def told(self) -> Told:
        self._fresh()
        before = tree(self._root)
        whole, steps = self._run(None, 0)
        self._fresh()
        return Told(before, whole, tuple(self._points(steps)))

    def _points(self, steps: list[tuple[str, str]]) -> Iterator[Point]:
        for number, (kind, path) in enumerate(steps, start=1):
            ways = [way for way in WAYS if kind in way.kinds]
            one = [] if kind in READING and number % 2 else [Random(number).choice(ways)]
            for way in ways if self._ordeal.thorough else one:
                self._fresh()
                hit, _ = self._run(way, number)
                yield Point(way, number, kind, path, hit, self._again(hit.tree))

    def _again(self, left: Tree) -> Ran:
        """The same command once more, which need not be run twice on the same files."""
        key = frozenset((re.sub("[0-9a-f]{16}", "", name), digest) for name, digest in left.items())
        if key not in self._known:
            self._known[key] = self._run(None, 0)[0]
        return self._known[key]

    def _fresh(self) -> None:
        shutil.rmtree(self._root, ignore_errors=True)
        shutil.copytree(self._start, self._root)
        (self._root / TMP).mkdir(exist_ok=True)

    def _run(self, way: Way | None, at: int) -> tuple[Ran, list[tuple[str, str]]]:
        files = {name: self._scratch / name for name in ("out", "err", "log")}
        for path in files.values():
            path.write_bytes(b"")
        child = os.fork()
        if not child:
            self._be(way, at, files)
        code = _ended(child)
        log = [line.split("\t") for line in files["log"].read_text("utf-8").splitlines()]
        ran = Ran(code, files["out"].read_text("utf-8"), files["err"].read_text("utf-8"), tree(self._root))
        return ran, [(kind, path) for kind, path in log]

    def _be(self, way: Way | None, at: int, files: dict[str, Path]) -> None:
        """The life of a run; its workers are forks too, as starting Python each time would take too long."""
        os.setsid()
        os.chdir(self._root)
        for stream, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(files[name], os.O_WRONLY | os.O_APPEND), stream)
        tempfile.tempdir = str(self._root / TMP)
        sys.argv = ["xltools", *self._ordeal.arguments]
        from xltools.__main__ import main
        from xltools.batch import publish
        from xltools.workbook import build

        worker.start = _Forked  # type: ignore[assignment]
        publish._overview = self._remembered(publish._overview)
        build.build = self._remembered(build.build)
        Disk(str(self._root), way, at, os.open(files["log"], os.O_WRONLY | os.O_APPEND)).install()
        code: object = 70
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code if isinstance(code, int) else 71)

    def _remembered(self, make: Callable[..., Any]) -> Callable[..., Any]:
        """What takes longest depends on what it is made of alone, and no disk."""

        def made(*given: Any, **named: Any) -> Any:
            about = repr((make.__name__, given, named)).encode("utf-8", "replace")
            path = self._scratch / sha256(about).hexdigest()
            if not os.access(path, os.F_OK):
                data = pickle.dumps(make(*given, **named))
                fd = os.open(path, os.O_WRONLY | os.O_CREAT)
                os.write(fd, data)
                os.close(fd)
            with path.open("rb") as file:
                return pickle.load(file)

        return made


class _Forked:
    """A worker that is a fork of this process: what `worker.start` gives, as far as it is used."""

    def __init__(self) -> None:
        asked, asks = os.pipe()
        hears, answers = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            try:
                os.close(asks)
                os.close(hears)
                os.dup2(asked, 0)
                os.dup2(answers, 1)
                sys.stdin = io.TextIOWrapper(open(0, "rb"))  # noqa: SIM115
                pickle.load(sys.stdin.buffer)  # where to import from, which it knows
                worker.serve()
            finally:
                os._exit(0)
        for end in (asked, answers):
            os.close(end)
        self.stdin, self.stdout = os.fdopen(asks, "wb"), os.fdopen(hears, "rb")

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> None:
        os.waitpid(self.pid, 0)


def _ended(child: int) -> int:
    """The exit code of a run; whoever it has left alive is ended too."""
    try:
        signal.alarm(_PATIENCE)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        signal.alarm(0)
        return code
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)


def tree(folder: Path) -> Tree:
    """The digest of every file below a folder that is not temporary, or that it is `BROKEN`."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in files}
    return {name: _digest(path) for name, path in names.items() if not name.startswith(f"{TMP}/")}


def _digest(path: Path) -> str:
    digest = sha256(path.read_bytes()).hexdigest()
    if digest not in _SEEN:
        try:
            _SEEN[digest] = path.suffix == ".part" or whole(path)
        except (ValueError, BadZipFile):
            _SEEN[digest] = False
    return digest if _SEEN[digest] else BROKEN


def _warm(ordeal: Ordeal) -> None:
    """Import everything, and compile the templates."""
    from xltools import cli_batch  # noqa: F401
    from xltools.batch import collect, overview, runner, summary, work  # noqa: F401
    from xltools.batch.intake import fingerprint

    for path in sorted(ordeal.folder.rglob("*.xlsx")):
        work.process(work.Task(path.name, path, fingerprint(path)))


def serve() -> None:
    """The life of that process."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ |= {"HOME": scratch, "PATH": ""}  # no program opens a report
        ordeal = pickle.load(sys.stdin.buffer)
        _warm(ordeal)
        told = _Rounds(ordeal, Path(scratch)).told()
    sys.stdout.buffer.write(pickle.dumps(told))
