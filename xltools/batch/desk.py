"""Doing what has not been done yet, and keeping it (待办处理)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from xltools.batch import runner
from xltools.batch.limits import Limits
from xltools.batch.store import Kept, Record, Store
from xltools.batch.work import Result, Task
from xltools.batch.worker import Failure
from xltools.errors import CannotWrite

Done = Callable[[int, int, str], None]
"""Hears how many of how many files are done, and the last one's name."""
Work = Callable[[Task], Result]
_BROKEN = "{}，其他文件不受影响。请核对这份文件；看不出问题的，再运行一次。"


@dataclass(frozen=True, slots=True)
class _Keeping:
    """Does a task and keeps the result where it was made, so that no file has to come here."""

    work: Work
    store: Store

    def __call__(self, task: Task) -> Record | CannotWrite:
        try:
            return self.store.put(self.store.key(task), self.work(task))
        except CannotWrite as fault:
            return fault


def finish(
    tasks: Sequence[Task],
    store: Store,
    done: Done,
    jobs: int,
    work: Work,
    limits: Limits | None,
    scheduler: str | None = None,
) -> list[Kept]:
    """The results of all tasks in their order, old ones taken from the store.

    With the address of a ``scheduler`` the work is done there. Raises `CannotWrite`, `NoWorkers`, `NoCluster`.
    """
    keys = [store.key(task) for task in tasks]
    kept = [*map(store.get, keys)]
    left = [place for place, found in enumerate(kept) if found is None]
    answers = _answers([tasks[place] for place in left], store, jobs, work, limits, scheduler)
    for count, (number, answer) in enumerate(answers, start=1):
        place = left[number]
        if isinstance(answer, CannotWrite):
            raise answer
        record = answer if isinstance(answer, Record) else store.put(keys[place], _result(answer))
        kept[place] = record.kept()
        done(count, len(left), tasks[place].file)
    return [found for found in kept if found is not None]


def _result(answer: Result | Failure) -> Result:
    return Result(_BROKEN.format(answer), lasting=False) if isinstance(answer, Failure) else answer


def _answers(
    tasks: Sequence[Task], store: Store, jobs: int, work: Work, limits: Limits | None, scheduler: str | None
) -> Iterator[tuple[int, Any]]:
    if scheduler is None:
        return runner.run(tasks, _Keeping(work, store), jobs, limits)
    from xltools.batch import cluster

    return cluster.run(tasks, work, scheduler, limits)
