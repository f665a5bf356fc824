"""Ranges of the engine "memory": what stands in the cells of two workbooks, with formulas and with cached values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from copy import copy
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.formula import ArrayFormula
from xlwings import base_classes

from xltools.libreoffice import refusals
from xltools.libreoffice.addresses import Box, address, parse, quoted
from xltools.libreoffice.boxes import BoxRange
from xltools.libreoffice.cells import color as _rgb
from xltools.libreoffice.entries import CODES, Error, Formula, entry, general


class Range(BoxRange):
    def _of(self, sheet: Any, box: Box | None = None) -> list[list[Any]]:
        box = box or self.box
        rows, columns = (box.row, box.last.row), (box.column, box.last.column)
        return [[sheet.cell(r, c) for c in range(columns[0], columns[1] + 1)] for r in range(rows[0], rows[1] + 1)]

    @property
    def api(self) -> Any:
        return self._of(self.sheet.api)

    def __iter__(self) -> Iterator[Range]:
        return (self(place) for place in range(1, len(self) + 1))

    def _all(self) -> list[Any]:
        return [cell for row in self.api for cell in row]

    def filled(self, box: Box) -> list[bool]:
        return [cell.value is not None for row in self._of(self.sheet.api, box) for cell in row]

    def _refuse_locked(self) -> None:
        if self.sheet.api.protection.sheet and any(_style(cell).protection.locked for cell in self._all()):
            raise refusals.locked(self.sheet.name, address(self.box, False, False))

    def _refuse_protected(self) -> None:
        if self.sheet.api.protection.sheet:
            raise refusals.protected(self.sheet.name, address(self.box, False, False))

    @property
    def raw_value(self) -> Any:
        rows = tuple(tuple(map(_raw, row)) for row in self._of(self.sheet.values))
        return rows[0][0] if len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self._refuse_locked()
        if not isinstance(data, list | tuple):
            data = [[data] * self.box.width] * self.box.height
        rows = data if isinstance(data[0], list | tuple) else [data]
        places = [*zip(self.api, self._of(self.sheet.values), rows, strict=True)]
        for cells, cached, values in places:
            for cell, value_cell, value in zip(cells, cached, values, strict=True):
                _write(cell, value_cell, value)

    def clear_contents(self) -> None:
        self.raw_value = None

    @property
    def formula(self) -> Any:
        rows = tuple(tuple(map(_formula, row)) for row in self.api)
        return rows[0][0] if len(self) == 1 else rows

    @formula.setter
    def formula(self, value: Any) -> None:
        self.raw_value = value

    formula2 = formula

    @property
    def has_array(self) -> Any:
        return isinstance(self.api[0][0].value, ArrayFormula)

    @property
    def color(self) -> tuple[int, int, int] | None:
        fills = {cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None for cell in self._all()}
        rgb = fills.pop() if len(fills) == 1 else None
        return (int(rgb[2:4], 16), int(rgb[4:6], 16), int(rgb[6:], 16)) if rgb else None

    @color.setter
    def color(self, value: Any) -> None:
        self._refuse_protected()
        for cell in self._all():
            cell.fill = PatternFill() if value is None else PatternFill("solid", fgColor=f"FF{_rgb(value):06X}")

    @property
    def number_format(self) -> str | None:
        formats = {cell.number_format for cell in self._all()}
        return formats.pop() if len(formats) == 1 else None

    @number_format.setter
    def number_format(self, value: str) -> None:
        self._refuse_protected()
        for cell in self._all():
            cell.number_format = value

    @property
    def wrap_text(self) -> bool | None:
        wraps = {bool(cell.alignment.wrap_text) for cell in self._all()}
        return wraps.pop() if len(wraps) == 1 else None

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._refuse_protected()
        for cell in self._all():
            alignment = copy(cell.alignment)
            alignment.wrap_text = value
            cell.alignment = alignment

    @property
    def merge_area(self) -> Range:
        for merged in self.sheet.api.merged_cells.ranges:
            if self(1).api[0][0].coordinate in merged:
                box = parse(str(merged))
                assert box
                return Range(self.sheet, box)
        return self(1)

    @property
    def merge_cells(self) -> Any:
        return len(self.merge_area) > 1

    def select(self) -> None:
        self.sheet.activate()
        self.sheet.api.sheet_view.selection[0].sqref = address(self.box, False, False)

    @property
    def name(self) -> Any | None:
        return next((name for name in self.sheet.book.names if name.place == self.coords), None)

    @name.setter
    def name(self, value: str) -> None:
        self.sheet.book.names.add(value, f"={quoted(self.sheet.name)}!{self.address}")

    @property
    def note(self) -> Note | None:
        return Note(self(1)) if self.api[0][0].comment else None

    def add_note(self, text: str) -> Note:
        self._refuse_protected()
        if self.note:
            raise ValueError(f"{self.address} has a note already")
        self.api[0][0].comment = Comment(text, "")
        return Note(self(1))


class Note(base_classes.Note):
    def __init__(self, place: Range) -> None:
        self._place = place

    @property
    def api(self) -> Any:
        return self._place.api[0][0].comment

    @property
    def location(self) -> Any:
        return self._place

    @property
    def author(self) -> Any:
        return self.api.author

    @property
    def text(self) -> str:
        return str(self.api.text)

    @text.setter
    def text(self, value: str) -> None:
        self._place._refuse_protected()
        self.api.text = value

    def delete(self) -> None:
        self._place._refuse_protected()
        self._place.api[0][0].comment = None


def _raw(cell: Any) -> Any:
    """What Excel's interface hands out for a cell of the cached values."""
    value = cell.value
    if cell.data_type == "e":
        return CODES.get(value)
    if isinstance(value, dt.time | dt.timedelta):
        return float(to_excel(value))
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time()) if not isinstance(value, dt.datetime) else value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None if value == "" else value
    return float(value)


def _formula(cell: Any) -> str:
    """What a formula bar would show."""
    value = cell.value
    if isinstance(value, ArrayFormula):
        return f"={str(value.text).removeprefix('=')}"
    if value is None or isinstance(value, bool | str):
        return "" if value is None else str(value).upper() if isinstance(value, bool) else value
    return general(float(value if isinstance(value, int | float) else to_excel(value)))


def _write(cell: Any, cached: Any, value: Any) -> None:
    """Both workbooks get the value; nothing computes a formula, so it has none."""
    found = entry(value, text_format=_style(cell).number_format == "@")
    for target in (cell, cached):
        if isinstance(found, Formula):
            target.value = found.text if target is cell else None
        elif isinstance(found, Error):
            target.value, target.data_type = found.text, "e"
        elif isinstance(found, str):
            target.value, target.data_type = found, "s"
        elif isinstance(found, dt.datetime):
            shown = target.number_format
            target.value = found
            whole = "yyyy/m/d" if found.time() == dt.time() else "yyyy/m/d h:mm"
            target.number_format = whole if shown == "General" else shown
        else:
            target.value = found


def _style(cell: Any) -> Any:
    """What formats and locks a cell; one that does not stand in the file is as its column."""
    columns = [] if cell.has_style else cell.parent.column_dimensions.values()
    return next((column for column in columns if (column.min or 0) <= cell.column <= (column.max or 0)), cell)
