"""Sheets as spreadsheet programs write them, taken apart by expressions instead of elements (快速读取).

An element of lxml costs more than all else that is done with a cell. The expressions match what Excel, WPS,
LibreOffice and XlsxWriter write, byte for byte up to the last; lxml reads what stands around. Whatever is
written otherwise is not taken apart here, but by `xltools.workbook.cells`, element by element.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from xltools.workbook import elements, view
from xltools.workbook.archive import Damaged
from xltools.workbook.plainly import LONGEST, LONGEST_SHELL, NO_XML, TEXT, Unusual, as_text, plain, require, sound
from xltools.workbook.view import Box, Place, View

Raw = tuple[Place, str, str, str | None, str]
"""A cell as written: where, style, type, formula if it has one, value."""

_AT = "[A-Z]{1,3}+[1-9][0-9]{0,6}+"
_STYLE = '(?: s="{}")?'.format
_INDEX = "(?:0|[1-9][0-9]{0,4}+)"
_BLANKS = f'(?:<c r="{_AT}"{_STYLE(_INDEX)} ?/>)*'
_CELL = re.compile(
    f'({_BLANKS})<c r="({_AT})"{_STYLE(f"({_INDEX})")}(?: t="(n|s|str|b|e)")?>'
    r'(?:<f(?: aca="(?:true|false)")?(?: t="array")?(?: ref="[A-Z0-9:]{2,21}+")?>'
    rf"{TEXT}</f>)?(?:<v>{TEXT}</v>|<v ?/>)?"
)
_OF_ROW = (
    'spans="[0-9: ]++"', 's="[0-9]{1,5}+"', '(?:ht|x14ac:dyDescent)="[0-9]++(?:[.][0-9]++)?"', 'outlineLevel="[0-7]"',
    '(?:customFormat|hidden|customHeight|collapsed|thickTop|thickBot|ph)="(?:true|false|0|1)"',
)  # fmt: skip
_ROW = f'<row r="[1-9][0-9]{{0,6}}"(?: (?:{"|".join(_OF_ROW)}))* ?+'
_EMPTY_ROWS = re.compile(rf"\s*+(?:{_ROW}/>\s*+)*")
_HEAD, _END = re.compile(rf"{_EMPTY_ROWS.pattern}{_ROW}>\s*+"), re.compile(rf"{_BLANKS}\s*+")
_TAG, _REFERENCE = re.compile('<row r="([0-9]+)"([^>]*)>'), re.compile('<c r="([A-Z0-9]+)"')
_NAME = re.compile(" ([^= ]+)=")
LONGEST_SHEET, _STRETCH, _LONGEST_LINE, _LONGEST_CELL = 1 << 16, 16, 1 << 13, 1 << 8
"""Bytes, rows and characters of what is remembered."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Some rows: the number of the first and of the last, which are hidden, and the cells as written.

    The same text is always the same object.
    """

    first: int
    last: int
    hidden: tuple[Box, ...]
    cells: tuple[Raw, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What a sheet says besides its cells, and its rows; the same bytes are the same object."""

    view: View
    lines: tuple[Line, ...]


def sheet(data: bytes) -> Sheet:
    """Take a sheet apart; raises `Unusual`, and `Damaged` for a wrong order."""
    return _remembered(data) if len(data) < LONGEST_SHEET else _sheet(data)


@lru_cache(maxsize=16)
def _remembered(data: bytes) -> Sheet:
    return _sheet(data)


def _sheet(data: bytes) -> Sheet:
    head, start, rest = as_text(data).partition("<sheetData>")
    rows, end, tail = rest.partition("</sheetData>")
    require(start and end)
    require(len(head) + len(tail) < LONGEST_SHELL)
    shell = _around(f"{head}<sheetData/>{tail}")
    require("xmlns:x14ac=" in head or "x14ac:" not in rows)
    if shell is None:
        raise Unusual
    *texts, after = rows.split("</row>")
    usual = max(map(len, texts), default=0) < _LONGEST_LINE
    lines: list[Line] = []
    for at in range(0, len(texts), _STRETCH):
        some = texts[at : at + _STRETCH]
        together = "</row>".join(some)
        if usual and ' t="' not in together:  # rows without words: still to be filled in, like many others
            lines.append(_stretch(together))
        else:
            lines += map(_line if usual else _line.__wrapped__, some)
    if after.strip():
        require(_EMPTY_ROWS.fullmatch(after))
        lines.append(Line(*_head(after), ()))
    return Sheet(View(shell.merged, (*shell.hidden, *_hidden(lines))), tuple(lines))


place = lru_cache(maxsize=1 << 15)(view.place)
"""Where a cell stands; kept, as all workbooks have the same cells."""


