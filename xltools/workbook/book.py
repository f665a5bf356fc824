"""A workbook, whoever opened it, as cells whose blank, text, number and formula are told apart (打开的工作簿)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, Protocol

from xltools.report import Number
from xltools.workbook.view import Place, View

DAY_ZERO = dt.date(1899, 12, 30)
"""Of nearly all workbooks; some of old Macintoshes have another."""
OTHERWISE = "别的样子"
"""How a number is shown where that is not worth the words."""


class Cell(NamedTuple):
    """What one cell holds: ``value`` is ``None`` for blank, ``str`` for text, errors and truth values.

    ``formula`` starts with ``=`` where there is one; ``value`` is then its last computed result.
    ``shown`` is how a number looks where that is something else; ``day`` the date as which it is shown,
    ``partly`` the date of which only month and day are shown, 1月31日.
    """

    value: Number | str | None = None
    formula: str = ""
    day: dt.date | None = None
    shown: str = ""
    partly: dt.date | None = None


class Page(NamedTuple):
    """A sheet: the cells that hold something, row by row, what of it is not seen, and words that are in no cell.

    ``day_zero`` is the day before day 1, from which a bare number would count if it is one.
    """

    cells: Mapping[Place, Cell]
    view: View = View()
    drawn: Sequence[tuple[Place, str]] = ()
    day_zero: dt.date = DAY_ZERO

    def at(self, row: int, column: int) -> Cell:
        return self.cells.get((row, column), BLANK)


BLANK = Cell()


class Book(Protocol):
    """An open workbook."""

    @property
    def name(self) -> str: ...

    def sheets(self) -> Sequence[str]:
        """The names of its sheets."""

    def hidden(self) -> Collection[str]:
        """The names of those that nobody sees."""

    def properties(self) -> Mapping[str, str]:
        """Its custom properties."""

    def block(self, sheet: str, height: int, width: int) -> list[list[Cell]]:
        """The cells of a sheet from A1 on, row by row."""

    def page(self, sheet: str) -> Page:
        """All cells of a sheet that hold something."""


def stored(number: float) -> Number:
    """The number that a program shows of what it stores: whole, or with the 15 digits of which it is sure."""
    if number.is_integer():
        return int(number)
    said = Decimal(f"{number:.15g}")
    return int(said) if said == int(said) else said


def normalise(value: object) -> Number | str | None:
    """Make one value of what a program hands out; a number stays the number that is stored."""
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value)
        return stored(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n")
