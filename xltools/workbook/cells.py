"""The cells of a worksheet part: ECMA-376 part 1, 18.3.1 (单元格).

Only cells that hold something are looked at, and of their style only whether a number is shown as something else.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import groupby, repeat
from typing import NamedTuple

from xltools.report import Number
from xltools.workbook import elements, plainly, scan, written
from xltools.workbook.archive import Damaged
from xltools.workbook.book import OTHERWISE, Cell, stored
from xltools.workbook.formats import Formats, is_date, shown, shows_day, shows_part
from xltools.workbook.formats import day as day_of
from xltools.workbook.markup import parsed
from xltools.workbook.plainly import Unusual
from xltools.workbook.view import Place, View
from xltools.workbook.written import decoded

_NUMBER = r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]{1,3})?|[+-]?\.[0-9]+([eE][+-]?[0-9]{1,3})?"
_INDEX = r"[ \t\n\r]*[0-9]+[ \t\n\r]*"
_LONGEST_NUMBER = 40
_TRUTH = {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE", "": None}
_TEXTS = ("s", "str", "e", "inlineStr")


class Context(NamedTuple):
    """What the cells of a workbook refer to: its shared strings, its number formats, its first day."""

    strings: Sequence[Cell]
    formats: Formats
    day_zero: dt.date


def cells(data: bytes, context: Context) -> tuple[dict[Place, Cell], View]:
    """Return what stands where on a sheet, and what of it is not seen.

    Raises one of `markup.BROKEN` for broken XML.
    """
    try:
        sheet = scan.sheet(data)
    except Unusual:
        root = parsed(data)
        raw = groupby(written.cells(root), key=lambda cell: cell[0][0])
        rows = [_row(row, context.formats, context.day_zero) for _, row in raw]
        return _found(rows, context.strings), elements.whole(root)
    if len(data) < scan.LONGEST_SHEET:
        return _found(_rows(sheet, context.formats, context.day_zero), context.strings), sheet.view
    rows = [_row(line.cells, context.formats, context.day_zero) for line in sheet.lines]
    return _found(rows, context.strings), sheet.view


class _Row(NamedTuple):
    """Some cells; of those with a shared string, which one it is, and the formula if there is one."""

    cells: dict[Place, Cell]
    texts: list[tuple[Place, int, str]]


def _found(rows: Iterable[_Row], strings: Sequence[Cell]) -> dict[Place, Cell]:
    """What stands where, row by row."""
    found: dict[Place, Cell] = {}
    for row in rows:
        found.update(row.cells)
        for place, index, formula in row.texts:
            cell = strings[index]
            if formula:
                found[place] = cell._replace(formula=formula)
            elif cell.value is not None:
                found[place] = cell
    return found


@lru_cache(maxsize=16)
def _rows(sheet: scan.Sheet, formats: Formats, day_zero: dt.date) -> Sequence[_Row]:
    """The rows of a sheet, those without shared strings put together with the next."""
    found: list[_Row] = []
    cells: dict[Place, Cell] = {}
    for row in map(_kept, sheet.lines, repeat(formats), repeat(day_zero)):
        cells.update(row.cells)
        if row.texts:
            found.append(_Row(cells, row.texts))
            cells = {}
    return [*found, _Row(cells, [])]


@lru_cache(maxsize=1 << 11)
def _kept(line: scan.Line, formats: Formats, day_zero: dt.date) -> _Row:
    """The cells of a row, which many workbooks may have alike."""
    return _row(line.cells, formats, day_zero)


def _row(raw: Iterable[scan.Raw], formats: Formats, day_zero: dt.date) -> _Row:
    found, texts = _Row({}, [])
    for place, style, kind, formula, value in raw:
        said = "" if formula is None else f"={decoded(formula)}"
        if int(style) >= formats.styles:
            raise Damaged(f"style {style} of {formats.styles}")
        if kind == "s" and value:
            if not ((value.isascii() and value.isdecimal()) or re.fullmatch(_INDEX, value)):
                raise Damaged(f"shared string {value}")
            texts.append((place, int(value), said))
            continue
        simple = kind == "n" and value.isdecimal() and len(value) < _LONGEST_NUMBER and style not in formats.hiding
        cell = _number(value) if simple else _content(kind, value, style, formats, day_zero)
        if cell.value is not None or said:
            found[place] = cell._replace(formula=said) if said else cell
    return _Row(found, texts)


def strings(data: bytes) -> list[Cell]:
    """The shared strings (18.4) as cells that hold nothing else: runs are joined, readings left out."""
    try:
        found = plainly.strings(data)
    except Unusual:
        return [Cell(text or None) for text in written.strings(parsed(data))]
    if b"_x" in data or b"\r" in data:
        return [Cell(decoded(str(cell.value or "")) or None) for cell in found]
    return found


def _content(kind: str, text: str, style: str, formats: Formats, day_zero: dt.date) -> Cell:
    """What a cell holds by its type (18.18.11), unless it is a shared string."""
    if kind == "n":
        cell = _number(text) if len(text) < _LONGEST_NUMBER else Cell(text)
        code = formats.codes.get(style)
        return (
            _shown(cell, code, day_zero) if code and (style in formats.hiding or type(cell.value) is not int) else cell
        )
    if kind == "d" and text:
        day = dt.datetime.fromisoformat(text).date()
        return Cell((day - day_zero).days, "", day, day.isoformat())
    if kind == "b":
        return Cell(_TRUTH[text.strip()])
    if kind not in _TEXTS:
        raise Damaged(f"a cell of type {kind}")
    return Cell((text if kind == "inlineStr" else decoded(text)) or None)


@lru_cache(maxsize=1 << 12)
def _number(text: str) -> Cell:
    """A cell with a number and nothing else; kept, as most numbers are small."""
    text = text.strip()
    return Cell(plain_number(text) if text else None)


def _shown(cell: Cell, code: str, day_zero: dt.date) -> Cell:
    """The cell with how its number looks in a format, where that is something else."""
    number = cell.value
    if not isinstance(number, int | Decimal):
        return cell
    if is_date(code):
        day = day_of(number, day_zero) if shows_part(code) else None
        if day and shows_day(code):
            return Cell(number, "", day, day.isoformat())
        return Cell(number, "", None, OTHERWISE, day)
    return Cell(number, "", None, shown(number, code))


def plain_number(text: str) -> Number | str:
    """A stored number as it is; whatever is none, or is beyond all numbers, stays text."""
    if text.isdecimal() and text.isascii() and len(text) <= _LONGEST_NUMBER:
        return int(text)
    if not re.fullmatch(_NUMBER, text):
        return text
    if text.lstrip("+-").isdigit() and len(text) <= _LONGEST_NUMBER:
        return int(text)
    number = float(text)
    return stored(number) if math.isfinite(number) else text


@lru_cache(maxsize=4)
def custom(data: bytes) -> Mapping[str, str]:
    """The custom properties of a document by their names (part 1, 22.3), each the text of the element in it.

    All of one edition have the same.
    """
    return {str(item.get("name")): "".join(value.text or "" for value in item) for item in parsed(data)}
