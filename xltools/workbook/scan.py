"""Sheets as spreadsheet programs write them, taken apart by expressions instead of elements (快速读取).

An element of lxml costs more than all else that is done with a cell. The expressions match what Excel, WPS,
LibreOffice and XlsxWriter write, byte for byte up to the last; lxml reads what stands around. Whatever is
written otherwise is not taken apart here, but by `xltools.workbook.cells`, element by element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from xltools.workbook.layout import a1
from xltools.workbook.package import Damaged, parsed

Place = tuple[int, int]
Raw = tuple[Place, str, str, str | None, str]
"""A cell as written: where, style, type, formula if it has one, value."""

_DECLARED = re.compile(
    r"""(<\?xml version=["']1\.0["']( encoding=["'](UTF|utf)-8["'])?( standalone=["']yes["'])?\s*\?>)?\s*<[a-z]"""
)
_TEXT = "([^<>&]*+(?:&(?:amp|lt|gt|quot|apos);[^<>&]*+)*+)"
_AT = "[A-Z]{1,3}+[1-9][0-9]{0,6}+"
_BLANKS = f'(?:<c r="{_AT}"(?: s="[0-9]{{1,5}}+")?+ ?/>)*+'
_CELL = re.compile(
    f'<c r="({_AT})"(?: s="([0-9]{{1,5}}+)")?+(?: t="(n|s|str|b|e)")?+>'
    r'(?:<f(?: aca="(?:true|false)")?+(?: t="array")?+(?: ref="[A-Z0-9:]{2,21}+")?+>'
    rf"{_TEXT}</f>)?+(?:<v>{_TEXT}</v>|<v ?/>)?+</c>{_BLANKS}"
)
_ROW = '<row r="{}"(?: [a-zA-Z0-9:]+="[a-zA-Z0-9.: ]*")* ?'.format
_EMPTY_ROWS = rf"(?:{_ROW('[0-9]+')}(?:/>|>\s*{_BLANKS}</row>)\s*)*"
_BETWEEN = re.compile(rf"\s*(</row>)?\s*{_EMPTY_ROWS}{_ROW('([1-9][0-9]{0,6})')}>\s*{_BLANKS}")
_AFTER = re.compile(rf"\s*(?:</row>)?\s*{_EMPTY_ROWS}")
_STRING = re.compile(
    rf'<si>(?:<t(?: xml:space="preserve")?>{_TEXT}</t>|<t ?/>)(?:<phoneticPr(?: [a-zA-Z]+="[a-zA-Z0-9]*")*/>)?</si>'
)
_REFERENCE = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_ENTITY = re.compile("&(amp|lt|gt|quot|apos);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
_BEYOND = re.compile(b"\xef\xbf[\xbe\xbf]")
"""U+FFFE and U+FFFF, which no XML has."""
_LONGEST_SHELL, _LONGEST_GAP = 1 << 17, 1 << 12
"""Characters of what is remembered."""
_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SOUND = etree.XPath(
    "count(//*[local-name() = $name]) = 1 and count(//m:*[local-name() = $name and not(*)]) = 1"
    " and (/m:worksheet/m:sheetData or /m:sst[not(*)])",
    namespaces={"m": _SPACE},
)


class Unusual(Exception):
    """Something is written in another way."""


def cells(data: bytes) -> Iterator[Raw]:
    """Yield the cells of a sheet that hold something; raises `Unusual`."""
    head, start, rest = _text(data).partition("<sheetData>")
    rows, end, tail = rest.partition("</sheetData>")
    _require(bool(start and end) and _sound(f"{head}<sheetData/>{tail}", "sheetData"))
    cut = _CELL.split(rows)
    row = 0
    for gap, reference, style, kind, formula, value in zip(*(cut[i::6] for i in range(6)), strict=False):
        if gap:
            row = _row(gap, not row)
        if formula is not None or value:
            at = place(reference)
            if at[0] != row - 1:
                raise Unusual
            if formula is None and value and "&" not in value:
                yield at, style or "0", kind or "n", None, value
            else:
                yield at, style or "0", kind or "n", formula and plain(formula), plain(value or "")
    _require(_AFTER.fullmatch(cut[-1]) and ("</row>" in cut[-1] or not row))


def may_hold(data: bytes, column: int, first: int) -> bool:
    """Whether a sheet may hold something in a column from a row on; not only where it is written as usual."""
    letters = a1(0, column)[:-1].encode()
    filled = re.compile(b'<c r="' + letters + rb'([1-9][0-9]*)"[^>]*+(?<!/)>')
    return b'<c r="A1"' not in data or any(int(cell[1]) > first for cell in filled.finditer(data))


def strings(data: bytes) -> list[str]:
    """Return the shared strings; raises `Unusual`, also where some have runs."""
    text = _text(data)
    first, last = text.find("<si>"), text.rfind("</si>") + 5
    cut = _STRING.split(text[first:last])
    _require(first > 0 and not any(cut[::2]) and _sound(text[:first] + text[last:], "sst"))
    return [plain(text or "") for text in cut[1::2]]


def plain(text: str) -> str:
    """Text without entities."""
    return _ENTITY.sub(lambda m: _ENTITIES[m[1]], text) if "&" in text else text


@lru_cache(maxsize=1 << 15)
def place(reference: str) -> Place:
    """Where a cell stands, counted from 0; kept, as all workbooks have the same cells."""
    where = _REFERENCE.fullmatch(reference)
    if where is None:
        raise Damaged(f"cell {reference}")
    column = 0
    for letter in where[1]:
        column = column * 26 + ord(letter) - 64
    return int(where[2]) - 1, column - 1


def _require(usual: object) -> None:
    if not usual:
        raise Unusual


def _text(data: bytes) -> str:
    """A part as text, in which nothing is hidden in comments and every character may stand."""
    allowed = len(data.translate(None, _CONTROLS)) == len(data) and not _BEYOND.search(data)
    _require(allowed and b"<!" not in data and b"<?" not in data[2:])
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise Unusual from None
    _require(_DECLARED.match(text))
    return text


@lru_cache(maxsize=64)
def _sound(shell: str, name: str) -> bool:
    """Whether what stands around the cells is XML, and they stand where cells do; programs repeat themselves."""
    return len(shell) < _LONGEST_SHELL and bool(_SOUND(parsed(shell.encode()), name=name))


@lru_cache(maxsize=1 << 11)
def _row(gap: str, first: bool) -> int:
    """The number of the row that starts at the end of what stands between two cells."""
    between = _BETWEEN.fullmatch(gap) if len(gap) < _LONGEST_GAP else None
    if between is None or (between[1] is None) != first:
        raise Unusual
    return int(between[2])
