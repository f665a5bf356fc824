"""Where every entry and label sits in the workbook of an edition (版面).

Part of the interface: older workbooks stay readable, so a change here is a new `LAYOUT`.
Rows and columns count from 0 inside, as “D8” towards people.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from xltools.editions import get
from xltools.editions.shared import BALANCE, COVER, FINDINGS, GUIDE
from xltools.form import Edition, Equation, Place, Ref, Section
from xltools.grid import Grid, Kind, grid
from xltools.workbook import view

LAYOUT = 1
PARAGRAPHS = 200
FIRST_PARAGRAPH, TEXT_COLUMN = 3, 1
PARAGRAPH_HEAD = "正文（一行一段，空行不印）"
STATUS_ROW, HINT_ROW, STATE_ROW, ORIGIN = 1, 2, 3, 4
COVER_FIRST, COVER_LABEL, COVER_ENTRY, COVER_PROMPT = 5, 0, 1, 2
TALLY_FIRST = 4
COVER_SUMMARY, COVER_STATE = 3, 6
"""On 封面: the row that tells of the last validation, and the column of the steps' states."""
CELLS, BLANK, WRONG, FAILED, OVERWRITTEN = 3, 4, 5, 6, 7  # columns of 勾稽校验: what is left to do
LEFT, RIGHT, DIFFERENCE, STATE, INTACT = 3, 4, 5, 6, 7  # columns of 勾稽校验: the equations

IDENTITY = {"edition": "xltools.edition", "layout": "xltools.layout", "version": "xltools.version"}
"""Custom properties of the workbook; a locked cell of 封面 repeats the first two."""


class Area(NamedTuple):
    """A cell, or several merged into one."""

    sheet: str
    row: int
    column: int
    height: int = 1
    width: int = 1

    @property
    def a1(self) -> str:
        """The upper left cell: ``D8``."""
        return a1(self.row, self.column)

    @property
    def last(self) -> str:
        return a1(self.row + self.height - 1, self.column + self.width - 1)


@lru_cache(maxsize=1 << 12)
def a1(row: int, column: int) -> str:
    """``(7, 3)`` is ``D8``."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row + 1}"


class Layout:
    """The addresses of one edition's workbook."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    @cached_property
    def grids(self) -> Mapping[str, Grid]:
        """The printed table of each table sheet."""
        return {section.sheet: grid(section) for section in self.edition.sections if section.tables}

    @cached_property
    def numbers(self) -> Mapping[Ref, Area]:
        return {
            box.ref: Area(sheet, ORIGIN + box.row, box.column, box.height, box.width)
            for sheet, table in self.grids.items()
            for box in table.boxes
            if box.ref
        }

    @cached_property
    def spots(self) -> tuple[tuple[Ref, str, view.Place, bool], ...]:
        """Every number with its sheet and cell, and whether it is a total."""
        parts = self.edition.parts
        return tuple((ref, area.sheet, (area.row, area.column), ref in parts) for ref, area in self.numbers.items())

    @cached_property
    def fields(self) -> Mapping[str, Area]:
        """Where every `Field` is entered; a narrative part takes one row a paragraph."""
        places = {field.id: Area(COVER, COVER_FIRST + i, COVER_ENTRY) for i, field in enumerate(self.edition.cover)}
        for section in self.edition.sections:
            if section.tables:
                for kind, (_, entry) in self.below(section).items():
                    places[section.field(kind).id] = entry
            else:
                area = Area(section.sheet, FIRST_PARAGRAPH, TEXT_COLUMN, PARAGRAPHS)
                places[section.field("narrative").id] = area
        return places

    @cached_property
    def extents(self) -> Mapping[str, tuple[int, int]]:
        """How many rows and columns of each sheet hold labels or entries."""
        found: dict[str, tuple[int, int]] = {}
        for area in (*self.labels, *self.numbers.values(), *self.fields.values()):
            height, width = found.get(area.sheet, (0, 0))
            found[area.sheet] = max(height, area.row + area.height), max(width, area.column + area.width)
        return found

    def below(self, section: Section) -> dict[str, tuple[Area, Area]]:
        """The label and the entry of the fields under a printed table."""
        table = self.grids[section.sheet]
        stub = _columns(section.widths, 2400)
        row = ORIGIN + table.height + 1
        entry = _columns(section.widths[stub:], 1200)
        return {
            "zero_filled": (Area(section.sheet, row, 0, 1, stub), Area(section.sheet, row, stub, 1, entry)),
            "notes": (
                Area(section.sheet, row + 1, 0, 1, stub),
                Area(section.sheet, row + 1, stub, 1, table.width - stub),
            ),
        }

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        return (COVER, *(section.sheet for section in self.edition.sections), BALANCE, FINDINGS, GUIDE)

    @cached_property
    def identity(self) -> Area:
        """The locked cell of 封面 that names edition and layout."""
        return Area(COVER, COVER_FIRST + len(self.edition.cover) + 1, COVER_ENTRY)

    @cached_property
    def identity_text(self) -> str:
        return f"xltools {self.edition.id}/{LAYOUT}"

    @cached_property
    def labels(self) -> Mapping[Area, str]:
        """Every locked label that must stand unchanged for the values to be trusted."""
        labels = {Area(COVER, COVER_FIRST + i, COVER_LABEL): field.label for i, field in enumerate(self.edition.cover)}
        for section in self.edition.sections:
            labels[Area(section.sheet, 0, 0)] = section.label or section.sheet
            if not section.tables:
                labels[Area(section.sheet, FIRST_PARAGRAPH - 1, TEXT_COLUMN)] = PARAGRAPH_HEAD
            if section.tables:
                for kind, (label, _) in self.below(section).items():
                    labels[label] = section.field(kind).label
        for sheet, table in self.grids.items():
            for box in table.boxes:
                if box.kind is not Kind.NUMBER:
                    area = Area(sheet, ORIGIN + box.row, box.column, box.height, box.width)
                    labels[area] = box.text
        return labels

    @cached_property
    def tally_rows(self) -> Mapping[str, int]:
        """On 勾稽校验: the row that counts what is left to do on a sheet, and last that of all of them."""
        return {sheet: TALLY_FIRST + i for i, sheet in enumerate((COVER, *self.grids, BALANCE))}

    @cached_property
    def equation_rows(self) -> Mapping[Equation, int]:
        """On 勾稽校验: the row of every equation."""
        first = TALLY_FIRST + len(self.tally_rows) + 3
        return {equation: first + i for i, equation in enumerate(self.edition.equations)}

    def area(self, place: Place) -> Area:
        if isinstance(place, Ref):
            return self.numbers[place]
        sheet, stray, cell = place.id.partition("!")
        if stray:
            return Area(sheet, *view.place(cell))
        area = self.fields[place.id]
        if place.row is None:
            return area
        return Area(area.sheet, area.row + min(place.row, area.height - 1), area.column)


def layout(edition: Edition) -> Layout:
    """Return the layout of an edition."""
    return _layout(edition.id)


@cache
def _layout(edition_id: str) -> Layout:
    return Layout(get(edition_id))


def _columns(widths: tuple[int, ...], enough: int) -> int:
    """How many columns make up ``enough`` twips."""
    total = 0
    for count, width in enumerate(widths, start=1):
        total += width
        if total >= enough:
            return count
    return len(widths)
