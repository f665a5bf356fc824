"""How the workbook looks: formats, guards and page set-up (样式)."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xltools.arithmetic import State
from xltools.form import Heading
from xltools.severity import Severity
from xltools.workbook.formulas import Formula
from xltools.workbook.todo import DONE
from xltools.workbook.write import put_formula

FONT = "宋体"
INPUT, LOCKED, BAND, INK, LINE = "#FFFBE6", "#EDEFF2", "#C6D9F1", "#1F3864", "#7F8FA9"

_NAMED: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": INK, "valign": "vcenter"},
    "subtitle": {"font_size": 10, "font_color": "#595959", "valign": "vcenter", "text_wrap": True},
    "status": {"bold": True, "font_size": 11, "font_color": "#9C4700", "valign": "vcenter"},
    "heading": {"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": LOCKED},
    "row": {"border": 1, "align": "left", "valign": "vcenter", "text_wrap": True, "bg_color": LOCKED},
    "upright": {"border": 1, "align": "center", "valign": "vcenter", "rotation": 270, "bg_color": LOCKED},
    "band": {"border": 1, "align": "center", "valign": "vcenter", "bold": True, "bg_color": BAND},
    "corner": {"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": LOCKED},
    "state": {"align": "center", "valign": "vcenter", "bold": True, "font_size": 10},
    "total": {"border": 1, "align": "center", "valign": "vcenter", "bg_color": LOCKED, "bold": True,
              "shrink": True},
    "label": {"border": 1, "valign": "vcenter", "text_wrap": True, "bg_color": LOCKED},
    "hint": {"font_size": 9, "font_color": "#595959", "valign": "vcenter"},
    "cell": {"border": 1, "valign": "vcenter", "text_wrap": True},
    "centre": {"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True},
    "link": {"border": 1, "font_color": "#0563C1", "underline": 1, "valign": "vcenter", "text_wrap": True},
    "tiny": {"font_size": 8, "font_color": "#A6A6A6"},
    "text": {"border": 1, "num_format": "@", "text_wrap": True, "locked": False, "bg_color": INPUT,
             "align": "left", "valign": "vcenter"},
    "choice": {"border": 1, "num_format": "@", "locked": False, "bg_color": INPUT, "align": "center",
               "valign": "vcenter"},
    "year": {"border": 1, "num_format": "0", "locked": False, "bg_color": INPUT, "align": "left",
             "valign": "vcenter"},
    "paragraph": {"border": 1, "border_color": "#D9D9D9", "num_format": "@", "text_wrap": True, "locked": False,
                  "valign": "top", "font_size": 12},
    "number": {"font_size": 9, "font_color": "#A6A6A6", "align": "center", "valign": "top"},
    "finding": {"border": 1, "border_color": "#D9D9D9", "num_format": "@", "text_wrap": True, "locked": False,
                "valign": "top"},
    "counted": {"border": 1, "border_color": "#D9D9D9", "locked": False, "align": "center", "valign": "top"},
    "answer": {"border": 1, "border_color": "#D9D9D9", "num_format": "@", "text_wrap": True, "locked": False,
               "valign": "top", "bg_color": INPUT},
    "goto": {"border": 1, "border_color": "#D9D9D9", "font_color": "#0563C1", "underline": 1, "align": "left",
             "valign": "top"},
    "mended": {"border": 1, "border_color": "#D9D9D9", "align": "center", "valign": "top"},
    "says": {"bold": True, "font_size": 11, "font_color": INK, "num_format": "@", "locked": False,
             "valign": "vcenter"},
    "checked": {"bold": True, "font_size": 11, "font_color": INK, "valign": "vcenter"},
}  # fmt: skip
_STATES = {
    State.PASS: {"font_color": "#00612E", "bg_color": "#D7F0DC"},
    State.FAIL: {"font_color": "#9C0006", "bg_color": "#FFC7CE"},
    State.INCOMPLETE: {"font_color": "#7F5F00", "bg_color": "#FFEB9C"},
}


class Style:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._named = {name: self._add(properties) for name, properties in _NAMED.items()}
        self._entries: dict[str, Format] = {}
        self.alarm = book.add_format(_STATES[State.FAIL])
        colours = {Severity.ERROR: State.FAIL, Severity.WARNING: State.INCOMPLETE}
        self.levels = {severity: book.add_format(_STATES[state]) for severity, state in colours.items()}

    def named(self, name: str) -> Format:
        return self._named[name]

    def entry(self, column: Heading) -> Format:
        """The format of an input cell: the number as the form prints it, 增8 or 357595元; a long one shrinks."""
        shown = number_format(column)
        if shown not in self._entries:
            self._entries[shown] = self._add({**_NAMED["choice"], "num_format": shown, "shrink": True})
        return self._entries[shown]

    def states(self, sheet: Worksheet, first_row: int, first_col: int, last_row: int, last_col: int) -> None:
        """Colour the words 通过, 不符 and 未填齐."""
        for state, colours in _STATES.items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{state}"', "format": self._book.add_format(colours)}
            sheet.conditional_format(first_row, first_col, last_row, last_col, rule)

    def word(self, sheet: Worksheet, area: tuple[int, int, int, int], word: str, colour: str) -> None:
        """Colour one word wherever it stands in an area."""
        ink = self._book.add_format({"font_color": colour})
        sheet.conditional_format(*area, {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": ink})

    def status(self, sheet: Worksheet, row: int, formula: Formula) -> None:
        """The sentence at the head of a sheet, green once nothing is left to do."""
        put_formula(sheet, row, 0, formula, self.named("status"))
        done = self._book.add_format({"font_color": "#00612E"})
        rule = {"type": "text", "criteria": "begins with", "value": DONE[:2], "format": done}
        sheet.conditional_format(row, 0, row, 0, rule)

    def _add(self, properties: dict[str, Any]) -> Format:
        base = {"font_name": FONT, "font_size": 11, "border_color": LINE}
        return self._book.add_format({**base, **properties})


def number_format(column: Heading) -> str:
    if column.signed:
        return '"增"0;"减"0;0'
    if column.money:
        return "General" if column.unit in column.label else f'General"{column.unit}"'
    return "0"


def prompt(column: Heading) -> str:
    """What an input cell asks for, with its unit."""
    if column.signed:
        return f"单位：{column.unit}。增加填正数，减少填负数（如 -8），没有变化填 0。"
    if column.money:
        return f"单位：{column.unit}，可以有小数，不要四舍五入。没有发生请填 0。"
    return f"单位：{column.unit}。填 0 或正整数，没有发生请填 0。"


def guard(column: Heading) -> dict[str, Any]:
    """The data validation of an input cell."""
    whole = {"validate": "integer", "criteria": ">=", "value": 0}
    if column.signed:
        whole = {"validate": "integer", "criteria": "between", "minimum": -(10**9), "maximum": 10**9}
    if column.money:
        whole = {"validate": "decimal", "criteria": ">=", "value": 0}
    return {
        **whole,
        "ignore_blank": True,
        "input_title": f"请填数字（{column.unit}）",
        "input_message": prompt(column),
        "error_title": "这里填不了这个内容",
        "error_message": prompt(column) + "不要填“-”“/”“无”，也不要带单位；说明文字请写在“表注”。",
    }


def page(
    sheet: Worksheet, *, landscape: bool = False, one_page: bool = False, repeat: tuple[int, int] | None = None
) -> None:
    """A4, as wide as the paper, page number at the foot, headings repeated."""
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 1 if one_page else 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.set_footer(f'&L&"{FONT}"&9&A&C&"{FONT}"&9— &P —')
    if repeat:
        sheet.repeat_rows(*repeat)


def protect(sheet: Worksheet, **allowed: bool) -> None:
    """Lock everything but the inputs; no password: a guard rail against slips, not against people."""
    sheet.protect("", {"format_rows": True, "format_columns": True, **allowed})
