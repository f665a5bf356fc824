"""Where every heading and number lies on a printed table (表样), for sheet and page alike.

Coordinates count from 0 at the table's upper left corner. Stacked tables follow one another
under their bands; the last column of a narrower one takes the rest of the width.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from xltools.form import Heading, Ref, Section, Table


class Kind(StrEnum):
    """What a box is."""

    BAND = "band"
    CORNER = "corner"
    COLUMN = "column"
    ROW = "row"
    NUMBER = "number"


class Box(NamedTuple):
    """A rectangle of the printed table: a band, a corner, a heading or a number."""

    kind: Kind
    row: int
    column: int
    height: int
    width: int
    heading: Heading | None = None
    ref: Ref | None = None
    text: str = ""

    @property
    def upright(self) -> bool:
        """Whether the text runs downwards: the heading beside the tallest group of rows."""
        return self.kind is Kind.ROW and self.column == 0 and bool(self.heading and self.heading.children)


class Grid(NamedTuple):
    """A printed table; ``head`` and ``stub`` are how many rows stand above all numbers, and columns before them."""

    boxes: tuple[Box, ...]
    height: int
    width: int
    head: int
    stub: int


def depth(headings: tuple[Heading, ...]) -> int:
    """How many levels the headings have."""
    return max((1 + depth(heading.children) for heading in headings), default=0)


def grid(section: Section) -> Grid:
    """Lay out the one printed table of a section."""
    width = max(_stub(table) + len(table.column) for table in section.tables)
    boxes: list[Box] = []
    height = 0
    for table in section.tables:
        if table.band:
            boxes.append(Box(Kind.BAND, height, 0, 1, width, text=table.band))
            height += 1
        boxes += _boxes(table, height, width)
        height += depth(table.columns) + len(table.row)
    numbers = [box for box in boxes if box.kind is Kind.NUMBER]
    head, stub = min(box.row for box in numbers), min(box.column for box in numbers)
    return Grid(tuple(boxes), height, width, head, stub)


def _stub(table: Table) -> int:
    """How many grid columns the row headings take."""
    return depth(table.rows) if table.corner else 0


def _boxes(table: Table, start: int, width: int) -> Iterator[Box]:
    stub, levels = _stub(table), depth(table.columns)
    top = start + levels
    if stub:
        yield Box(Kind.CORNER, start, 0, levels, stub, text=table.corner)
    rest = width - stub - len(table.column)
    for heading, level, first, span in _walk(table.columns):
        drop = 1 if heading.children else levels - level
        last = first + span == len(table.column)
        yield Box(Kind.COLUMN, start + level, stub + first, drop, span + rest * last, heading, text=heading.label)
    if stub:
        for heading, level, first, span in _walk(table.rows):
            drop = 1 if heading.children else stub - level
            yield Box(Kind.ROW, top + first, level, span, drop, heading, text=heading.label)
    for i, row in enumerate(table.row):
        for j, column in enumerate(table.column):
            last = j + 1 == len(table.column)
            yield Box(Kind.NUMBER, top + i, stub + j, 1, 1 + rest * last, ref=Ref(table.id, row, column))


def _walk(headings: tuple[Heading, ...], level: int = 0, first: int = 0) -> Iterator[tuple[Heading, int, int, int]]:
    """Yield ``(heading, level, first leaf, leaves)`` for every heading of a tree."""
    for heading in headings:
        span = sum(1 for _ in heading.leaves())
        yield heading, level, first, span
        yield from _walk(heading.children, level + 1, first)
        first += span
