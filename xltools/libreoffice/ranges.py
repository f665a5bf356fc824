"""Ranges and notes of a LibreOffice sheet, as xlwings asks for them (区域与批注)."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from xltools.libreoffice import cells, refusals
from xltools.libreoffice.addresses import Box
from xltools.libreoffice.boxes import BoxRange
from xltools.libreoffice.formats import is_uniform


class Range(BoxRange):
    """A rectangle of cells; strings that are written are entries, see `xltools.libreoffice.entries`."""

    _cells: Any = None

    @property
    def api(self) -> Any:
        """LibreOffice's own object."""
        if self._cells is None:
            self._cells = cells.position(self.sheet.api, self.box)
        return self._cells

    @property
    def _contents(self) -> cells.Contents:
        contents: cells.Contents = self.sheet.book.contents
        return contents

    def filled(self, box: Box) -> list[bool]:
        """Which cells of one row or column hold anything."""
        return [bool(text) for row in cells.position(self.sheet.api, box).getFormulaArray() for text in row]

    def _refuse_locked(self) -> None:
        if self.sheet.book.api.isReadonly():
            raise refusals.read_only(self.sheet.book.name)
        if self.sheet.api.isProtected() and self._contents.is_locked(self.api):
            raise refusals.locked(self.sheet.name, self.get_address(False, False, False))

    def _refuse_protected(self) -> None:
        if self.sheet.api.isProtected():
            raise refusals.protected(self.sheet.name, self.get_address(False, False, False))

    @property
    def raw_value(self) -> Any:
        rows = self._contents.read(self.api)
        return rows[0][0] if len(self) == 1 else tuple(map(tuple, rows))

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self._refuse_locked()
        if data is None or data == "":
            self.api.clearContents(cells.CONTENTS)
        elif not isinstance(data, list | tuple):
            self._contents.write(self.api, self.box, [[data] * self.box.width] * self.box.height, fill=True)
        else:
            self._contents.write(self.api, self.box, data if isinstance(data[0], list | tuple) else [data])

    @property
    def formula(self) -> Any:
        rows = self._contents.formulas(self.api)
        return rows[0][0] if len(self) == 1 else tuple(map(tuple, rows))

    @formula.setter
    def formula(self, value: Any) -> None:
        self.raw_value = value

    @property
    def formula2(self) -> Any:
        return self.formula

    @formula2.setter
    def formula2(self, value: Any) -> None:
        self.raw_value = value

    @property
    def has_array(self) -> bool:
        return bool(self.api.getArrayFormula())

    def clear_contents(self) -> None:
        """Empty the cells; their formats stay."""
        self._refuse_locked()
        self.api.clearContents(cells.CONTENTS)

    def clear_formats(self) -> None:
        """Take the formats away; the contents stay."""
        self._refuse_protected()
        self.api.clearContents(cells.FORMATTING)

    def clear(self) -> None:
        """Take contents, formats and notes away."""
        self._refuse_protected()
        self.api.clearContents(cells.EVERYTHING)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The fill, or nothing where there is none or the cells differ."""
        value = self.api.CellBackColor
        return None if value == -1 else (value >> 16 & 255, value >> 8 & 255, value & 255)

    @color.setter
    def color(self, value: Any) -> None:
        self._refuse_protected()
        self.api.CellBackColor = cells.color(value)

    @property
    def number_format(self) -> str | None:
        return self._contents.formats.code(self.api.NumberFormat) if is_uniform(self.api) else None

    @number_format.setter
    def number_format(self, value: str) -> None:
        self._refuse_protected()
        self.api.NumberFormat = self._contents.formats.key(value)

    @property
    def wrap_text(self) -> bool | None:
        return bool(self.api.IsTextWrapped) if is_uniform(self.api, "IsTextWrapped") else None

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._refuse_protected()
        self.api.IsTextWrapped = value

    @property
    def merge_area(self) -> Range:
        """The merged cells to which the first cell belongs, or that cell."""
        cursor = self.sheet.api.createCursorByRange(self(1).api)
        cursor.collapseToMergedArea()
        return Range(self.sheet, self._contents.address_box(cursor.RangeAddress))

    @property
    def merge_cells(self) -> bool:
        return len(self.merge_area) > 1

    def merge(self, across: bool = False) -> None:
        """Merge into one cell, or row by row."""
        self._refuse_protected()
        height = 1 if across else self.box.height
        for row in range(self.row, self.row + self.box.height, height):
            cells.position(self.sheet.api, Box(row, self.column, height, self.box.width)).merge(True)

    def unmerge(self) -> None:
        """Take merged cells apart."""
        self._refuse_protected()
        self.api.merge(False)

    def select(self) -> None:
        """Select the cells in the window, which shows their sheet."""
        self.sheet.select()
        self.sheet.book.api.CurrentController.select(self.api)

    @property
    def name(self) -> Any | None:
        return next((name for name in self.sheet.book.names if name.refers_to_box == self.coords), None)

    @name.setter
    def name(self, value: str) -> None:
        self.sheet.book.names.add(value, f"={self.sheet.quoted}!{self.address}")

    @property
    def note(self) -> Note | None:
        return Note(self) if self.api.getCellByPosition(0, 0).Annotation.String else None

    def add_note(self, text: str) -> Note:
        """Put a note on the first cell, which must have none."""
        self._refuse_protected()
        if self.note:
            raise ValueError(f"{self.address} has a note already")
        self.sheet.api.Annotations.insertNew(self.api.getCellByPosition(0, 0).CellAddress, text)
        return Note(self)


class Note(base_classes.Note):
    """The note on the first cell of a range."""

    def __init__(self, place: Range) -> None:
        self._place = place

    @property
    def api(self) -> Any:
        return self._place.api.getCellByPosition(0, 0).Annotation

    @property
    def text(self) -> str:
        return str(self.api.String)

    @text.setter
    def text(self, value: str) -> None:
        self._place._refuse_protected()
        self.api.setString(value)

    @property
    def author(self) -> str:
        return str(self.api.Author)

    @property
    def location(self) -> Range:
        return self._place(1)

    def delete(self) -> None:
        """Take the note away."""
        self._place._refuse_protected()
        notes = self._place.sheet.api.Annotations
        here = (self._place.row - 1, self._place.column - 1)
        for place in range(notes.Count):
            position = notes.getByIndex(place).Position
            if (position.Row, position.Column) == here:
                notes.removeByIndex(place)
                return
