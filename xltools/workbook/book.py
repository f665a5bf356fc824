"""A workbook, whoever opened it, as cells whose blank, text, number and formula are told apart (打开的工作簿)."""

from __future__ import annotations

import datetime as dt
import math
import re
import warnings
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

from xltools.errors import NotAWorkbook
from xltools.report import Number
from xltools.workbook.envelope import inspect


@dataclass(frozen=True, slots=True)
class Cell:
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
    """Make one value of what the programs hand out; a number stays the number that is stored."""
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


_ESCAPE = re.compile("_x(00[01][0-9A-Fa-f])_")
"""How the format writes control characters; openpyxl leaves them, and unescapes typed ones by itself."""

_DAMAGED = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, IndexError, AttributeError, OSError,
    SyntaxError, EOFError, NotImplementedError, RecursionError, AssertionError,
)  # fmt: skip
"""What openpyxl is known to raise for damaged files."""


class FileBook:
    """A workbook on disk, read through openpyxl; raises `NotAWorkbook`."""

    def __init__(self, path: Path) -> None:
        inspect(path)
        self.name = path.name
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # extensions that openpyxl leaves out, none of them values
            try:
                from openpyxl import load_workbook

                data = path.read_bytes()  # by content, whatever the file is called
                self._formulas = load_workbook(BytesIO(data))
                self._values = load_workbook(BytesIO(data), data_only=True)
            except _DAMAGED:
                said = f"文件“{path.name}”的内容已损坏，读不出来。请用 Excel 或 WPS 打开后重新保存。"
                raise NotAWorkbook(said) from None

    def sheets(self) -> Sequence[str]:
        return [sheet.title for sheet in self._values.worksheets]

    def properties(self) -> Mapping[str, str]:
        properties = self._values.custom_doc_props  # type: ignore[attr-defined]  # missing in the stubs
        return {str(p.name): str(p.value) for p in properties.props}

    def block(self, sheet: str, height: int, width: int) -> list[list[Cell]]:
        formulas = self._formulas[sheet].iter_rows(max_row=height, max_col=width)
        values = self._values[sheet].iter_rows(max_row=height, max_col=width)
        return [
            [self._cell(f, v) for f, v in zip(row, cached, strict=True)]
            for row, cached in zip(formulas, values, strict=True)
        ]

    def _cell(self, cell: Any, cached: Any) -> Cell:
        formula = ""
        if cell.data_type == "f":
            text = cell.value if isinstance(cell.value, str) else getattr(cell.value, "text", "")
            formula = f"={str(text or '').removeprefix('=')}"
        day = cached.value if isinstance(cached.value, dt.date) else None
        return Cell(normalise(self._stored(cached.value)), formula, day)

    def _stored(self, value: object) -> object:
        """The number behind a date, which a pasted format does not change; the character behind its escape."""
        if isinstance(value, str):
            return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), value)
        if isinstance(value, dt.date | dt.time | dt.timedelta):
            from openpyxl.utils.datetime import to_excel

            return to_excel(value, self._values.epoch)  # type: ignore[no-untyped-call]
        return value
