"""The cells of a worksheet part: ECMA-376 part 1, 18.3.1 (单元格).

Only cells that hold something are looked at, and of their style only whether a number is shown as a
date.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from xltools.report import Number
from xltools.workbook import scan
from xltools.workbook.book import Cell
from xltools.workbook.layout import a1
from xltools.workbook.package import Damaged, parsed

_NUMBER = r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]{1,3})?|[+-]?\.[0-9]+([eE][+-]?[0-9]{1,3})?"
_ESCAPE = "_x([0-9A-Fa-f]{4})_"
_DIGITS = 18
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""The built-in number formats that show dates or times, the Chinese ones included (18.8.30)."""
_OF_DATES = frozenset("ymdhs年月日")
_LITERAL = r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]'


class Context(NamedTuple):
    """What the cells of a workbook refer to: its shared strings, its date styles, its first day."""

    strings: Sequence[str]
    dated: frozenset[str]
    day_zero: dt.date


def cells(data: bytes, context: Context, extent: scan.Place) -> dict[scan.Place, Cell]:
    """Return what stands where within so many rows and columns, counted from 0.

    Raises `Damaged`, `ValueError` or `IndexError` for broken XML.
    """
    try:
        return _found(scan.cells(data), context, extent)
    except scan.Unusual:
        return _found(_written(parsed(data)), context, extent)


def _found(raw: Iterator[scan.Raw], context: Context, extent: scan.Place) -> dict[scan.Place, Cell]:
    height, width = extent
    found: dict[scan.Place, Cell] = {}
    for place, style, kind, formula, value in raw:
        if place[0] >= height or place[1] >= width:
            continue
        if place in found:
            raise Damaged(f"cell {place} stands twice")
        if kind == "n" and formula is None and style not in context.dated:
            found[place] = _number(value)
        else:
            content, day = _content(kind, value, style, context)
            found[place] = Cell(content, "" if formula is None else f"={decoded(formula)}", day)
    return found


def strings(data: bytes) -> list[str]:
    """The shared strings (18.4): runs are joined, readings left out."""
    try:
        return [decoded(text) for text in scan.strings(data)]
    except scan.Unusual:
        root = parsed(data)
        return [_text(item, _space(root)) for item in root.iterfind(f"{_space(root)}si")]


@lru_cache(maxsize=4)
def dated(data: bytes) -> frozenset[str]:
    """Which cell styles show numbers as dates or times (18.8); most workbooks have the same."""
    root = parsed(data)
    space = _space(root)
    own = {
        int(form.get("numFmtId", "0"))
        for form in root.iterfind(f"{space}numFmts/{space}numFmt")
        if not _OF_DATES.isdisjoint(re.sub(_LITERAL, "", form.get("formatCode", "")).lower())
    }
    styles = enumerate(root.iterfind(f"{space}cellXfs/{space}xf"))
    return frozenset(str(i) for i, style in styles if int(style.get("numFmtId", "0")) in _DATES | own)


def decoded(text: str) -> str:
    """Undo the escapes of control characters once, and write every line end as ``\\n`` (22.9.2.19)."""
    plain = re.sub(_ESCAPE, lambda m: chr(int(m[1], 16)), text) if "_x" in text else text
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def _written(sheet: etree._Element) -> Iterator[scan.Raw]:
    """The cells of a sheet one by one; a reference may be left out, then it follows the one before."""
    space = _space(sheet)
    data = sheet.find(f"{space}sheetData")
    shared: dict[str, tuple[str, str]] = {}
    row = -1
    for line in () if data is None else data.iterfind(f"{space}row"):
        row = int(line.get("r", row + 2)) - 1
        column = -1
        for cell in line:
            reference = cell.get("r") or a1(row, column + 1)
            at = scan.place(reference)
            column = at[1]
            if at[0] != row:
                raise Damaged(f"cell {reference} in row {row + 1}")
            if not len(cell):
                continue
            formula, inline = cell.find(f"{space}f"), cell.find(f"{space}is")
            said = None if formula is None else _formula(formula, reference, shared)
            value = _text(inline, space) if inline is not None else cell.findtext(f"{space}v") or ""
            yield at, cell.get("s", "0"), cell.get("t", "n"), said, value


def _formula(formula: etree._Element, place: str, shared: dict[str, tuple[str, str]]) -> str:
    """A formula; one that is shared is moved from where it is written out (18.3.1.40)."""
    text, group = formula.text or "", formula.get("si", "")
    if formula.get("t") == "shared":
        if text:
            shared[group] = text, place
        elif group in shared:
            from openpyxl.formula.translate import Translator

            text, origin = shared[group]
            text = Translator(f"={text}", origin).translate_formula(place).removeprefix("=")
    return text


def _content(kind: str, text: str, style: str, context: Context) -> tuple[Number | str | None, dt.date | None]:
    """What a cell holds by its type (18.18.11), and the day as which a number is shown."""
    if kind == "s" and text:
        index = int(text)
        if index < 0:
            raise Damaged(f"shared string {index}")
        return context.strings[index] or None, None
    if kind == "n":
        number = _number(text).value
        return number, _day(number, context.day_zero) if style in context.dated else None
    if kind == "d" and text:
        day = dt.datetime.fromisoformat(text).date()
        return (day - context.day_zero).days, day
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(text, text) or None, None
    return (text if kind == "inlineStr" else decoded(text)) or None, None


@lru_cache(maxsize=1 << 12)
def _number(text: str) -> Cell:
    """A cell with a number and nothing else; kept, as most numbers are small."""
    text = text.strip()
    return Cell(plain_number(text) if text else None)


def plain_number(text: str) -> Number | str:
    """A stored number as it is; whatever is none, or is beyond all numbers, stays text."""
    if text.isdecimal() and text.isascii() and len(text) <= _DIGITS:
        return int(text)
    if not re.fullmatch(_NUMBER, text):
        return text
    if text.lstrip("+-").isdigit() and len(text) <= _DIGITS:
        return int(text)
    number = float(text)
    if not math.isfinite(number):
        return text
    return int(number) if number.is_integer() else Decimal(repr(number))


def _space(root: etree._Element) -> str:
    return root.tag.rpartition("}")[0] + "}"


def _day(number: Number | str | None, day_zero: dt.date) -> dt.date | None:
    try:
        return day_zero + dt.timedelta(days=int(number)) if isinstance(number, int | Decimal) and number >= 1 else None
    except OverflowError:
        return None


def _text(item: etree._Element, space: str) -> str:
    runs = (child for child in item if child.tag in (f"{space}t", f"{space}r"))
    parts = (run.text if run.tag == f"{space}t" else run.findtext(f"{space}t") for run in runs)
    return decoded("".join(part or "" for part in parts))


def custom(root: etree._Element) -> Mapping[str, str]:
    """The custom properties of a document by their names (part 1, 22.3)."""
    return {str(item.get("name")): "".join(str(text) for text in item.itertext()) for item in root}
