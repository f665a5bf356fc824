"""Workers that a bad file cannot stop: one that dies, hangs or eats memory costs that file alone (进程池).

Processes are spawned, so that they start alike on every system and hold nothing of ours; each answers
over a pipe of its own, file by file. So it is known which file a lost worker was at: it is tried once
more alone, the rest of its chunk goes to others.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, cast

from xltools import home
from xltools.batch.job import Job
from xltools.batch.limits import START, Limits, restrain, watch
from xltools.errors import XltoolsError

CHUNK, MOST = 64, 32
_READY = "ready"
_NO_WORKERS = "处理文件的进程启动不了。请重新启动计算机后再试；还不行的，请联系维护人员。"
_SELDOM = 20_000
"""Objects after which a worker looks for garbage: reports have next to none that counting does not find."""
_CONTEXT = get_context("spawn")


class Failure(StrEnum):
    """Why there is no answer."""

    DIED = "处理它的进程意外结束"
    HUNG = "处理它的时间太长，已停止"
    MEMORY = "处理它要用的内存太多，已停止"


class NoWorkers(XltoolsError):
    """Processes cannot be started on this machine."""

    code = "NO_WORKERS"


def run(
    items: Sequence[Any], work: Callable[[Any], Any], jobs: int, limits: Limits | None = None
) -> Iterator[tuple[int, Any]]:
    """Yield the place of every item and what ``work`` makes of it, or a `Failure`, as they get done."""
    pool = _Pool(items, work, max(1, min(jobs, MOST)), limits or Limits())
    try:
        yield from pool.run()
    finally:
        pool.stop()


class _Pool:
    def __init__(self, items: Sequence[Any], work: Callable[[Any], Any], jobs: int, limits: Limits) -> None:
        self._items, self._work, self._jobs, self._limits = items, work, jobs, limits
        size = max(1, min(CHUNK, len(items) // (4 * jobs)))
        self._pending = deque(deque(range(i, min(i + size, len(items)))) for i in range(0, len(items), size))
        self._workers: dict[Connection, _Worker] = {}
        self._suspects: set[int] = set()
        self._stillborn = 0
        self._job = Job(limits.memory)

    def run(self) -> Iterator[tuple[int, Any]]:
        while self._pending or any(worker.chunk for worker in self._workers.values()):
            self._employ()
            soonest = min(worker.deadline for worker in self._workers.values())
            for pipe in wait(list(self._workers), max(0.0, soonest - time.monotonic())):
                worker = self._workers[cast("Connection", pipe)]
                try:
                    answer = worker.pipe.recv()
                except (EOFError, OSError):
                    yield from self._lost(worker)
                    continue
                worker.deadline = time.monotonic() + self._limits.seconds
                if worker.ready:
                    yield worker.chunk.popleft(), answer
                worker.ready = True
            for worker in [w for w in self._workers.values() if w.late()]:
                yield from self._lost(worker, hung=True)

    def stop(self) -> None:
        """End all workers; they have nothing to save."""
        for worker in self._workers.values():
            worker.end()
        self._workers.clear()
        self._job.close()

    def _employ(self) -> None:
        """Give every idle worker a chunk; start more while there is work for them."""
        for worker in self._workers.values():
            if worker.ready and not worker.chunk and self._pending:
                worker.take(self._pending.popleft(), self._items, self._limits.seconds)
        starting = sum(not worker.ready for worker in self._workers.values())
        while starting < len(self._pending) and len(self._workers) < self._jobs:
            try:
                worker = _Worker(self._work, self._limits, self._job)
            except OSError:
                raise NoWorkers(_NO_WORKERS) from None
            self._workers[worker.pipe] = worker
            starting += 1

    def _lost(self, worker: _Worker, *, hung: bool = False) -> Iterator[tuple[int, Failure]]:
        """What to do about the work of a worker that is no more."""
        del self._workers[worker.pipe]
        worker.end()
        self._stillborn = 0 if worker.ready else self._stillborn + 1
        if self._stillborn > self._jobs + 2:
            raise NoWorkers(_NO_WORKERS)
        if worker.chunk:
            culprit = worker.chunk.popleft()
            if hung or culprit in self._suspects:
                yield culprit, Failure.HUNG if hung else Failure.DIED
            else:
                self._suspects.add(culprit)
                self._pending.append(deque([culprit]))
        if worker.chunk:
            self._pending.append(worker.chunk)


class _Worker:
    """A process; ``chunk`` is what it still has to answer for, the first of it in hand."""

    def __init__(self, work: Callable[[Any], Any], limits: Limits, job: Job) -> None:
        self.pipe, theirs = _CONTEXT.Pipe()
        self.chunk: deque[int] = deque()
        self.ready = False
        self.deadline = time.monotonic() + START
        self._process = _CONTEXT.Process(target=_serve, args=(theirs, work, limits), daemon=True)
        with _deaf():
            self._process.start()
        job.add(self._process.pid or 0)
        theirs.close()

    def take(self, chunk: deque[int], items: Sequence[Any], seconds: float) -> None:
        self.chunk, self.deadline = chunk, time.monotonic() + seconds
        with contextlib.suppress(OSError):  # it has died since; its end of the pipe tells
            self.pipe.send([items[place] for place in chunk])

    def late(self) -> bool:
        idle = self.ready and not self.chunk
        if idle:
            self.deadline = time.monotonic() + START
        return not idle and time.monotonic() > self.deadline and not self.pipe.poll()

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
        self.pipe.close()


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """What is started inside does not hear Ctrl-C, which is for us to act upon: at once, or when this is over."""
    if sys.platform != "win32":
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    elif threading.current_thread() is not threading.main_thread():
        yield
    else:
        handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, handler)


def _serve(pipe: Connection, work: Callable[[Any], Any], limits: Limits) -> None:
    """The life of a worker: answer every item of every chunk until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(_SELDOM)
    _silence()
    restrain(limits)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError), _Recorded():
        pipe.send(_READY)
        while True:
            for item in pipe.recv():
                watch(limits)
                pipe.send(_answer(work, item))


def _answer(work: Callable[[Any], Any], item: Any) -> Any:
    try:
        return work(item)
    except MemoryError:
        return Failure.MEMORY


class _Recorded:
    """Keeps what ends a worker in our log; it then ends, and the file is reported as lost."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, fault: object, trace: TracebackType | None) -> None:
        if kind and not issubclass(kind, EOFError | ConnectionError):
            home.log()


def _silence() -> None:
    """Nothing a library prints reaches the user."""
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silence, stream)
