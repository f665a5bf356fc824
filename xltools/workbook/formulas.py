"""Formulas together with the value that a spreadsheet will compute for them (公式与缓存值).

Each `Formula` says the same thing twice on purpose, once to the spreadsheet and once as the cached
value; the tests recalculate and compare every one of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from xltools.report import Number
from xltools.workbook.layout import Area, a1

Value = Number | str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and its cached value; ``array`` ones are entered as array formulas."""

    text: str
    value: Value
    array: bool = False


def quoted(sheet: str) -> str:
    return f"'{sheet}'!"


def ranges(areas: Iterable[Area], here: str) -> list[str]:
    """Write cells as few ranges: runs of columns in a row, equal runs of rows merged."""
    runs: list[list[int]] = []  # [row, last row, first column, last column]
    sheet = here
    for area in sorted(areas, key=lambda a: (a.row, a.column)):
        sheet = area.sheet
        if runs and runs[-1][0] == area.row and runs[-1][3] == area.column - 1:
            runs[-1][3] = area.column
        else:
            runs.append([area.row, area.row, area.column, area.column])
    merged: list[list[int]] = []
    for run in runs:
        above = next((m for m in merged if m[2:] == run[2:] and m[1] == run[0] - 1), None)
        if above:
            above[1] = run[0]
        else:
            merged.append(run)
    prefix = "" if sheet == here else quoted(sheet)
    return [
        prefix + a1(top, left) + ("" if (top, left) == (bottom, right) else f":{a1(bottom, right)}")
        for top, bottom, left, right in merged
    ]


def cached(value: Value) -> int | float | str:
    """A cached value as XlsxWriter takes it."""
    return float(value) if isinstance(value, Decimal) else value
