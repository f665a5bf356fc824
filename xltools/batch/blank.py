"""An empty roster to fill in: headings, guards and hints (空白名单)."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from xltools.batch.roster import CHOSEN, COLLECTOR, NAME, YEAR
from xltools.editions.shared import NO, YES

TITLE = "报送单位名单"
_TEXT, _DAY, _FLAG, _NUMBER = "text", "day", "flag", "number"
COLUMNS: tuple[tuple[str, int, str, str], ...] = (
    (NAME, 30, _TEXT, "与封面的“单位全称”一致，一行一个单位；顺序就是汇总的顺序。必填。"),
    ("曾用名", 20, _TEXT, "改过名的单位，写以前的名称，几个之间用“、”隔开。"),
    ("机关代码", 22, _TEXT, "统一社会信用代码，没有可不填。"),
    ("类别", 10, _TEXT, "镇乡、街道、部门、政府、派出机构等。"),
    ("是否报送", 10, _FLAG, "不用单独报送的单位选“否”，记为免报。"),
    ("是否汇入", 10, _FLAG, "数字不计入汇总的单位选“否”。"),
    ("上年对应单位", 20, _TEXT, "机构改革后，上年是哪些单位，几个之间用“、”隔开。"),
    ("截止日期", 13, _DAY, "日期，如 2026-01-31。"),
    ("收件日期", 13, _DAY, "实际收到的日期；晚于截止日期的记为迟报。"),
    (CHOSEN, 24, _TEXT, "同一个单位交了几份时，写应采用的文件名；平时不填。"),
    ("联系人", 12, _TEXT, ""),
    ("电话", 16, _TEXT, ""),
    ("公布网址", 28, _TEXT, ""),
    ("公布日期", 13, _DAY, "日期，如 2026-03-15。"),
    ("核对数：行政复议", 12, _NUMBER, "司法行政部门掌握的件数，有的才填，用来与报表核对。"),
    ("核对数：行政诉讼", 12, _NUMBER, "司法行政部门掌握的件数，有的才填，用来与报表核对。"),
    ("核对数：收费", 12, _NUMBER, "财政部门掌握的收费金额（万元），有的才填，用来与报表核对。"),
)
HEAD, LAST = 3, 2000
"""Which row has the headings, counted from 0, and how many rows are prepared."""
_CREATED = datetime(2021, 9, 26)  # fixed, so that the same roster gives the same bytes
_HINT = "从第 5 行起一行一个单位；单位全称、是否报送、是否汇入三列不能删，其余各列用不到的可以不填。"
_FONT = {"font_name": "宋体", "font_size": 11}
_SHOWN: dict[str, dict[str, object]] = {
    _TEXT: {"num_format": "@"}, _FLAG: {"num_format": "@"}, _DAY: {"num_format": "yyyy-mm-dd"}, _NUMBER: {},
}  # fmt: skip
_GUARDS: dict[str, dict[str, object]] = {
    _TEXT: {"validate": "any"},
    _FLAG: {"validate": "list", "source": [YES, NO]},
    _DAY: {"validate": "date", "criteria": ">", "value": datetime(2000, 1, 1)},
    _NUMBER: {"validate": "decimal", "criteria": ">=", "value": 0},
}


def blank() -> bytes:
    """Return an empty roster as .xlsx; it has no example lines, which would be taken for offices."""
    from xlsxwriter import Workbook

    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"title": TITLE, "author": "xltools", "created": _CREATED})
    sheet = book.add_worksheet("名单")
    head = book.add_format({**_FONT, "bold": True, "bg_color": "#C6D9F1", "num_format": "@"})
    plain = book.add_format(_FONT)
    sheet.write_string(0, 0, TITLE, book.add_format({**_FONT, "bold": True, "font_size": 16}))
    sheet.write_string(1, 0, YEAR, plain)
    sheet.write_blank(1, 1, None, book.add_format({**_FONT, "num_format": "0", "align": "left"}))
    sheet.write_string(1, 2, COLLECTOR, plain)
    sheet.write_string(2, 0, _HINT, plain)
    for column, (name, width, kind, hint) in enumerate(COLUMNS):
        sheet.set_column(column, column, width, book.add_format({**_FONT, **_SHOWN[kind]}))
        sheet.write_string(HEAD, column, name, head)
        if hint:
            says = {
                "input_title": name,
                "input_message": hint,
                "error_title": "这里填不了这个内容",
                "error_message": hint,
            }
            sheet.data_validation(HEAD + 1, column, LAST - 1, column, {**_GUARDS[kind], **says})
    sheet.freeze_panes(HEAD + 1, 1)
    book.close()
    return out.getvalue()
