"""A worksheet part as elements: its rows, and what it says besides them (工作表元素)."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from xltools.workbook.archive import Beyond, Damaged
from xltools.workbook.markup import space
from xltools.workbook.view import LAST, LOWEST, NARROWEST, Box, View, box, whole_rows

MERGES = 5000
_TRUE = ("1", "true")


def around(sheet: etree._Element) -> View:
    """What a sheet says besides its rows."""
    main = space(sheet, "worksheet")
    merges, columns = (_once(sheet, name) for name in ("mergeCells", "cols"))
    merged = [] if merges is None else [str(cell.get("ref")) for cell in merges.iterfind(f"{main}mergeCell")]
    if len(merged) > MERGES:
        raise Beyond(f"有 {len(merged)} 处合并单元格")
    hidden: list[Box] = []
    usual, beyond = sheet.find(f"{main}sheetFormatPr"), 0
    width = "1" if usual is None else usual.get("defaultColWidth", "1")
    for column in () if columns is None else columns.iterfind(f"{main}col"):
        first, last = int(str(column.get("min"))) - 1, int(str(column.get("max"))) - 1
        if _is_hidden(column, "width", NARROWEST, width):
            hidden.append((0, first, LAST, last))
        if float(width) < NARROWEST:
            hidden.append((0, beyond, LAST, first - 1))
        beyond = last + 1
    if float(width) < NARROWEST:
        hidden.append((0, beyond, LAST, LAST))
    return View(tuple(map(box, merged)), tuple(hidden))


def whole(sheet: etree._Element) -> View:
    """What a person does not see of a sheet."""
    row, hidden = -1, []
    for line in rows(sheet):
        row = number(line, row)
        if _is_hidden(line, "ht", LOWEST):
            hidden.append(row)
    seen = around(sheet)
    return View(seen.merged, seen.hidden + whole_rows(hidden))


def rows(sheet: etree._Element) -> Sequence[etree._Element]:
    """The rows of a sheet; raises `Damaged` where something else stands among them, or one somewhere else."""
    main = space(sheet, "worksheet")
    data = _once(sheet, "sheetData")
    lines = [] if data is None else list(data)
    if any(line.tag != f"{main}row" for line in lines) or sum(1 for _ in sheet.iter(f"{main}row")) != len(lines):
        raise Damaged("not one list of rows")
    return lines


def number(line: etree._Element, before: int) -> int:
    """Which row an element is, counted from 0; one that does not say follows the one before."""
    said = line.get("r", str(before + 2))
    if not (said.isascii() and said.isdecimal() and 0 < len(said) <= 7 and int(said) > before + 1):
        raise Damaged(f"row {said} after {before + 1}")
    return int(said) - 1


def _once(sheet: etree._Element, name: str) -> etree._Element | None:
    """What may stand in a sheet once, and nowhere else in it."""
    main = space(sheet, "worksheet")
    found = list(sheet.iter(f"{main}{name}"))
    if len(found) > 1 or any(one.getparent() is not sheet for one in found):
        raise Damaged(f"{len(found)} {name}")
    return found[0] if found else None


def _is_hidden(line: etree._Element, size: str, least: float, usual: str = "1") -> bool:
    return line.get("hidden") in _TRUE or float(line.get(size, usual)) < least
