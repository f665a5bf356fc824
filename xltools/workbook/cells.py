"""The cells of a worksheet part: ECMA-376 part 1, 18.3.1 (单元格).

Only cells that hold something are looked at, and of their style only whether a number is shown as a
date.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from xltools.report import Number
from xltools.workbook.book import Cell
from xltools.workbook.layout import a1
from xltools.workbook.package import Damaged

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]{1,3})?|[+-]?\.[0-9]+([eE][+-]?[0-9]{1,3})?")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_DIGITS = 18
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""The built-in number formats that show dates or times, the Chinese ones included (18.8.30)."""
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Context:
    """What the cells of a workbook refer to: its shared strings, its date styles, its first day."""

    strings: Sequence[str]
    dated: frozenset[int]
    day_zero: dt.date


def cells(sheet: etree._Element, context: Context) -> dict[Place, Cell]:
    """Return what stands where, counted from 0; raises `Damaged`, `ValueError` or `IndexError` for broken XML."""
    space = sheet.tag.rpartition("}")[0] + "}"
    found: dict[Place, Cell] = {}
    shared: dict[str, tuple[str, Place]] = {}
    for place, cell in _placed(sheet, space):
        formula = cell.find(f"{space}f")
        value = cell.find(f"{space}v")
        if formula is None and value is None and cell.get("t") != "inlineStr":
            continue
        if place in found:
            raise Damaged(f"cell {place} stands twice")
        said = "" if formula is None else _formula(formula, place, shared)
        content, day = _content(cell, value, space, context)
        if said or content is not None:
            found[place] = Cell(content, said, day)
    return found


def strings(root: etree._Element) -> list[str]:
    """The shared strings (18.4): runs are joined, readings left out."""
    space = root.tag.rpartition("}")[0] + "}"
    return [_text(item, space) for item in root.iterfind(f"{space}si")]


def dated(root: etree._Element) -> frozenset[int]:
    """Which cell styles show numbers as dates or times (18.8)."""
    space = root.tag.rpartition("}")[0] + "}"
    own = {
        int(form.get("numFmtId", "0"))
        for form in root.iterfind(f"{space}numFmts/{space}numFmt")
        if re.search("[ymdhs年月日]", _LITERAL.sub("", form.get("formatCode", "")).lower())
    }
    styles = enumerate(root.iterfind(f"{space}cellXfs/{space}xf"))
    return frozenset(i for i, style in styles if int(style.get("numFmtId", "0")) in _DATES | own)


def decoded(text: str) -> str:
    """Undo the escapes of control characters once, and write every line end as ``\\n`` (22.9.2.19)."""
    plain = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def _placed(sheet: etree._Element, space: str) -> Iterator[tuple[Place, etree._Element]]:
    """Every cell with its place; a reference may be left out, then it follows the one before."""
    data = sheet.find(f"{space}sheetData")
    row = -1
    for line in () if data is None else data.iterfind(f"{space}row"):
        row = int(line.get("r", row + 2)) - 1
        column = -1
        for cell in line:
            reference = cell.get("r")
            if reference is None:
                column += 1
            else:
                where = _REFERENCE.fullmatch(reference)
                if where is None or int(where[2]) != row + 1:
                    raise Damaged(f"cell {reference} in row {row + 1}")
                column = _column(where[1])
            if len(cell):
                yield (row, column), cell


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _formula(formula: etree._Element, place: Place, shared: dict[str, tuple[str, Place]]) -> str:
    """A formula with its “=”; one that is shared is moved from where it is written out (18.3.1.40)."""
    text, group = formula.text or "", formula.get("si", "")
    if formula.get("t") == "shared":
        if text:
            shared[group] = text, place
        elif group in shared:
            from openpyxl.formula.translate import Translator

            text, origin = shared[group]
            text = Translator(f"={text}", a1(*origin)).translate_formula(a1(*place)).removeprefix("=")
    return f"={decoded(text)}"


def _content(
    cell: etree._Element, value: etree._Element | None, space: str, context: Context
) -> tuple[Number | str | None, dt.date | None]:
    """What a cell holds by its type (18.18.11), and the day as which a number is shown."""
    kind, text = cell.get("t", "n"), "" if value is None else value.text or ""
    if kind == "n" and text.strip():
        number = plain_number(text.strip())
        shown = int(cell.get("s", "0")) in context.dated
        return number, _day(number, context.day_zero) if shown else None
    if kind == "d":
        day = dt.datetime.fromisoformat(text).date()
        return (day - context.day_zero).days, day
    return _words(cell, kind, text, space, context) or None, None


def _words(cell: etree._Element, kind: str, text: str, space: str, context: Context) -> str:
    """A text, a truth value or an error."""
    if kind == "inlineStr":
        inline = cell.find(f"{space}is")
        return "" if inline is None else _text(inline, space)
    if kind == "s":
        index = int(text)
        if index < 0:
            raise Damaged(f"shared string {index}")
        return context.strings[index]
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(text, text)
    return decoded(text)


def plain_number(text: str) -> Number | str:
    """A stored number as it is; whatever is none, or is beyond all numbers, stays text."""
    if not _NUMBER.fullmatch(text):
        return text
    if text.lstrip("+-").isdigit() and len(text) <= _DIGITS:
        return int(text)
    number = float(text)
    if not math.isfinite(number):
        return text
    return int(number) if number.is_integer() else Decimal(repr(number))


def _day(number: Number | str, day_zero: dt.date) -> dt.date | None:
    try:
        return day_zero + dt.timedelta(days=int(number)) if not isinstance(number, str) and number >= 1 else None
    except OverflowError:
        return None


def _text(item: etree._Element, space: str) -> str:
    runs = (child for child in item if child.tag in (f"{space}t", f"{space}r"))
    parts = (run.text if run.tag == f"{space}t" else run.findtext(f"{space}t") for run in runs)
    return decoded("".join(part or "" for part in parts))


def custom(root: etree._Element) -> Mapping[str, str]:
    """The custom properties of a document by their names (part 1, 22.3)."""
    return {str(item.get("name")): "".join(str(text) for text in item.itertext()) for item in root}
