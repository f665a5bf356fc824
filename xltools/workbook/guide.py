"""The sheet 填报说明: general advice and the 口径 of every heading (填报说明)."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from xltools.editions.shared import GUIDE
from xltools.workbook.live import Live
from xltools.workbook.style import Style, page, protect


def write(sheet: Worksheet, live: Live, style: Style) -> None:
    """Write general advice, then the 口径 of every heading that has one."""
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
    row += 1
    for column, label in enumerate(("工作表", "栏目", "口径")):
        sheet.write_string(row, column, label, style.named("heading"))
    for section in edition.sections:
        noted = dict.fromkeys(
            (heading.label, heading.note)
            for table in section.tables
            for axis in (table.rows, table.columns)
            for top in axis
            for heading in top.walk()
            if heading.note
        )
        for label, note in noted:
            row += 1
            sheet.write_string(row, 0, section.sheet, style.named("centre"))
            sheet.write_string(row, 1, label, style.named("cell"))
            sheet.write_string(row, 2, note, style.named("cell"))
            sheet.set_row(row, 18 * max(-(-len(label) * 2 // 38), -(-len(note) * 2 // 58)) + 4)
    page(sheet, repeat=(0, 0))
    protect(sheet)
