"""The sheet 封面: who files what, the steps with their state, and what is left to do."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from xltools.arithmetic import State, Tally, cover_tally, section_tally
from xltools.editions.shared import BALANCE, COVER, FINDINGS
from xltools.form import Edition, Field, Section
from xltools.workbook import listing, todo
from xltools.workbook.formulas import Formula, quoted
from xltools.workbook.layout import (
    BLANK,
    COVER_ENTRY,
    COVER_FIRST,
    COVER_LABEL,
    COVER_PROMPT,
    COVER_STATE,
    COVER_SUMMARY,
    OVERWRITTEN,
    WRONG,
    a1,
)
from xltools.workbook.live import Live
from xltools.workbook.style import Style, page, protect
from xltools.workbook.write import put, put_formula

_WIDTHS = (11, 26, 47, 2, 6, 37, 10)
_STEP, _NAME = 4, 5
_WRITTEN, _UNWRITTEN = "已填写", "未填写"


def title(edition: Edition) -> str:
    return f"{edition.title}填报工作簿"


def write(sheet: Worksheet, live: Live, style: Style) -> None:
    """Write the sheet, filled in with the office's details."""
    edition = live.layout.edition
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, title(edition), style.named("title"))
    says = f"{edition.name}格式（{edition.source}），用于{edition.span}的报告。"
    sheet.write_string(1, 0, says, style.named("hint"))
    sheet.set_row(2, 22)
    style.status(sheet, 2, todo.status(live, COVER))
    sheet.set_row(COVER_SUMMARY, 22)
    put_formula(sheet, COVER_SUMMARY, 0, listing.summary(), style.named("checked"))
    for column, label in (
        (0, "项目"),
        (1, "填写"),
        (2, "说明"),
        (_STEP, "步骤"),
        (_NAME, "内容"),
        (COVER_STATE, "状态"),
    ):
        sheet.write_string(COVER_FIRST - 1, column, label, style.named("heading"))
    for row, field in enumerate(edition.cover, start=COVER_FIRST):
        sheet.set_row(row, 21)
        sheet.write_string(row, COVER_LABEL, field.label, style.named("label"))
        sheet.write_string(row, COVER_PROMPT, field.prompt, style.named("hint"))
        _entry(sheet, row, field, live, style)
    last = COVER_FIRST + len(edition.cover)
    listing.colour(sheet, COVER, [f"{a1(COVER_FIRST, COVER_ENTRY)}:{a1(last - 1, COVER_ENTRY)}"], style)
    _steps(sheet, live, style)
    identity = live.layout.identity
    sheet.write_string(identity.row, identity.column, live.layout.identity_text, style.named("tiny"))
    sheet.freeze_panes(COVER_FIRST, 0)
    page(sheet, landscape=True, one_page=True)
    protect(sheet)


def _entry(sheet: Worksheet, row: int, field: Field, live: Live, style: Style) -> None:
    area = live.layout.fields[field.id]
    years = live.layout.edition.years
    guard: dict[str, Any] = {"validate": "any"}
    if field.id == "year":
        put(sheet, area, live.report.year or live.report.year_text or None, style.named("year"))
        guard = {"validate": "integer", "criteria": "between", "minimum": years[0], "maximum": years[-1]}
        guard |= {"error_title": "年度不对", "error_message": f"本工作簿用于{live.layout.edition.span}。"}
    else:
        put(sheet, area, live.report.entry(field.id) or None, style.named("text"))
    if field.choices:
        guard = {"validate": "list", "source": list(field.choices)}
        guard |= {"error_title": "请从下拉框中选", "error_message": f"只能选：{'、'.join(field.choices)}。"}
    if field.prompt:
        guard |= {"input_title": field.label, "input_message": field.prompt}
        sheet.data_validation(row, COVER_ENTRY, row, COVER_ENTRY, guard)


def _steps(sheet: Worksheet, live: Live, style: Style) -> None:
    """One line a step, with a link to its sheet and its state."""
    steps: list[tuple[str, str, Formula]] = [(COVER, "填写本页", _state(live, COVER, cover_tally(live.report)))]
    for section in live.layout.edition.sections:
        if section.tables:
            state = _state(live, section.sheet, section_tally(live.report, section))
        else:
            state = _written(section, live)
        steps.append((section.sheet, section.label or f"{section.sheet}（可不填）", state))
    left = quoted(BALANCE) + a1(live.layout.tally_rows[BALANCE], BLANK)
    last = a1(live.layout.tally_rows[BALANCE], OVERWRITTEN)
    balanced = "还有要改的" if todo.of_report(live).left else State.PASS.value
    steps.append(
        (BALANCE, "看勾稽校验是否全部通过", Formula(f'=IF(SUM({left}:{last})=0,"{State.PASS}","还有要改的")', balanced))
    )
    for number, (target, name, state) in enumerate(steps, start=1):
        row = COVER_FIRST + number - 1
        sheet.write_number(row, _STEP, number, style.named("centre"))
        sheet.write_url(row, _NAME, f"internal:'{target}'!A1", style.named("link"), name)
        put_formula(sheet, row, COVER_STATE, state, style.named("centre"))
    row = COVER_FIRST + len(steps)
    sheet.write_number(row, _STEP, len(steps) + 1, style.named("centre"))
    sheet.write_url(row, _NAME, f"internal:'{FINDINGS}'!A1", style.named("link"), "校验数据，生成报告")
    put_formula(sheet, row, COVER_STATE, listing.progress(), style.named("centre"))
    style.states(sheet, COVER_FIRST, COVER_STATE, row, COVER_STATE)
    for word, colour in ((_WRITTEN, "#00612E"), (_UNWRITTEN, "#7F5F00"), ("有错误", "#9C0006"), ("已校验", "#00612E")):
        style.word(sheet, (COVER_FIRST, COVER_STATE, row, COVER_STATE), word, colour)


def _state(live: Live, sheet: str, count: Tally) -> Formula:
    """A sheet's state from its line on 勾稽校验."""
    row = live.layout.tally_rows[sheet]
    blank, rest = quoted(BALANCE) + a1(row, BLANK), f"{quoted(BALANCE)}{a1(row, WRONG)}:{a1(row, OVERWRITTEN)}"
    text = f'=IF(SUM({rest})>0,"{State.FAIL}",IF({blank}>0,"{State.INCOMPLETE}","{State.PASS}"))'
    state = State.FAIL if count.left > count.blank else State.INCOMPLETE if count.blank else State.PASS
    return Formula(text, state.value)


def _written(section: Section, live: Live) -> Formula:
    area = live.layout.fields[section.field("narrative").id]
    text = f'=IF({todo.written(area)}>0,"{_WRITTEN}","{_UNWRITTEN}")'
    return Formula(text, _WRITTEN if live.report.paragraphs(section.id) else _UNWRITTEN, array=True)
