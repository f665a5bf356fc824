"""Blocks of cells, read and written in as few calls as can be: each takes about a millisecond (单元格的内容)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from xltools.libreoffice import bridge
from xltools.libreoffice.addresses import Box
from xltools.libreoffice.entries import CODES, Entry, Error, Formula, entry, general
from xltools.libreoffice.formats import Formats, Kind, is_uniform
from xltools.libreoffice.formulas import Grammar, to_excel

_VALUE, _DATETIME, _STRING, _NOTE, _FORMULA = 1, 2, 4, 8, 16
CONTENTS = _VALUE | _DATETIME | _STRING | _FORMULA
FORMATTING = 32 | 64 | 256 | 512
EVERYTHING = CONTENTS | FORMATTING | _NOTE

_FAULTS = {503: "#NUM!", 519: "#VALUE!", 521: "#NULL!", 524: "#REF!", 525: "#NAME?", 532: "#DIV/0!", 32767: "#N/A"}
"""What LibreOffice's numbers of errors are in Excel; the many others, such as Err:502, become ``#VALUE!``."""


class Contents:
    """The contents of the cells of one document."""

    def __init__(self, document: Any) -> None:
        null = document.NullDate
        self._epoch = dt.datetime(null.Year, null.Month, null.Day)
        self._document = document
        self._grammar: Grammar | None = None
        self.formats = Formats(document)

    def read(self, cells: Any) -> list[list[Any]]:
        """Raw values as Excel's interface hands them out: float, str, bool, datetime, the number of an error, None."""
        rows = [[None if value == "" else value for value in row] for row in self._data(cells)]
        self._name_numbers(cells, rows)
        return rows

    def formulas(self, cells: Any) -> list[list[str]]:
        """What a formula bar would show."""
        data = cells.getDataArray()
        values = self.read(cells)
        shown = cells.getFormulaArray()
        return [
            [self._formula(*cell) for cell in zip(*columns, strict=True)]
            for columns in zip(data, values, shown, strict=True)
        ]

    def _formula(self, data: Any, value: Any, shown: str) -> str:
        if shown.startswith(("=", "{=")) and shown != data:
            return to_excel(shown)
        if isinstance(data, str):
            return data
        return str(value).upper() if isinstance(value, bool) else general(data)

    def _data(self, cells: Any) -> list[list[Any]]:
        """The plain data, in which errors are blank, with the errors."""
        rows = [list(row) for row in cells.getDataArray()]
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if value is None:
                    fault = cells.getCellByPosition(column, row).getError()
                    values[column] = CODES[_FAULTS.get(fault, "#VALUE!")]
        return rows

    def _name_numbers(self, cells: Any, rows: list[list[Any]]) -> None:
        """Turn the numbers that are shown as dates and truth values into these.

        Formats are dear to ask for: a constant that is no date and whose input line is the plain number needs none.
        """
        if not any(isinstance(value, float) for row in rows for value in row):
            return
        computed: bool | None = None
        dated = _cells(cells.queryContentCells(_DATETIME), cells.RangeAddress)
        for row, (values, lines) in enumerate(zip(rows, cells.getFormulaArray(), strict=True)):
            for column, (value, line) in enumerate(zip(values, lines, strict=True)):
                if not isinstance(value, float) or (line == general(value) and (row, column) not in dated):
                    continue
                if line.startswith(("=", "{=")):
                    computed = self._computes_numbers(cells) if computed is None else computed
                    if computed:
                        continue
                key = cells.getCellByPosition(column, row).NumberFormat
                values[column] = self._named(value, self.formats.kind(key))

    def _computes_numbers(self, cells: Any) -> bool:
        """Whether all formulas of a range have one format, and it is none of dates or truth values."""
        formulas = cells.queryContentCells(_FORMULA)
        return is_uniform(formulas) and self.formats.kind(formulas.NumberFormat) not in (Kind.DATE, Kind.LOGICAL)

    def _named(self, number: float, kind: Kind) -> float | bool | dt.datetime:
        if kind is Kind.LOGICAL:
            return number != 0
        if kind is Kind.DATE:
            try:
                return self._epoch + dt.timedelta(seconds=round(number * 86400, 3))
            except OverflowError:
                return number
        return number

    def write(self, cells: Any, box: Box, rows: Sequence[Sequence[object]], *, fill: bool = False) -> None:
        """Write entries; with ``fill`` all are the same, and a formula's references move along."""
        if {len(rows), *map(len, rows)} - {box.height, box.width} or len(rows) != box.height:
            raise ValueError(f"{box.height} × {box.width} values wanted")
        keys = self.formats.keys(cells, box)
        kinds = [[self.formats.kind(key) for key in row] for row in keys]
        entries = [
            [entry(value, text_format=kind is Kind.TEXT) for value, kind in zip(values, row, strict=True)]
            for values, row in zip(rows, kinds, strict=True)
        ]
        cells.setDataArray(tuple(tuple(self._plain(value) for value in values) for values in entries))
        self._keep_formats(cells, box, keys)
        for row, values in enumerate(entries):
            for column, value in enumerate(values):
                if kinds[row][column] is Kind.LOGICAL or isinstance(value, bool | dt.datetime | Formula | Error):
                    cell = cells.getCellByPosition(column, row)
                    self._finish(cell, value, kinds[row][column], cells.getCellByPosition(0, 0) if fill else cell)

    def _keep_formats(self, cells: Any, box: Box, before: list[list[int]]) -> None:
        """Undo that LibreOffice formats a cell as text which gets a text that looks like a number."""
        if is_uniform(cells) and cells.NumberFormat == before[0][0]:
            return
        for row, keys in enumerate(self.formats.keys(cells, box)):
            for column, key in enumerate(keys):
                if key != before[row][column]:
                    cells.getCellByPosition(column, row).NumberFormat = before[row][column]

    def _plain(self, value: Entry) -> float | str:
        if isinstance(value, dt.datetime):
            return (value - self._epoch) / dt.timedelta(days=1)
        return value if isinstance(value, float | str) else ""

    def _finish(self, cell: Any, value: Entry, kind: Kind, anchor: Any) -> None:
        """What a block of plain data cannot carry."""
        if kind is Kind.LOGICAL:
            cell.NumberFormat = 0  # LibreOffice keeps a truth value in the format, which Excel does not touch
            kind = Kind.GENERAL
        if isinstance(value, bool):
            cell.NumberFormat = 0
            cell.setFormula(f"={str(value).upper()}()")
        elif isinstance(value, dt.datetime) and kind is Kind.GENERAL:
            whole = value.time() == dt.time()
            cell.NumberFormat = self.formats.key("yyyy/m/d" if whole else "yyyy/m/d h:mm")
        elif isinstance(value, Formula | Error):
            text = value.text if isinstance(value, Formula) else f"={value.text}"
            self._understood().enter(cell, text, anchor.CellAddress)

    def define(self, name: Any, formula: str) -> None:
        """Let a defined name refer to what a formula of Excel says."""
        name.setTokens(self._understood().tokens(formula, bridge.struct("table.CellAddress")))

    def _understood(self) -> Grammar:
        self._grammar = self._grammar or Grammar(self._document)
        return self._grammar

    @staticmethod
    def is_locked(cells: Any) -> bool:
        """Whether any cell is locked; the range itself says so where its cells differ, whatever they differ in."""
        if not cells.CellProtection.IsLocked:
            return False
        if is_uniform(cells, "CellProtection"):
            return True
        return any(group.CellProtection.IsLocked for group in cells.getUniqueCellFormatRanges())

    @staticmethod
    def address_box(address: Any) -> Box:
        """An address of LibreOffice as a rectangle."""
        height, width = address.EndRow - address.StartRow + 1, address.EndColumn - address.StartColumn + 1
        return Box(address.StartRow + 1, address.StartColumn + 1, height, width)


def position(sheet: Any, box: Box) -> Any:
    """The cells of a rectangle."""
    last = box.last
    return sheet.getCellRangeByPosition(box.column - 1, box.row - 1, last.column - 1, last.row - 1)


def color(value: Any) -> int:
    """A colour of xlwings: nothing, ``#FFC7CE``, (255, 199, 206), or Excel's number, which begins with blue."""
    if value is None:
        return -1
    if isinstance(value, str):
        return int(value.lstrip("#"), 16)
    if isinstance(value, int):
        value = (value & 255, value >> 8 & 255, value >> 16 & 255)
    red, green, blue = (int(part) for part in value)
    return red << 16 | green << 8 | blue


def _cells(some: Any, within: Any) -> set[tuple[int, int]]:
    """Where the cells of a query lie in the range that was asked, counted from 0."""
    return {
        (row - within.StartRow, column - within.StartColumn)
        for area in some.RangeAddresses
        for row in range(area.StartRow, area.EndRow + 1)
        for column in range(area.StartColumn, area.EndColumn + 1)
    }
