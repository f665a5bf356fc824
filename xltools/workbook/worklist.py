"""The list of findings as values: what a validation writes into 问题清单 (问题清单的内容)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum, StrEnum
from typing import NamedTuple

from xltools.editions.shared import FINDINGS
from xltools.report import Number
from xltools.severity import Severity
from xltools.workbook.layout import Area

FIRST, ROWS, MARKS = 4, 300, 600
SAYS = Area(FINDINGS, 1, 0)
"""The unlocked cell with the result of the last validation in one sentence."""
UNCHECKED = "还没有校验。点“校验数据”后，问题列在“问题清单”，有问题的格变色。"


class Column(IntEnum):
    """The columns of the list, and after a gap those of the checked cells, which are hidden."""

    NUMBER = 0
    LEVEL = 1
    RULE = 2
    SHEET = 3
    CELL = 4
    FOUND = 5
    PROBLEM = 6
    FIX = 7
    STATE = 8
    ANSWER = 9
    ADDRESS = 10
    OF = 12
    OF_LEVEL = 13
    OF_SHEET = 14
    OF_ADDRESS = 15
    OF_NUMBER = 16
    OF_TEXT = 17
    OF_KIND = 18
    SAME = 19
    STILL = 20


class Kind(StrEnum):
    """How something got into a cell, which a mend may change though it looks the same."""

    TYPED = "填"
    FORMULA = "式"
    TOTAL = "算"


LONGEST = 200
"""Characters of a text that are kept and compared; a program takes no list of longer ones."""


class Mark(NamedTuple):
    """A cell and what was in it when it was checked."""

    sheet: str
    address: str
    value: Number | str | None
    kind: Kind = Kind.TYPED


class Line(NamedTuple):
    """One finding as it is listed; ``sheet`` and ``address`` are where its link leads."""

    level: str
    rule: str
    sheet: str
    address: str
    found: str
    problem: str
    fix: str
    marks: tuple[Mark, ...]
    answer: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it the same finding as one of the last validation."""
        return self.rule, self.sheet, self.address, self.problem


def says(lines: Iterable[Line]) -> str:
    """The result of a validation in one sentence, from its lines."""
    levels = [line.level for line in lines]
    counts = "，".join(f"{level.chinese} {levels.count(level.chinese)} 处" for level in Severity)
    return f"上次校验：{counts}。"


Row = list[int | float | str | None]


def blocks(says: str, lines: Sequence[Line]) -> Iterator[tuple[Area, list[Row]]]:
    """Yield what has to be written for a list, block by block, all of it into unlocked cells.

    Findings beyond the room of the sheet are counted in a last line.
    """
    shown = list(lines[:ROWS])
    if len(lines) > ROWS:
        more = f"还有 {len(lines) - ROWS + 1} 个问题没有列出。"
        shown[-1] = Line("", "", "", "", "", more, "请改正以上各处后再校验。", ())
    yield SAYS, [[says]]
    yield _block(Column.NUMBER, [[n, line.level, line.rule, line.sheet] for n, line in enumerate(shown, start=1)])
    yield _block(Column.FOUND, [[line.found, line.problem, line.fix] for line in shown])
    yield _block(Column.ANSWER, [[line.answer, line.address] for line in shown])
    marks: list[Row] = [
        [n, line.level, mark.sheet, mark.address, *_checked(mark.value), mark.kind]
        for n, line in enumerate(shown, start=1)
        for mark in line.marks
    ]
    yield _block(Column.OF, marks[:MARKS])


def room() -> tuple[Area, ...]:
    """The unlocked blocks of the list, to be cleared before a new one is written."""
    widths = {Column.NUMBER: 4, Column.FOUND: 3, Column.ANSWER: 2}
    listed = (Area(FINDINGS, FIRST, column, ROWS, width) for column, width in widths.items())
    return (*listed, Area(FINDINGS, FIRST, Column.OF, MARKS, Column.SAME - Column.OF))


def _block(column: Column, rows: list[Row]) -> tuple[Area, list[Row]]:
    return Area(FINDINGS, FIRST, column, len(rows), len(rows[0]) if rows else 1), rows


def _checked(value: Number | str | None) -> Row:
    """A number and a text have columns of their own: “5” is not 5."""
    if value is None or isinstance(value, str):
        return [None, value and value[:LONGEST]]
    return [float(value), None]
