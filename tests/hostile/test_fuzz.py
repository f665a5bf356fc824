"""A thousand mutants of bytes, zip and XML; `make fuzz` reads a hundred thousand."""

from __future__ import annotations

from collections import Counter

from tests.hostile.fuzz import SECONDS, fuzzed
from tests.hostile.mutants import mutant

COUNT = 1000


def test_mutants() -> None:
    """No traceback, nothing that hangs or eats memory, and what is taken an independent reader reads alike."""
    verdicts = list(fuzzed(1, range(COUNT)))
    assert [verdict for verdict in verdicts if verdict["fault"]] == []
    assert len(verdicts) == COUNT and max(verdict["seconds"] for verdict in verdicts) < SECONDS
    outcomes = Counter(verdict["outcome"] for verdict in verdicts)
    assert outcomes["same"] > COUNT / 10 and outcomes["other"] > 5 and outcomes["!F0"] > COUNT / 2


def test_a_mutant_is_the_same_for_the_same_seed() -> None:
    assert [mutant(1, number) for number in range(5)] == [mutant(1, number) for number in range(5)]
    assert mutant(1, 0) != mutant(2, 0)
