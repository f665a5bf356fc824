"""Sheets of a LibreOffice workbook, as xlwings asks for them (工作表)."""

from __future__ import annotations

import numbers
from collections.abc import Iterator
from typing import Any

from xlwings import NoSuchObjectError, base_classes

from xltools.libreoffice import cells, refusals
from xltools.libreoffice.addresses import Box, quoted, span
from xltools.libreoffice.boxes import BoxSheet
from xltools.libreoffice.cells import Contents
from xltools.libreoffice.names import Names
from xltools.libreoffice.ranges import Note, Range


class Sheets(base_classes.Sheets):
    """The sheets of a book, hidden ones too."""

    def __init__(self, book: Any) -> None:
        self._book = book

    @property
    def api(self) -> Any:
        return self._book.api.Sheets

    @property
    def active(self) -> Sheet:
        return Sheet(self._book, self._book.api.CurrentController.ActiveSheet)

    def __len__(self) -> int:
        return int(self.api.Count)

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self._book, self.api.getByName(name)) for name in self.api.ElementNames)

    def __contains__(self, key: object) -> bool:
        raise TypeError("on Windows this is always False in xlwings: ask book.sheet_names")

    def __call__(self, name_or_index: int | str) -> Sheet:
        names = self.api.ElementNames
        if isinstance(name_or_index, numbers.Number):
            found = names[int(name_or_index) - 1] if 1 <= int(name_or_index) <= len(names) else None
        else:
            found = next((name for name in names if name.lower() == str(name_or_index).lower()), None)
        if found is None:
            raise NoSuchObjectError(f"Sheet {name_or_index!r} doesn't exist.")
        return Sheet(self._book, self.api.getByName(found))

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """A new sheet, before the active one unless told otherwise; it becomes the active one."""
        taken = {taken.lower() for taken in self.api.ElementNames}
        title = name or next(new for number in range(1, 10_000) if (new := f"Sheet{number}").lower() not in taken)
        place = after.index if after else (before or self.active).index - 1
        self.api.insertNewByName(title, place)
        sheet = self(title)
        sheet.select()
        return sheet


class Sheet(BoxSheet):
    """One sheet. It knows whether it is protected and then refuses what Excel refuses."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self._book = book
        self._sheet = sheet

    def at(self, box: Box) -> Range:
        """The range of a rectangle."""
        return Range(self, box)

    def named(self, name: str) -> Range | None:
        """The range of a defined name, the sheet's own first."""
        found = self.names.find(name) or Names(self._book).find(name)
        place: Range | None = found.refers_to_range if found else None
        return place

    @property
    def api(self) -> Any:
        return self._sheet

    @property
    def book(self) -> Any:
        return self._book

    @property
    def name(self) -> str:
        return str(self._sheet.Name)

    @name.setter
    def name(self, value: str) -> None:
        self._sheet.setName(value)

    @property
    def quoted(self) -> str:
        """The name as it stands in a formula."""
        return quoted(self.name)

    @property
    def index(self) -> int:
        return int(self._sheet.RangeAddress.Sheet) + 1

    @property
    def visible(self) -> bool:
        return bool(self._sheet.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self._sheet.IsVisible = bool(value)

    @property
    def names(self) -> Names:
        return Names(self._book, self)

    @property
    def notes(self) -> list[Note]:
        positions = [note.Position for note in self._sheet.Annotations]
        return [Note(self.at(Box(position.Row + 1, position.Column + 1))) for position in positions]

    @property
    def used_range(self) -> Range:
        """All cells with contents or formats, from the first to the last."""
        cursor = self._sheet.createCursor()
        cursor.gotoStartOfUsedArea(False)
        first = Contents.address_box(cursor.RangeAddress)
        cursor.gotoEndOfUsedArea(False)
        return self.at(span(first, Contents.address_box(cursor.RangeAddress)))

    def activate(self) -> None:
        """Show the sheet in the window."""
        self._book.api.CurrentController.setActiveSheet(self._sheet)

    def select(self) -> None:
        """Show the sheet in the window."""
        self.activate()

    def clear_contents(self) -> None:
        """Empty all cells; their formats stay."""
        self.used_range.clear_contents()

    def clear_formats(self) -> None:
        """Take all formats away; the contents stay."""
        self.used_range.clear_formats()

    def clear(self) -> None:
        """Take all contents, formats and notes away."""
        self.used_range.clear()

    def autofit(self, axis: str | None = None) -> None:
        """Make columns and rows as large as their contents."""
        if self._sheet.isProtected():
            raise refusals.protected(self.name, "整张表")
        area = cells.position(self._sheet, self.used_range.box)
        if axis not in ("rows", "r"):
            area.Columns.OptimalWidth = True
        if axis not in ("columns", "c"):
            area.Rows.OptimalHeight = True

    def delete(self) -> None:
        """Remove the sheet."""
        self._book.api.Sheets.removeByName(self.name)
