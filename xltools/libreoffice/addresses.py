"""Addresses of cells as Excel writes them (单元格地址)."""

from __future__ import annotations

import re
from typing import NamedTuple

ROWS, COLUMNS = 1_048_576, 16_384

_CELL = r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})"
_CELLS = re.compile(rf"{_CELL}(?::{_CELL})?")
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_ROWS = re.compile(r"\$?([0-9]{1,7}):\$?([0-9]{1,7})")
_BARE = re.compile(r"[^\W\d][\w.]*")


class Box(NamedTuple):
    """A rectangle of cells, counted from 1."""

    row: int
    column: int
    height: int = 1
    width: int = 1

    @property
    def last(self) -> Box:
        """Its last cell."""
        return Box(self.row + self.height - 1, self.column + self.width - 1)


def span(one: Box, other: Box) -> Box:
    """The smallest rectangle around two."""
    row, column = min(one.row, other.row), min(one.column, other.column)
    last_row, last_column = max(one.last.row, other.last.row), max(one.last.column, other.last.column)
    return Box(row, column, last_row - row + 1, last_column - column + 1)


def parse(text: str) -> Box | None:
    """The rectangle of ``B2``, ``$A$1:C3``, ``A:C`` or ``1:3``; nothing for anything else, such as a name."""
    if cells := _CELLS.fullmatch(text):
        first = Box(int(cells[2]), number(cells[1]))
        box = span(first, Box(int(cells[4]), number(cells[3]))) if cells[3] else first
    elif columns := _COLUMNS.fullmatch(text):
        box = span(Box(1, number(columns[1]), ROWS), Box(1, number(columns[2])))
    elif rows := _ROWS.fullmatch(text):
        box = span(Box(int(rows[1]), 1, 1, COLUMNS), Box(int(rows[2]), 1))
    else:
        return None
    inside = box.row >= 1 and box.last.row <= ROWS and box.last.column <= COLUMNS
    return box if inside else None


def number(letters: str) -> int:
    """The number of a column."""
    total = 0
    for letter in letters.upper():
        total = total * 26 + ord(letter) - ord("A") + 1
    return total


def letters(column: int) -> str:
    """The letters of a column."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def address(box: Box, row_absolute: bool = True, column_absolute: bool = True) -> str:
    """``$A$1:$B$2``, or without the dollars; whole rows and columns as Excel writes them."""
    row_mark, column_mark = "$" * row_absolute, "$" * column_absolute
    last = box.last
    if box.height == ROWS and box.width < COLUMNS:
        return f"{column_mark}{letters(box.column)}:{column_mark}{letters(last.column)}"
    if box.width == COLUMNS:
        return f"{row_mark}{box.row}:{row_mark}{last.row}"
    first = f"{column_mark}{letters(box.column)}{row_mark}{box.row}"
    final = f"{column_mark}{letters(last.column)}{row_mark}{last.row}"
    return first if first == final else f"{first}:{final}"


def quoted(sheet: str) -> str:
    """The name of a sheet as it stands in a formula, in quotes where it needs them."""
    bare = _BARE.fullmatch(sheet) and not _CELLS.fullmatch(sheet) and sheet.upper() not in ("R", "C", "RC")
    return sheet if bare else "'" + sheet.replace("'", "''") + "'"


def external(book: str, sheet: str, cells: str) -> str:
    """``[book]sheet!cells``."""
    together = f"[{book}]{sheet}"
    bare = _BARE.fullmatch(sheet) and re.fullmatch(r"[\w.]+", book)
    return f"{together}!{cells}" if bare else "'" + together.replace("'", "''") + f"'!{cells}"
