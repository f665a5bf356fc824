"""Sheets and names of the engine "memory"."""

from __future__ import annotations

import numbers
from collections.abc import Iterator
from typing import Any

import xlwings as xw
from openpyxl.workbook.defined_name import DefinedName
from xlwings import base_classes

from tests.support.memory_ranges import Note, Range
from xltools.libreoffice.addresses import Box, parse, quoted
from xltools.libreoffice.boxes import BoxSheet


class Sheets(base_classes.Sheets):
    def __init__(self, book: Any) -> None:
        self._book = book

    @property
    def api(self) -> Any:
        return self._book.formulas

    @property
    def active(self) -> Sheet:
        return Sheet(self._book, self._book.formulas.active.title)

    def __len__(self) -> int:
        return len(self._book.formulas.sheetnames)

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self._book, name) for name in self._book.formulas.sheetnames)

    def __contains__(self, key: object) -> bool:
        raise TypeError("on Windows this is always False in xlwings: ask book.sheet_names")

    def __call__(self, key: int | str) -> Sheet:
        names = self._book.formulas.sheetnames
        if isinstance(key, numbers.Number):
            return Sheet(self._book, names[int(key) - 1])
        found = next((name for name in names if name.lower() == str(key).lower()), None)
        if found is None:
            raise xw.NoSuchObjectError(f"Sheet {key!r} doesn't exist.")
        return Sheet(self._book, found)

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        place = after.index if after else (before or self.active).index - 1
        title = self._book.formulas.create_sheet(name, place).title
        self._book.values.create_sheet(title, place)
        sheet = Sheet(self._book, title)
        sheet.activate()
        return sheet


class Sheet(BoxSheet):
    def __init__(self, book: Any, title: str) -> None:
        self._book, self.title = book, title

    def at(self, box: Box) -> Range:
        return Range(self, box)

    def named(self, name: str) -> Range | None:
        found = Names(self._book, self).find(name) or Names(self._book).find(name)
        place: Range | None = found.refers_to_range if found else None
        return place

    @property
    def book(self) -> Any:
        return self._book

    @property
    def api(self) -> Any:
        return self._book.formulas[self.title]

    @property
    def values(self) -> Any:
        return self._book.values[self.title]

    @property
    def index(self) -> Any:
        return self._book.formulas.sheetnames.index(self.title) + 1

    @property
    def names(self) -> Any:
        return Names(self._book, self)

    @property
    def notes(self) -> Any:
        return [Note(cell) for cell in self.used_range if cell.api[0][0].comment]

    @property
    def name(self) -> str:
        return self.title

    @name.setter
    def name(self, value: str) -> None:
        self.api.title = self.values.title = value
        self.title = value

    @property
    def visible(self) -> bool:
        return bool(self.api.sheet_state == "visible")

    @visible.setter
    def visible(self, value: bool) -> None:
        self.api.sheet_state = "visible" if value else "hidden"

    @property
    def used_range(self) -> Range:
        box = parse(self.api.calculate_dimension())
        assert box
        return self.at(box)

    def activate(self) -> None:
        self._book.formulas.active = self.index - 1

    select = activate

    def clear_contents(self) -> None:
        self.used_range.clear_contents()

    def delete(self) -> None:
        del self._book.formulas[self.title], self._book.values[self.title]


class Names(base_classes.Names):
    def __init__(self, book: Any, sheet: Sheet | None = None) -> None:
        self._book, self._sheet = book, sheet

    @property
    def api(self) -> Any:
        return (self._sheet or self._book).api.defined_names

    def __iter__(self) -> Iterator[Name]:
        if self._sheet is None:
            yield from (Name(self._book, None, name) for name in self.api)
        for sheet in [self._sheet] if self._sheet else self._book.sheets:
            yield from (Name(self._book, sheet, name) for name in sheet.api.defined_names)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, key: int | str) -> Name:
        found = list(self)[int(key) - 1] if isinstance(key, numbers.Number) else self.find(str(key))
        if found is None:
            raise KeyError(key)
        return found

    def find(self, key: str) -> Name | None:
        return next((name for name in self if key.lower() in (name.name.lower(), name.local.lower())), None)

    def contains(self, key: int | str) -> bool:
        return self.find(str(key)) is not None

    def add(self, name: str, refers_to: str) -> Name:
        self.api[name] = DefinedName(name, attr_text=refers_to.removeprefix("="))
        return Name(self._book, self._sheet, name)


class Name(base_classes.Name):
    def __init__(self, book: Any, sheet: Sheet | None, local: str) -> None:
        self._book, self._sheet, self.local = book, sheet, local

    @property
    def api(self) -> Any:
        return (self._sheet or self._book).api.defined_names[self.local]

    @property
    def name(self) -> Any:
        return f"{quoted(self._sheet.name)}!{self.local}" if self._sheet else self.local

    @property
    def refers_to(self) -> str:
        return f"={self.api.attr_text}"

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.api.attr_text = value.removeprefix("=")

    @property
    def place(self) -> tuple[Any, ...] | None:
        places = [(sheet, parse(cells)) for sheet, cells in self.api.destinations]
        return (places[0][0], *places[0][1]) if len(places) == 1 and places[0][1] else None

    @property
    def refers_to_range(self) -> Any:
        if self.place is None:
            raise ValueError(f"{self.name} is no range")
        return self._book.sheets(self.place[0]).range(self.place[1:])

    def delete(self) -> None:
        del (self._sheet or self._book).api.defined_names[self.local]
