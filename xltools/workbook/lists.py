"""The sheets 问题清单, where findings go, and 填报说明, where the 口径 stand."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from xltools.editions.shared import FINDINGS, GUIDE
from xltools.workbook.layout import FINDING_ROWS
from xltools.workbook.live import Live
from xltools.workbook.style import Style, page, protect

FINDING_COLUMNS = (
    ("序号", 6), ("级别", 7), ("规则", 7), ("工作表", 14), ("单元格", 9), ("填的内容", 14), ("问题", 60),
    ("怎么改", 44), ("情况说明", 36),
)  # fmt: skip
FIRST_FINDING = 3


def write_findings(sheet: Worksheet, style: Style) -> None:
    """Write the empty list; its rows are unlocked, so that findings and answers can be entered."""
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, FINDINGS, style.named("title"))
    says = "校验发现的问题可以记在这里。错误必须改；提醒核对后确实无误的，在“情况说明”栏写明原因。"
    sheet.write_string(1, 0, says, style.named("hint"))
    for column, (label, width) in enumerate(FINDING_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(FIRST_FINDING - 1, column, label, style.named("heading"))
    for row in range(FIRST_FINDING, FIRST_FINDING + FINDING_ROWS):
        for column in range(len(FINDING_COLUMNS)):
            sheet.write_blank(row, column, None, style.named("finding"))
    sheet.freeze_panes(FIRST_FINDING, 0)
    page(sheet, landscape=True, repeat=(FIRST_FINDING - 1, FIRST_FINDING - 1))
    sheet.print_area(0, 0, FIRST_FINDING + 29, len(FINDING_COLUMNS) - 1)
    protect(sheet)


def write_guide(sheet: Worksheet, live: Live, style: Style) -> None:
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
