"""Parts that run, fetch or embed something, and relations that lead astray."""

from __future__ import annotations

from tests.hostile.base import sheet
from tests.hostile.case import TABLE, Case, Change, added, both, case, put, related, rewritten, typed

BOOK, ROOT = "xl/_rels/workbook.xml.rels", "_rels/.rels"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.microsoft.com/office"
EXTERNAL = ' TargetMode="External"'
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
DDE = (
    f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c calc"><ddeItems><ddeItem name="A0"/>'
    "</ddeItems></ddeLink></externalLink>"
)


def active(kind: str, name: str, what: str, data: str = "<a/>", rels: str = BOOK) -> Case:
    """A part of this kind, related as programs do it."""
    target = "/" + name
    return case(both(added(name, data), related(rels, kind, target)), "!F0", says=f"不允许的活动内容：{what}")


def orphan(name: str, what: str) -> Case:
    """A part that nothing leads to, but that is there."""
    return case(added(name, "<a/>"), "!F0", says=f"活动内容：{what}")


def linked(kind: str, target: str, *allowed: str, says: str = "") -> Case:
    """A relation of a table that leads out of the file."""

    def change(edition: str, found: dict[str, bytes]) -> None:
        name = sheet(edition, TABLE).replace("worksheets/", "worksheets/_rels/") + ".rels"
        related(name, kind, target, EXTERNAL)(edition, found)

    return case(change, *(allowed or ("!F0",)), says=says or ("" if allowed else "对文件以外内容的引用"))


def led(pattern: str, by: str, *allowed: str, **more: object) -> Case:
    """A case that changes the relations of the workbook."""
    return case(rewritten(BOOK, pattern, by), *allowed, **more)


def to_table(target: str) -> Change:
    """The table's relation leads somewhere else."""

    def change(edition: str, found: dict[str, bytes]) -> None:
        short = sheet(edition, TABLE).removeprefix("xl/")
        rewritten(BOOK, f'Target="{short}"', f'Target="{target}"')(edition, found)

    return change


def moved(name: str, target: str) -> Change:
    """The table is another part, to which the relation leads."""

    def change(edition: str, found: dict[str, bytes]) -> None:
        part = sheet(edition, TABLE)
        found[name] = found.pop(part)
        rewritten("[Content_Types].xml", f"/{part}", f"/{name}")(edition, found)
        to_table(target)(edition, found)

    return change


def same_part(edition: str, found: dict[str, bytes]) -> None:
    to_table(sheet(edition, "表二").removeprefix("xl/"))(edition, found)


