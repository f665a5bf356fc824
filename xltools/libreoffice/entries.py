"""What Excel makes of a value that is written to a cell, and what it hands out for one (写入与读出的值).

A string is an entry, as if typed: in a cell that is not formatted as text ``"5"``, ``"1,234"``, ``"5%"``, ``"TRUE"``,
``"#N/A"`` and ``"2020-1-31"`` become a number, a truth value, an error and a date, and ``"=…"`` a formula. Excel also
converts, as its country has it, times, fractions, day and month, full-width digits, amounts with a currency sign and
``"2020年1月31日"``; those are left alone here. To be sure of a text on every engine write ``literal(text)``: a leading
apostrophe marks a text and is not part of it. In a cell formatted as text (``@``) all that is written becomes text,
numbers and formulas too.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import numbers
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

CODES = {
    "#DIV/0!": -2146826281,
    "#N/A": -2146826246,
    "#NAME?": -2146826259,
    "#NULL!": -2146826288,
    "#NUM!": -2146826252,
    "#REF!": -2146826265,
    "#VALUE!": -2146826273,
}
"""The numbers by which Excel's interface hands out errors."""

ERRORS = {code: text for text, code in CODES.items()}

_NUMBER = re.compile(r"[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?%?", re.ASCII)
_DATE = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in Excel's grammar, with its equals sign."""

    text: str


@dataclass(frozen=True, slots=True)
class Error:
    """An error that stands in a cell as a constant."""

    text: str


Entry = None | bool | float | str | dt.datetime | Formula | Error


def literal(text: str) -> str:
    """The text so marked that it stays the text it is, whatever it looks like."""
    return f"'{text}"


def entry(value: object, *, text_format: bool = False) -> Entry:
    """What stands in the cell after this was written to it; raises `TypeError` for what no cell can hold."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _typed(value, text_format)
    if isinstance(value, bool):
        return str(value).upper() if text_format else value
    if isinstance(value, dt.date):
        moment = dt.datetime(value.year, value.month, value.day)
        moment = value.replace(tzinfo=None) if isinstance(value, dt.datetime) else moment
        return f"{moment.year}/{moment.month}/{moment.day}" if text_format else moment
    if isinstance(value, numbers.Number) and not isinstance(value, complex):
        number = float(value)  # type: ignore[arg-type]
        return general(number) if text_format else number
    raise TypeError(f"a cell cannot hold {type(value).__name__}")


def _typed(text: str, text_format: bool) -> Entry:
    if text.startswith("'"):
        return text[1:] or None
    if text_format:
        return text
    if text.startswith("=") and len(text) > 1:
        return Formula(text)
    found = _guessed(text.strip(" ").upper())
    return text if found is None else found


def _guessed(text: str) -> Entry:
    """What a text looks like, or nothing."""
    if text in ("TRUE", "FALSE"):
        return text == "TRUE"
    if text in CODES:
        return Error(text)
    if _NUMBER.fullmatch(text):
        number = float(text.rstrip("%").replace(",", ""))
        return number / 100 if text.endswith("%") else number
    if day := _DATE.fullmatch(text):
        with contextlib.suppress(ValueError):
            return dt.datetime(int(day[1]), int(day[3]), int(day[4]))
    return None


def general(number: float) -> str:
    """A number in Excel's general format, as a formula bar shows it."""
    return format(number, ".15G")


def prepare(value: Any, _options: object = None) -> Any:
    """A value of Python, NumPy or pandas as a plain one; what is no number becomes blank."""
    if value is None or type(value).__name__ == "NAType":
        return ""
    if type(value).__name__ == "datetime64":
        value = value.astype("datetime64[us]")
    if hasattr(value, "to_pydatetime"):
        value = value.to_pydatetime()
    elif hasattr(value, "item"):
        value = value.item()
    missing = value is None or not value == value  # noqa: PLR0124, SIM201  # as only NaN and NaT differ from themselves
    return "" if missing else value


def clean(
    data: Iterable[Iterable[Any]],
    datetime_builder: Callable[..., Any],
    empty_as: object,
    number_builder: Callable[[float], Any] | None,
    err_to_str: bool,
) -> list[list[Any]]:
    """Raw values as the options of ``Range.options`` want them, just as xlwings does on Windows."""

    def one(value: Any) -> Any:
        if value is None or value == "":
            return empty_as
        if isinstance(value, dt.datetime):
            parts = ("month", "day", "year", "hour", "minute", "second", "microsecond")
            return datetime_builder(**{part: getattr(value, part) for part in parts}, tzinfo=None)
        if isinstance(value, float):
            return number_builder(value) if number_builder else value
        if isinstance(value, int) and value in ERRORS:
            return ERRORS[value] if err_to_str else None
        return value

    return [[one(value) for value in row] for row in data]
