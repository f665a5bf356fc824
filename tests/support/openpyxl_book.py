"""An independent reader of workbooks: openpyxl, where it is right."""

from __future__ import annotations

import datetime as dt
import math
import re
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet._reader import VALUE_TAG, WorkSheetParser, WorksheetReader

from xltools.workbook import formats
from xltools.workbook.book import BLANK, Cell, Page, normalise
from xltools.workbook.view import View

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
"""What openpyxl leaves of escaped characters."""
_NUMBER = re.compile(r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?\s*")
_LAST = 2**20


@contextmanager
def _nothing_is_forgotten() -> Iterator[None]:
    """openpyxl keeps either a formula or its result, and nothing of what lies under merged cells; we want all."""
    bind, parse = WorksheetReader.bind_merged_cells, WorkSheetParser.parse_cell

    def bound(reader: Any) -> None:
        reader.ws.results = getattr(reader.parser, "results", {})
        if reader.parser.merged_cells:
            reader.ws.merged_cells.ranges = set(reader.parser.merged_cells.mergeCell)

    def parsed(parser: Any, element: Any) -> Any:
        before = parser.col_counter
        value = element.find(VALUE_TAG)
        if element.get("t", "n") == "n" and value is not None and not _is_number(value.text or ""):
            element.set("t", "str")  # openpyxl takes 1_000 and wide digits for numbers, and dies of others
            value.text = _ESCAPE.sub(r"_x005F\g<0>", (value.text or "").strip())
        cell = parse(parser, element)
        if cell["data_type"] == "f":
            parser.col_counter, parser.data_only = before, True
            parser.results = getattr(parser, "results", {})
            parser.results[cell["row"], cell["column"]] = parse(parser, element)["value"]
            parser.data_only = False
        return cell

    WorksheetReader.bind_merged_cells, WorkSheetParser.parse_cell = bound, parsed
    try:
        yield
    finally:
        WorksheetReader.bind_merged_cells, WorkSheetParser.parse_cell = bind, parse


class OpenpyxlBook:
    def __init__(self, path: Path) -> None:
        self.name = path.name
        with warnings.catch_warnings(), _nothing_is_forgotten():
            warnings.simplefilter("ignore")
            self._book = load_workbook(BytesIO(path.read_bytes()))

    def sheets(self) -> Sequence[str]:
        return [sheet.title for sheet in self._book.worksheets]

    def hidden(self) -> Collection[str]:
        return {sheet.title for sheet in self._book.worksheets if sheet.sheet_state != "visible"}

    def properties(self) -> Mapping[str, str]:
        return {str(p.name): str(p.value) for p in self._book.custom_doc_props.props}

    def block(self, sheet: str, height: int, width: int) -> list[list[Cell]]:
        cells = self.page(sheet).cells
        return [[cells.get((row, column), BLANK) for column in range(width)] for row in range(height)]

    def page(self, sheet: str) -> Page:
        page = self._book[sheet]
        cells = {(row - 1, column - 1): self._cell(cell) for (row, column), cell in sorted(page._cells.items())}
        filled = {place: cell for place, cell in cells.items() if cell != BLANK}
        return Page(filled, self._view(sheet), day_zero=self._book.epoch.date())

    def _view(self, sheet: str) -> View:
        page = self._book[sheet]
        merged = [(r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1) for r in map(_range, page.merged_cells)]
        rows = [
            (n - 1, 0, n - 1, _LAST)
            for n, row in page.row_dimensions.items()
            if row.hidden or (row.ht is not None and row.ht < 1)
        ]
        columns = [
            (0, column.min - 1, _LAST, column.max - 1)
            for column in page.column_dimensions.values()
            if column.hidden or column.width < 0.2
        ]
        return View(tuple(merged), (*columns, *rows))

    def _cell(self, cell: Any) -> Cell:
        formula, value = "", cell.value
        if cell.data_type == "f":
            text = value if isinstance(value, str) else getattr(value, "text", "")
            formula = f"={str(text or '').removeprefix('=')}"
            value = cell.parent.results[cell.row, cell.column]
        if cell.hyperlink and value in (cell.hyperlink.location, cell.hyperlink.target):
            return Cell(None, formula)  # openpyxl fills a blank cell with where it leads
        code = cell.number_format
        whole = formats.shows_day(code) or not formats.is_date(code)
        day = value if isinstance(value, dt.date) and whole else None
        number = normalise(self._stored(value))
        return Cell(number, formula, day, _shown(number, day, code))

    def _stored(self, value: object) -> object:
        if isinstance(value, str):
            halves = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), value).encode("utf-16", "surrogatepass")
            return halves.decode("utf-16", "surrogatepass") or None
        if isinstance(value, dt.date | dt.time | dt.timedelta):
            return to_excel(value, self._book.epoch)
        return value


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and math.isfinite(float(text))


def _range(cell: Any) -> Any:
    from openpyxl.worksheet.cell_range import CellRange

    return cell if isinstance(cell, CellRange) else CellRange(cell.ref)


def _shown(number: object, day: dt.date | None, code: str) -> str:
    if day:
        return day.isoformat()[:10]
    return formats.shown(number, code) if isinstance(number, formats.Number) and code != formats.GENERAL else ""
