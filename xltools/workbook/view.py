"""What of a sheet a person does not see: hidden rows and columns, and what lies under merged cells (可见范围)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lxml import etree

from xltools.workbook.archive import Beyond, Damaged
from xltools.workbook.markup import space

Place = tuple[int, int]
Box = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 0."""

MERGES, _LAST = 5000, 2**20
_REFERENCE = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_TRUE = ("1", "true")
_HIDDEN = re.compile(r' (?:hidden="(?:1|true)"|ht="0(?:\.0*)?")')


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


def around(sheet: etree._Element) -> View:
    """What a sheet says besides its rows."""
    main = space(sheet, "worksheet")
    merges, columns = (_once(sheet, name) for name in ("mergeCells", "cols"))
    merged = [] if merges is None else [str(cell.get("ref")) for cell in merges.iterfind(f"{main}mergeCell")]
    if len(merged) > MERGES:
        raise Beyond(f"有 {len(merged)} 处合并单元格")
    hidden: list[Box] = []
    for column in () if columns is None else columns.iterfind(f"{main}col"):
        if _is_hidden(column, "width"):
            hidden.append((0, int(str(column.get("min"))) - 1, _LAST, int(str(column.get("max"))) - 1))
    return View(tuple(map(box, merged)), tuple(hidden))


def box(reference: str) -> Box:
    """A range of cells: ``A1:B2``."""
    first, _, last = reference.partition(":")
    return *place(first), *place(last or first)


def is_hidden_row(attributes: str) -> bool:
    """Whether a row is hidden, from the text of its tag."""
    return bool(_HIDDEN.search(attributes))


def whole_rows(rows: Iterable[int]) -> tuple[Box, ...]:
    """Rows as boxes."""
    return tuple((row, 0, row, _LAST) for row in rows)


def number(line: etree._Element, before: int) -> int:
    """Which row an element is, counted from 0; one that does not say follows the one before."""
    said = line.get("r", str(before + 2))
    if not (said.isascii() and said.isdecimal() and 0 < len(said) <= 7 and int(said) > before + 1):
        raise Damaged(f"row {said} after {before + 1}")
    return int(said) - 1


def rows(sheet: etree._Element) -> Sequence[etree._Element]:
    """The rows of a sheet; raises `Damaged` where something else stands among them, or one somewhere else."""
    main = space(sheet, "worksheet")
    data = _once(sheet, "sheetData")
    lines = [] if data is None else list(data)
    if any(line.tag != f"{main}row" for line in lines) or sum(1 for _ in sheet.iter(f"{main}row")) != len(lines):
        raise Damaged("not one list of rows")
    return lines


def _once(sheet: etree._Element, name: str) -> etree._Element | None:
    """What may stand in a sheet once, and nowhere else in it."""
    main = space(sheet, "worksheet")
    found = list(sheet.iter(f"{main}{name}"))
    if len(found) > 1 or any(one.getparent() is not sheet for one in found):
        raise Damaged(f"{len(found)} {name}")
    return found[0] if found else None


def whole(sheet: etree._Element) -> View:
    """What a person does not see of a sheet."""
    row, hidden = -1, []
    for line in rows(sheet):
        row = number(line, row)
        if _is_hidden(line, "ht"):
            hidden.append(row)
    seen = around(sheet)
    return View(seen.merged, seen.hidden + whole_rows(hidden))


def within(place: Place, boxes: Sequence[Box]) -> bool:
    """Whether a cell lies in one of some boxes."""
    row, column = place
    return any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in boxes)


def _is_hidden(line: etree._Element, size: str) -> bool:
    return line.get("hidden") in _TRUE or float(line.get(size, "1")) == 0
