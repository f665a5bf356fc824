"""The sheet 调整数, which the collecting office fills in; `kept` reads it back (调整数)."""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xltools.batch.consolidate import TOO_LARGE
from xltools.batch.summary.book import FIRST, Column, Look, head, put
from xltools.batch.summary.sums import Sums
from xltools.workbook.formulas import Formula, quoted
from xltools.workbook.layout import a1
from xltools.workbook.style import page

ADJUSTMENTS, ITEMS = "调整数", "项目"
IDENTITY, YEAR = "xltools.summary", "xltools.summary.year"
"""Custom properties of 汇总.xlsx: its edition and its year."""
SPARE = 50
COLUMNS = (
    Column("项目", 46), Column("数额", 14, "number"), Column("原因", 60), Column("填写人", 14),
    Column("编号", 44), Column("调整前合计", 14, "number"),
)  # fmt: skip
ITEM, AMOUNT, REASON, PERSON, ID, BEFORE = range(6)
_NOTE = "点“项目”从下拉框中选，多计的填负数，写明原因和填写人，保存后再汇总一次，这里填的会保留。灰色的格由系统计算。"


def write_items(book: Workbook, sums: Sums, look: Look) -> None:
    """The hidden sheet behind the list to choose from."""
    edition, sheet = sums.collection.edition, book.add_worksheet(ITEMS)
    head(sheet, "可以调整的项目", "供“调整数”选择，不要改动。", look)
    sheet.set_column(0, 2, 46)
    for i, ref in enumerate(edition.inputs, start=FIRST):
        sheet.write_string(i, 0, edition.label(ref), look.kinds["text"])
        sheet.write_string(i, 1, str(ref), look.kinds["text"])
        put(sheet, i, 2, sums.filed(ref), look.kinds["number"])
    last = FIRST + len(edition.inputs)
    for column, label in enumerate(("名称", "编号", "合计")):
        letter = chr(65 + column)
        book.define_name(f"项目_{label}", f"={quoted(ITEMS)}${letter}${FIRST + 1}:${letter}${last}")
    sheet.hide()


def write_adjustments(sheet: Worksheet, book: Workbook, sums: Sums, look: Look) -> None:
    """Write the sheet, filled in with what is there, and name its columns for the sums."""
    head(sheet, ADJUSTMENTS, _NOTE, look)
    sheet.set_row(FIRST - 1, 22)
    for j, column in enumerate(COLUMNS):
        sheet.set_column(j, j, column.width)
        sheet.write_string(FIRST - 1, j, column.label, look.style.named("heading"))
    collection = sums.collection
    labels = {str(ref): collection.edition.label(ref) for ref in collection.edition.inputs}
    befores = {str(ref): sums.filed(ref).value for ref in collection.edition.inputs}
    count = max(200, len(collection.adjustments) + SPARE)
    entry = [look.make(**_INPUT, **how) for how in _ENTRIES]
    for i in range(count):
        row = FIRST + i
        done = collection.adjustments[i] if i < len(collection.adjustments) else None
        values = (labels[done.ref], done.amount, done.reason, done.person) if done else (None,) * 4
        for j, value in enumerate(values):
            put(sheet, row, j, value, entry[j])
        put(sheet, row, ID, Formula(_id(row), done.ref if done else ""), look.style.named("label"))
        before = befores.get(done.ref, "") if done else ""
        put(sheet, row, BEFORE, Formula(_before(row), before), look.style.named("total"))
    last = FIRST + count
    _guard(sheet, last)
    for label, place in (("编号", ID), ("数额", AMOUNT)):
        letter = chr(65 + place)
        book.define_name(f"调整_{label}", f"={quoted(ADJUSTMENTS)}${letter}${FIRST + 1}:${letter}${last}")
    sheet.freeze_panes(FIRST, 1)
    page(sheet, landscape=True, repeat=(FIRST - 1, FIRST - 1))
    sheet.print_area(0, 0, FIRST + max(30, len(collection.adjustments)) - 1, BEFORE)


_INPUT = {"border": 1, "locked": False, "bg_color": "#FFFBE6", "valign": "vcenter"}
_ENTRIES = ({"num_format": "@"}, {"num_format": "General"}, {"num_format": "@", "text_wrap": True}, {"num_format": "@"})
_UNKNOWN = "请从下拉框中选项目"


def _id(row: int) -> str:
    """The id of what was chosen; an id typed instead is taken as it is."""
    cell = a1(row, ITEM)
    found = f"INDEX(项目_编号,MATCH({cell},项目_名称,0))"
    typed = f"INDEX(项目_编号,MATCH({cell},项目_编号,0))"
    return f'=IF({cell}="","",IFERROR({found},IFERROR({typed},"{_UNKNOWN}")))'


def _before(row: int) -> str:
    return f'=IF({a1(row, ITEM)}="","",IFERROR(INDEX(项目_合计,MATCH({a1(row, ID)},项目_编号,0)),""))'


def _guard(sheet: Worksheet, last: int) -> None:
    sheet.data_validation(FIRST, ITEM, last - 1, ITEM, {
        "validate": "list", "source": "=项目_名称", "error_type": "warning",
        "input_title": "调整哪一项", "input_message": "从下拉框中选；也可以填“编号”。",
        "error_title": "不在列表中", "error_message": "请从下拉框中选项目，或填写正确的编号。",
    })  # fmt: skip
    sheet.data_validation(FIRST, AMOUNT, last - 1, AMOUNT, {
        "validate": "decimal", "criteria": "between", "minimum": 1 - TOO_LARGE, "maximum": TOO_LARGE - 1,
        "input_title": "调整多少", "input_message": "加上的填正数，减去的填负数，如 -3。",
        "error_title": "请填数字", "error_message": "只填数字，减去的填负数，不带单位。",
    })  # fmt: skip
