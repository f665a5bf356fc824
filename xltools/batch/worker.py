"""A worker: a process that answers for file after file, seen from both of its ends (工作进程).

It is another Python, started alike on every system, and holds nothing of ours but what it is sent: pickles go in
over its standard input and come back over its output.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from queue import SimpleQueue
from types import TracebackType
from typing import IO, Any, Literal

from xltools import home
from xltools.batch.limits import START, Limits, restrain, watch

OVER = object()
"""What is heard of a worker last."""
SELDOM = 100_000
"""Objects after which a worker looks for garbage: reports have next to none that counting does not find."""
_LIFE = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); from xltools.batch.worker import serve; serve()"
)
_PYTHON: str = getattr(sys, "_base_executable", sys.executable) if sys.platform == "win32" else sys.executable
"""On Windows that of a virtual environment only starts another, which we could not limit."""
_UNHEARD: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
"""Ctrl-C is for us to act upon."""

Heard = SimpleQueue[tuple["Worker", Any]]
"""What all workers have to say, in the order in which it comes."""


class Failure(StrEnum):
    """Why there is no answer."""

    DIED = "处理它的进程意外结束"
    HUNG = "处理它的时间太长，已停止"
    MEMORY = "处理它要用的内存太多，已停止"


class Worker:
    """A process; ``chunk`` is what it still has to answer for, the first of it in hand; raises `OSError`.

    It is ``ready`` once it has said its first word.
    """

    def __init__(self, work: Callable[[Any], Any], limits: Limits, heard: Heard) -> None:
        self.chunk: deque[int] = deque()
        self.ready = False
        self.deadline = time.monotonic() + START
        self._heard = heard
        self._process = start()
        self._send(sys.path)
        self._send((work, limits))
        self._ears = threading.Thread(target=self._listen, daemon=True)
        try:
            self._ears.start()
        except RuntimeError as fault:  # no more threads
            self._process.kill()
            raise OSError from fault

    @property
    def pid(self) -> int:
        return self._process.pid

    def take(self, chunk: deque[int], items: Sequence[Any], seconds: float) -> None:
        """Give it some of the items to do, by their places."""
        self.chunk, self.deadline = chunk, time.monotonic() + seconds
        self._send([items[place] for place in chunk])

    def late(self) -> bool:
        """Whether it should have answered by now."""
        idle = self.ready and not self.chunk
        if idle:
            self.deadline = time.monotonic() + START
        return not idle and time.monotonic() > self.deadline

    def end(self) -> None:
        """End it at once; it has nothing to save."""
        self._process.kill()
        self._process.wait()
        self._ears.join()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what it was sent and has not read
                _there(pipe).close()

    def _send(self, said: Any) -> None:
        pipe = _there(self._process.stdin)
        with contextlib.suppress(OSError):  # it has died since, which will be heard
            pipe.write(pickle.dumps(said))
            pipe.flush()

    def _listen(self) -> None:
        pipe = _there(self._process.stdout)
        try:
            with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
                while True:
                    self._heard.put((self, pickle.load(pipe)))
        finally:
            self._heard.put((self, OVER))  # whatever it was: nobody shall wait for it


def start() -> subprocess.Popen[bytes]:
    """Start a Python that waits to be told what to import from where; raises `OSError`."""
    with _deaf():
        return subprocess.Popen(
            [_PYTHON, "-P", "-c", _LIFE],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, creationflags=_UNHEARD,
        )  # fmt: skip


def _there(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe
    return pipe


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """What is started inside does not hear Ctrl-C until it has made up its mind not to."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve() -> None:
    """The life of a worker: answer every item of every chunk until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(SELDOM)
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    _silence()
    with contextlib.suppress(EOFError, BrokenPipeError), _Recorded():
        work, limits = pickle.load(asked)
        restrain(limits)
        _say(None, answers)
        while True:
            for item in pickle.load(asked):
                watch(limits)
                _say(_answer(work, item), answers)


def _say(said: Any, answers: IO[bytes]) -> None:
    answers.write(pickle.dumps(said))
    answers.flush()


def _answer(work: Callable[[Any], Any], item: Any) -> Any:
    try:
        return work(item)
    except MemoryError:
        return Failure.MEMORY


class _Recorded:
    """Keeps what ends a worker in our log; it then ends, and the file is reported as lost."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, fault: object, trace: TracebackType | None) -> Literal[False]:
        if kind and not issubclass(kind, EOFError | BrokenPipeError):
            home.log()
        return False


def _silence() -> None:
    """Nothing a library prints reaches the user."""
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silence, stream)
