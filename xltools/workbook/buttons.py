"""The buttons on the sheets of the macro workbook, and the macros behind them (工作表上的按钮)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from unicodedata import east_asian_width

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xltools.editions.shared import COVER, FINDINGS
from xltools.form import Section
from xltools.workbook.actions import ACTIONS, FILL_ZEROS, GENERATE, VALIDATE, Action
from xltools.workbook.cover import title as cover_title
from xltools.workbook.layout import Layout
from xltools.workbook.macros import BOOK, project, source
from xltools.workbook.printed import TWIPS_PER_CHARACTER

_GAP, _HEIGHT, _TOP = 8, 28, 4
_TITLE = 24
"""Pixels that a character of a sheet's title takes."""


def add(book: Workbook, sheets: Mapping[str, Worksheet], form: Layout) -> None:
    """Put buttons beside the titles of 封面, the tables and 问题清单, and the macros into the workbook."""
    codes = [f"Sheet{number}" for number in range(1, len(sheets) + 1)]
    book.add_vba_project(BytesIO(project({"Buttons": source("Buttons")}, codes)), is_stream=True)
    book.set_vba_name(BOOK)
    for sheet, code in zip(sheets.values(), codes, strict=True):
        sheet.set_vba_name(code)
    shown = {COVER: ACTIONS, **dict.fromkeys(form.grids, (VALIDATE, FILL_ZEROS, GENERATE))}
    frozen = {section.sheet: _pixels(section, form) + _GAP for section in form.edition.sections if section.tables}
    titles = {section.sheet: section.label for section in form.edition.sections}
    titles |= {COVER: cover_title(form.edition), FINDINGS: FINDINGS}
    for name, actions in {**shown, FINDINGS: (VALIDATE, GENERATE)}.items():
        _row(sheets[name], max(len(titles[name]) * _TITLE, frozen.get(name, 0)), actions)


def _pixels(section: Section, form: Layout) -> int:
    """How wide the columns left of the numbers are, which stay where they are when the sheet is scrolled."""
    stub = form.grids[section.sheet].stub
    return sum(int(7 * width / TWIPS_PER_CHARACTER) + 5 for width in section.widths[:stub])


def _row(sheet: Worksheet, left: int, actions: Sequence[Action]) -> None:
    """A row of buttons from ``left`` pixels on, in the first row, which is frozen."""
    for action in actions:
        width = 20 + sum(14 if east_asian_width(c) in "WF" else 8 for c in action.label)
        face = {"macro": action.macro, "caption": action.label, "width": width, "height": _HEIGHT}
        where = {"x_offset": left, "y_offset": _TOP, "description": f"{action.tip}{action.more}"}
        sheet.insert_button(0, 0, {**face, **where})
        left += width + _GAP
