"""Putting one thing into one place of a sheet: never a formula by accident (写入单元格)."""

from __future__ import annotations

from html import escape

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xltools.errors import CannotWrite
from xltools.workbook.formulas import Formula, cached
from xltools.workbook.layout import Area

LONGEST = 32_767
"""Characters that a cell can hold."""


class Sheet(Worksheet):  # type: ignore[misc]  # XlsxWriter is untyped
    """A sheet that takes formulas and texts as they are.

    XlsxWriter looks through each formula for the names of thirty newer functions, which takes half of the
    time of a workbook; we use none of them. A text from ``<r>`` to ``</r>`` it would take for XML of its own.
    It asks a pattern about every attribute, and of a number that it cannot be asked.
    """

    def _escape_attributes(self, attribute: str | float) -> str | float:
        if not isinstance(attribute, str) or attribute.isalnum():
            return attribute
        escaped: str = super()._escape_attributes(attribute)
        return escaped

    def _prepare_formula(self, formula: str, *_: object, **__: object) -> str:
        return formula.removeprefix("{").removeprefix("=").removesuffix("}")

    def _write_string(self, row: int, col: int, string: str, cell_format: Format | None = None) -> int:
        if string.startswith("<r>") and string.endswith("</r>"):
            string = f'<r><t xml:space="preserve">{escape(string, quote=False)}</t></r>'
        written: int = super()._write_string(row, col, string, cell_format)
        return written


def put(sheet: Worksheet, area: Area, value: int | float | str | None, form: Format) -> None:
    """Write a value, merged over the whole area; text stays text, whatever it starts with."""
    if (area.height, area.width) != (1, 1):
        last = area.row + area.height - 1, area.column + area.width - 1
        sheet.merge_range(area.row, area.column, *last, "", form)
    if value is None:
        sheet.write_blank(area.row, area.column, None, form)
    elif isinstance(value, str):
        length = len(value.encode("utf-16-le", "replace")) // 2
        if length > LONGEST:
            place = f"{area.sheet} {area.a1}"
            raise CannotWrite(f"{place} 的文字有 {length} 字，一格最多 {LONGEST} 字。请分成几段后再试。")
        sheet.write_string(area.row, area.column, value, form)
    else:
        sheet.write_number(area.row, area.column, value, form)


def put_formula(sheet: Worksheet, row: int, column: int, formula: Formula, form: Format) -> None:
    """Write a formula with its cached value."""
    value = cached(formula.value)
    if formula.array:
        sheet.write_array_formula(row, column, row, column, f"{{{formula.text}}}", form, value)
    else:
        sheet.write_formula(row, column, formula.text, form, value)