@lru_cache(maxsize=64)
def _around(shell: str) -> View | None:
    """What a sheet says around its cells, if they stand where cells do; programs repeat themselves."""
    root = sound(shell, "sheetData")
    return None if root is None else elements.around(root)


@lru_cache(maxsize=1 << 8)
def _stretch(text: str) -> Line:
    """Several rows as one."""
    lines = [*map(_line, text.split("</row>"))]
    hidden = tuple(_hidden(lines))
    return Line(lines[0].first, lines[-1].last, hidden, tuple(cell for line in lines for cell in line.cells))


def _hidden(lines: Iterable[Line]) -> list[Box]:
    """The hidden rows of all, which stand in their order; raises `Damaged` if they do not."""
    row = 0
    hidden: list[Box] = []
    for line in lines:
        if line.first <= row:
            raise Damaged(f"row {line.first} after {row}")
        row = line.last
        hidden += line.hidden
    return hidden


@lru_cache(maxsize=1 << 11)
def _line(text: str) -> Line:
    """Take the text of a row apart, up to its end; it may be one that all workbooks have alike."""
    start = text.find("<c ")
    tags, rest = (text[:start], text[start:]) if start >= 0 else (text, "")
    first, last, hidden = _opening(tags)
    *written, end = rest.split("</c>")
    cells: list[Raw] = []
    before = -1
    for piece in written:
        row, start, stop, cell = _cell(piece) if len(piece) < _LONGEST_CELL else _cell.__wrapped__(piece)
        if row != last - 1 or start <= before:
            raise Damaged(f"cells of row {row + 1} from column {start} on after {before}")
        before = stop
        if cell:
            cells.append(cell)
    if end:
        require(_END.fullmatch(end))
        _blanks(end, (last - 1, before))
    return Line(first, last, hidden, tuple(cells))


@lru_cache(maxsize=1 << 10)
def _opening(tags: str) -> tuple[int, int, tuple[Box, ...]]:
    """What stands before the cells of a row; rows without any may come first."""
    require(_HEAD.fullmatch(tags))
    return _head(tags)


def _head(tags: str) -> tuple[int, int, tuple[Box, ...]]:
    """The first and last of the rows that begin here, and which are hidden."""
    found = _TAG.findall(tags)
    require(all(len(names) == len(set(names)) for names in (_NAME.findall(said) for _, said in found)))
    numbers = [int(number) for number, _ in found]
    if any(a >= b for a, b in pairwise(numbers)):
        raise Damaged(f"rows {numbers}")
    hidden = (number - 1 for number, (_, said) in zip(numbers, found, strict=True) if view.is_hidden_row(said))
    return numbers[0], numbers[-1], view.whole_rows(hidden)


@lru_cache(maxsize=1 << 13)
def _cell(text: str) -> tuple[int, int, int, Raw | None]:
    """A cell up to its end, and the blank ones before it: their row, the first column and the last, what it holds."""
    tag, _, said = text.partition("<v>") if len(text) < _LONGEST_CELL else ("", "", "")
    if said[-4:] == "</v>" and said[:-4].isdecimal() and said.isascii():  # another number in a cell as in all workbooks
        row, start, stop, place, style, kind, formula, _ = _taken_apart(f"{tag}<v></v>")
        return row, start, stop, (place, style, kind, formula, said[:-4])
    apart = _taken_apart if len(text) < _LONGEST_CELL else _taken_apart.__wrapped__
    row, start, stop, place, style, kind, formula, value = apart(text)
    return row, start, stop, (place, style, kind, formula, value) if formula is not None or value else None


@lru_cache(maxsize=1 << 12)
def _taken_apart(text: str) -> tuple[int, int, int, Place, str, str, str | None, str]:
    """A cell and the blank ones before it, in the order of `_cell` and `Raw`."""
    found = _CELL.fullmatch(text) if len(text) < LONGEST else None
    if found is None or NO_XML.search(text):
        raise Unusual
    blanks, reference, style, kind, formula, value = found.groups()
    at = place(reference)
    start = place(_REFERENCE.findall(blanks)[0]) if blanks else at
    before = _blanks(blanks, (at[0], start[1] - 1))
    if before >= at:
        raise Damaged(f"cell {reference} after {before}")
    return at[0], start[1], at[1], at, style or "0", kind or "n", formula and plain(formula), plain(value or "")


def _blanks(blanks: str, before: Place) -> Place:
    """Where the last of some blank cells is, which stand in their order in the row of the cell before."""
    for reference in _REFERENCE.findall(blanks):
        at = place(reference)
        if at[0] != before[0] or at[1] <= before[1]:
            raise Damaged(f"cell {reference} after {before}")
        before = at
    return before
