"""An open workbook, read through xlwings as a `Book` (打开着的工作簿)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

import xlwings as xw

from xltools.workbook.book import BLANK, Cell, Page, normalise

_ROWS, _COLUMNS = 2000, 100
"""No sheet of a report reaches so far; formats alone may."""
_DAY_ZERO = dt.datetime(1899, 12, 30)
_NEW_ERRORS: dict[object, str] = {
    -2146828288.0 + number: name
    for number, name in {
        2043: "#GETTING_DATA", 2045: "#SPILL!", 2046: "#CONNECT!", 2047: "#BLOCKED!", 2048: "#UNKNOWN!",
        2049: "#FIELD!", 2050: "#CALC!",
    }.items()
}  # fmt: skip
"""Errors of newer Excels by the number in which they come; xlwings knows the seven old ones."""


class OpenBook:
    """The `Book` of the reader over an open workbook; it only reads."""

    def __init__(self, book: xw.Book) -> None:
        self._book = book
        self.name = book.name

    def sheets(self) -> Sequence[str]:
        return [sheet.name for sheet in self._book.sheets]

    def hidden(self) -> Collection[str]:
        return [sheet.name for sheet in self._book.sheets if not sheet.visible]

    def properties(self) -> Mapping[str, str]:
        """None: xlwings has no access to them, and 封面 says the same."""
        return {}

    def block(self, sheet: str, height: int, width: int) -> list[list[Cell]]:
        """Read values and formulas at once; errors as their text, for else they come back blank."""
        area = self._book.sheets[sheet].range((1, 1), (height, width))
        values = area.options(ndim=2, numbers=float, err_to_str=True).value
        return [
            [_cell(value, formula) for value, formula in zip(row, formulas, strict=True)]
            for row, formulas in zip(values, area.formula, strict=True)
        ]

    def page(self, sheet: str) -> Page:
        """Read as far as something stands; what is hidden or merged is seen when the workbook is sent in."""
        last = self._book.sheets[sheet].used_range.last_cell
        rows = self.block(sheet, min(last.row, _ROWS), min(last.column, _COLUMNS))
        cells = {(i, j): cell for i, row in enumerate(rows) for j, cell in enumerate(row) if cell != BLANK}
        return Page(cells)


def _cell(value: object, formula: object) -> Cell:
    """A text that only looks like a formula is its own formula."""
    day = value.date() if isinstance(value, dt.datetime) else None
    if isinstance(value, dt.datetime):
        value = (value - _DAY_ZERO) / dt.timedelta(days=1)
    if isinstance(value, Decimal):  # an amount shown in a currency, of which Excel hands out four decimals only
        value = float(str(formula)) if _is_number(formula) else float(value)
    if isinstance(value, float):
        value = _NEW_ERRORS.get(value, value)
    is_formula = isinstance(formula, str) and formula.startswith("=") and formula != value
    return Cell(normalise(value), str(formula) if is_formula else "", day, day.isoformat() if day else "")


def _is_number(formula: object) -> bool:
    return isinstance(formula, str) and bool(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?(E[+-]?[0-9]+)?", formula))
