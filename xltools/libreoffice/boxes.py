"""What of a range is geometry alone, whichever program holds the cells (区域的位置)."""

from __future__ import annotations

import numbers
from abc import abstractmethod
from typing import Any, Self

from xlwings import NoSuchObjectError, base_classes

from xltools.libreoffice.addresses import COLUMNS, ROWS, Box, address, external, parse, span

_STEPS = {"u": (-1, 0), "d": (1, 0), "l": (0, -1), "r": (0, 1)}


class BoxSheet(base_classes.Sheet):
    """A sheet that finds its ranges."""

    @abstractmethod
    def at(self, box: Box) -> Any:
        """The range of a rectangle."""

    @abstractmethod
    def named(self, name: str) -> Any | None:
        """The range of a defined name, if there is one."""

    @property
    def cells(self) -> Any:
        return self.at(Box(1, 1, ROWS, COLUMNS))

    def range(self, arg1: Any, arg2: Any = None) -> Any:
        """The range of an address, a name, a pair (row, column), a range, or between two of these."""
        if isinstance(arg1, numbers.Number) and isinstance(arg2, numbers.Number):
            arg1, arg2 = (arg1, arg2), None
        first = self._find(arg1)
        return first if arg2 is None else self.at(span(first.box, self._find(arg2).box))

    def _find(self, arg: Any) -> Any:
        if isinstance(arg, BoxRange):
            return arg
        if isinstance(arg, tuple):
            if 0 in arg[:2]:
                raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
            return self.at(Box(*arg))
        box = parse(arg)
        found = self.at(box) if box else self.named(arg)
        if found is None:
            raise NoSuchObjectError(f"The address/named range {arg!r} doesn't exist.")
        return found


class BoxRange(base_classes.Range):
    """A range by its place: all that needs no look at the cells."""

    def __init__(self, sheet: Any, box: Box) -> None:
        self._sheet = sheet
        self.box = box
        self.options: dict[str, Any] = {}

    @abstractmethod
    def filled(self, box: Box) -> list[bool]:
        """Which cells of one row or column hold anything, a formula for nothing included."""

    @property
    def sheet(self) -> Any:
        return self._sheet

    @property
    def row(self) -> int:
        return self.box.row

    @property
    def column(self) -> int:
        return self.box.column

    @property
    def shape(self) -> tuple[int, int]:
        return self.box.height, self.box.width

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return (self.sheet.name, *self.box)

    def __len__(self) -> int:
        return self.box.height * self.box.width

    def __call__(self, arg1: int, arg2: int | None = None) -> Self:
        """One cell, by its number or by row and column, counted from the first; it may lie outside."""
        row, column = (arg1, arg2) if arg2 is not None else divmod(arg1 - 1, self.box.width)
        if arg2 is None:
            row, column = row + 1, column + 1
        place = Box(self.row + row - 1, self.column + column - 1)
        if place.row < 1 or place.column < 1:
            raise IndexError("outside of the sheet")
        return type(self)(self.sheet, place)

    def get_address(self, row_absolute: bool, col_absolute: bool, external_too: bool) -> str:
        """The address, with the book and the sheet if wanted."""
        cells = address(self.box, row_absolute, col_absolute)
        return external(self.sheet.book.name, self.sheet.name, cells) if external_too else cells

    @property
    def address(self) -> str:
        return address(self.box)

    def end(self, direction: str) -> Self:
        """The cell that Ctrl and an arrow key lead to."""
        down, right = _STEPS[direction[0].lower()]
        used = self.sheet.used_range.box.last
        row, column = self.row, self.column
        target = Box(
            {-1: 1, 0: row, 1: max(row, used.row)}[down], {-1: 1, 0: column, 1: max(column, used.column)}[right]
        )
        filled = self.filled(span(Box(row, column), target))
        limit = {(-1, 0): row - 1, (1, 0): ROWS - row, (0, -1): column - 1, (0, 1): COLUMNS - column}[down, right]
        steps = _run(filled if down + right > 0 else filled[::-1], limit)
        return type(self)(self.sheet, Box(row + down * steps, column + right * steps))


def _run(filled: list[bool], limit: int) -> int:
    """How many cells on the block ends or the next one begins."""
    if filled[0] and len(filled) > 1 and filled[1]:
        return next((place - 1 for place, full in enumerate(filled) if not full), len(filled) - 1)
    return next((place for place, full in enumerate(filled) if full and place), limit)
