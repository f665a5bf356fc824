"""The same run on the machines of a dask.distributed scheduler that is there already (集群).

When a worker is lost, dask gives its chunk to another; a chunk that loses one worker after the other is
sent again file by file, each alone, so that only the culprit gets a `Failure`. A file at which its own
process dies, hangs or eats memory does not come so far: that is dealt with where it is, see `parcel`.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xltools import deflate
from xltools.batch import parcel, runner
from xltools.batch.connection import LOST, PATIENCE, connected, require_workers
from xltools.batch.limits import Limits
from xltools.batch.parcel import Item, NoCluster, Parcel
from xltools.batch.runner import CHUNK
from xltools.batch.work import Task
from xltools.batch.worker import Failure
from xltools.workbook.archive import LIMIT

if TYPE_CHECKING:
    from distributed import Client

_AHEAD = 2
"""Chunks under way for each thread of the cluster; the rest stays on disk."""


def run(
    tasks: Sequence[Task], work: Callable[[Task], Any], address: str, limits: Limits | None = None
) -> Iterator[tuple[int, Any]]:
    """Yield the place of every task and what ``work`` makes of it, or a `Failure`; raises `NoCluster`, `NoWorkers`."""
    if not tasks:
        return
    limits = limits or Limits()
    here: list[int] = []
    with connected(address) as client:
        yield from _sent(client, tasks, work, limits, here)
    for number, answer in runner.run([tasks[place] for place in here], work, 1, limits):
        yield here[number], answer


def _sent(
    client: Client, tasks: Sequence[Task], work: Callable[[Task], Any], limits: Limits, here: list[int]
) -> Iterator[tuple[int, Any]]:
    """What the cluster answers; the places of files that are not to be sent are put into ``here``."""
    paths = {path for task in tasks for path in (task.template, task.last) if path}
    beside = {path.name: path.read_bytes() for path in paths}
    executor = client.get_executor(pure=False)
    sent: dict[Future[bytes], list[int]] = {}

    def send(places: Sequence[int]) -> None:
        files = {place: _bytes(tasks[place].path) for place in places}
        chunk = {place: data for place, data in files.items() if data is not None}
        here.extend(files.keys() - chunk.keys())
        if chunk:
            items = tuple(Item.of(tasks[place], data) for place, data in chunk.items())
            packed = pickle.dumps(Parcel(items, beside, work, limits))
            sent[executor.submit(parcel.do, packed, parcel.versions(), deflate.NAME)] = list(chunk)

    threads = sum(client.nthreads().values()) or 1
    size = min(CHUNK, -(-len(tasks) // threads))
    pending = deque(range(i, min(i + size, len(tasks))) for i in range(0, len(tasks), size))
    again: deque[int] = deque()
    suspects: set[int] = set()
    while pending or again or sent:
        while pending and len(sent) < _AHEAD * threads:
            send(pending.popleft())
        if again and not sent:  # alone, as dask blames all that a worker has in hand
            suspects.add(again[0])
            send([again.popleft()])
        done, _ = wait(sent, PATIENCE, FIRST_COMPLETED)
        if sent and not done:
            require_workers(client)
        for future in done:
            places = sent.pop(future)
            found = _found(future)
            yield from ((places[number], answer) for number, answer in found.items())
            lost = [place for number, place in enumerate(places) if number not in found]
            yield from ((place, Failure.DIED) for place in lost if place in suspects)
            again.extend(place for place in lost if place not in suspects)


def _found(future: Future[bytes]) -> dict[int, Any]:
    """The answers in a chunk: none at all if it was lost again and again."""
    from distributed import KilledWorker

    try:
        return parcel.answers(future.result())
    except KilledWorker:
        return {}
    except CancelledError:
        raise NoCluster(LOST) from None


def _bytes(path: Path) -> bytes | None:
    """A file that can be sent: not one that is too large to be a workbook, or cannot be read."""
    try:
        return path.read_bytes() if path.stat().st_size <= LIMIT else None
    except OSError:
        return None
