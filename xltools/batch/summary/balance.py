"""The sheet 勾稽校验 of 汇总.xlsx: the form's own equations on the sums, live (汇总勾稽)."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from xltools.arithmetic import State, evaluate
from xltools.batch.summary.book import Look, clean, head, wide
from xltools.batch.summary.sums import Sums
from xltools.editions.shared import BALANCE
from xltools.form import Equation
from xltools.workbook.formulas import Formula
from xltools.workbook.layout import DIFFERENCE, LEFT, RIGHT, STATE, a1
from xltools.workbook.style import page
from xltools.workbook.write import put_formula

_COLUMNS = (("规则", 8), ("勾稽关系", 56), ("行或列", 48), ("左边", 12), ("右边", 12), ("相差", 10), ("结论", 10),
            ("自己报表就不符的单位", 50))  # fmt: skip
_SHOWN = 10


def write_balance(sheet: Worksheet, sums: Sums, look: Look) -> None:
    """Write every equation with both sides; reports that balance add up to a sum that does."""
    rows = sums.layout.equation_rows
    first, last = min(rows.values()), max(rows.values())
    head(sheet, BALANCE, "各单位都平衡，汇总就平衡。不符的，先看右边的单位，再看缺数的格和“调整数”。", look)
    for row in range(2, first - 1):  # the addresses are those of the workbooks that were filed
        sheet.set_row(row, None, None, {"hidden": True})
    for column, (label, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(first - 1, column, label, look.style.named("heading"))
    for equation, row in rows.items():
        _equation(sheet, row, equation, sums, look)
    look.style.states(sheet, first, STATE, last, STATE)
    sheet.freeze_panes(first, 0)
    page(sheet, landscape=True, one_page=True)


def _equation(sheet: Worksheet, row: int, equation: Equation, sums: Sums, look: Look) -> None:
    outcome, place = evaluate(equation, sums.report), sums.layout.numbers[equation.total or equation.left[0]]
    sheet.write_string(row, 0, equation.rule, look.kinds["middle"])
    sheet.write_string(row, 1, f"{place.sheet}：{equation.statement}", look.kinds["long"])
    sheet.write_string(row, 2, f"{place.a1} {equation.line.name}", look.kinds["long"])
    for column, refs, value in ((LEFT, equation.left, outcome.left), (RIGHT, equation.right, outcome.right)):
        formula = Formula(sums.added(refs, BALANCE), "" if value is None else value)
        put_formula(sheet, row, column, formula, look.style.named("centre"))
    left, right = a1(row, LEFT), a1(row, RIGHT)
    gap = "" if outcome.difference is None else outcome.difference
    open = f'OR({left}="",{right}="")'
    put_formula(sheet, row, DIFFERENCE, Formula(f'=IF({open},"",ROUND({left}-{right},6))', gap),
                look.style.named("centre"))  # fmt: skip
    says = f'=IF({open},"{State.INCOMPLETE}",IF(ROUND({left}-{right},6)=0,"{State.PASS}","{State.FAIL}"))'
    put_formula(sheet, row, STATE, Formula(says, outcome.state.value), look.style.named("centre"))
    offices = clean(_offices(equation, sums))
    sheet.write_string(row, STATE + 1, offices, look.kinds["long"])
    sheet.set_row(row, max(18, 15 * -(-wide(offices) // 48) + 3))


def _offices(equation: Equation, sums: Sums) -> str:
    """Whose own report fails this equation, which is always among its findings."""
    names = [
        outcome.office
        for outcome in sums.faulty.get(equation.rule, ())
        if outcome.report and evaluate(equation, outcome.report).state is State.FAIL
    ]
    more = f" 等{len(names)}家" if len(names) > _SHOWN else ""
    return "、".join(names[:_SHOWN]) + more
