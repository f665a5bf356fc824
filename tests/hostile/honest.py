"""The same workbook as other programs write it: every one must give the same report (诚实的改写).

What Excel, WPS and others are known to do to a file that one opens and saves; each rewriting takes the parts of a
workbook, whoever wrote it, and returns them otherwise.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from lxml import etree

from tests.hostile.base import Parts

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
X14AC = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MICROSOFT = "http://schemas.microsoft.com/office"
XR = "http://schemas.microsoft.com/office/spreadsheetml/2014/revision"
Found = dict[str, bytes]
Rewriting = Callable[[Found], None]
BOOK, RELATIONS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    f"{OFFICE}/relationships/custom-properties": "http://purl.oclc.org/ooxml/officeDocument/relationships/customProperties",
    f"{OFFICE}/relationships/extended-properties": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships/extendedProperties"
    ),
    f"{OFFICE}/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    f"{OFFICE}/custom-properties": "http://purl.oclc.org/ooxml/officeDocument/customProperties",
    f"{OFFICE}/docPropsVTypes": "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
}


def rewritten(parts: Parts, rewriting: Rewriting) -> Parts:
    found = dict(parts)
    rewriting(found)
    return found


def sheets(found: Found) -> list[str]:
    return [name for name in found if re.fullmatch(r"xl/worksheets/[^/]*\.xml", name)]


def cells(root: etree._Element) -> Iterator[etree._Element]:
    return root.iter(f"{{{MAIN}}}c")


def in_sheets(change: Callable[[etree._Element], None]) -> Rewriting:
    """Change every sheet as XML."""

    def rewrite(found: Found) -> None:
        for name in sheets(found):
            root = etree.fromstring(found[name])
            change(root)
            found[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return rewrite


def in_cells(change: Callable[[etree._Element], None]) -> Rewriting:
    def rewrite(root: etree._Element) -> None:
        for cell in list(cells(root)):
            change(cell)

    return in_sheets(rewrite)


def in_text(pattern: str, by: str, *names: str) -> Rewriting:
    """Change the text of parts, or of all sheets."""

    def rewrite(found: Found) -> None:
        for name in names or sheets(found):
            found[name] = re.sub(pattern.encode(), by.encode(), found[name])

    return rewrite


def also(*rewritings: Rewriting) -> Rewriting:
    def rewrite(found: Found) -> None:
        for one in rewritings:
            one(found)

    return rewrite


def with_part(name: str, data: str | bytes, relation: str, kind: str = "", source: str = BOOK) -> Rewriting:
    """A part more, to which another has a relation."""
    folder, _, file = source.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels".lstrip("/")

    def rewrite(found: Found) -> None:
        found[name] = data.encode() if isinstance(data, str) else data
        empty = f'<Relationships xmlns="{PACKAGE}/relationships"></Relationships>'
        target = posixpath.relpath(name, folder or ".")
        one = f'<Relationship Id="rIdNew{len(found)}" Type="{relation}" Target="{target}"/></Relationships>'
        before = found.get(relations, empty.encode()).decode().replace("/>", "/>", 1)
        before = re.sub(r"<Relationships([^>]*)/>", r"<Relationships\1></Relationships>", before)
        found[relations] = before.replace("</Relationships>", one).encode()
        if kind:
            override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
            found[TYPES] = found[TYPES].replace(b"</Types>", override.encode())

    return rewrite


def renamed(change: Callable[[str], str]) -> Rewriting:
    """Other names for the parts of the workbook, and relations that lead to them."""

    def rewrite(found: Found) -> None:
        names = {name: change(name) for name in found if not name.endswith(".rels") and name != TYPES}
        for name in [name for name in found if name.endswith(".rels")]:
            folder = posixpath.dirname(posixpath.dirname(name))
            source = posixpath.join(folder, posixpath.basename(name).removesuffix(".rels"))
            root = etree.fromstring(found.pop(name))
            for relation in root:
                if relation.get("TargetMode") != "External":
                    target = posixpath.normpath(posixpath.join("/", folder, str(relation.get("Target")))).lstrip("/")
                    relation.set("Target", "/" + names.get(target, target))
            now = names.get(source, source)
            place = posixpath.join(posixpath.dirname(now), "_rels", f"{posixpath.basename(now)}.rels")
            found[place] = etree.tostring(root)
        types = found[TYPES].decode()
        for name, now in names.items():
            types = types.replace(f'PartName="/{name}"', f'PartName="/{now}"')
            found[now] = found.pop(name)
        found[TYPES] = types.encode()

    return rewrite


STRINGS = "xl/sharedStrings.xml"


def shared(found: Found) -> list[str]:
    """The shared strings; texts that stand in their cells become some."""
    if STRINGS not in found:
        texts: list[str] = []

        def change(cell: etree._Element) -> None:
            text = cell.find(f"{{{MAIN}}}is")
            if text is not None:
                cell.remove(text)
                cell.set("t", "s")
                etree.SubElement(cell, f"{{{MAIN}}}v").text = str(len(texts))
                texts.append("".join(t.text or "" for t in text.iter(f"{{{MAIN}}}t")))

        in_cells(change)(found)
        kind = f"{SHEETML}.sharedStrings+xml"
        with_part(STRINGS, listed(texts), f"{OFFICE}/relationships/sharedStrings", kind)(found)
    root = etree.fromstring(found[STRINGS])
    return ["".join(t.text or "" for t in item.iter(f"{{{MAIN}}}t")) for item in root]


def listed(texts: list[str]) -> bytes:
    root = etree.Element(f"{{{MAIN}}}sst", nsmap={None: MAIN})
    for text in texts:
        etree.SubElement(etree.SubElement(root, f"{{{MAIN}}}si"), f"{{{MAIN}}}t").text = text
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def in_runs(found: Found) -> None:
    """Every string in runs, with its reading, as Asian Excels write them."""
    root = etree.Element(f"{{{MAIN}}}sst", nsmap={None: MAIN})
    for text in shared(found):
        item = etree.SubElement(root, f"{{{MAIN}}}si")
        for piece in (text[:2], text[2:]):
            run = etree.SubElement(item, f"{{{MAIN}}}r")
            look = etree.SubElement(run, f"{{{MAIN}}}rPr")
            etree.SubElement(look, f"{{{MAIN}}}sz", val="11")
            inside = etree.SubElement(run, f"{{{MAIN}}}t")
            inside.text = piece
            inside.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        reading = etree.SubElement(item, f"{{{MAIN}}}rPh", sb="0", eb="1")
        etree.SubElement(reading, f"{{{MAIN}}}t").text = "よみ"
        etree.SubElement(item, f"{{{MAIN}}}phoneticPr", fontId="1")
    found[STRINGS] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def inline(found: Found) -> None:
    """No shared strings: every text stands in its cell."""
    strings = shared(found)

    def change(cell: etree._Element) -> None:
        value = cell.find(f"{{{MAIN}}}v")
        if cell.get("t") == "s" and value is not None:
            cell.set("t", "inlineStr")
            cell.remove(value)
            text = etree.SubElement(etree.SubElement(cell, f"{{{MAIN}}}is"), f"{{{MAIN}}}t")
            text.text = strings[int(value.text or 0)]

    in_cells(change)(found)


def all_shared(found: Found) -> None:
    """Texts that stand in cells become shared strings; each stands in the list once more."""
    strings = [text for text in shared(found) for _ in (0, 1)]

    def change(cell: etree._Element) -> None:
        value = cell.find(f"{{{MAIN}}}v")
        if cell.get("t") == "s" and value is not None:
            value.text = str(2 * int(value.text or 0) + 1)

    in_cells(change)(found)
    found[STRINGS] = listed(strings)


def strict(found: Found) -> None:
    for name in found:
        for before, after in STRICT.items():
            found[name] = found[name].replace(before.encode(), after.encode())
    found[BOOK] = found[BOOK].replace(b"<workbook ", b'<workbook conformance="strict" ', 1)


def prefixed(found: Found) -> None:
    """Every element with a prefix, as writers do that know XML and nothing else."""
    for name in [*sheets(found), BOOK, *({STRINGS} & found.keys()), "xl/styles.xml"]:
        root = etree.fromstring(found[name])
        now = etree.Element(
            root.tag, nsmap={"x": MAIN, **{k: v for k, v in root.nsmap.items() if k}}, attrib=root.attrib
        )
        now.text = root.text
        now.extend(list(root))
        found[name] = etree.tostring(now)


def explicit(cell: etree._Element) -> None:
    if cell.get("t") is None:
        cell.set("t", "n")


def blank_values(cell: etree._Element) -> None:
    if len(cell) == 0:
        etree.SubElement(cell, f"{{{MAIN}}}v")


def without_addresses(root: etree._Element) -> None:
    """An address is left out where it follows from the one before."""
    for row in root.iter(f"{{{MAIN}}}row"):
        column = 0
        for cell in row:
            letters = re.sub("[0-9]", "", cell.get("r", ""))
            number = 0
            for letter in letters:
                number = number * 26 + ord(letter) - 64
            if number == column + 1:
                del cell.attrib["r"]
            column = number


def without_row_numbers(root: etree._Element) -> None:
    before = 0
    for row in root.iter(f"{{{MAIN}}}row"):
        number = int(row.get("r", "0"))
        if number == before + 1:
            del row.attrib["r"]
        before = number


def seventeen_digits(cell: etree._Element) -> None:
    value = cell.find(f"{{{MAIN}}}v")
    if cell.get("t", "n") == "n" and value is not None and value.text:
        value.text = f"{float(value.text):.17g}"


def shared_formula(cell: etree._Element) -> None:
    """A formula as Excel writes the first of several."""
    formula = cell.find(f"{{{MAIN}}}f")
    if formula is not None and formula.get("t") is None:
        for name, value in {"t": "shared", "ref": cell.get("r", ""), "si": "0"}.items():
            formula.set(name, value)


def no_results(cell: etree._Element) -> None:
    """Formulas without their results, as programs write them that cannot compute."""
    value = cell.find(f"{{{MAIN}}}v")
    if cell.find(f"{{{MAIN}}}f") is not None and value is not None:
        cell.remove(value)
        cell.attrib.pop("t", None)


def shifted_styles(found: Found) -> None:
    """A style more before all others."""
    styles = etree.fromstring(found["xl/styles.xml"])
    forms = styles.find(f"{{{MAIN}}}cellXfs")
    assert forms is not None
    forms.insert(0, etree.fromstring(etree.tostring(forms[0])))
    found["xl/styles.xml"] = etree.tostring(styles)
    in_cells(lambda cell: cell.set("s", str(int(cell.get("s", "0")) + 1)))(found)


def formats_of_china(found: Found) -> None:
    """Counts in the formats that Chinese programs give them."""
    styles = etree.fromstring(found["xl/styles.xml"])
    forms = styles.find(f"{{{MAIN}}}numFmts")
    if forms is None:
        forms = etree.Element(f"{{{MAIN}}}numFmts")
        styles.insert(0, forms)
    codes = {1: "0_ ", 0: "G/通用格式", 49: "@"}
    for number, code in codes.items():
        etree.SubElement(forms, f"{{{MAIN}}}numFmt", numFmtId=str(900 + number), formatCode=code)
    for form in styles.iterfind(f"{{{MAIN}}}cellXfs/{{{MAIN}}}xf"):
        if int(form.get("numFmtId", "0")) in codes:
            form.set("numFmtId", str(900 + int(form.get("numFmtId", "0"))))
    found["xl/styles.xml"] = etree.tostring(styles)


def extensions(root: etree._Element) -> None:
    ext = f'<extLst xmlns="{MAIN}"><ext uri="{{78C0D931}}"><x:y xmlns:x="urn:x"/></ext></extLst>'
    for row in root.iter(f"{{{MAIN}}}row"):
        for cell in row:
            if len(cell):
                cell.append(etree.fromstring(ext))
        row.append(etree.fromstring(ext))
    root.append(etree.fromstring(ext))


def of_excel(root: etree._Element) -> None:
    """What Excel writes around and into rows."""
    root.set(f"{{{XR}}}uid", "{00000000-0001-0000-0000-000000000000}")
    root.set(f"{{{MC}}}Ignorable", "x14ac xr xr2 xr3")
    for row in root.iter(f"{{{MAIN}}}row"):
        row.set(f"{{{X14AC}}}dyDescent", "0.15")
        row.set("hidden", "0")
        row.set("collapsed", "false")


def of_excel_as_text(found: Found) -> None:
    """The same, byte for byte as Excel has it."""
    names = {"mc": MC, "x14ac": X14AC, "xr": XR}
    for name in sheets(found):
        text = found[name].decode()
        more = "".join(f' xmlns:{short}="{long}"' for short, long in names.items() if f"xmlns:{short}=" not in text)
        text = text.replace("<worksheet", f'<worksheet{more} mc:Ignorable="x14ac xr" xr:uid="{{0-0}}"', 1)
        found[name] = re.sub(r'<row r="(\d+)"', r'<row r="\1" x14ac:dyDescent="0.15"', text).encode()


def alternatives(found: Found) -> None:
    """Where the file was last: Excel says it to itself."""
    said = (
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x15">'
        '<x15ac:absPath url="C:\\" xmlns:x15ac="urn:x15"/>'
        f'</mc:Choice></mc:AlternateContent><xr:revisionPtr revIDLastSave="0" xmlns:xr="{XR}"/><sheets>'
    )
    found[BOOK] = found[BOOK].replace(b"<sheets>", said.encode(), 1)


def calc_chain(found: Found) -> None:
    data = f'<calcChain xmlns="{MAIN}"><c r="J8" i="5"/></calcChain>'
    kind = f"{SHEETML}.calcChain+xml"
    with_part("xl/calcChain.xml", data, f"{OFFICE}/relationships/calcChain", kind)(found)


def threads(found: Found) -> None:
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    persons = f'<personList xmlns="{space}"><person displayName="张三" id="{{1}}"/></personList>'
    comment = '<threadedComment ref="D8" id="{1}"><text>请核对</text></threadedComment>'
    comments = f'<ThreadedComments xmlns="{space}">{comment}</ThreadedComments>'
    kind = "http://schemas.microsoft.com/office/2017/10/relationships"
    with_part("xl/persons/person.xml", persons, f"{kind}/person", "application/vnd.ms-excel.person+xml")(found)
    with_part(
        "xl/threadedComments/threadedComment1.xml", comments, f"{kind}/threadedComment",
        "application/vnd.ms-excel.threadedcomments+xml", sheets(found)[0],
    )(found)  # fmt: skip


def mail_link(found: Found) -> None:
    """A mailbox that was typed has become a link."""
    name = sheets(found)[0]
    relations = name.replace("worksheets/", "worksheets/_rels/") + ".rels"
    kind = f"{OFFICE}/relationships/hyperlink"
    one = f'<Relationship Id="rIdMail" Type="{kind}" Target="mailto:a@b.cn" TargetMode="External"/>'
    empty = f'<Relationships xmlns="{PACKAGE}/relationships"></Relationships>'
    before = found.get(relations, empty.encode()).decode()
    found[relations] = before.replace("</Relationships>", f"{one}</Relationships>").encode()


def wps(found: Found) -> None:
    """What WPS leaves in a file."""
    number = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
    more = "".join(
        f'<property fmtid="{number}" pid="{90 + i}" name="{name}"><vt:lpwstr xmlns:vt="{OFFICE}/docPropsVTypes">{value}'
        "</vt:lpwstr></property>"
        for i, (name, value) in enumerate({"KSOProductBuildVer": "2052-12.1.0.17147", "ICV": "ABCDEF"}.items())
    )
    custom = next(name for name in found if name.endswith("custom.xml"))
    found[custom] = found[custom].replace(b"</Properties>", more.encode() + b"</Properties>")
    hidden = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    with_part("xl/worksheets/wps.xml", hidden, f"{OFFICE}/relationships/worksheet",
              f"{SHEETML}.worksheet+xml")(found)  # fmt: skip
    id = re.findall(r'Id="(rIdNew\d+)"', found[RELATIONS].decode())[-1]
    state = f'sheetId="999" state="veryHidden" r:id="{id}" xmlns:r="{OFFICE}/relationships"'
    sheet = f'<sheet name="WpsReserved_CellImgList" {state}/></sheets>'
    found[BOOK] = found[BOOK].replace(b"</sheets>", sheet.encode())
    images = '<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>'
    with_part("xl/cellimages.xml", images, "http://www.wps.cn/officeDocument/2020/cellImage",
              "application/vnd.wps-officedocument.cellimage+xml")(found)  # fmt: skip


def without(*names: str) -> Rewriting:
    """Parts that some programs drop, with what leads to them."""

    def rewrite(found: Found) -> None:
        for name in [one for one in found if any(re.fullmatch(pattern, one) for pattern in names)]:
            del found[name]
            file = posixpath.basename(name)
            for other in [one for one in found if one.endswith(".rels")] + [TYPES]:
                found[other] = re.sub(rf'<[A-Z]\w+ [^>]*/?{file}"[^>]*/>'.encode(), b"", found[other])

    return rewrite


def day_as_date(kind: str) -> Rewriting:
    """The date on the cover as programs store it that take it for one."""

    def rewrite(found: Found) -> None:
        styles = etree.fromstring(found["xl/styles.xml"])
        forms = styles.find(f"{{{MAIN}}}cellXfs")
        assert forms is not None
        form = etree.SubElement(forms, f"{{{MAIN}}}xf", numFmtId="31", fontId="0", fillId="0", borderId="0", xfId="0")
        index = len(forms) - 1
        assert form is not None
        found["xl/styles.xml"] = etree.tostring(styles)

        def change(cell: etree._Element) -> None:
            if cell.get("r") == "B22":
                for child in list(cell):
                    cell.remove(child)
                cell.set("s", str(index))
                cell.set("t", kind)
                etree.SubElement(cell, f"{{{MAIN}}}v").text = "2021-01-25" if kind == "d" else "44221"

        cover = sheets(found)[0]
        only = {cover: found[cover]}
        in_cells(change)(only)
        found.update(only)

    return rewrite


def pretty(found: Found) -> None:
    """Every element on a line of its own."""
    for name in [*sheets(found), BOOK, RELATIONS, TYPES, "xl/styles.xml", *({"docProps/custom.xml"} & found.keys())]:
        root = etree.fromstring(found[name], etree.XMLParser(remove_blank_text=True))
        found[name] = etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")


def as_it_is(found: Found) -> None:
    """Nothing is changed."""


def neither_addresses_nor_numbers(root: etree._Element) -> None:
    without_addresses(root)
    without_row_numbers(root)


def in_first_sheet(name: str, data: str | bytes, kind: str, type: str) -> Rewriting:
    """A part that the first sheet leads to, unless it has one of the kind: its buttons are in a drawing already."""
    relation = f"{OFFICE}/relationships/{kind}"

    def rewrite(found: Found) -> None:
        first = sheets(found)[0]
        relations = found.get(first.replace("worksheets/", "worksheets/_rels/") + ".rels", b"")
        if f'"{relation}"'.encode() not in relations:
            with_part(name, data, relation, type, first)(found)

    return rewrite


REWRITINGS: dict[str, Rewriting] = {
    "as it is": as_it_is,
    "strings in runs with readings": in_runs,
    "strings in their cells": inline,
    "strings that stand in the list twice": all_shared,
    "a chain of calculation": calc_chain,
    "what Excel adds": in_sheets(of_excel),
    "what Excel adds, as text": of_excel_as_text,
    "where the file was": alternatives,
    "what WPS adds": wps,
    "other names": renamed(lambda name: "a/" + name.replace("sheet", "page").replace("workbook", "book")),
    "names in other folders": renamed(lambda name: posixpath.basename(name) if name.startswith("xl/") else name),
    "absolute targets": renamed(lambda name: name),
    "targets in capitals": in_text('Target="([^"]+)"', r'Target="\1"', RELATIONS),
    "strict": strict,
    "prefixes": prefixed,
    "strict with prefixes": also(prefixed, strict),
    "types of numbers": in_cells(explicit),
    "blank values": in_cells(blank_values),
    "no addresses of cells": in_sheets(without_addresses),
    "no numbers of rows": in_sheets(without_row_numbers),
    "neither addresses nor numbers": in_sheets(neither_addresses_nor_numbers),
    "seventeen digits": in_cells(seventeen_digits),
    "no spans": in_text(' spans="[^"]*"', ""),
    "extensions": in_sheets(extensions),
    "threads of comments": threads,
    "settings of a printer": in_first_sheet(
        "xl/printerSettings/printerSettings1.bin", bytes(600), "printerSettings", f"{SHEETML}.printerSettings"
    ),
    "a drawing": in_first_sheet(
        "xl/drawings/drawing9.xml",
        '<xdr:wsDr xmlns:xdr="urn:x"/>',
        "drawing",
        "application/vnd.openxmlformats-officedocument.drawing+xml",
    ),
    "form controls": in_first_sheet(
        "xl/ctrlProps/ctrlProp1.xml", "<formControlPr/>", "ctrlProp", "application/vnd.ms-excel.controlproperties+xml"
    ),
    "properties of SharePoint": with_part(
        "customXml/item1.xml", "<a/>", f"{OFFICE}/relationships/customXml", source=""
    ),
    "a picture of itself": with_part(
        "docProps/thumbnail.wmf", bytes(900), f"{PACKAGE}/relationships/metadata/thumbnail", source=""
    ),
    "labels of secrecy": with_part(
        "docMetadata/LabelInfo.xml", "<a/>", f"{MICROSOFT}/2020/02/relationships/classificationlabels", source=""
    ),
    "dynamic arrays": with_part(
        "xl/metadata.xml",
        f'<metadata xmlns="{MAIN}"/>',
        f"{OFFICE}/relationships/sheetMetadata",
        f"{SHEETML}.sheetMetadata+xml",
    ),
    "formulas that are shared": in_cells(shared_formula),
    "formulas that are always computed": in_text("<f>", '<f ca="1">'),
    "a mailbox as a link": mail_link,
    "no theme": without("xl/theme/.*"),
    "no properties": without("docProps/.*"),
    "no comments": without("xl/comments.*", "xl/comments/.*"),
    "the day as a number": day_as_date("n"),
    "the day as a date": day_as_date("d"),
    "a style more": shifted_styles,
    "formats of China": formats_of_china,
    "lines of Windows": in_text("\n", "\r\n"),
    "marks of order": lambda found: found.update({name: b"\xef\xbb\xbf" + found[name] for name in sheets(found)}),
    "no declaration": in_text(r"<\?xml[^>]*\?>\s*", ""),
    "every element on its line": pretty,
    "hidden is said to be false": also(
        in_text(' (hidden|outlineLevel|collapsed)="[^"]*"', ""),
        in_text(r'<row r="(\d+)"', r'<row r="\1" hidden="false" outlineLevel="0" collapsed="0"'),
    ),
    "no protection": in_text("<sheetProtection[^>]*/>", ""),
    "no extent": in_text("<dimension[^>]*/>", ""),
    "formulas without results": in_cells(no_results),
}
CHANGES_TOTALS = ("formulas without results",)
"""After which the report has no stated totals; everything else is the same."""
