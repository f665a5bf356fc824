"""Lists as values, and one way in which they are written on a sheet (清单与样式). Text never becomes a formula."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xltools.report import Number
from xltools.text import printable
from xltools.workbook.formulas import Formula, cached
from xltools.workbook.style import FONT, LINE, Style, page
from xltools.workbook.write import LONGEST, put_formula

HEAD, FIRST = 2, 3
"""Rows of a list: the title, what it is, the headings, then its lines."""

Kind = Literal["text", "long", "middle", "number", "percent", "date"]
Value = Number | float | str | dt.date | Formula | None

_KINDS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@", "align": "left"},
    "long": {"num_format": "@", "align": "left", "text_wrap": True},
    "middle": {"num_format": "@", "align": "center"},
    "number": {"num_format": "General", "align": "right"},
    "percent": {"num_format": "0.0%", "align": "right"},
    "date": {"num_format": 'yyyy"年"m"月"d"日"', "align": "center"},
}
_WORDS = {
    "green": {"font_color": "#00612E", "bg_color": "#D7F0DC"},
    "amber": {"font_color": "#7F5F00", "bg_color": "#FFEB9C"},
    "red": {"font_color": "#9C0006", "bg_color": "#FFC7CE"},
    "grey": {"font_color": "#595959", "bg_color": "#E7E6E6"},
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list; its width counts in half characters."""

    label: str
    width: int
    kind: Kind = "text"


class Rows(Protocol):
    """The lines of a list, which may be made as they are asked for."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Sequence[Value]]: ...


@dataclass(frozen=True, slots=True)
class Listing:
    """A sheet that is a list: ``note`` says in one sentence what it shows; ``lights`` colour words;
    one that is not ``ruled`` has no lines around what is empty.
    """

    sheet: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: Rows
    lights: tuple[tuple[str, str], ...] = ()
    ruled: bool = True


class Look:
    """The formats of one 汇总.xlsx."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.style = Style(book)
        self.kinds = {kind: self.make(border=1, valign="vcenter", **how) for kind, how in _KINDS.items()}

    def make(self, **properties: Any) -> Format:
        """A format in the house's font, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base = {"font_name": FONT, "font_size": 11, "border_color": LINE}
            self._made[key] = self._book.add_format({**base, **properties})
        return self._made[key]

    def light(self, colour: str) -> Format:
        """Only what a rule changes: with a border of its own, though empty, a cell would lose its lines."""
        return self._book.add_format(_WORDS[colour])


def clean(text: str) -> str:
    """Text as a cell can hold it: printable and not too long."""
    plain = printable(text)
    return plain if len(plain) <= LONGEST // 2 else plain[: LONGEST // 2] + "…"


def head(sheet: Worksheet, title: str, note: str, look: Look) -> None:
    """The first two rows of every sheet."""
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, clean(title), look.style.named("title"))
    sheet.write_string(1, 0, clean(note), look.style.named("hint"))


def put(sheet: Worksheet, row: int, column: int, value: Number | str | Formula | None, form: Format) -> None:
    """Write one value as what it is."""
    if value is None:
        sheet.write_blank(row, column, None, form)
    elif isinstance(value, str):
        sheet.write_string(row, column, clean(value), form)
    elif isinstance(value, Formula):
        put_formula(sheet, row, column, value, form)
    else:
        sheet.write_number(row, column, cached(value), form)


def write(sheet: Worksheet, listing: Listing, look: Look) -> None:
    """Write a list but for its lines, which `fill` puts in: frozen headings, a filter, A4 across."""
    head(sheet, listing.title, listing.note, look)
    sheet.set_row(FIRST - 1, 22)
    width, last = len(listing.columns), max(FIRST, FIRST + len(listing.rows) - 1)
    for j, column in enumerate(listing.columns):
        sheet.set_column(j, j, column.width)
        sheet.write_string(FIRST - 1, j, column.label, look.style.named("heading"))
        if listing.rows:
            sheet.write_blank(FIRST, j, None, look.kinds[column.kind])
    for word, colour in listing.lights:
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look.light(colour)}
        sheet.conditional_format(FIRST, 0, last, width - 1, rule)
    sheet.autofilter(FIRST - 1, 0, last, width - 1)
    sheet.freeze_panes(FIRST, 0)
    page(sheet, landscape=True, repeat=(FIRST - 1, FIRST - 1))


def height(texts: Iterable[tuple[Value, int]]) -> float:
    """Points that a line needs so that none of the texts, each in its width, is cut off.

    The programs do not agree on doing it by themselves.
    """
    return max([20.0, *(_height(text, width) for text, width in texts if isinstance(text, str))])


def _height(text: str, width: int) -> float:
    room = max(1, int(width * 0.92) - 1)  # a Chinese character is a little wider than two digits
    if 2 * len(text) <= room and "\n" not in text:
        return 21.5
    count = sum(-(-max(1, wide(line)) // room) for line in clean(text).split("\n"))
    return min(409, 15.5 * count + 6)


def wide(text: str) -> int:
    """The width of a text in half characters."""
    return len(text) + sum(map(len, _WIDE.findall(text)))


_WIDE = re.compile("[\u2e80-\U0010ffff“”‘’…—·]+")
