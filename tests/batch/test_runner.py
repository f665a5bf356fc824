"""A worker that dies, hangs, eats memory or fails costs one file, and nobody waits for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.batch.deeds import deed
from xltools.batch.runner import Failure, Limits, run

FATAL = {
    "kill": Failure.DIED,
    "abort": Failure.DIED,
    "raise": Failure.DIED,
    "hang": Failure.HUNG,
    "eat": Failure.MEMORY,
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.mark.parametrize("jobs", [1, 2])
def test_only_the_bad_ones_are_lost(jobs: int) -> None:
    items = [f"file {i}" for i in range(40)]
    for place, item in zip((0, 7, 8, 20, 39), FATAL, strict=True):
        items[place] = item
    answers = dict(run(items, deed, jobs, Limits(seconds=3)))
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
