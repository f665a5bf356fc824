"""What of a sheet a person does not see: hidden rows and columns, and what lies under merged cells (可见范围)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xltools.workbook.archive import Damaged

Place = tuple[int, int]
Box = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 0."""

LAST = 2**20
"""A row below all others."""
_REFERENCE = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_HIDDEN = re.compile(r' (?:hidden="(?:1|true)"|ht="0+(?:\.[0-9]*)?")')
LOWEST, NARROWEST = 1.0, 0.2
"""Points of a row and characters of a column below which nothing is seen; `_HIDDEN` says the same of a row."""


class View(NamedTuple):
    """Of one sheet: the merged boxes, and the boxes of hidden rows and columns."""

    merged: tuple[Box, ...] = ()
    hidden: tuple[Box, ...] = ()


def place(reference: str) -> Place:
    """Where a cell stands, counted from 0; raises `Damaged`."""
    where = _REFERENCE.fullmatch(reference)
    if where is None:
        raise Damaged(f"cell {reference}")
    column = 0
    for letter in where[1]:
        column = column * 26 + ord(letter) - 64
    return int(where[2]) - 1, column - 1


def box(reference: str) -> Box:
    """A range of cells: ``A1:B2``."""
    first, _, last = reference.partition(":")
    return *place(first), *place(last or first)


def is_hidden_row(attributes: str) -> bool:
    """Whether a row is hidden, from the text of its tag."""
    return bool(_HIDDEN.search(attributes))


def whole_rows(rows: Iterable[int]) -> tuple[Box, ...]:
    """Rows as boxes."""
    return tuple((row, 0, row, LAST) for row in rows)


def within(place: Place, boxes: Sequence[Box]) -> bool:
    """Whether a cell lies in one of some boxes."""
    row, column = place
    return any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in boxes)
