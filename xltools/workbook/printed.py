"""A printed table on a sheet: its widths and heights, its labels, what stays in sight (表样上表)."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from xltools.form import Section
from xltools.grid import Box, Grid, Kind
from xltools.workbook.layout import ORIGIN, Area
from xltools.workbook.style import Style
from xltools.workbook.write import put

TWIPS_PER_CHARACTER = 80
"""A sheet is read on a screen: wider than the page, in the same proportions."""


def lay_out(
    sheet: Worksheet, section: Section, grid: Grid, style: Style, least: float = 0
) -> Iterator[tuple[Area, Box]]:
    """Write the labels, and yield every box with its place: those of numbers are the caller's to fill in.

    No column is narrower than ``least`` characters.
    """
    for column, width in enumerate(section.widths):
        sheet.set_column(column, column, max(width / TWIPS_PER_CHARACTER, least))
    for row in range(grid.height):
        sheet.set_row(ORIGIN + row, _height(grid, row, section.widths))
    sheet.freeze_panes(ORIGIN + grid.head if len(section.tables) == 1 else ORIGIN, grid.stub)
    for box in grid.boxes:
        area = Area(section.sheet, ORIGIN + box.row, box.column, box.height, box.width)
        if not box.ref:
            put(sheet, area, box.text, style.named(_format(box)))
        yield area, box


def _format(box: Box) -> str:
    if box.kind is Kind.ROW:
        grouped = box.heading is not None and bool(box.heading.children)
        return "upright" if box.upright else "heading" if grouped else "row"
    return {Kind.BAND: "band", Kind.CORNER: "corner"}.get(box.kind, "heading")


def _height(grid: Grid, row: int, widths: tuple[int, ...]) -> float:
    """Points that the longest label of a row needs."""
    labels = [box for box in grid.boxes if box.row == row and box.height == 1 and box.text]
    rooms = [sum(widths[box.column : box.column + box.width]) / TWIPS_PER_CHARACTER for box in labels]
    lines = [-(-len(box.text) * 2 // int(room - 1)) for box, room in zip(labels, rooms, strict=True)]
    return max(21, 15 * max(lines, default=1) + 3)
