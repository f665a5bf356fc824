"""The sheets of the narrative parts: one paragraph per row (正文页)."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from xltools.form import Section
from xltools.workbook import listing
from xltools.workbook.layout import FIRST_PARAGRAPH, PARAGRAPH_HEAD, PARAGRAPHS, TEXT_COLUMN, Area
from xltools.workbook.live import Live
from xltools.workbook.style import Style, page, protect
from xltools.workbook.write import put

_CHARACTERS = 92


def write(sheet: Worksheet, section: Section, live: Live, style: Style) -> None:
    """Write one part; the guidance stands above the rows and is never content."""
    sheet.set_column(0, 0, 5)
    sheet.set_column(TEXT_COLUMN, TEXT_COLUMN, _CHARACTERS)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, section.label or section.sheet, style.named("title"))
    sheet.set_row(1, 30)
    sheet.write_string(1, TEXT_COLUMN, f"填写说明：{section.guidance}", style.named("subtitle"))
    sheet.write_string(2, 0, "段", style.named("heading"))
    sheet.write_string(2, TEXT_COLUMN, PARAGRAPH_HEAD, style.named("heading"))
    paragraphs = live.report.paragraphs(section.id)
    share = max(1, -(-len(paragraphs) // PARAGRAPHS))  # more paragraphs than rows: several to a row
    lines = ["\n".join(paragraphs[i : i + share]) for i in range(0, len(paragraphs), share)]
    for i in range(PARAGRAPHS):
        row = FIRST_PARAGRAPH + i
        sheet.write_number(row, 0, i + 1, style.named("number"))
        text = lines[i] if i < len(lines) else None
        put(sheet, Area(section.sheet, row, TEXT_COLUMN), text, style.named("paragraph"))
        if text:
            sheet.set_row(row, _height(text))
    area = live.layout.fields[section.field("narrative").id]
    listing.colour(sheet, section.sheet, [f"{area.a1}:{area.last}"], style)
    sheet.freeze_panes(FIRST_PARAGRAPH, 0)
    page(sheet, repeat=(0, 0))
    sheet.print_area(0, 0, FIRST_PARAGRAPH + max(len(lines), 30) - 1, TEXT_COLUMN)
    protect(sheet)


def _height(text: str) -> float:
    """Points that a wrapped paragraph needs; the programs do not agree on doing it by themselves."""
    lines = sum(-(-max(len(line), 1) * 2 // (_CHARACTERS - 12)) for line in text.split("\n"))
    return min(409, 17 * lines + 3)
