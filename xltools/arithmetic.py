"""Whether an equation of the form holds on a report, and how far a table is filled in (勾稽结果).

The live formulas of the workbook and the Python checks both come from here and must agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from xltools.form import Equation, Ref, Section
from xltools.report import Number, Report


class State(StrEnum):
    """What a live check says."""

    PASS = "通过"
    FAIL = "不符"
    INCOMPLETE = "未填齐"


class Outcome(NamedTuple):
    """An equation on a report; a side is ``None`` while a cell of it is blank or no number."""

    equation: Equation
    left: Number | None
    right: Number | None

    @property
    def state(self) -> State:
        if self.left is None or self.right is None:
            return State.INCOMPLETE
        return State.PASS if self.left == self.right else State.FAIL

    @property
    def difference(self) -> Number | None:
        return None if self.left is None or self.right is None else self.left - self.right


def evaluate(equation: Equation, report: Report) -> Outcome:
    """Add up both sides as stated."""
    return Outcome(equation, _side(equation.left, report), _side(equation.right, report))


def outcomes(report: Report, rule: str | None = None) -> Iterator[Outcome]:
    """Yield every equation of the report's edition, evaluated; of one rule if it is named."""
    for equation in report.edition.equations:
        if rule in (None, equation.rule):
            yield evaluate(equation, report)


def worst(states: Iterable[State]) -> State:
    """Return the state to show for several: 不符 before 未填齐 before 通过."""
    found = set(states)
    return next((s for s in (State.FAIL, State.INCOMPLETE) if s in found), State.PASS)


class Tally(NamedTuple):
    """What is left to do: one count for every 错误 that the checks would find."""

    cells: int
    blank: int = 0
    wrong: int = 0
    failed: int = 0
    overwritten: int = 0

    @property
    def left(self) -> int:
        return self.blank + self.wrong + self.failed + self.overwritten


def tally(report: Report, inputs: Iterable[Ref]) -> Tally:
    """Count the inputs of a table, part or column."""
    refs = tuple(inputs)
    blank = sum(report.blank(ref) for ref in refs)
    return Tally(len(refs), blank, sum(not acceptable(report, ref) for ref in refs))


def section_tally(report: Report, section: Section) -> Tally:
    """Count what is left to do on one table sheet."""
    equations = (equation for table in section.tables for equation in table.equations)
    failed = sum(evaluate(equation, report).state is State.FAIL for equation in equations)
    overwritten = sum(ref in report.overwritten for ref in section.totals)
    return tally(report, section.inputs)._replace(failed=failed, overwritten=overwritten)


def cover_tally(report: Report) -> Tally:
    """Count what is left to do on 封面."""
    required = [field.id for field in report.edition.cover if field.required]
    blank = sum(not report.entry(field_id) for field_id in required)
    return Tally(len(required), blank, wrong=bool(report.year_text))


def acceptable(report: Report, ref: Ref) -> bool:
    """Whether an input cell is blank or holds a typed number with the sign and decimals allowed there."""
    if ref in report.texts or ref in report.formulas:
        return False
    number = report.numbers.get(ref)
    return number is None or report.edition.column(ref).accepts(number)


def _side(refs: tuple[Ref, ...], report: Report) -> Number | None:
    try:
        return sum(map(report.numbers.__getitem__, refs))
    except KeyError:
        numbers = [report.stated(ref) for ref in refs]
        return None if None in numbers else sum(n for n in numbers if n is not None)
