"""What stands on the sheets beside all entries, or is entered where nobody sees it (填写区以外)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from itertools import repeat
from operator import itemgetter

from xltools.editions import get
from xltools.editions.shared import COVER
from xltools.report import Stray, Way
from xltools.workbook.book import Book, Cell, Page
from xltools.workbook.envelope import refused
from xltools.workbook.layout import (
    COVER_ENTRY,
    COVER_FIRST,
    COVER_STATE,
    FIRST_PARAGRAPH,
    PARAGRAPHS,
    STATE_ROW,
    TEXT_COLUMN,
    Area,
    Layout,
    a1,
    layout,
)
from xltools.workbook.view import Box, Place, within

ROWS, COLUMNS = 2000, 100
"""No sheet of a report reaches so far."""
_NUMBERED, _NUMBER = [(row, 0) for row in range(FIRST_PARAGRAPH, FIRST_PARAGRAPH + PARAGRAPHS)], Cell(1)
"""Beside each paragraph stands its number."""
_VALUE = itemgetter(0)


def strays(book: Book, form: Layout, pages: Mapping[str, Page]) -> tuple[Stray, ...]:
    """Find what would be lost, or printed though nobody has seen it; raises `NotAWorkbook` for what is far off."""
    unseen, others = book.hidden(), [sheet for sheet in book.sheets() if sheet not in form.sheets]
    found = [Stray(Way.SHEET, sheet, "A1", sheet) for sheet in others if sheet not in unseen]
    for sheet, page in pages.items():
        outside = sorted(_outside(form, sheet, page))
        far = next((place for place in outside if place[0] >= ROWS or place[1] >= COLUMNS), None)
        if far:
            told = f"文件“{book.name}”工作表“{sheet}”的 {a1(*far)} 里有内容，离填写的格太远"
            raise refused(f"{told}。请删除后重新保存，或在未改动的工作簿中重新粘贴数值")
        found += (_stray(Way.OUTSIDE, sheet, page, place) for place in outside)
        found += (Stray(Way.OUTSIDE, sheet, a1(*place), words) for place, words in page.drawn)
        if sheet in unseen:
            found.append(Stray(Way.HIDDEN, sheet, "A1", sheet))
        elif page.view.hidden:
            entered = (place for place in page.cells if place in _entries(form.edition.id)[sheet])
            hidden = [place for place in entered if within(place, page.view.hidden)][:1]
            found += (_stray(Way.HIDDEN, sheet, page, place) for place in hidden)
        found += (_stray(Way.MERGED, sheet, page, box[:2]) for box in _merged(form, sheet, page))
    return tuple(found)


def _stray(way: Way, sheet: str, page: Page, place: Place) -> Stray:
    cell = page.at(*place)
    return Stray(way, sheet, a1(*place), cell.formula or str("" if cell.value is None else cell.value))


def _outside(form: Layout, sheet: str, page: Page) -> Iterator[Place]:
    """Where something stands that is neither an entry nor ours."""
    known = _known(form.edition.id)[sheet]
    prose = sheet not in form.grids and sheet != COVER
    for place in () if known.issuperset(page.cells) else page.cells.keys() - known:
        cell = page.cells[place]
        if prose and place[1] == TEXT_COLUMN and FIRST_PARAGRAPH <= place[0] < ROWS:
            continue
        if cell.formula or str(cell.value).strip():
            yield place
    if prose:
        values = [*map(_VALUE, map(page.cells.get, _NUMBERED, repeat(_NUMBER)))]
        if {*map(type, values)} != {int}:
            yield from [place for place, value in zip(_NUMBERED, values, strict=True) if type(value) is not int]


def _merged(form: Layout, sheet: str, page: Page) -> Iterator[Box]:
    """Merged cells that are not ours, and cover something that is entered or is to be."""
    for box in page.view.merged:
        if box not in _boxes(form.edition.id)[sheet]:
            covered = {place for place in page.cells if within(place, (box,))} - {box[:2]}
            inputs = sheet in form.grids and any(within(place, (box,)) for place in _entries(form.edition.id)[sheet])
            if covered or (inputs and box[:2] != box[2:]):
                yield box


@cache
def _known(edition: str) -> Mapping[str, frozenset[Place]]:
    """By sheet: where entries, labels and our own words and formulas stand."""
    form = layout(get(edition))
    known = {sheet: set(places) for sheet, places in _entries(edition).items()}
    for area in form.labels:
        known[area.sheet].add((area.row, area.column))
    for sheet, grid in form.grids.items():
        known[sheet] |= {(1, 0), (2, 0), *((STATE_ROW, column) for column in range(grid.width))}
    for section in form.edition.sections:
        if not section.tables:
            known[section.sheet].add((1, TEXT_COLUMN))
            known[section.sheet] |= {(FIRST_PARAGRAPH - 1 + number, 0) for number in range(PARAGRAPHS + 1)}
    rows, columns = range(form.identity.row + 1), {*range(COVER_STATE + 1)} - {COVER_ENTRY, COVER_ENTRY + 2}
    known[COVER] |= {(COVER_FIRST - 1, COVER_ENTRY), (form.identity.row, form.identity.column)}
    known[COVER] |= {(row, column) for row in rows for column in columns}
    return {sheet: frozenset(places) for sheet, places in known.items()}


@cache
def _entries(edition: str) -> Mapping[str, Collection[Place]]:
    """By sheet: the cells that are filled in, and those of the totals."""
    form = layout(get(edition))
    found: dict[str, set[Place]] = {sheet: set() for sheet in form.extents}
    for area in (*form.numbers.values(), *form.fields.values()):
        found[area.sheet] |= {(row, area.column) for row in range(area.row, area.row + area.height)}
    return {sheet: frozenset(places) for sheet, places in found.items()}


@cache
def _boxes(edition: str) -> Mapping[str, Collection[Box]]:
    """By sheet: what we merge ourselves."""
    form = layout(get(edition))
    found: dict[str, set[Box]] = {sheet: set() for sheet in form.extents}
    for area in (*form.labels, *form.numbers.values(), *form.fields.values()):
        found[area.sheet].add(_box(area))
    for sheet, grid in form.grids.items():
        found[sheet].add((STATE_ROW, 0, STATE_ROW, grid.stub - 1))
    return {sheet: frozenset(boxes) for sheet, boxes in found.items()}


def _box(area: Area) -> Box:
    return area.row, area.column, area.row + area.height - 1, area.column + area.width - 1
