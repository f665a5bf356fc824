"""表二, 表三 and 表四 with the sums: as printed, each number a formula over 明细 and 调整数 (汇总各表).

Every number stands in the same cell as in the workbooks that were filed.
"""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from xltools.arithmetic import State, evaluate, worst
from xltools.batch.collection import Collection
from xltools.batch.consolidate import absent, summed
from xltools.batch.summary.book import Look, clean, head
from xltools.batch.summary.sums import Sums
from xltools.editions.shared import BALANCE
from xltools.form import Ref, Section
from xltools.grid import Grid
from xltools.workbook.formulas import Formula, ranges
from xltools.workbook.layout import HINT_ROW, STATE, STATE_ROW, Area
from xltools.workbook.printed import lay_out
from xltools.workbook.style import number_format, page
from xltools.workbook.write import put, put_formula

_NARROWEST = 7
"""Characters."""


def note(collection: Collection) -> str:
    """What the sum holds, in one sentence: ``暂汇，未含3家``."""
    missing = absent(collection)
    held = f"已汇入 {len(summed(collection))} 家，调整 {len(collection.adjustments)} 处。"
    return (f"暂汇，未含{len(missing)}家。" if missing else "") + held


def write_form(sheet: Worksheet, section: Section, sums: Sums, look: Look) -> None:
    """Write one table sheet."""
    grid, collection = sums.layout.grids[section.sheet], sums.collection
    whose = f"{collection.name}（汇总）" if collection.name else "汇总"
    head(sheet, f"{section.label}——{collection.year}年度{whose}", "", look)
    sheet.write_string(1, 0, note(collection), look.style.named("status"))
    lacks = sum(bool(sums.lacking(ref)) for ref in section.inputs)
    said = f"有 {lacks} 格不是每家都有数（黄色），批注里有单位名。" if lacks else ""
    odd = sum(not sums.fits(ref) for ref in section.inputs)
    said += f"有 {odd} 格是负数，或不该有小数（红色），请核对“调整数”和“问题清单”。" if odd else ""
    units = dict.fromkeys(column.unit for table in section.tables for column in table.column.values())
    sheet.write_string(HINT_ROW, 0, f"单位：{'、'.join(units)}。每个数＝“明细”相加＋“调整数”。{said}",
                       look.style.named("hint"))  # fmt: skip
    for area, box in lay_out(sheet, section, grid, look.style, _NARROWEST):
        if box.ref:
            _number(sheet, area, box.ref, sums, look)
    _states(sheet, section, grid, sums, look)
    page(sheet, landscape=grid.width > 10, one_page=True)


def _number(sheet: Worksheet, area: Area, ref: Ref, sums: Sums, look: Look) -> None:
    column, total = sums.collection.edition.column(ref), ref in sums.collection.edition.parts
    how = {"border": 1, "align": "center", "valign": "vcenter", "shrink": True, "num_format": number_format(column)}
    offices = sums.lacking(ref)
    colour = "#EDEFF2" if total else "#FFC7CE" if not sums.fits(ref) else "#FFEB9C" if offices else ""
    form = look.make(**how, **({"bg_color": colour} if colour else {}), **({"bold": True} if total else {}))
    if (area.height, area.width) != (1, 1):
        put(sheet, area, None, form)
    put_formula(sheet, area.row, area.column, sums.cell(ref), form)
    if offices:
        more = f" 等{len(offices)}家" if len(offices) > 20 else ""
        words = clean(f"{len(offices)} 家没有数：{'、'.join(offices[:20])}{more}")
        sheet.write_comment(area.row, area.column, words[:2000], {"author": "", "x_scale": 2})


def _states(sheet: Worksheet, section: Section, grid: Grid, sums: Sums, look: Look) -> None:
    """At the head of each column: whether the equations that end in it hold on the sums."""
    sheet.set_row(STATE_ROW, 20)
    if grid.stub:
        put(sheet, Area(section.sheet, STATE_ROW, 0, 1, grid.stub), BALANCE, look.style.named("state"))
    for column in range(grid.stub, grid.width):
        mine = [
            equation for equation in sums.layout.equation_rows
            if sums.collection.edition.section[equation.right[-1].table] is section
            and sums.layout.numbers[equation.right[-1]].column == column
        ]  # fmt: skip
        if mine:
            cells = ranges((Area(BALANCE, sums.layout.equation_rows[e], STATE) for e in mine), section.sheet)
            fails, gaps = (
                "+".join(f'COUNTIF({r},"{state}")' for r in cells) for state in (State.FAIL, State.INCOMPLETE)
            )
            text = f'=IF({fails}>0,"{State.FAIL}",IF({gaps}>0,"{State.INCOMPLETE}","{State.PASS}"))'
            says = worst(evaluate(equation, sums.report).state for equation in mine).value
            put_formula(sheet, STATE_ROW, column, Formula(text, says), look.style.named("state"))
    look.style.states(sheet, STATE_ROW, grid.stub, STATE_ROW, grid.width - 1)
