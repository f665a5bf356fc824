"""An empty roster to fill in: headings, guards and hints (空白名单)."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from xltools.batch.columns import COLLECTOR, COLUMNS, YEAR, Kind
from xltools.editions.shared import NO, YES

TITLE = "报送单位名单"
HEAD, LAST = 3, 2000
"""Which row has the headings, counted from 0, and how many rows are prepared."""
_CREATED = datetime(2021, 9, 26)  # fixed, so that the same roster gives the same bytes
_HINT = "从第 5 行起一行一个单位；单位全称、是否报送、是否汇入三列不能删，其余各列用不到的可以不填。"
_FONT = {"font_name": "宋体", "font_size": 11}
_TEXT: dict[str, object] = {"num_format": "@"}
_SHOWN: dict[Kind, dict[str, object]] = {Kind.DAY: {"num_format": "yyyy-mm-dd"}, Kind.NUMBER: {}}
_ANYTHING: dict[str, object] = {"validate": "any"}
_GUARDS: dict[Kind, dict[str, object]] = {
    Kind.FLAG: {"validate": "list", "source": [YES, NO]},
    Kind.DAY: {"validate": "date", "criteria": ">", "value": datetime(2000, 1, 1)},
    Kind.NUMBER: {"validate": "decimal", "criteria": ">=", "value": 0},
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
    for column, (name, width, kind, hint, _) in enumerate(COLUMNS):
        sheet.set_column(column, column, width, book.add_format({**_FONT, **_SHOWN.get(kind, _TEXT)}))
        sheet.write_string(HEAD, column, name, head)
        if hint:
            says = {
                "input_title": name,
                "input_message": hint,
                "error_title": "这里填不了这个内容",
                "error_message": hint,
            }
            sheet.data_validation(HEAD + 1, column, LAST - 1, column, {**_GUARDS.get(kind, _ANYTHING), **says})
    sheet.freeze_panes(HEAD + 1, 1)
    book.close()
    return out.getvalue()
