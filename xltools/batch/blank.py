"""An empty roster to fill in (空白名单).

Written as plain parts, the few that a workbook needs: there is nothing in it but headings, guards and hints.
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from markupsafe import escape

from xltools.batch.roster import CHOSEN, COLLECTOR, NAME, YEAR
from xltools.outputs.wordparts import pack
from xltools.workbook.layout import a1

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
_STYLES = {_TEXT: 1, _DAY: 2, _FLAG: 1, _NUMBER: 0, "head": 3, "title": 4}
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def blank() -> bytes:
    """Return an empty roster as .xlsx; it has no example lines, which would be taken for offices."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"officeDocument": "xl/workbook.xml"}),
        "xl/workbook.xml": f'{_XML}<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations({"worksheet": "worksheets/sheet1.xml", "styles": "styles.xml"}),
        "xl/styles.xml": _styles(),
        "xl/worksheets/sheet1.xml": _sheet(),
    }
    return pack({name: text.encode() for name, text in parts.items()})


def _sheet() -> str:
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{width}" style="{_STYLES[kind]}" customWidth="1"/>'
        for n, (_, width, kind, _) in enumerate(COLUMNS, start=1)
    )
    hint = "从第 5 行起一行一个单位；单位全称、是否报送、是否汇入三列不能删，其余各列用不到的可以不填。"
    rows = [
        (0, [(0, "报送单位名单", "title")]),
        (1, [(0, YEAR, _TEXT), (2, COLLECTOR, _TEXT)]),
        (2, [(0, hint, _NUMBER)]),
        (HEAD, [(n, name, "head") for n, (name, *_) in enumerate(COLUMNS)]),
    ]
    lines = "".join(
        f'<row r="{row + 1}">{"".join(_cell(row, column, text, style) for column, text, style in cells)}</row>'
        for row, cells in rows
    )
    pane = f'<pane xSplit="1" ySplit="{HEAD + 1}" topLeftCell="B{HEAD + 2}" activePane="bottomRight" state="frozen"/>'
    guards = "".join(_guard(n) for n, column in enumerate(COLUMNS) if column[3])
    count = sum(bool(column[3]) for column in COLUMNS)
    return (
        f'{_XML}<worksheet {_MAIN}><sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<cols>{widths}</cols><sheetData>{lines}</sheetData><dataValidations count="{count}">{guards}'
        "</dataValidations></worksheet>"
    )


def _cell(row: int, column: int, text: str, style: str) -> str:
    number = "0" if row == 1 else str(_STYLES[style])
    return f'<c r="{a1(row, column)}" s="{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def _guard(column: int) -> str:
    name, _, kind, hint = COLUMNS[column]
    cells = f"{a1(HEAD + 1, column)}:{a1(LAST, column)}"
    kinds = {
        _FLAG: ('type="list"', '<formula1>"是,否"</formula1>'),
        _DAY: ('type="date" operator="greaterThan"', "<formula1>36526</formula1>"),
        _NUMBER: ('type="decimal" operator="greaterThanOrEqual"', "<formula1>0</formula1>"),
    }
    rule, formula = kinds.get(kind, ("", ""))
    shown = 'allowBlank="1" showInputMessage="1" showErrorMessage="1" errorTitle="这里填不了这个内容"'
    return (
        f"<dataValidation {rule} {shown}"
        f' error={quoteattr(hint)} promptTitle={quoteattr(name)} prompt={quoteattr(hint)} sqref="{cells}">'
        f"{formula}</dataValidation>"
    )


def _styles() -> str:
    song, plain = '<sz val="{}"/><name val="宋体"/>', '<fill><patternFill patternType="{}"/></fill>'
    blue = '<fill><patternFill patternType="solid"><fgColor rgb="FFC6D9F1"/></patternFill></fill>'
    fonts = "".join(f"<font>{bold}{song.format(size)}</font>" for bold, size in (("", 11), ("<b/>", 11), ("<b/>", 16)))
    fills = plain.format("none") + plain.format("gray125") + blue

    def form(number: int = 0, font: int = 0, fill: int = 0) -> str:
        return f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="0" applyNumberFormat="1"/>'

    return (
        f'{_XML}<styleSheet {_MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
        f"<fonts>{fonts}</fonts><fills>{fills}</fills>"
        "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        f"<cellStyleXfs>{form()}</cellStyleXfs>"
        f"<cellXfs>{form()}{form(49)}{form(164)}{form(49, 1, 2)}{form(0, 2)}</cellXfs></styleSheet>"
    )


def _relations(targets: dict[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def _content_types() -> str:
    kinds = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet", "styles": "styles"}
    parts = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_SHEET}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )
