"""An independent reader of workbooks: openpyxl, loaded twice, where it is right."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel

from xltools.workbook.book import Cell, normalise

_ESCAPE = re.compile("_x(00[01][0-9A-Fa-f])_")
"""What openpyxl leaves of the escapes of control characters."""


class OpenpyxlBook:
    def __init__(self, path: Path) -> None:
        self.name = path.name
        data = path.read_bytes()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._formulas = load_workbook(BytesIO(data))
            self._values = load_workbook(BytesIO(data), data_only=True)

    def sheets(self) -> Sequence[str]:
        return [sheet.title for sheet in self._values.worksheets]

    def properties(self) -> Mapping[str, str]:
        return {str(p.name): str(p.value) for p in self._values.custom_doc_props.props}

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
        if cached.hyperlink and cached.value in (cached.hyperlink.location, cached.hyperlink.target):
            return Cell(None, formula)  # openpyxl fills a blank cell with where it leads
        day = cached.value if isinstance(cached.value, dt.date) else None
        return Cell(normalise(self._stored(cached.value)), formula, day)

    def _stored(self, value: object) -> object:
        if isinstance(value, str):
            return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), value) or None
        if isinstance(value, dt.date | dt.time | dt.timedelta):
            return to_excel(value, self._values.epoch)
        return value
