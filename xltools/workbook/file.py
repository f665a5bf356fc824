"""A workbook on disk as a `Book`: only the parts that are asked for are inflated (工作簿文件)."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from xltools.errors import NotAWorkbook
from xltools.workbook import cells, scan
from xltools.workbook.book import Cell
from xltools.workbook.envelope import opened
from xltools.workbook.package import Damaged

_BROKEN = (
    Damaged, etree.LxmlError, zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError,
    ValueError, LookupError, AttributeError, struct.error,
)  # fmt: skip
"""What zipfile, lxml and our own reading raise for a file that is not what it should be."""
_BLANK = Cell()


class FileBook:
    """A workbook on disk; raises `NotAWorkbook`."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._package = opened(path)
        with self._whole():
            self._main = self._package.related("", "officeDocument") or "xl/workbook.xml"
            root = self._package.xml(self._main)
            space = root.tag.rpartition("}")[0] + "}"
            relations = self._package.relations(self._main)
            self._parts: dict[str, str] = {}
            for sheet in root.iterfind(f"{space}sheets/{space}sheet"):
                id = next((str(value) for key, value in sheet.items() if str(key).endswith("}id")), "")
                kind, target = relations.get(id, ("", ""))
                if kind == "worksheet":
                    self._parts[str(sheet.get("name"))] = target
            about = root.find(f"{space}workbookPr")
            since_1904 = about is not None and about.get("date1904") in ("1", "true")
            self._context = self._refers(dt.date(1904, 1, 1) if since_1904 else dt.date(1899, 12, 30))

    def sheets(self) -> Sequence[str]:
        return list(self._parts)

    def properties(self) -> Mapping[str, str]:
        with self._whole():
            part = self._package.related("", "custom-properties")
            return cells.custom(self._package.xml(part)) if part else {}

    def block(self, sheet: str, height: int, width: int) -> list[list[Cell]]:
        with self._whole():
            found = cells.cells(self._package.read(self._parts[sheet]), self._context, (height, width))
        rows = [[_BLANK] * width for _ in range(height)]
        for (row, column), cell in found.items():
            rows[row][column] = cell
        return rows

    def holds(self, sheet: str, column: int, first: int) -> bool:
        """Whether something may stand in a column from a row on; quicker than to read a large sheet."""
        with self._whole():
            return scan.may_hold(self._package.read(self._parts[sheet]), column, first)

    def _refers(self, day_zero: dt.date) -> cells.Context:
        strings = self._package.related(self._main, "sharedStrings")
        styles = self._package.related(self._main, "styles")
        return cells.Context(
            cells.strings(self._package.read(strings)) if strings else (),
            cells.dated(self._package.read(styles)) if styles else frozenset(),
            day_zero,
        )

    @contextmanager
    def _whole(self) -> Iterator[None]:
        try:
            yield
        except _BROKEN:
            said = f"文件“{self.name}”的内容已损坏，读不出来。请用 Excel 或 WPS 打开后重新保存。"
            raise NotAWorkbook(said) from None
