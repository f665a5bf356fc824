"""A workbook on disk as a `Book`: only the parts that are asked for are parsed (工作簿文件)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from xltools.workbook import cells
from xltools.workbook.archive import Damaged
from xltools.workbook.book import BLANK, DAY_ZERO, Cell, Page
from xltools.workbook.envelope import RULE, opened, refused, said
from xltools.workbook.formats import NONE, Formats, formats
from xltools.workbook.markup import BROKEN, parsed, space
from xltools.workbook.package import Relation
from xltools.workbook.view import Place

_LONGEST = 2**18
_BROKEN = "的内容已损坏，读不出来。请用 Excel 或 WPS 打开后重新保存"
_IDS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
"""Which relation leads to a sheet, transitional and strict."""
_ADDIN = "xlwings.conf"
"""A sheet of this name tells xlwings' add-in which Python to start, and with what."""


class _Sheet(NamedTuple):
    part: str
    hidden: bool


class FileBook:
    """A workbook on disk; raises `NotAWorkbook`. One that was ``submitted`` must be without active content."""

    def __init__(self, path: Path, *, submitted: bool = False) -> None:
        self.name = path.name
        self._rule = RULE if submitted else ""
        self._package = opened(path, submitted=submitted)
        with self._whole():
            self._main = self._package.related("", "officedocument") or ""
            data, relations = self._package.read(self._main), self._package.relations(self._main)
            self._sheets, day_zero = (_book if len(data) <= _LONGEST else _book.__wrapped__)(data, relations)
            self._context = self._refers(day_zero)
        if submitted and any(_ADDIN in sheet.casefold() for sheet in self._sheets):
            raise refused(f"文件“{self.name}”里有不允许的工作表“{_ADDIN}”。请删除后重新保存")

    @property
    def digest(self) -> str:
        """Of the bytes that were read."""
        return self._package.digest

    def sheets(self) -> Sequence[str]:
        return list(self._sheets)

    def hidden(self) -> Collection[str]:
        return {name for name, sheet in self._sheets.items() if sheet.hidden}

    def properties(self) -> Mapping[str, str]:
        with self._whole():
            part = self._package.related("", "customproperties")
            return cells.custom(self._package.read(part)) if part else {}

    def block(self, sheet: str, height: int, width: int) -> list[list[Cell]]:
        with self._whole(sheet):
            found, _ = cells.cells(self._package.read(self._sheets[sheet].part), self._context)
        rows = [[BLANK] * width for _ in range(height)]
        for (row, column), cell in found.items():
            if row < height and column < width:
                rows[row][column] = cell
        return rows

    def page(self, sheet: str) -> Page:
        with self._whole(sheet):
            part = self._sheets[sheet].part
            drawing = self._package.related(part, "drawing")
            drawn = self._drawn(drawing) if drawing else ()
            return Page(*cells.cells(self._package.read(part), self._context), drawn, self._context.day_zero)

    def _drawn(self, drawing: str) -> Sequence[tuple[Place, str]]:
        from xltools.workbook.drawn import words

        return tuple(words(self._package.xml(drawing)))

    def holds(self, sheet: str, column: int, first: int) -> bool:
        """Whether something may stand in a column from a row on; quicker than to read a large sheet."""
        from xltools.workbook.glance import may_hold

        with self._whole(sheet):
            packed = self._package.packed(self._sheets[sheet].part)
            return (may_hold if len(packed.data) <= _LONGEST else may_hold.__wrapped__)(packed, column, first)

    def _refers(self, day_zero: dt.date) -> cells.Context:
        strings = self._package.related(self._main, "sharedstrings")
        styles = self._package.related(self._main, "styles")
        return cells.Context(
            cells.strings(self._package.read(strings)) if strings else (),
            _formats(self._package.read(styles)) if styles else NONE,
            day_zero,
        )

    @contextmanager
    def _whole(self, sheet: str = "") -> Iterator[None]:
        try:
            yield
        except BROKEN as fault:
            where = f"文件“{self.name}”工作表“{sheet}”" if sheet else f"文件“{self.name}”"
            raise refused(where + said(fault, _BROKEN), self._rule) from None


@lru_cache(maxsize=16)
def _book(data: bytes, relations: Sequence[Relation]) -> tuple[Mapping[str, _Sheet], dt.date]:
    """The worksheets by their names, and the first day; most workbooks have the same."""
    root, by_id = parsed(data), {relation.id: relation for relation in relations}
    main = space(root, "workbook")
    found: dict[str, _Sheet] = {}
    for sheet in root.iterfind(f"{main}sheets/{main}sheet"):
        relation = by_id.get(next(filter(None, map(sheet.get, _IDS)), ""))
        if relation and relation.kind == "worksheet":
            name, hidden = str(sheet.get("name")), sheet.get("state", "visible") != "visible"
            if name.casefold() in map(str.casefold, found) or relation.target in (s.part for s in found.values()):
                raise Damaged(f"sheet {name} stands twice")
            found[name] = _Sheet(relation.target, hidden)
    about = root.find(f"{main}workbookPr")
    since_1904 = about is not None and about.get("date1904") in ("1", "true")
    return found, dt.date(1904, 1, 1) if since_1904 else DAY_ZERO


def _formats(data: bytes) -> Formats:
    return _remembered(data) if len(data) <= _LONGEST else formats(parsed(data))


@lru_cache(maxsize=4)
def _remembered(data: bytes) -> Formats:
    """The formats that a part says; most workbooks have the same."""
    return formats(parsed(data))
