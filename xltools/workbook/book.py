"""A workbook, whoever opened it, as cells whose blank, text, number and formula are told apart (打开的工作簿)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, Protocol

from xltools.report import Number


class Cell(NamedTuple):
    """What one cell holds: ``value`` is ``None`` for blank, ``str`` for text, errors and truth values.

    ``formula`` starts with ``=`` where there is one; ``value`` is then its last computed result.
    ``day`` is the date as which the number is shown, if it is.
    """

    value: Number | str | None = None
    formula: str = ""
    day: dt.date | None = None


class Book(Protocol):
    """An open workbook."""

    @property
    def name(self) -> str: ...

    def sheets(self) -> Sequence[str]:
        """The names of its sheets."""

    def properties(self) -> Mapping[str, str]:
        """Its custom properties."""

    def block(self, sheet: str, height: int, width: int) -> list[list[Cell]]:
        """The cells of a sheet from A1 on, row by row."""


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
        return int(value) if value.is_integer() else Decimal(repr(value))
    return str(value).replace("\r\n", "\n").replace("\r", "\n")
