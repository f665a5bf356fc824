"""Sheets, rows and labels that are not where they were, and words where nobody looks for them."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.hostile.base import sheet
from tests.hostile.case import (
    COVER,
    PROSE,
    TABLE,
    Case,
    Change,
    added,
    address,
    both,
    case,
    cell,
    field_at,
    new_cell,
    put,
    related,
    rewritten,
    typed,
)
from xltools import editions
from xltools.workbook.layout import layout

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
CHOICE = (
    f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="a14">{{}}</mc:Choice>'
    "<mc:Fallback/></mc:AlternateContent>"
)
BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
CHANGED = "结构被改动"
SHEET = '<sheet name="{}" sheetId="99" r:id="rIdX"{}/></sheets>'
TEXT = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'


def book(pattern: str, by: str, *allowed: str, **more: object) -> Case:
    return case(rewritten(BOOK, pattern, by), *allowed, **more)


def rows(name: str, change: Callable[[int], int | None], first: int = 1) -> Change:
    """Move rows, or take them away, as a program does that inserts or deletes some."""

    def moved(edition: str, found: dict[str, bytes]) -> None:
        def row(m: re.Match[str]) -> str:
            at = int(m[1])
            to = change(at) if at >= first else at
            if to is None:
                return ""
            return re.sub(f'(<(?:row|c) r="[A-Z]*){at}"', rf'\g<1>{to}"', m[0])

        part = sheet(edition, name)
        found[part] = re.sub(
            r'<row r="(\d+)"[^>]*?(?:/>|(?<!/)>.*?</row>)', row, found[part].decode(), flags=re.DOTALL
        ).encode()

    return moved


def columns(name: str, change: Callable[[str], str | None]) -> Change:
    def moved(edition: str, found: dict[str, bytes]) -> None:
        def one(m: re.Match[str]) -> str:
            to = change(m[1])
            return "" if to is None else m[0].replace(f'r="{m[1]}', f'r="{to}', 1)

        part = sheet(edition, name)
        found[part] = re.sub(
            r'<c r="([A-Z]+)\d+"[^>]*?(?:/>|>.*?</c>)', one, found[part].decode(), flags=re.DOTALL
        ).encode()

    return moved


def label(name: str, at: str, text: str, *, says: str = CHANGED) -> Case:
    return case(typed(name, at, text), "!F2", says=says)


def extra(name: str, *allowed: str, state: str = "", says: str = "", **more: object) -> Case:
    """One sheet more."""
    hidden = f' state="{state}"' if state else ""
    content = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{TEXT.format("A1", "备注")}</row></sheetData></worksheet>'
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    return case(
        both(
            rewritten(BOOK, "</sheets>", SHEET.format(name, hidden)),
            related(RELATIONS, "worksheet", "worksheets/sheet99.xml"),
            added("xl/worksheets/sheet99.xml", content, kind),
        ),
        *allowed, says=says, **more,
    )  # fmt: skip


def outside(name: str, row: int, at: str, says: str, text: str = "还有一段没有印出来的话。") -> Case:
    """Words beside the entries."""
    return case(new_cell(name, row, TEXT.format(f"{at}{row}", text)), "F2", says=says)


def merged(*boxes: str, name: str = TABLE) -> Change:
    cells = "".join(f'<mergeCell ref="{box}"/>' for box in boxes)
    return rewritten(name, "</mergeCells>", f"{cells}</mergeCells>")


def hidden_row(number: Callable[[str], int] | int, name: str = TABLE, how: str = 'hidden="1"') -> Change:
    def change(edition: str, found: dict[str, bytes]) -> None:
        row = number if isinstance(number, int) else number(edition)
        rewritten(name, f'<row r="{row}"', f'<row r="{row}" {how}')(edition, found)

    return change


def drawn(shape: str, *allowed: str, whole: bool = False, **more: object) -> Case:
    """A drawing on a table; the ``whole`` of it a choice, as programs write their buttons."""
    spaces = 'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    words = '<a:t xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">还有一段话。</a:t>'
    at = "<xdr:from><xdr:col>2</xdr:col><xdr:row>2</xdr:row></xdr:from>"
    anchor = f"<xdr:twoCellAnchor>{at}{shape.format(words)}</xdr:twoCellAnchor>"
    data = f"<xdr:wsDr {spaces}>{CHOICE.format(anchor) if whole else anchor}</xdr:wsDr>"

    def change(edition: str, found: dict[str, bytes]) -> None:
        relations = sheet(edition, TABLE).replace("worksheets/", "worksheets/_rels/") + ".rels"
        related(relations, "drawing", "../drawings/drawing9.xml")(edition, found)
        found["xl/drawings/drawing9.xml"] = data.encode()

    return case(change, *allowed, independent=False, **more)


def row_of(edition: str) -> int:
    return int(re.sub("[A-Z]", "", address(edition)))


def no_state(how: str) -> Change:
    """Rows without heights of their own, for a height that hides."""
    return both(rewritten(TABLE, r' ht="[\d.]+" customHeight="1"', "", 0), hidden_row(row_of, how=how))


NO_WIDTH = rewritten(TABLE, "<sheetFormatPr", '<sheetFormatPr defaultColWidth="0"')


def properties(pattern: str, by: str, *allowed: str, **more: object) -> Case:
    return case(rewritten("docProps/custom.xml", pattern, by), *allowed, **more)


def no_identity(edition: str, found: dict[str, bytes]) -> None:
    found.pop("docProps/custom.xml")
    rewritten("_rels/.rels", '<Relationship [^>]*custom.xml"/>', "")(edition, found)
    put(COVER, layout(editions.get(edition)).identity.a1, '<c r="{r}"/>')(edition, found)


def only_cover(edition: str, found: dict[str, bytes]) -> None:
    found.pop("docProps/custom.xml")
    rewritten("_rels/.rels", '<Relationship [^>]*custom.xml"/>', "")(edition, found)


def identity(text: str) -> Change:
    def change(edition: str, found: dict[str, bytes]) -> None:
        only_cover(edition, found)
        typed(COVER, layout(editions.get(edition)).identity.a1, text)(edition, found)

    return change


def other_edition(edition: str, found: dict[str, bytes]) -> None:
    wrong = "2021" if edition == "2019" else "2019"
    rewritten("docProps/custom.xml", f">{edition}<", f">{wrong}<")(edition, found)


CASES: dict[str, Case] = {
    # sheets
    "a sheet is gone": book('<sheet name="表四"[^>]*/>', "", "!F2", says="缺少工作表“表四”"),
    "all sheets are gone": book("<sheet .*?</sheets>", "</sheets>", "!F2", says="缺少工作表|不是"),
    "no list of sheets": book("<sheets>.*</sheets>", "", "!F2", says="缺少工作表"),
    "a sheet has another name": book('name="表二"', 'name="表2"', "!F2", says="缺少工作表“表二”"),
    "a sheet has a blank after its name": book('name="表二"', 'name="表二 "', "!F2", says="缺少工作表“表二”"),
    "a sheet has no name": book('name="表二"', "", "!F2", says="缺少工作表“表二”"),
    "two sheets have changed names": case(
        both(
            rewritten(BOOK, 'name="表二"', 'name="x"'),
            rewritten(BOOK, 'name="表三"', 'name="表二"'),
            rewritten(BOOK, 'name="x"', 'name="表三"'),
        ),
        "!F2",
        says=CHANGED,
    ),
    "a sheet has an id of somebody else too": case(
        both(
            rewritten(BOOK, "<workbook ", '<workbook xmlns:q="urn:q" '),
            rewritten(BOOK, '<sheet name="表三"', '<sheet name="表三" q:id="rIdX"'),
            related(RELATIONS, "worksheet", "worksheets/sheet99.xml"),
            added("xl/worksheets/sheet99.xml", f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'),
        ),
        "same",
    ),
    "two sheets have the same name": book('name="表四"', 'name="表三"', "!F0", says="已损坏"),
    "two sheets have the same name, but for capitals": case(
        both(rewritten(BOOK, 'name="五、问题改进"', 'name="A"'), rewritten(BOOK, 'name="六、其他事项"', 'name="a"')),
        "!F0",
        says="已损坏",
    ),
    "sheets in another order": book("(<sheets>)(<sheet [^>]*/>)(.*)(</sheets>)", r"\1\3\2\4", "same"),
    "a sheet is hidden": book('(<sheet name="表四")', r'\1 state="hidden"', "F2", says="表四.*被隐藏"),
    "a sheet is very hidden": book('(<sheet name="表四")', r'\1 state="veryHidden"', "F2", says="表四.*被隐藏"),
    "the cover is hidden": book('(<sheet name="封面")', r'\1 state="hidden"', "F2", says="封面.*被隐藏"),
    "a sheet of notes": extra("Sheet1", "F2", says="多出的工作表“Sheet1”"),
    "a copy of a sheet": extra("表三 (2)", "F2", says="多出的工作表"),
    "a hidden sheet of a program": extra("WpsReserved_CellImgList", "same", state="veryHidden"),
    "a sheet that is a chart": case(
        both(
            rewritten(BOOK, "</sheets>", SHEET.format("图表", "")),
            related(RELATIONS, "chartsheet", "chartsheets/sheet1.xml"),
            added("xl/chartsheets/sheet1.xml", f'<chartsheet xmlns="{MAIN}"/>'),
        ),
        "same",
        independent=False,
    ),
    "no protection": case(
        lambda edition, found: (
            [
                found.__setitem__(name, re.sub(rb"<(sheet|workbook)Protection[^>]*/>", b"", data))
                for name, data in found.items()
            ]
            and None
        ),
        "same",
    ),
    # labels
    "a label is cut short": label(TABLE, "A1", "三、收到和处理政府信息公开"),
    "a label of blanks": label(TABLE, "A1", "   "),
    "a label with a blank more": label("表四", "A1", "四、政府信息公开行政复议、行政诉讼情况 "),
    "a label with what nobody sees": label(PROSE, "B3", "正文（一行一段，空行不印）\u200b"),
    "a label is a number": case(put(TABLE, "A1", '<c r="{r}"><v>5</v></c>'), "!F2", says="现在是“5”"),
    "a label is gone": case(put(TABLE, "A1", '<c r="{r}"/>'), "!F2", says="现在是空的"),
    "a label is an error": case(put(TABLE, "A1", '<c r="{r}" t="e"><v>#REF!</v></c>'), "!F2", says="#REF!"),
    "a label is a formula that gives the same": case(
        put("表二", "A1", '<c r="{r}" t="str"><f>1</f><v>二、主动公开政府信息情况</v></c>'),
        "same",
    ),
    "the heading of the paragraphs is gone": case(put(PROSE, "B3", '<c r="{r}"/>'), "!F2", says="一、总体情况 B3"),
    "a label of the cover": label(COVER, "A7", "单位名称"),
    # rows and columns
    "a row more in a table": case(rows(TABLE, lambda row: row + 1, 9), "!F2", says=CHANGED),
    "a row more at the top": case(rows(TABLE, lambda row: row + 1), "!F2", says=CHANGED),
    "a row less": case(rows(TABLE, lambda row: None if row == 9 else row - 1, 9), "!F2", says=CHANGED),
    "a row is empty": case(rows(TABLE, lambda row: None if row == 9 else row, 9), "!F2", says=CHANGED),
    "two rows have changed places": case(
        both(
            rows(TABLE, lambda row: 100 if row == 12 else row),
            rows(TABLE, lambda row: 12 if row == 13 else row),
            rows(TABLE, lambda row: 13 if row == 100 else row),
        ),
        "!F2",
        "!F0",
        says="改动|已损坏",
    ),
    "a column more": case(columns("表四", lambda c: chr(ord(c) + 1)), "!F2", says=CHANGED),
    "a column less": case(
        columns(TABLE, lambda c: None if c == "D" else chr(ord(c) - 1) if c > "D" else c), "!F2", says=CHANGED
    ),
    "a column is empty": case(columns("表二", lambda c: None if c == "B" else c), "!F2", says=CHANGED),
    "a row more among the paragraphs": case(rows(PROSE, lambda row: row + 1, 5), "same"),
    "a row less among the paragraphs": case(
        rows(PROSE, lambda row: None if row == 5 else row - 1, 5),
        "read",
        reads={"narrative.overview": "一、总体情况第一段。\n第三段。"},
    ),
    "a row more above the paragraphs": case(rows(PROSE, lambda row: row + 1, 2), "!F2", says=CHANGED),
    "a row stands twice": case(rewritten(TABLE, '(<row r="8".*?</row>)', r"\1\1"), "!F0", says="已损坏"),
    "a row stands twice, once with one cell": case(
        rewritten(TABLE, '(<row r="9")', r'<row r="8"><c r="Z8"><v>1</v></c></row>\1'), "!F0", says="已损坏"
    ),
    "rows in another order": case(
        rewritten(TABLE, '(<row r="8".*?</row>)(<row r="9".*?</row>)', r"\2\1"), "!F0", says="已损坏"
    ),
    "cells in another order": case(
        rewritten(TABLE, r'(<c r="D8".*?</c>)(<c r="E8".*?</c>)', r"\2\1"), "!F0", says="已损坏"
    ),
    "a cell stands twice": case(cell('<c r="{r}"><v>1</v></c><c r="{r}"><v>2</v></c>'), "!F0", says="已损坏"),
    "a cell of another row": case(cell('<c r="D9"><v>1</v></c>'), "!F0", says="已损坏"),
    "a cell without a row": case(cell('<c r="D"><v>1</v></c>'), "!F0", says="已损坏"),
    "a cell without a column": case(cell('<c r="8"><v>1</v></c>'), "!F0", says="已损坏"),
    "a cell in small letters": case(cell('<c r="d8"><v>1</v></c>'), "!F0", says="已损坏"),
    "a cell in row nought": case(cell('<c r="D0"><v>1</v></c>'), "!F0", says="已损坏"),
    "a cell in four letters": case(cell('<c r="AAAA8"><v>1</v></c>'), "!F0", says="已损坏"),
    "a row of no number": case(rewritten(TABLE, '<row r="8"', '<row r="x"'), "!F0", says="已损坏"),
    "a row of wide digits": case(rewritten(TABLE, '<row r="8"', '<row r="８"'), "!F0", says="已损坏"),
    "a negative row": case(rewritten(TABLE, '<row r="8"', '<row r="-8"'), "!F0", says="已损坏"),
    "a row without a number": case(rewritten(TABLE, '<row r="8"', "<row"), "same"),
    "the extent is a lie": case(
        rewritten(TABLE, '<dimension ref="[^"]*"/>', '<dimension ref="A1:XFD1048576"/>'), "same"
    ),
    "the extent is none": case(
        rewritten(TABLE, '<dimension ref="[^"]*"/>', '<dimension ref="x"/>'), "same", independent=False
    ),
    # words beside the entries
    "a cell at the end of the world": case(
        new_cell(TABLE, 1048576, '<c r="XFD1048576"><v>1</v></c>'),
        "!F0",
        says="工作表“表三”的 XFD1048576.*离填写的格太远",
    ),
    "a cell in row 2001": case(new_cell(PROSE, 2001, TEXT.format("B2001", "甲")), "!F0", says="B2001"),
    "a cell in column 101": case(new_cell(TABLE, 8, '<c r="CW8"><v>1</v></c>'), "!F0", says="CW8"),
    "a blank cell at the end of the world": case(new_cell(TABLE, 1048576, '<c r="XFD1048576" s="1"/>'), "same"),
    "a blank of blanks beside a table": case(new_cell(TABLE, 8, TEXT.format("L8", "  ")), "same", independent=False),
    "a paragraph beyond the last row": case(
        new_cell(PROSE, 204, TEXT.format("B204", "最后一段。")),
        "read",
        reads={"narrative.overview": "一、总体情况第一段。\n第二段，共 3 件。\n第三段。\n最后一段。"},
    ),
    "a number beyond the last paragraph": case(new_cell(PROSE, 204, '<c r="B204"><v>5</v></c>'), "N1", says="“5”"),
    "a paragraph in the next column": outside(PROSE, 5, "C", "一、总体情况 C5 “还有一段.*不会印进报告"),
    "a paragraph in a column far off": outside(PROSE, 5, "Z", "一、总体情况 Z5"),
    "a paragraph over the number of its row": case(
        typed(PROSE, "A5", "还有一段"), "F2", says="一、总体情况 A5 “还有一段”不在填写的格里"
    ),
    "words beside a table": outside(TABLE, 8, "L", "表三 L8"),
    "words below a table": outside("表四", 14, "B", "表四 B14"),
    "words between a table and its notes": outside("表四", 9, "B", "表四 B9 “补充”", text="补充"),
    "words beside the cover": outside(COVER, 7, "H", "封面 H7"),
    "words below the cover": outside(COVER, 30, "B", "封面 B30"),
    "words that are a formula beside a table": case(
        new_cell(TABLE, 8, '<c r="L8"><f>1+1</f><v>2</v></c>'), "F2", says="表三 L8 “=1\\+1”"
    ),
    "a number beside a table": case(new_cell(TABLE, 8, '<c r="L8"><v>0</v></c>'), "F2", says="表三 L8 “0”"),
    "words in a text box": drawn("<xdr:sp>{}</xdr:sp>", "F2", says="表三 C3 “还有一段话。”不在填写的格里"),
    "words in grouped text boxes": drawn(
        "<xdr:grpSp><xdr:sp>{}</xdr:sp></xdr:grpSp>", "F2", says="表三 C3 “还有一段话。”"
    ),
    "a shape without words": drawn("<xdr:sp/>", "same"),
    "the words of a button": drawn("<xdr:sp>{}</xdr:sp>", "same", whole=True),
    "the words of a button that is hidden from those who do not know it": drawn(
        '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="1025" name="Button 1" hidden="1"/></xdr:nvSpPr>{}</xdr:sp>', "same"
    ),
    "words in a text box with an equation": drawn(CHOICE.format("<xdr:sp>{}</xdr:sp>"), "F2", says="“还有一段话。”"),
    "a picture": drawn("<xdr:pic/>", "F2", says="表三 C3 “图片”不在填写的格里"),
    "a picture in a group": drawn("<xdr:grpSp><xdr:grpSp><xdr:pic/></xdr:grpSp></xdr:grpSp>", "F2", says="“图片”"),
    "a picture that not every program shows": drawn(CHOICE.format("<xdr:pic/>"), "F2", says="“图片”"),
    "a picture among buttons": drawn("<xdr:pic/>", "F2", whole=True, says="“图片”"),
    "a chart": drawn("<xdr:graphicFrame/>", "F2", says="表三 C3 “图表”不在填写的格里"),
    "a drawing that is broken": drawn("<xdr:sp>", "!F0", says="工作表“表三”.*已损坏"),
    # what nobody sees
    "a row with a number is hidden": case(hidden_row(row_of), "F2", says="表三 D8 被隐藏"),
    "a row with a number is hidden, in a word": case(hidden_row(row_of, how='hidden="true"'), "F2", says="被隐藏"),
    "a row with a number is hidden, in quotes of one stroke": case(
        hidden_row(row_of, how="hidden='1'"), "F2", says="被隐藏"
    ),
    "a row with a number has no height": case(no_state('ht="0" customHeight="1"'), "F2", says="被隐藏"),
    "a row with a number has hardly a height": case(
        no_state('ht="0.01" customHeight="1"'), "F2", says="表三 D8 被隐藏"
    ),
    "a row with a number has hardly a height, in other quotes": case(
        no_state("ht='0.75' customHeight='1'"), "F2", says="被隐藏"
    ),
    "a row with a number is low": case(no_state('ht="6" customHeight="1"'), "same"),
    "a row with a paragraph is hidden": case(hidden_row(5, PROSE), "F2", says="一、总体情况 B5 被隐藏"),
    "a blank row is hidden": case(hidden_row(9, PROSE), "same"),
    "a column of numbers is hidden": case(
        rewritten(TABLE, "</cols>", '<col min="4" max="4" width="0" hidden="1"/></cols>'),
        "F2",
        says="被隐藏",
        independent=False,
    ),
    "the column of paragraphs has no width": case(
        rewritten(PROSE, r'<col min="2" max="2" width="[^"]*"', '<col min="2" max="2" width="0"'), "F2", says="被隐藏"
    ),
    "the column of paragraphs has hardly a width": case(
        rewritten(PROSE, r'<col min="2" max="2" width="[^"]*"', '<col min="2" max="2" width="0.1"'),
        "F2",
        says="被隐藏",
    ),
    "columns have no width by themselves": case(
        both(rewritten(TABLE, "<cols>.*</cols>", ""), NO_WIDTH), "F2", says="表三 D8 被隐藏", independent=False
    ),
    "columns have no width by themselves, but have their own": case(NO_WIDTH, "same"),
    "all rows below are hidden": case(rewritten(TABLE, "<sheetFormatPr", '<sheetFormatPr zeroHeight="1"'), "same"),
    "two numbers are merged": case(merged("D8:E8"), "F2", says="表三 D8 所在的单元格被合并"),
    "a label and a number are merged": case(merged("C8:D8"), "F2", says="被合并"),
    "all is merged": case(merged("A1:XFD1048576"), "F2", says="被合并", independent=False),
    "paragraphs are merged": case(
        rewritten(PROSE, "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="B8:B10"/></mergeCells>'),
        "same",
    ),
    "paragraphs are merged over others": case(
        rewritten(PROSE, "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="B4:B6"/></mergeCells>'),
        "F2",
        says="一、总体情况 B4 所在的单元格被合并",
    ),
    "nothing is merged any more": case(rewritten(TABLE, "<mergeCells.*</mergeCells>", ""), "same"),
    "five thousand merged": case(
        merged(*(f"A{i}:B{i}" for i in range(100, 5200))), "!F0", says="合并单元格", independent=False
    ),
    "merged what is none": case(merged("x"), "!F0", says="已损坏"),
    "words under a merged label": case(put(TABLE, "B7", TEXT.format("B7", "隐藏的话")), "F2", says="表三 B7"),
    # which edition
    "no properties": case(only_cover, "same"),
    "no properties, and another edition on the cover": case(
        identity("xltools 2030/1"), "!UNKNOWN_EDITION", says="“2030”版"
    ),
    "no properties, and a newer cover": case(identity("xltools 2021/9"), "!F2", says="第 9 版"),
    "no properties, and nothing on the cover": case(no_identity, "!F2", says="不是年度报告填报工作簿"),
    "another edition": case(other_edition, "!F2", says=CHANGED),
    "an edition that nobody knows": properties(r">20(19|21)<", ">2030<", "!UNKNOWN_EDITION", says="“2030”版"),
    "an edition with a blank": properties(r">(20(19|21))<", r"> \1<", "!UNKNOWN_EDITION", says="版"),
    "a newer layout": properties(r'(xltools.layout".*?>)1<', r"\g<1>2<", "!F2", says="第 2 版"),
    "a newer tool": properties(r'(xltools.version".*?>)[^<]+<', r"\g<1>99.0<", "same"),
    "properties of other programs": properties(
        "</Properties>",
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="9" name="KSOProductBuildVer">'
        "<vt:lpwstr>2052-12.1.0</vt:lpwstr></property></Properties>",
        "same",
    ),
    "days since 1904": case(
        both(
            rewritten(BOOK, "<workbookPr", '<workbookPr date1904="1"'),
            put(COVER, field_at("office.date"), '<c r="{r}" s="{s}" t="d"><v>2021-01-25</v></c>'),
        ),
        "same",
        independent=False,
    ),
    "days since 1904, as a number": case(
        both(
            rewritten(BOOK, "<workbookPr", '<workbookPr date1904="1"'),
            put(COVER, field_at("office.date"), '<c r="{r}"><v>42759</v></c>'),
        ),
        "same",
    ),
    "all is blank": case(
        lambda edition, found: found.__setitem__(
            sheet(edition, TABLE),
            re.sub(rb'(<c r="[D-I]\d+" s="\d+")><v>\d+</v></c>', rb"\1/>", found[sheet(edition, TABLE)]),
        ),
        "N2",
        says="尚未填写",
    ),
}
