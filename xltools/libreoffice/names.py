"""Defined names (名称)."""

from __future__ import annotations

import numbers
from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from xltools.libreoffice import bridge
from xltools.libreoffice.addresses import quoted
from xltools.libreoffice.cells import Contents
from xltools.libreoffice.formulas import to_excel


class Names(base_classes.Names):
    """The names of a book, those of its sheets among them, or the names of one sheet alone."""

    def __init__(self, book: Any, sheet: Any = None) -> None:
        self._book = book
        self._sheet = sheet

    @property
    def api(self) -> Any:
        return (self._sheet or self._book).api.NamedRanges

    def __iter__(self) -> Iterator[Name]:
        if self._sheet is None:
            yield from (Name(self._book, None, name) for name in self.api.ElementNames)
        for sheet in [self._sheet] if self._sheet else self._book.sheets:
            yield from (Name(self._book, sheet, name) for name in sheet.api.NamedRanges.ElementNames)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, name_or_index: int | str) -> Name:
        if isinstance(name_or_index, numbers.Number):
            return list(self)[int(name_or_index) - 1]
        found = self.find(str(name_or_index))
        if found is None:
            raise KeyError(name_or_index)
        return found

    def find(self, key: str) -> Name | None:
        """A name, in small or capital letters; ``Sheet!name`` for one of a sheet."""
        return next((name for name in self if key.lower() in (name.name.lower(), name.local.lower())), None)

    def contains(self, name_or_index: int | str) -> bool:
        """Whether there is such a name."""
        return isinstance(name_or_index, str) and self.find(name_or_index) is not None

    def add(self, name: str, refers_to: str) -> Name:
        """Define a name."""
        defined = Name(self._book, self._sheet, name)
        if not self.api.hasByName(name):
            self.api.addNewByName(name, "0", bridge.struct("table.CellAddress"), 0)
        defined.refers_to = refers_to
        return defined


class Name(base_classes.Name):
    """One defined name, of the book or of one sheet."""

    def __init__(self, book: Any, sheet: Any | None, local: str) -> None:
        self._book = book
        self._sheet = sheet
        self.local = local

    @property
    def _home(self) -> Any:
        return (self._sheet or self._book).api.NamedRanges

    @property
    def api(self) -> Any:
        return self._home.getByName(self.local)

    @property
    def name(self) -> str:
        return f"{quoted(self._sheet.name)}!{self.local}" if self._sheet else self.local

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value)
        self.local = value

    @property
    def refers_to(self) -> str:
        return to_excel(f"={self.api.Content}")

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self._book.contents.define(self.api, value)

    @property
    def refers_to_box(self) -> tuple[str, int, int, int, int] | None:
        """The sheet and the rectangle, as `Range.coords` has them."""
        cells = self.api.getReferredCells()
        if cells is None:
            return None
        return (cells.Spreadsheet.Name, *Contents.address_box(cells.RangeAddress))

    @property
    def refers_to_range(self) -> Any:
        place = self.refers_to_box
        if place is None:
            raise ValueError(f"{self.name} is no range")
        return self._book.sheets(place[0]).range(place[1:])

    def delete(self) -> None:
        """Take the name away."""
        self._home.removeByName(self.local)
