"""The sheet 问题清单: what the checks found, each with a link to its cell and whether it was mended since.

Findings are written into unlocked cells; what is live are locked formulas. Beside the list stand,
hidden, the cells that each finding is about and what was in them when they were checked: as long
as all of them are unchanged the finding is open and its cells are coloured.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xltools.editions.shared import FINDINGS
from xltools.report import Number, Report
from xltools.severity import Severity
from xltools.workbook.formulas import Formula, Value, quoted
from xltools.workbook.layout import COVER_FIRST, COVER_STATE, COVER_SUMMARY, Area, a1, layout
from xltools.workbook.live import Live
from xltools.workbook.style import Style, page, protect
from xltools.workbook.worklist import (
    FIRST,
    LONGEST,
    MARKS,
    ROWS,
    SAYS,
    UNCHECKED,
    Column,
    Kind,
    Line,
    Mark,
    blocks,
    says,
)
from xltools.workbook.write import put, put_formula

_EXPLAINED = "错误必须改；提醒请核对，确实无误的在“情况说明”栏写明原因。点“单元格”一栏到要改的格，改好后再校验一次。"
OPEN, CHANGED = "未改", "已改"
_ROW = "¶"
"""Stands for the number of a row in formulas that are the same in every row."""
_SHOWN = (
    ("序号", 6), ("级别", 7), ("规则", 7), ("工作表", 13), ("单元格", 8), ("填的内容", 12), ("问题", 46),
    ("怎么改", 34), ("状态", 7), ("情况说明", 26),
)  # fmt: skip
_FORMATS = {
    Column.NUMBER: "counted", Column.CELL: "goto", Column.STATE: "mended", Column.ANSWER: "answer",
    Column.OF: "counted", Column.OF_NUMBER: "counted", Column.SAME: "tiny", Column.STILL: "tiny",
}  # fmt: skip
_NAMES = {"级别": Column.OF_LEVEL, "工作表": Column.OF_SHEET, "单元格": Column.OF_ADDRESS, "未改": Column.STILL}


def write(sheet: Worksheet, book: Workbook, style: Style, live: Live, lines: Sequence[Line] = ()) -> None:
    """Write the list with its live formulas, and the names by which the sheets colour their cells."""
    for column in Column:  # whole columns are unlocked, so that the file needs no cell where nothing stands
        width = _SHOWN[column][1] if column < len(_SHOWN) else None
        hidden = {} if column < len(_SHOWN) else {"hidden": True}
        sheet.set_column(column, column, width, style.named(_FORMATS.get(column, "finding")), hidden)
        for row in range(FIRST):
            sheet.write_blank(row, column, None, style.named("hint"))
        if column < len(_SHOWN):
            sheet.write_string(FIRST - 1, column, _SHOWN[column][0], style.named("heading"))
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, FINDINGS, style.named("title"))
    sheet.set_row(SAYS.row, 22)
    sheet.write_string(SAYS.row, SAYS.column, UNCHECKED, style.named("says"))
    sheet.write_string(SAYS.row + 1, 0, _EXPLAINED, style.named("hint"))
    values = _values(live, lines)
    for count, formulas in _LIVE:
        formats = {column: style.named(_FORMATS[column]) for column in formulas}
        for row in range(FIRST, FIRST + count):
            for column, formula in formulas.items():
                text = Formula(formula.replace(_ROW, str(row + 1)), values.get((row, column), ""))
                put_formula(sheet, row, column, text, formats[column])
    if lines:
        _fill(sheet, style, lines)
    for name, column in _NAMES.items():
        book.define_name(f"校验_{name}", f"={quoted(FINDINGS)}{_all(column)}")
    for severity in Severity:
        found = {"type": "cell", "criteria": "==", "value": f'"{severity.chinese}"', "format": style.levels[severity]}
        sheet.conditional_format(FIRST, Column.LEVEL, FIRST + ROWS - 1, Column.LEVEL, found)
    style.word(sheet, (FIRST, Column.STATE, FIRST + ROWS - 1, Column.STATE), CHANGED, "#00612E")
    sheet.freeze_panes(FIRST, 0)
    page(sheet, landscape=True, repeat=(FIRST - 1, FIRST - 1))
    here = quoted(FINDINGS)
    listed = f"COUNT({here}{_fixed(FIRST, 0)}:{_fixed(FIRST + ROWS - 1, 0)})"
    printed = f"OFFSET({here}$A$1,0,0,{FIRST}+MAX(1,{listed}),{len(_SHOWN)})"
    book.define_name(f"{here}_xlnm.Print_Area", f"={printed}")  # only as far as there are findings
    protect(sheet)


def _fill(sheet: Worksheet, style: Style, lines: Sequence[Line]) -> None:
    for area, rows in blocks(says(lines), lines):
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                column = Column(area.column + j)
                name = "says" if area == SAYS else _FORMATS.get(column, "finding")
                if value not in (None, ""):
                    put(sheet, Area(area.sheet, area.row + i, column), value, style.named(name))


def _values(live: Live, lines: Sequence[Line]) -> dict[tuple[int, Column], Value]:
    """What the live formulas of a filled list show: where a cell is not as it was checked, 已改."""
    shown = lines if len(lines) <= ROWS else lines[: ROWS - 1]
    marked = [(n, mark) for n, line in enumerate(shown) for mark in line.marks][:MARKS]
    now = held(live.report) if marked else {}
    same = [_as_checked(mark, *now.get((mark.sheet, mark.address), (None, False))) for _, mark in marked]
    changed = {n for (n, _), kept in zip(marked, same, strict=True) if not kept}
    values: dict[tuple[int, Column], Value] = {}
    for row, ((n, _), kept) in enumerate(zip(marked, same, strict=True), start=FIRST):
        values[row, Column.SAME] = int(kept)
        values[row, Column.STILL] = int(n not in changed)
        values[FIRST + n, Column.STATE] = CHANGED if n in changed else OPEN
    for n, line in enumerate(shown):
        values[FIRST + n, Column.CELL] = line.address
    return values


def held(report: Report) -> dict[tuple[str, str], tuple[Number | str | None, bool]]:
    """What the workbook of a report has in every cell that can be entered or computed, and whether by a formula."""
    form, edition = layout(report.edition), report.edition
    found: dict[tuple[str, str], tuple[Number | str | None, bool]] = {}
    for ref, area in form.numbers.items():
        total = ref in edition.parts
        typed = report.texts.get(ref, report.numbers.get(ref))
        found[area.sheet, area.a1] = (report.value(ref), True) if total else (typed, False)
    for id, area in form.fields.items():
        if area.height == 1:
            found[area.sheet, area.a1] = report.entry(id) or None, False
            continue
        for row, text in enumerate(report.paragraphs(id.partition(".")[2])[: area.height]):
            found[area.sheet, a1(area.row + row, area.column)] = text, False
    year = form.fields["year"]
    found[year.sheet, year.a1] = report.year or report.year_text or None, False
    return found


def _as_checked(mark: Mark, value: Number | str | None, formula: bool) -> bool:
    """What `_same` computes."""
    if mark.kind is Kind.FORMULA:
        return formula
    return value == mark.value and not (formula and mark.kind is Kind.TYPED)


def tell(cover: Worksheet, style: Style, live: Live, lines: Sequence[Line]) -> None:
    """Let 封面 show at once, before anything is computed, what a filled list makes of it."""
    if not lines:
        return
    changed = sum(value == CHANGED for value in _values(live, lines).values())
    said = says(lines) + (f"其后改过 {changed} 处，请再校验一次。" if changed else "")
    put_formula(cover, COVER_SUMMARY, 0, Formula(summary().text, said), style.named("checked"))
    state = "有错误" if Severity.ERROR.chinese in (line.level for line in lines) else "已校验"
    last = COVER_FIRST + len(live.layout.edition.sections) + 2
    put_formula(cover, last, COVER_STATE, Formula(progress().text, state), style.named("centre"))


def summary() -> Formula:
    """The result of the last validation, and how much has been changed since, for 封面."""
    says, changed = f"{quoted(FINDINGS)}{SAYS.a1}", f'COUNTIF({_list(Column.STATE)},"{CHANGED}")'
    return Formula(f'={says}&IF({changed}>0,"其后改过 "&{changed}&" 处，请再校验一次。","")', UNCHECKED)


def progress() -> Formula:
    """Where the last step stands, for 封面."""
    errors = f'COUNTIFS({_list(Column.LEVEL)},"{Severity.ERROR.chinese}",{_list(Column.STATE)},"<>{CHANGED}")'
    checked = f"LEFT({quoted(FINDINGS)}{SAYS.a1},3)"
    return Formula(f'=IF({checked}="{UNCHECKED[:3]}","未校验",IF({errors}>0,"有错误","已校验"))', "未校验")


def colour(sheet: Worksheet, name: str, ranges: Iterable[str], style: Style) -> None:
    """Let cells of a sheet light up while an open finding is about them; a rule for each range."""
    for cells in ranges:
        for severity in Severity:
            rule = {"type": "formula", "criteria": lit(severity, name), "format": style.levels[severity]}
            sheet.conditional_format(cells, rule)


def lit(severity: Severity, sheet: str) -> str:
    """The condition under which a cell is coloured."""
    here = "ADDRESS(ROW(),COLUMN(),4)"
    return f'=COUNTIFS(校验_级别,"{severity.chinese}",校验_工作表,"{sheet}",校验_单元格,{here},校验_未改,1)>0'


def _here(column: int) -> str:
    """A cell of the row in which a formula stands."""
    return f"{a1(0, column)[:-1]}{_ROW}"


def _link() -> str:
    """HYPERLINK stands outermost, else LibreOffice does not follow it; a row without a finding leads to itself."""
    sheet, address = _here(Column.SHEET), _here(Column.ADDRESS)
    where = f'IF({address}="","\'{FINDINGS}\'!{_here(Column.CELL)}","\'"&{sheet}&"\'!"&{address})'
    return f'=HYPERLINK("#"&{where},{address}&"")'


def _state() -> str:
    number = _here(Column.NUMBER)
    mine = f"{_all(Column.OF)},{number}"
    changed = f'IF(COUNTIFS({mine},{_all(Column.SAME)},0)=0,"{OPEN}","{CHANGED}")'
    return f'=IF({number}="","",IF(COUNTIF({mine})=0,"",{changed}))'


def _same() -> str:
    """1 while a cell still holds what was checked, put there in the same way.

    Before Excel 2013 there is no ISFORMULA: there a formula counts as one, and a typed value as none.
    """
    columns = (Column.OF_NUMBER, Column.OF_TEXT, Column.OF_KIND)
    number, text, kind = map(_here, columns)
    sheet = _here(Column.OF_SHEET)
    cell = f'INDIRECT("\'"&{sheet}&"\'!"&{_here(Column.OF_ADDRESS)})'
    formula = f'IFERROR(_xlfn.ISFORMULA({cell}),{kind}="{Kind.FORMULA}")'
    as_number = f"AND(ISNUMBER({cell}),{cell}={number})"
    as_text = f'AND(OR(NOT(ISNUMBER({cell})),ISLOGICAL({cell})),LEFT({cell}&"",{LONGEST})={text}&"")'
    value = f'IFERROR(IF(ISNUMBER({number}),{as_number},{as_text}),LEFT({text},1)="#")'
    typed = f'IF({kind}="{Kind.TYPED}",AND(NOT({formula}),{value}),{value})'
    return f'=IF({sheet}="","",IF(IF({kind}="{Kind.FORMULA}",{formula},{typed}),1,0))'


def _still() -> str:
    """1 while every cell of the same finding is unchanged."""
    of = _here(Column.OF)
    return f'=IF({of}="","",IF(COUNTIFS({_all(Column.OF)},{of},{_all(Column.SAME)},0)=0,1,0))'


def _list(column: Column) -> str:
    return f"{quoted(FINDINGS)}{_fixed(FIRST, column)}:{_fixed(FIRST + ROWS - 1, column)}"


def _all(column: Column) -> str:
    """A column of the checked cells."""
    return f"{_fixed(FIRST, column)}:{_fixed(FIRST + MARKS - 1, column)}"


def _fixed(row: int, column: int) -> str:
    return f"${a1(0, column)[:-1]}${row + 1}"


_LIVE = (
    (ROWS, {Column.CELL: _link(), Column.STATE: _state()}),
    (MARKS, {Column.SAME: _same(), Column.STILL: _still()}),
)
