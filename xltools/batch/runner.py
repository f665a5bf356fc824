"""Workers that a bad file cannot stop: one that dies, hangs or eats memory costs that file alone (进程池).

Each answers file by file. So it is known which one a lost worker was at: it is tried once more alone,
the rest of its chunk goes to others.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from queue import Empty
from typing import TYPE_CHECKING, Any

from xltools.batch.limits import Limits
from xltools.batch.worker import OVER, Failure, Heard, Worker
from xltools.errors import XltoolsError

if TYPE_CHECKING:
    from xltools.batch.job import Job

CHUNK, MOST = 64, 32
_LOOK = 1.0
"""Seconds to wait at a time: Windows tells us of Ctrl-C only in between."""
_NO_WORKERS = "处理文件的进程启动不了。请重新启动计算机后再试；还不行的，请联系维护人员。"


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
        self._workers: list[Worker] = []
        self._heard: Heard = Heard()
        self._suspects: set[int] = set()
        self._stillborn = 0
        self._job = _job(limits.memory)

    def run(self) -> Iterator[tuple[int, Any]]:
        while self._pending or any(worker.chunk for worker in self._workers):
            self._employ()
            left = min(worker.deadline for worker in self._workers) - time.monotonic()
            try:
                worker, said = self._heard.get(timeout=max(0.0, min(left, _LOOK)))
            except Empty:
                for worker in [worker for worker in self._workers if worker.late()]:
                    yield from self._lost(worker, hung=True)
                continue
            if worker not in self._workers:
                continue  # it was ended while it spoke
            if said is OVER:
                yield from self._lost(worker)
                continue
            worker.deadline = time.monotonic() + self._limits.seconds
            if worker.ready:
                yield worker.chunk.popleft(), said
            worker.ready = True

    def stop(self) -> None:
        """End all workers; they have nothing to save."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        if self._job:
            self._job.close()

    def _employ(self) -> None:
        """Give every idle worker a chunk; start more while there is work for them."""
        for worker in self._workers:
            if worker.ready and not worker.chunk and self._pending:
                worker.take(self._pending.popleft(), self._items, self._limits.seconds)
        starting = sum(not worker.ready for worker in self._workers)
        while starting < len(self._pending) and len(self._workers) < self._jobs:
            try:
                worker = Worker(self._work, self._limits, self._heard)
            except OSError:
                raise NoWorkers(_NO_WORKERS) from None
            self._workers.append(worker)
            if self._job:
                self._job.add(worker.pid)
            starting += 1

    def _lost(self, worker: Worker, *, hung: bool = False) -> Iterator[tuple[int, Failure]]:
        """What to do about the work of a worker that is no more."""
        self._workers.remove(worker)
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


def _job(memory: int) -> Job | None:
    """What holds workers to their memory where they cannot do it themselves; ctypes takes long to load."""
    if sys.platform != "win32":
        return None
    from xltools.batch.job import Job

    return Job(memory)
