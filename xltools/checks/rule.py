"""What a check is, and what it finds (规则与问题)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from xltools.form import Place
from xltools.report import Number, Report
from xltools.severity import Severity

Words = tuple[str | Place, ...]
"""A sentence; a place in it is written as its cell, ``D8``, by whoever prints it."""


class Problem(NamedTuple):
    """One thing to look at: what was found and expected, where, and what to do."""

    message: Words
    places: tuple[Place, ...]
    fix: Words


Check = Callable[[Report], Iterator[Problem]]

Entries = Mapping[str, Number | str | None]
"""What an example changes in a faultless report, by address; `xltools.checks.example` makes a report of it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with its code; the first line of its docstring is its line in the manual.

    On the example ``passes`` it finds nothing, on ``fails`` it does.
    """

    code: str
    severity: Severity
    source: str
    check: Check
    editions: frozenset[str] | None = None
    passes: Entries = field(default_factory=dict, compare=False)
    fails: Entries = field(default_factory=dict, compare=False)

    @property
    def summary(self) -> str:
        return (self.check.__doc__ or "").strip().splitlines()[0]


class Finding(NamedTuple):
    """A problem and the rule that found it."""

    rule: Rule
    problem: Problem

    @property
    def is_error(self) -> bool:
        return self.rule.severity is Severity.ERROR


class Rules(list[Rule]):
    """The rules of one module, in the order in which they are defined."""

    def __call__(
        self,
        code: str,
        source: str,
        severity: Severity = Severity.ERROR,
        *,
        fails: Entries,
        passes: Entries,
        editions: frozenset[str] | None = None,
    ) -> Callable[[Check], Check]:
        """Register the decorated check under ``code``, with its two examples."""

        def register(check: Check) -> Check:
            self.append(Rule(code, severity, source, check, editions, passes, fails))
            return check

        return register
