"""The lines of the lists, put into the finished workbook (清单各行).

XlsxWriter makes all the rest, and blank cells in the first line of each list, which tell the formats.
It would take ten times as long for the lines, and keep all of them.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from html import escape
from io import BytesIO
from itertools import count, islice, repeat

from xltools.batch.summary.book import FIRST, Listing, Rows, Value, clean, height
from xltools.batch.summary.detail import Lines
from xltools.outputs.zipped import Zip
from xltools.workbook.formulas import Formula, cached

_STRINGS = "xl/sharedStrings.xml"
_BLANK = re.compile(rb'<c r="([A-Z]+)\d+" s="(\d+)"/>')
_EXTENT = re.compile(rb'(<dimension ref="A1:[A-Z]+)\d+')
_COUNTS = re.compile(rb'count="\d+" uniqueCount="(\d+)"')
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What a spreadsheet would take for the number of a character."""
_DAY_ZERO = dt.date(1899, 12, 30)
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
        self._first = int(counts[1]) if counts else 0

    def __missing__(self, text: str) -> int:
        index = self[text] = self._first + len(self)
        return index

    def part(self) -> Iterator[bytes]:
        """The part that they are in, with those that XlsxWriter has put there."""
        ours = "".join(f'<si><t xml:space="preserve">{_escaped(clean(text))}</t></si>' for text in self)
        count = b'uniqueCount="%d"' % (self._first + len(self))
        yield _COUNTS.sub(count, self._part, 1).replace(b"</sst>", ours.encode() + b"</sst>")


def _part(xml: bytes, listing: Listing | None, strings: _Strings) -> Iterator[bytes]:
    if not listing or not listing.rows:
        yield xml
        return
    before, rest = xml.split(b'<row r="%d"' % (FIRST + 1))
    blanks, after = rest.split(b"</sheetData>")
    letters, styles = zip(*((letter.decode(), style.decode()) for letter, style in _BLANK.findall(blanks)), strict=True)
    ends = [*(f'<c r="{letter}' for letter in letters[1:]), "</row>"]
    columns = [_Column(style, end, listing.ruled, strings) for style, end in zip(styles, ends, strict=True)]
    yield _EXTENT.sub(rb"\g<1>%d" % (FIRST + len(listing.rows)), before, 1)
    yield from _lines(listing, columns)
    yield b"</sheetData>" + after


def _lines(listing: Listing, columns: list[_Column]) -> Iterator[bytes]:
    tall = [(place, column.width) for place, column in enumerate(listing.columns) if column.kind == "long"]
    numbers, plain = map(b"%d".__mod__, count(FIRST + 1)), repeat(b'"><c r="A')
    for block in _blocks(listing.rows):
        cells = [column.cells(values) for column, values in zip(columns, block, strict=True)]
        starts = _starts([(block[place], width) for place, width in tall]) if tall else plain
        lines = zip(zip(repeat(b'<row r="'), starts, *cells), numbers)  # noqa: B905  # numbers last: none may be lost
        yield b"".join([number.join(line) for line, number in lines])


def _blocks(rows: Rows) -> Iterator[Sequence[Iterable[Value]]]:
    """The lines by columns, some at a time."""
    if isinstance(rows, Lines):
        yield from rows.blocks()
        return
    lines = iter(rows)
    while some := list(islice(lines, _AT_ONCE)):
        yield list(zip(*some, strict=True))


def _starts(tall: Sequence[tuple[Iterable[Value], int]]) -> Iterator[bytes]:
    """What stands before the first cell of each line that needs a height of its own."""
    widths = [width for _, width in tall]
    for texts in zip(*(texts for texts, _ in tall), strict=True):
        yield b'" ht="%g" customHeight="1"><c r="A' % height(zip(texts, widths, strict=True))


class _Column(dict[Value, bytes]):
    """The cells of a column by what they hold: most of it comes again and again.

    A cell goes from behind the number of its row to where that stands the next time.
    """

    def __init__(self, style: str, end: str, ruled: bool, strings: _Strings) -> None:
        super().__init__()
        self._style, self._end, self._strings = f'" s="{style}"', end, strings
        self._blank = f"{self._style}/>" if ruled else '"/>'

    def cells(self, values: Iterable[Value]) -> Iterator[bytes]:
        """The cells of some lines; where all hold the same, without end."""
        return repeat(self[next(values)]) if isinstance(values, repeat) else map(self.__getitem__, values)

    def __missing__(self, value: Value) -> bytes:
        blank = value is None or value == ""
        cell = self._blank if blank else f"{self._style}{self._content(value)}</c>"
        written = self[value] = (cell + self._end).encode()
        return written

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
