"""The sheets of 表二, 表三 and 表四: the printed table with guarded inputs and live checks (表页)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xlsxwriter.worksheet import Worksheet

from xltools.editions.shared import BALANCE
from xltools.form import Heading, Ref, Section
from xltools.grid import Grid
from xltools.workbook import listing, todo
from xltools.workbook.formulas import cached, ranges
from xltools.workbook.layout import HINT_ROW, ORIGIN, STATE_ROW, STATUS_ROW, Area
from xltools.workbook.live import Live, not_accepted
from xltools.workbook.printed import lay_out
from xltools.workbook.style import Style, guard, page, prompt, protect
from xltools.workbook.write import put, put_formula


def write(sheet: Worksheet, section: Section, live: Live, style: Style) -> None:
    """Write one table sheet, filled in with the report's entries."""
    grid = live.layout.grids[section.sheet]
    _head(sheet, section, grid, live, style)
    for area, box in lay_out(sheet, section, grid, style):
        if box.ref:
            _number(sheet, area, box.ref, live, style)
        if box.heading and box.heading.note:
            sheet.write_comment(area.row, area.column, box.heading.note, {"author": "", "x_scale": 1.6})
    _guards(sheet, section, live, style)
    _below(sheet, section, live, style)
    page(sheet, landscape=grid.width > 10, one_page=True, repeat=(0, ORIGIN + grid.head - 1))
    protect(sheet)


def _head(sheet: Worksheet, section: Section, grid: Grid, live: Live, style: Style) -> None:
    sheet.set_row(0, 28)
    sheet.set_row(STATE_ROW, 20)
    sheet.write_string(0, 0, section.label, style.named("title"))
    style.status(sheet, STATUS_ROW, todo.status(live, section.sheet))
    units = {column.name: column.unit for table in section.tables for column in table.column.values()}
    common = next(iter(units.values()))
    others = "".join(f"；{name}：{unit}" for name, unit in units.items() if unit != common)
    sheet.write_string(HINT_ROW, 0, f"单位：{common}{others}。只填浅黄色的格。", style.named("hint"))
    if grid.stub:
        put(sheet, Area(section.sheet, STATE_ROW, 0, 1, grid.stub), "各列校验", style.named("state"))
    for column in range(grid.stub, grid.width):
        sheet.write_url(STATE_ROW, column, f"internal:'{BALANCE}'!A1", style.named("state"), "", "看勾稽校验")
        put_formula(sheet, STATE_ROW, column, live.column_state(section, column), style.named("state"))
    style.states(sheet, STATE_ROW, grid.stub, STATE_ROW, grid.width - 1)


def _number(sheet: Worksheet, area: Area, ref: Ref, live: Live, style: Style) -> None:
    report = live.report
    if ref in report.edition.parts:
        put_formula(sheet, area.row, area.column, live.total(ref), style.named("total"))
        return
    form = style.entry(report.edition.column(ref))
    if ref in report.texts:
        put(sheet, area, report.texts[ref], form)
    elif ref in report.numbers:
        put(sheet, area, cached(report.numbers[ref]), form)
    else:
        put(sheet, area, None, form)


def _guards(sheet: Worksheet, section: Section, live: Live, style: Style) -> None:
    """Refuse wrong input while it is typed; colour what came in by pasting."""
    numbers, edition = live.layout.numbers, live.layout.edition
    for refs in (section.inputs, section.totals):
        listing.colour(sheet, section.sheet, live.ranges(refs, section.sheet), style)
    kinds: dict[str, tuple[Heading, list[Area]]] = {}
    for ref in section.inputs:
        column = edition.column(ref)
        kinds.setdefault(prompt(column), (column, []))[1].append(numbers[ref])
    for column, areas in kinds.values():
        cells = ranges(areas, section.sheet)
        sheet.data_validation(cells[0], {**guard(column), "other_cells": [_corners(r) for r in cells[1:]]})
        _mark(sheet, cells, f"=IF(ISNUMBER({{0}}),{not_accepted(column)}>0,NOT(ISBLANK({{0}})))", style)
    _mark(sheet, live.ranges(section.totals, section.sheet), "=NOT(IFERROR(_xlfn.ISFORMULA({0}),TRUE))", style)


def _mark(sheet: Worksheet, cells: Iterable[str], rule: str, style: Style) -> None:
    """One rule a range: programs differ on what a rule over several is relative to."""
    for area in cells:
        criteria = rule.format(area.partition(":")[0])
        sheet.conditional_format(area, {"type": "formula", "criteria": criteria, "format": style.alarm})


def _below(sheet: Worksheet, section: Section, live: Live, style: Style) -> None:
    for kind, (label, entry) in live.layout.below(section).items():
        field = section.field(kind)
        put(sheet, label, field.label, style.named("label"))
        sheet.set_row(label.row, 66 if kind == "notes" else 22)
        value = live.report.entry(field.id)
        put(sheet, entry, value or None, style.named("choice" if field.choices else "text"))
        guard_: dict[str, Any] = {"input_title": field.label, "input_message": field.prompt}
        if field.choices:
            guard_ |= {"validate": "list", "source": list(field.choices), "ignore_blank": False}
            guard_ |= {"error_title": "请从下拉框中选", "error_message": f"只能选{'或'.join(field.choices)}。"}
        else:
            guard_ |= {"validate": "any"}
        sheet.data_validation(entry.row, entry.column, entry.row, entry.column, guard_)


def _corners(cells: str) -> list[int]:
    from xlsxwriter.utility import xl_cell_to_rowcol

    first, _, last = cells.partition(":")
    return [*xl_cell_to_rowcol(first), *xl_cell_to_rowcol(last or first)]
