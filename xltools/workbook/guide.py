"""The sheet 填报说明: general advice, the 口径 of every heading and what the rules of 问题清单 look at (填报说明)."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from xltools.checks.rules import RULES
from xltools.editions.shared import GUIDE
from xltools.workbook.live import Live
from xltools.workbook.style import Style, page, protect


def write(sheet: Worksheet, live: Live, style: Style) -> None:
    """Write general advice, then the 口径 of every heading that has one, then the rules."""
    edition = live.layout.edition
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 1, 40)
    sheet.set_column(2, 2, 60)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, GUIDE, style.named("title"))
    row = 2
    for number, line in enumerate(edition.guide, start=1):
        sheet.write_number(row, 0, number, style.named("centre"))
        sheet.merge_range(row, 1, row, 2, line, style.named("cell"))
        sheet.set_row(row, 18 * -(-len(line) * 2 // 96) + 4)
        row += 1
    lines: list[tuple[str, str, str]] = []
    for section in edition.sections:
        noted = dict.fromkeys(
            (heading.label, heading.note)
            for table in section.tables
            for axis in (table.rows, table.columns)
            for top in axis
            for heading in top.walk()
            if heading.note
        )
        lines += [(section.sheet, label, note) for label, note in noted]
    row = _table(sheet, style, row + 1, ("工作表", "栏目", "口径"), lines)
    rules = [rule for rule in RULES if rule.editions is None or edition.id in rule.editions]
    listed = [(f"{rule.code} {rule.severity.chinese}", rule.source, rule.summary) for rule in rules]
    _table(sheet, style, row + 1, ("规则", "依据", "问题清单里的规则查什么"), listed)
    page(sheet, repeat=(0, 0))
    protect(sheet)


def _table(sheet: Worksheet, style: Style, row: int, head: Sequence[str], lines: Sequence[tuple[str, str, str]]) -> int:
    """Write a heading and lines of three columns; return the row after them."""
    for column, label in enumerate(head):
        sheet.write_string(row, column, label, style.named("heading"))
    for first, second, third in lines:
        row += 1
        sheet.write_string(row, 0, first, style.named("centre"))
        sheet.write_string(row, 1, second, style.named("cell"))
        sheet.write_string(row, 2, third, style.named("cell"))
        sheet.set_row(row, 18 * max(-(-len(second) * 2 // 38), -(-len(third) * 2 // 58)) + 4)
    return row + 1