CASES: dict[str, Case] = {
    "macros in a workbook without": case(
        both(
            added("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"),
            related(BOOK, f"{OFFICE}/2006/relationships/vbaProject", "vbaProject.bin"),
        ),
        "!F0",
        says="活动内容：宏",
    ),
    "macros of our own": case(lambda *_: None, "same", macros=True),
    "macros of others": case(added("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(4000)), "same", macros=True),
    "macros that nothing leads to": orphan("xl/vbaProject.bin", "宏"),
    "a signature of macros": orphan("xl/vbaProjectSignature.bin", "宏"),
    "macros of Excel 4": active("xlMacrosheet", "xl/macrosheets/sheet1.xml", "宏表"),
    "macros of Excel 4, not English": active(f"{OFFICE}/2006/relationships/xlIntlMacrosheet", "xl/intl.xml", "宏表"),
    "macros of Excel 4 among macros": case(added("xl/macrosheets/sheet1.xml", "<a/>"), "!F0", says="宏表", macros=True),
    "a dialog": active("dialogsheet", "xl/dialogsheets/sheet1.xml", "宏表"),
    "macros of WPS": active("http://www.wps.cn/officeDocument/2018/jsaProject", "xl/JSAProject.bin", "WPS 宏"),
    "macros of today's WPS": active("http://www.wps.cn/officeDocument/2018/jdeExtension", "xl/JDEData.bin", "WPS 宏"),
    "relations in capitals": case(
        lambda _, found: found.update(
            {
                "xl/_rels/workbook.xml.RELS": found.pop("xl/_rels/workbook.xml.rels").replace(
                    b"</Relationships>",
                    b'<Relationship Id="rIdX" Type="x/image" Target="http://x.invalid/" TargetMode="External"/>'
                    b"</Relationships>",
                )
            }
        ),
        "!F0",
        says="活动内容",
    ),
    "a type by the ending": case(
        rewritten(
            "[Content_Types].xml",
            '<Override PartName="/xl/workbook.xml" ContentType="([^"]*)"/>',
            r'<Default Extension="xml" ContentType="\1"/>',
        ),
        "same",
        independent=False,
    ),
    "a link to another workbook": active("externalLink", "xl/externalLinks/externalLink1.xml", "外部链接"),
    "a link by DDE": active("externalLink", "xl/externalLinks/externalLink1.xml", "外部链接", DDE),
    "a link by another name": active("externalLink", "xl/a.xml", "外部链接", DDE),
    "a link that nothing leads to": orphan("xl/externalLinks/externalLink1.xml", "外部链接"),
    "a link of a strict workbook": active(
        "http://purl.oclc.org/ooxml/officeDocument/relationships/externalLink", "xl/a.xml", "外部链接"
    ),
    "a link whose kind is in capitals": active("EXTERNALLINK", "xl/a.xml", "外部链接"),
    "an object": active("oleObject", "xl/embeddings/oleObject1.bin", "嵌入的对象"),
    "an object by another name": active("oleObject", "xl/printer.bin", "嵌入的对象"),
    "a document in it": active("package", "xl/embeddings/a.docx", "嵌入的对象"),
    "a control": active("control", "xl/activeX/activeX1.xml", "ActiveX 控件"),
    "a control by another name": active("control", "xl/a.xml", "ActiveX 控件"),
    "the data of a control": orphan("xl/activeX/activeX1.bin", "ActiveX 控件"),
    "connections": active("connections", "xl/connections.xml", "数据连接"),
    "a query": active("queryTable", "xl/queryTables/queryTable1.xml", "数据连接"),
    "data that change by themselves": active("volatileDependencies", "xl/volatileDependencies.xml", "数据连接"),
    "a data model": active(f"{OFFICE}/2006/relationships/powerPivotData", "xl/model/item.data", "数据连接"),
    "an add-in of the web": active(
        f"{OFFICE}/2011/relationships/webextensiontaskpanes", "xl/webextensions/taskpanes.xml", "网页加载项", rels=ROOT
    ),
    "a ribbon": active(
        f"{OFFICE}/2006/relationships/ui/extensibility", "customUI/customUI.xml", "自定义功能区", rels=ROOT
    ),
    "a newer ribbon": active(f"{OFFICE}/2007/relationships/ui/extensibility", "a/b.xml", "自定义功能区", rels=ROOT),
    "tool bars of old": active(f"{OFFICE}/2006/relationships/attachedToolbars", "xl/attachedToolbars.bin", "宏表"),
    "a picture from elsewhere": linked("image", "http://example.com/a.png"),
    "a picture from another machine": linked("image", "file://///server/share/a.png"),
    "a template from elsewhere": linked("attachedTemplate", "http://example.com/a.dotm"),
    "an object from elsewhere": linked("oleObject", "file:///C:/a.doc", says="嵌入的对象"),
    "a frame from elsewhere": linked("frame", "http://example.com/"),
    "a link for people": linked("hyperlink", "http://www.example.cn/", "same"),
    "a link for people, to a mailbox": linked("hyperlink", "mailto:mz@example.cn", "same"),
    "a link for people, to a machine": linked("hyperlink", "file://///server/share/a.xlsx", "same"),
    "a link into itself": linked("hyperlink", "#表三!A1", "same"),
    "settings of an add-in": case(
        both(
            rewritten("xl/workbook.xml", "</sheets>", '<sheet name="xlwings.conf" sheetId="99" r:id="rIdX"/></sheets>'),
            related(BOOK, "worksheet", "worksheets/sheet99.xml"),
            added("xl/worksheets/sheet99.xml", f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'),
        ),
        "!F0",
        says="xlwings.conf",
    ),
    "settings of an add-in, in capitals": case(
        both(
            rewritten("xl/workbook.xml", "</sheets>", '<sheet name="XLWINGS.CONF" sheetId="99" r:id="rIdX"/></sheets>'),
            related(BOOK, "worksheet", "worksheets/sheet99.xml"),
            added("xl/worksheets/sheet99.xml", f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'),
        ),
        "!F0",
        says="xlwings.conf",
    ),
    # what programs leave behind, and what does nothing
    "a part that nobody knows": case(added("xl/whatever.bin", bytes(range(256))), "same"),
    "a part of another program": case(added("customXml/item1.xml", "<a/>", "application/xml"), "same"),
    "a picture": case(added("xl/media/image1.png", b"\x89PNG" + bytes(999)), "same"),
    "settings of a printer": case(added("xl/printerSettings/printerSettings1.bin", bytes(999)), "same"),
    "no theme": case(lambda _, found: found.pop("xl/theme/theme1.xml") and None, "same", independent=False),
    "no properties": case(lambda _, found: found.pop("docProps/custom.xml") and None, "same", independent=False),
    "no core properties": case(lambda _, found: found.pop("docProps/core.xml") and None, "same", independent=False),
    # relations
    "no relations": case(lambda _, found: found.pop(ROOT) and None, "!F0", says="不完整或已损坏"),
    "no relations of the workbook": case(lambda _, found: found.pop(BOOK) and None, "!F2", says="不是年度报告|缺少"),
    "no types": case(lambda _, found: found.pop("[Content_Types].xml") and None, "!F0", says="是压缩包"),
    "no workbook": case(lambda _, found: found.pop("xl/workbook.xml") and None, "!F0", says="不完整或已损坏"),
    "two texts in one string": case(
        rewritten("xl/sharedStrings.xml", "<si><t>", "<si><t>甲</t><t>", count=0), "!F0", says="已损坏"
    ),
    "no strings": case(lambda _, found: found.pop("xl/sharedStrings.xml") and None, "!F0", says="已损坏"),
    "no styles": case(lambda _, found: found.pop("xl/styles.xml") and None, "same", independent=False),
    "no table": case(
        lambda edition, found: found.pop(sheet(edition, TABLE)) and None, "!F0", says="工作表“表三”.*已损坏"
    ),
    "two workbooks": case(
        both(related(ROOT, "officeDocument", "xl/other.xml"), added("xl/other.xml", "<a/>")), "!F0", says="已损坏"
    ),
    "two lists of strings": case(
        both(related(BOOK, "sharedStrings", "other.xml"), added("xl/other.xml", f'<sst xmlns="{MAIN}"/>')),
        "!F0",
        says="已损坏",
    ),
    "two lists of styles": case(
        both(related(BOOK, "styles", "other.xml"), added("xl/other.xml", f'<styleSheet xmlns="{MAIN}"/>')),
        "!F0",
        says="已损坏",
    ),
    "a relation twice": led(
        "</Relationships>", '<Relationship Id="rId1" Type="x" Target="y"/></Relationships>', "!F0", says="已损坏"
    ),
    "a table of the kind of a chart": led(
        r'relationships/worksheet" Target="worksheets/sheet5',
        'relationships/chartsheet" Target="worksheets/sheet5',
        "!F2",
        says="缺少工作表“表三”",
    ),
    "a table that is another": case(same_part, "!F0", says="已损坏"),
    "a table that is the strings": case(to_table("sharedStrings.xml"), "!F0", "!F2", says="已损坏|改动"),
    "a table that is nowhere": case(to_table("nowhere.xml"), "!F0", says="工作表“表三”.*已损坏"),
    "a table outside": case(to_table("../../../../etc/passwd"), "!F0", says="工作表“表三”.*已损坏"),
    "a table on the web": case(to_table("http://example.com/sheet.xml"), "!F0", says="工作表“表三”.*已损坏"),
    "a table by an absolute target": case(moved("a/b/c.xml", "/a/b/c.xml"), "same"),
    "a table through its parent": case(moved("xl/t.xml", "worksheets/../t.xml"), "same"),
    "a table in a folder of another name": case(moved("xl/工作表/表三.xml", "工作表/表三.xml"), "same"),
    "a table whose target is in capitals": case(
        moved("xl/worksheets/Table.xml", "Worksheets/TABLE.xml"), "same", independent=False
    ),
    "the styles are a table": led(
        'Target="styles.xml"', 'Target="worksheets/sheet5.xml"', "!F0", "same", independent=False
    ),
    "the strings are a table": led(
        'Target="sharedStrings.xml"', 'Target="worksheets/sheet5.xml"', "!F0", says="已损坏"
    ),
    "a relation that leads out to the table": led(
        r'(Target="worksheets/sheet5.xml")', r'\1 TargetMode="External"', "!F0", says="引用"
    ),
    "a formula that starts a program": case(
        put(TABLE, "A2", '<c r="A2" t="str"><f>cmd|\'/c calc\'!A0</f><v>5</v></c>'), "same", independent=False
    ),
    "a formula that asks the web": case(
        typed("封面", "B13", "=WEBSERVICE(&quot;http://example.com&quot;)"),
        "read",
        reads={"office.preparer": '=WEBSERVICE("http://example.com")'},
    ),
}
