"""Writing the findings into 问题清单 of the open workbook; answers are kept (写入问题清单)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import xlwings as xw

from xltools.checks import Finding
from xltools.editions.shared import FINDINGS
from xltools.outputs.findings import listed
from xltools.report import Report
from xltools.workbook.layout import Area
from xltools.workbook.worklist import FIRST, MARKS, ROWS, SAYS, Column, Row, blocks, room, says


def put(book: xw.Book, findings: list[Finding], report: Report) -> None:
    """Replace the list; every cell written is unlocked and outside the form."""
    lines = listed(findings, replace(report, answers=_answers(book)))
    written = {area.column: rows for area, rows in blocks(says(lines), lines) if area != SAYS}
    used = {column: _used(book, column, height) for column, height in ((Column.NUMBER, ROWS), (Column.OF, MARKS))}
    for area in sorted(room(), key=lambda area: area.column != Column.ANSWER):  # the answers first: nobody retypes them
        rows = written[area.column]
        height = max(len(rows), used[Column.OF if area.column == Column.OF else Column.NUMBER])
        if height:
            blank: Row = [None] * area.width
            cells(book, area._replace(height=height)).value = [*rows, *[blank] * (height - len(rows))]
    cells(book, SAYS).value = says(lines)


def _used(book: xw.Book, column: Column, height: int) -> int:
    """How many rows the last list took."""
    numbers = cells(book, Area(FINDINGS, FIRST, column, height)).options(ndim=1).value
    return max((row for row, number in enumerate(numbers, start=1) if number is not None), default=0)


def cells(book: xw.Book, area: Area) -> xw.Range:
    """The range of an area."""
    last = area.row + area.height, area.column + area.width
    return book.sheets[area.sheet].range((area.row + 1, area.column + 1), last)


def _answers(book: xw.Book) -> dict[tuple[str, ...], str]:
    """What stands in 情况说明 beside each finding, by `Line.key`."""
    listed_ = cells(book, Area(FINDINGS, FIRST, 0, ROWS, Column.ADDRESS + 1))
    rows = listed_.options(ndim=2, err_to_str=True).value
    keys = (Column.RULE, Column.SHEET, Column.ADDRESS, Column.PROBLEM)
    return {_words(row[column] for column in keys): str(row[Column.ANSWER]) for row in rows if row[Column.ANSWER]}


def _words(values: Iterable[object]) -> tuple[str, ...]:
    return tuple("" if value is None else str(value) for value in values)
