"""The sheet 勾稽校验: what is left to do, every equation live, and the subtotals that texts quote."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from xlsxwriter.worksheet import Worksheet

from xltools.arithmetic import State, cover_tally, evaluate, section_tally
from xltools.editions.shared import BALANCE, COVER
from xltools.form import Heading, Ref, Table
from xltools.workbook import todo
from xltools.workbook.formulas import Formula
from xltools.workbook.layout import BLANK, CELLS, DIFFERENCE, INTACT, LEFT, RIGHT, STATE, TALLY_FIRST, a1
from xltools.workbook.live import Live
from xltools.workbook.style import Style, page, protect
from xltools.workbook.write import put_formula

_WIDTHS = (8, 44, 38, 10, 10, 10, 10, 10)


def write(sheet: Worksheet, live: Live, style: Style) -> None:
    """Write the sheet; every line links to the cells that it is about."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, BALANCE, style.named("title"))
    style.status(sheet, 1, todo.status(live, BALANCE))
    _tallies(sheet, live, style)
    _equations(sheet, live, style)
    _subtotals(sheet, live, style)
    sheet.freeze_panes(2, 0)
    page(sheet, repeat=(0, 1))
    protect(sheet)


def _header(sheet: Worksheet, row: int, labels: tuple[str, ...], style: Style) -> None:
    for column, label in enumerate(labels):
        sheet.write_string(row, column, label, style.named("heading"))


def _tallies(sheet: Worksheet, live: Live, style: Style) -> None:
    labels = ("工作表", "说明", "定位", "应填格数", "未填", "填法不对", "勾稽不符", "合计被改")
    _header(sheet, TALLY_FIRST - 1, labels, style)
    sections = {section.sheet: section for section in live.layout.edition.sections}
    for name, row in live.layout.tally_rows.items():
        if name == BALANCE:
            what, label, formulas, cells = "以上各表合计", "合计", todo.of_all(live), todo.of_report(live).cells
        elif name == COVER:
            what, label, formulas = "年度和单位全称", name, todo.of_cover(live)
            cells = cover_tally(live.report).cells
        else:
            section = sections[name]
            what, label, formulas = section.label, name, todo.of_section(live, section)
            cells = section_tally(live.report, section).cells
            _link(sheet, row, f"'{name}'!A1", name, style)
        sheet.write_string(row, 0, label, style.named("cell"))
        sheet.write_string(row, 1, what, style.named("cell"))
        if name in (BALANCE, COVER):
            sheet.write_blank(row, 2, None, style.named("cell"))
        sheet.write_number(row, CELLS, cells, style.named("centre"))
        for column, formula in enumerate(formulas, start=BLANK):
            put_formula(sheet, row, column, formula, style.named("centre"))


def _equations(sheet: Worksheet, live: Live, style: Style) -> None:
    rows = live.layout.equation_rows
    first, last = min(rows.values()), max(rows.values())
    _header(sheet, first - 1, ("规则", "勾稽关系", "定位", "左边", "右边", "相差", "结论", "合计公式"), style)
    for equation, row in rows.items():
        outcome = evaluate(equation, live.report)
        target = live.layout.numbers[equation.total or equation.left[0]]
        sheet.write_string(row, 0, equation.rule, style.named("centre"))
        sheet.write_string(row, 1, f"{target.sheet}：{equation.statement}", style.named("cell"))
        _link(sheet, row, f"'{target.sheet}'!{target.a1}", f"{target.a1} {equation.line.name}", style)
        put_formula(sheet, row, LEFT, live.side(equation.left, outcome.left), style.named("centre"))
        put_formula(sheet, row, RIGHT, live.side(equation.right, outcome.right), style.named("centre"))
        left, right = a1(row, LEFT), a1(row, RIGHT)
        gap = "" if outcome.difference is None else outcome.difference
        difference = Formula(f'=IF(OR({left}="",{right}=""),"",{left}-{right})', gap)
        put_formula(sheet, row, DIFFERENCE, difference, style.named("centre"))
        says = f'=IF(OR({left}="",{right}=""),"{State.INCOMPLETE}",IF({left}={right},"{State.PASS}","{State.FAIL}"))'
        put_formula(sheet, row, STATE, Formula(says, outcome.state.value), style.named("centre"))
        if equation.total:
            put_formula(sheet, row, INTACT, live.still_formula(equation.total), style.named("centre"))
        else:
            sheet.write_string(row, INTACT, "—", style.named("centre"))
    style.states(sheet, first, STATE, last, STATE)
    changed = {"type": "cell", "criteria": "==", "value": '"被改"', "format": style.alarm}
    sheet.conditional_format(first, INTACT, last, INTACT, changed)


def _subtotals(sheet: Worksheet, live: Live, style: Style) -> None:
    """No row of the form prints the subtotals of （三） to （六）, but texts quote them."""
    row = max(live.layout.equation_rows.values()) + 2
    _header(sheet, row, ("小计", "办理结果（总计列，供正文引用）", "定位", "件数", "占办结%"), style)
    for table in live.layout.edition.tables.values():
        for group, total in _groups(table):
            row += 1
            cells = tuple(Ref(table.id, leaf.id, total.column) for leaf in group.leaves())
            values = [live.report.value(cell) for cell in cells]
            known = [value for value in values if value is not None]
            count = sum(known) if len(known) == len(values) else None
            whole, at = live.report.value(total), live.layout.numbers[total]
            share: Decimal | str = ""
            if count is not None and whole:
                share = (Decimal(count) / whole * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
            first = live.layout.numbers[cells[0]]
            sheet.write_string(row, 0, "", style.named("cell"))
            sheet.write_string(row, 1, group.name, style.named("cell"))
            _link(sheet, row, f"'{first.sheet}'!{first.a1}", f"{first.sheet} {first.a1}", style)
            put_formula(sheet, row, 3, live.side(cells, count), style.named("centre"))
            by = f"'{at.sheet}'!{at.a1}"
            text = f'=IF(AND(ISNUMBER({a1(row, 3)}),N({by})>0),ROUND({a1(row, 3)}/{by}*100,2),"")'
            put_formula(sheet, row, 4, Formula(text, share), style.named("centre"))


def _groups(table: Table) -> Iterator[tuple[Heading, Ref]]:
    """Yield each heading beside a row total, with the cell of that total in the last column."""
    column = list(table.column)[-1]
    for heading in table.rows:
        total = next((child for child in heading.children if child.total), None)
        if total:
            for child in heading.children:
                if child is not total:
                    yield child, Ref(table.id, total.id, column)


def _link(sheet: Worksheet, row: int, target: str, text: str, style: Style) -> None:
    sheet.write_url(row, 2, f"internal:{target}", style.named("link"), text)
