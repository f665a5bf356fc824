"""A worker that dies, hangs, eats memory or fails costs one file, and nobody waits for it."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

import pytest

from tests.batch.deeds import deed
from xltools.batch import worker
from xltools.batch.job import Basic, Extended
from xltools.batch.limits import Limits
from xltools.batch.runner import NoWorkers, run
from xltools.batch.worker import Failure

FATAL = {
    "kill": Failure.DIED,
    "abort": Failure.DIED,
    "crash": Failure.DIED,
    "leave": Failure.DIED,
    "raise": Failure.DIED,
    "hang": Failure.HUNG,
    "turn": Failure.HUNG,
    "stop": Failure.HUNG,
    "eat": Failure.MEMORY,
    "fill": Failure.MEMORY,
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.mark.parametrize("jobs", [1, 2])
def test_only_the_bad_ones_are_lost(jobs: int) -> None:
    items = [f"file {i}" for i in range(40)]
    for place, item in zip((0, 5, 7, 8, 13, 20, 27, 31, 35, 39), FATAL, strict=True):
        items[place] = item
    answers = dict(run(items, deed, jobs, Limits(seconds=2)))
    assert [answers[place] for place in range(40)] == [FATAL.get(item, item.upper()) for item in items]


def test_a_file_that_was_only_unlucky_is_done_after_all(tmp_path: Path) -> None:
    items = ["a", f"once {tmp_path / 'mark'}", "b"]
    assert dict(run(items, deed, 1)) == {i: item.upper() for i, item in enumerate(items)}


def test_less_memory_than_others() -> None:
    assert dict(run(["snack", "a"], deed, 1, Limits(memory=300 * 2**20))) == {0: Failure.MEMORY, 1: "A"}
    assert dict(run(["snack", "a"], deed, 1)) == {0: str(400 * 2**20), 1: "A"}


def test_a_bug_is_recorded(tmp_path: Path) -> None:
    assert list(run(["raise"], deed, 1)) == [(0, Failure.DIED)]
    assert "LookupError: a bug" in (tmp_path / ".local/share/xltools/xltools.log").read_text("utf-8")


def test_nothing_to_do_starts_nobody() -> None:
    assert list(run([], deed, 4)) == []


def test_all_of_one_chunk_but_the_bad_one_is_done() -> None:
    items = ["a", "b", "crash", "c", "d"]  # of twenty, five are a chunk
    answers = dict(run(items * 4, deed, 1, Limits(seconds=2)))
    assert [answers[place] for place in range(20)] == ["A", "B", Failure.DIED, "C", "D"] * 4


def test_nothing_that_a_worker_prints_is_seen(capfd: pytest.CaptureFixture[str]) -> None:
    assert dict(run(["print"], deed, 1)) == {0: "PRINT"}
    assert capfd.readouterr() == ("", "")


def test_a_machine_that_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(worker.subprocess, "Popen", refuse)
    with pytest.raises(NoWorkers, match="启动不了"):
        list(run(["a"], deed, 1))


@pytest.mark.skipif(sys.maxsize < 2**32, reason="sizes of a 64-bit system")
def test_what_windows_is_told_has_its_size() -> None:
    assert (ctypes.sizeof(Basic), ctypes.sizeof(Extended)) == (64, 144)
