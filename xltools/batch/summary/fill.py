"""The lines of the lists, put into the finished workbook (清单各行).

XlsxWriter makes all the rest, and blank cells in the first line of each list, which tell the formats.
It would take ten times as long for the lines, and keep all of them.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from html import escape
from io import BytesIO
from itertools import islice
from operator import getitem

from xltools.batch.summary.book import FIRST, Listing, Value, clean, height
from xltools.outputs.zipped import Zip
from xltools.workbook.formulas import Formula, cached

_STRINGS = "xl/sharedStrings.xml"
_BLANK = re.compile(rb'<c r="([A-Z]+)\d+" s="(\d+)"/>')
_EXTENT = re.compile(rb'(<dimension ref="A1:[A-Z]+)\d+')
_COUNTS = re.compile(rb'count="(\d+)" uniqueCount="(\d+)"')
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What a spreadsheet would take for the number of a character."""
_DAY_ZERO = dt.date(1899, 12, 30)
_ROW = b"\0"
"""Stands for the number of the row."""
_AT_ONCE = 1000


def fill(book: bytes, lists: Mapping[str, Listing]) -> bytes:
    """Put the lines of each list into the part of that name."""
    with zipfile.ZipFile(BytesIO(book)) as old:
        made = {name: old.read(name) for name in old.namelist()}
    strings = _Strings(made.pop(_STRINGS))
    parts = {name: _part(xml, lists.get(name), strings) for name, xml in made.items()}
    return Zip().with_parts({**parts, _STRINGS: strings.part()}, quick=True).file()


class _Strings(dict[str, int]):
    """The texts of the workbook, each kept once; its index is that of the cell's text."""

    def __init__(self, part: bytes) -> None:
        super().__init__()
        self._part, counts = part, _COUNTS.search(part)
        self.used, self._first = map(int, counts.groups()) if counts else (0, 0)

    def __missing__(self, text: str) -> int:
        index = self[text] = self._first + len(self)
        return index

    def part(self) -> Iterator[bytes]:
        """The part that they are in, with those that XlsxWriter has put there."""
        ours = "".join(f'<si><t xml:space="preserve">{_escaped(clean(text))}</t></si>' for text in self)
        counts = f'count="{self.used}" uniqueCount="{self._first + len(self)}"'
        yield _COUNTS.sub(counts.encode(), self._part, 1).replace(b"</sst>", ours.encode() + b"</sst>")


def _part(xml: bytes, listing: Listing | None, strings: _Strings) -> Iterator[bytes]:
    if not listing or not listing.rows:
        yield xml
        return
    before, rest = xml.split(b'<row r="%d"' % (FIRST + 1))
    blanks, after = rest.split(b"</sheetData>")
    cells = _BLANK.findall(blanks)
    columns = [_Column(letters.decode(), style.decode(), listing.ruled, strings) for letters, style in cells]
    lines = _lines(listing, columns)
    yield _EXTENT.sub(rb"\g<1>%d" % (FIRST + len(listing.rows)), before, 1)
    while piece := b"".join(islice(lines, _AT_ONCE)):
        strings.used += piece.count(b' t="s"')
        yield piece
    yield b"</sheetData>" + after


def _lines(listing: Listing, columns: list[_Column]) -> Iterator[bytes]:
    tall = [(place, column.width) for place, column in enumerate(listing.columns) if column.kind == "long"]
    start = b'<row r="%b">' % _ROW
    for number, line in enumerate(listing.rows, start=FIRST + 1):
        if tall:
            high = height((line[place], width) for place, width in tall)
            start = b'<row r="%b" ht="%g" customHeight="1">' % (_ROW, high)
        yield b"".join((start, *map(getitem, columns, line), b"</row>")).replace(_ROW, b"%d" % number)


class _Column(dict[Value, bytes]):
    """The cells of a column by what they hold: most of it comes again and again."""

    def __init__(self, letters: str, style: str, ruled: bool, strings: _Strings) -> None:
        super().__init__()
        self._start = f'<c r="{letters}{_ROW.decode()}" s="{style}"'
        self._blank = f"{self._start}/>" if ruled else ""
        self._strings = strings

    def __missing__(self, value: Value) -> bytes:
        blank = value is None or value == ""
        cell = self[value] = (self._blank if blank else f"{self._start}{self._content(value)}</c>").encode()
        return cell

    def _content(self, value: Value) -> str:
        if isinstance(value, str):
            return f' t="s"><v>{self._strings[value]}</v>'
        if isinstance(value, Formula):
            result = cached(value.value)
            kind = ' t="str"' if isinstance(result, str) else ""
            return f"{kind}><f>{_escaped(value.text.removeprefix('='))}</f><v>{_escaped(str(result))}</v>"
        if isinstance(value, dt.date):
            return f"><v>{(value - _DAY_ZERO).days}</v>"
        return f"><v>{float(value)!r}</v>" if isinstance(value, Decimal) else f"><v>{value!r}</v>"


def _escaped(text: str) -> str:
    return escape(_ESCAPED.sub("_x005F_", text), quote=False)
