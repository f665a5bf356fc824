"""Parts that are no XML, more than XML may be, or XML that says the same in another way."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.hostile.base import sheet
from tests.hostile.case import COVER, PLACE, TABLE, Case, case, cell, rewritten

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
NUMBER = f"numbers:{PLACE}"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {n} "{f"&{m};" * 10}">' for m, n in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
FILE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
DAMAGED, DTD = "已损坏", "文档类型定义"
MB = 2**20


def whole(name: str, change: Callable[[bytes], bytes], *allowed: str, says: str = "", **more: object) -> Case:
    """A case that changes the bytes of a part, or of the part of a sheet."""

    def make(edition: str, found: dict[str, bytes]) -> None:
        part = name if name in found else sheet(edition, name)
        found[part] = change(found[part])

    return case(make, *allowed, says=says, **more)


def before_root(text: str, part: str = TABLE, says: str = DTD) -> Case:
    return case(rewritten(part, r"(<\?xml[^>]*>\s*)", rf"\g<1>{text}"), "!F0", says=says)


def table(pattern: str, by: str, *allowed: str, says: str = "", **more: object) -> Case:
    return case(rewritten(TABLE, pattern, by), *allowed, says=says, **more)


def number(xml: str, *allowed: str, **more: object) -> Case:
    return case(cell(xml), *allowed, **more)


def encoded(encoding: str, *allowed: str, declared: str | None = None, **more: object) -> Case:
    said = encoding if declared is None else declared

    def change(data: bytes) -> bytes:
        text = re.sub('encoding="[^"]*"', f'encoding="{said}"' if said else "", data.decode(), count=1)
        return text.encode(encoding)

    return whole(TABLE, change, *allowed, **more)


def prefixed(edition: str, found: dict[str, bytes]) -> None:
    """All elements of the table with a prefix."""
    part = sheet(edition, TABLE)
    text = re.sub(r"<(/?)(?=[a-zA-Z])(?![a-z]+:)", r"<\1x:", found[part].decode())
    found[part] = text.replace("xmlns=", "xmlns:x=", 1).encode()


def strict(edition: str, found: dict[str, bytes]) -> None:
    part = sheet(edition, TABLE)
    found[part] = found[part].replace(MAIN.encode(), STRICT.encode())


def many_cells(edition: str, found: dict[str, bytes]) -> None:
    """A sheet of a million cells without addresses, 12 MB."""
    filled = "<row>" + "<c><v>1</v></c>" * 1000 + "</row>"
    rewritten(TABLE, "</sheetData>", filled * 800 + "</sheetData>")(edition, found)


def fill(what: str, size: int) -> str:
    return what * (size // len(what))


CASES: dict[str, Case] = {
    # document types and entities
    "a document type": before_root("<!DOCTYPE worksheet>"),
    "a document type of elsewhere": before_root('<!DOCTYPE worksheet SYSTEM "http://example.com/a.dtd">'),
    "a billion laughs": before_root(LAUGHS),
    "a billion laughs in the strings": before_root(LAUGHS, "xl/sharedStrings.xml"),
    "a billion laughs in the workbook": before_root(LAUGHS, "xl/workbook.xml"),
    "a billion laughs in the styles": before_root(LAUGHS, "xl/styles.xml"),
    "a billion laughs in the types": before_root(LAUGHS, "[Content_Types].xml"),
    "a billion laughs in the relations": before_root(LAUGHS, "_rels/.rels"),
    "a billion laughs in the properties": before_root(LAUGHS, "docProps/custom.xml"),
    "a billion laughs in what is not read": before_root(LAUGHS, "docProps/core.xml"),
    "a file in the table": before_root(FILE),
    "a file in the workbook": before_root(FILE, "xl/workbook.xml"),
    "a file in the theme": before_root(FILE, "xl/theme/theme1.xml"),
    "a document type after a long comment": before_root(f"<!--{fill('x', 70_000)}--><!DOCTYPE worksheet>"),
    "a document type after white space": before_root(f"{fill(' ', 70_000)}<!DOCTYPE worksheet>"),
    "a document type in utf-16": whole(
        TABLE,
        lambda data: re.sub(r"(<\?xml[^>]*>)", r"\1<!DOCTYPE x>", data.decode().replace("UTF-8", "UTF-16")).encode(
            "utf-16"
        ),
        "!F0",
        says=DTD,
    ),
    "a document type behind a mark": whole(
        TABLE, lambda data: b"\xef\xbb\xbf<!DOCTYPE x>" + data.partition(b"?>")[2], "!F0", says=DTD
    ),
    "an entity that nobody declared": number('<c r="{r}"><v>&x;</v></c>', "!F0", says=DAMAGED),
    "a part of elsewhere": number(
        '<c r="{r}"><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/><v>7</v></c>',
        "!F0",
        "read",
        reads={NUMBER: 7},
    ),
    # the same in another way
    "the numbers of strings on lines of their own": table(r't="s"><v>(\d+)</v>', r't="s"><v>\n  \1\n</v>', "same"),
    "a mark before": whole(TABLE, lambda data: b"\xef\xbb\xbf" + data, "same"),
    "in utf-16": encoded("utf-16", "same"),
    "in utf-16, without a mark": encoded("utf-16-le", "!F0", "same", independent=False),
    "no declaration": whole(TABLE, lambda data: data.partition(b"?>")[2].lstrip(), "same"),
    "a declaration in quotes of one stroke": table(r"<\?xml[^>]*>", "<?xml version='1.0' encoding='utf-8'?>", "same"),
    "all on lines of their own": whole(
        TABLE, lambda data: data.replace(b"><", b">\n  <").replace(b">\n  </v>", b"></v>"), "same"
    ),
    "with a prefix": case(prefixed, "same"),
    "strict": case(strict, "same", independent=False),
    "comments everywhere": whole(
        TABLE, lambda data: data.replace(b"<row", b"<!-- x --><row").replace(b"<v>", b"<!-- x --><v>"), "same"
    ),
    "instructions everywhere": whole(TABLE, lambda data: data.replace(b"<row", b"<?x y?><row"), "same"),
    "a comment in a number": number('<c r="{r}" s="{s}"><v>1<!-- 2 -->7</v></c>', "read", reads={NUMBER: 17}),
    "a number as a reference": number('<c r="{r}" s="{s}"><v>&#49;&#x37;</v></c>', "read", reads={NUMBER: 17}),
    "a number in a section": number('<c r="{r}" s="{s}"><v><![CDATA[17]]></v></c>', "read", reads={NUMBER: 17}),
    "quotes of one stroke": whole(TABLE, lambda data: re.sub(rb' r="(\w+)"', rb" r='\1'", data), "same"),
    "more blanks": whole(TABLE, lambda data: data.replace(b"<c r=", b"<c  r= ").replace(b'= "', b'="'), "same"),
    "attributes in another order": whole(
        TABLE, lambda data: re.sub(rb'<c (r="\w+") (s="\w+")', rb"<c \2 \1", data), "same"
    ),
    "unknown attributes": whole(
        TABLE,
        lambda data: data.replace(b"<worksheet", b'<worksheet xmlns:q="urn:q"', 1).replace(b"<c ", b'<c q:a="1" '),
        "same",
    ),
    "cells without addresses": number('<c s="{s}"><v>17</v></c>', "read", reads={NUMBER: 17}),
    "an extension in a cell": number(
        '<c r="{r}" s="{s}"><v>17</v><extLst><ext uri="x"/></extLst></c>', "read", reads={NUMBER: 17}
    ),
    "an extension in a row": case(
        rewritten(TABLE, "</row>", '<extLst><ext uri="x"/></extLst></row>', count=0), "same", independent=False
    ),
    "a document cut by a mark of ends": whole(TABLE, lambda data: data + b"\r\n\r\n", "same"),
    # what Excel would see and we might not
    "rows in an alternative": table(
        "(<sheetData>)(.*)(</sheetData>)",
        r'\1<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        r"<mc:Fallback>\2</mc:Fallback></mc:AlternateContent>\3",
        "!F0",
        says=DAMAGED,
    ),
    "cells in something else": number('<x><c r="{r}"><v>17</v></c></x>', "!F0", says=DAMAGED),
    "a number in something else": number('<c r="{r}" s="{s}"><x><v>17</v></x></c>', "N2", "!F0", independent=False),
    "a cell of another language": number('<c xmlns="urn:x" r="{r}"><v>17</v></c>', "!F0", says=DAMAGED),
    "a number of another language": number(
        '<c r="{r}" s="{s}"><v xmlns="urn:x">17</v></c>', "N2", "!F0", independent=False
    ),
    "a row of another language": table(r'<row r="8"', '<row xmlns="urn:x" r="8"', "!F0", says=DAMAGED),
    "a sheet of another language": table(MAIN, "urn:x", "!F0", "!F2", independent=False),
    "a row of another language, said later": table(r'<row r="8"', '<row r="8" xmlns="urn:x"', "!F0", says=DAMAGED),
    "a row with two numbers": table(r'<row r="8"', '<row r="8" ht="15" r="9"', "!F0", says=DAMAGED),
    "a row of no height at all": table(r'<row r="8"', '<row r="8" x="1" ht="20.2."', "!F0", says=DAMAGED),
    "a style that is not there": table(r'(<c r="D8" s=")\d+', r"\g<1>999", "!F0", says=DAMAGED),
    "a style in words": table(r'(<c r="D8" s=")\d+', r"\g<1>1_0", "!F0", says=DAMAGED),
    "a blank cell with a style in words": table(r'(<c r="[A-Z]+\d+" s=")\d+"/>', r'\g<1>TRUE"/>', "!F0", says=DAMAGED),
    "two lists of rows": table("</sheetData>", "</sheetData><sheetData/>", "!F0", says=DAMAGED),
    "two lists of rows, the first empty": table("<sheetData>", "<sheetData/><sheetData>", "!F0", says=DAMAGED),
    "rows in a list inside of something": table(
        "(<sheetData>.*</sheetData>)", r"<x>\1</x>", "!F0", "!F2", says="已损坏|改动"
    ),
    "no list of rows": table("<sheetData>.*</sheetData>", "", "!F2", says="改动"),
    "rows in a comment": table("<sheetData>", "<!-- <sheetData>", "!F0", says=DAMAGED),
    "text among the cells": number('<c r="{r}" s="{s}"><v>17</v></c>5', "read", reads={NUMBER: 17}),
    "two values": number('<c r="{r}" s="{s}"><v>17</v><v>18</v></c>', "!F0", says=DAMAGED),
    "two formulas": number('<c r="{r}"><f>1</f><f>2</f><v>17</v></c>', "!F0", says=DAMAGED),
    "two texts": number('<c r="{r}" t="inlineStr"><is><t>1</t></is><is><t>2</t></is></c>', "!F0", says=DAMAGED),
    "a value with something in it": number('<c r="{r}"><v>1<x/>7</v></c>', "!F0", says=DAMAGED),
    "a text and a number": number('<c r="{r}" s="{s}"><is><t>18</t></is><v>17</v></c>', "!F0", says=DAMAGED),
    "a value beside a text": number(
        '<c r="{r}" s="{s}" t="inlineStr"><is><t>18</t></is><v>17</v></c>', "!F0", says=DAMAGED
    ),
    # broken
    "empty": whole(TABLE, lambda _: b"", "!F0", says=DAMAGED),
    "no XML": whole(TABLE, lambda _: b"hello", "!F0", says=DAMAGED),
    "zeros": whole(TABLE, lambda data: bytes(len(data)), "!F0", says=DAMAGED),
    "cut": whole(TABLE, lambda data: data[: len(data) // 2], "!F0", says=DAMAGED),
    "one more at the end": whole(TABLE, lambda data: data + b"<x/>", "!F0", says=DAMAGED),
    "an end missing": table("</row>", "", "!F0", says=DAMAGED),
    "an attribute twice": number('<c r="{r}" r="{r}"><v>17</v></c>', "!F0", says=DAMAGED),
    "broken utf-8": whole(
        TABLE, lambda data: data.replace("自然人".encode(), b"\xff\xfe", 1) + b"", "!F0", "same", says=""
    ),
    "broken utf-8 in the strings": whole(
        "xl/sharedStrings.xml", lambda data: data.replace("自然人".encode(), b"\xff\xfe", 1), "!F0", says=DAMAGED
    ),
    "half a character in utf-8": whole(
        "xl/sharedStrings.xml", lambda data: data.replace("自然人".encode(), b"\xed\xa0\x80", 1), "!F0", says=DAMAGED
    ),
    "a control character": number('<c r="{r}" t="str"><v>\x0b</v></c>', "!F0", says=DAMAGED),
    "a control character as a reference": number('<c r="{r}" t="str"><v>&#11;</v></c>', "!F0", says=DAMAGED),
    "a zero as a reference": number('<c r="{r}" t="str"><v>&#0;</v></c>', "!F0", says=DAMAGED),
    "half a character as a reference": number('<c r="{r}" t="str"><v>&#xD800;</v></c>', "!F0", says=DAMAGED),
    "no character": number('<c r="{r}" t="str"><v>\ufffe</v></c>', "!F0", says=DAMAGED),
    "in GBK": encoded("gbk", "!F0", says=DAMAGED),
    "in an encoding of the mainframe": whole(
        TABLE, lambda data: data.decode("ascii", "ignore").encode("cp500"), "!F0", says=DAMAGED
    ),
    "in utf-7": encoded("utf-7", "!F0", says=DAMAGED),
    "in latin-1": whole(TABLE, lambda data: data.replace(b"UTF-8", b"ISO-8859-1", 1), "!F0", says=DAMAGED),
    "utf-8 that says utf-16": encoded("utf-8", "!F0", says=DAMAGED, declared="UTF-16"),
    "XML 1.1": table(r'version="1\.0"', 'version="1.1"', "!F0", "same", independent=False),
    # too much
    "very deep": table("<sheetData>", fill("<x>", 9000) + "<sheetData>", "!F0", says=DAMAGED),
    "very deep in the strings": case(
        rewritten("xl/sharedStrings.xml", "<si>", fill("<x>", 9000) + "<si>"), "!F0", says=DAMAGED
    ),
    "a comment of 8 MB": table(
        "<sheetData>", f"<!--{fill('x', 8 * MB)}--><sheetData>", "same", "!F0", independent=False
    ),
    "white space of 1 MB after the rows": table("</sheetData>", fill(" ", MB) + "</sheetData>", "same"),
    "white space of 1 MB after a row": table("</row>", "</row>" + fill("\n", MB), "same"),
    "white space of 1 MB in a row": table('<row r="8"', fill(" ", MB) + '<row r="8"', "same"),
    "white space in pieces": table(
        "<sheetData>", "<sheetData>" + fill('<row r="1">' + " " * 3900 + "</row>", MB), "!F0", says=DAMAGED
    ),
    "blank cells without end": table(
        '<row r="8"', '<row r="7" x="' + fill("a ", 9000) + '"></row><row r="8"', "!F0", "same", says=""
    ),
    "an attribute of 8 MB": table(
        "<sheetData>", f'<x a="{fill("x", 8 * MB)}"/><sheetData>', "same", "!F0", independent=False
    ),
    "a text of 12 MB": number(
        '<c r="{r}" t="str"><v>' + fill("字", 12 * MB // 3 * 3) + "</v></c>", "!F0", says="已损坏|过"
    ),
    "a million cells": case(many_cells, "!F0", says="内容过多"),
    "a million attributes": table(
        "<sheetData>", "<x " + " ".join(f'a{i}=""' for i in range(500_000)) + "/><sheetData>", "!F0", says="过多|已损坏"
    ),
    "a million elements before": table("<sheetData>", fill("<x/>", 4 * MB) + "<sheetData>", "!F0", says="内容过多"),
    "two hundred thousand rows": table(
        "</sheetData>",
        "".join(f'<row r="{i}"/>' for i in range(100, 100_000)) + "</sheetData>",
        "same",
        independent=False,
    ),
    "a large table in another encoding": whole(
        TABLE, lambda data: data.replace(b"UTF-8", b"UTF-7", 1) + fill(" ", 3 * MB).encode(), "!F0", says=DAMAGED
    ),
    "a format without end": case(
        rewritten("xl/styles.xml", 'formatCode="[^"]*"', f'formatCode="{fill("[", MB)}"'), "!F0", says=DAMAGED
    ),
    "a number of 300,000 digits": number('<c r="{r}"><v>' + fill("9", 300_000) + "</v></c>", "N1", independent=False),
    "a text of a million entities": number(
        '<c r="{r}" t="str"><v>' + fill("&amp;", 7 * MB) + "</v></c>", "N1", independent=False
    ),
    "a string of a million entities": case(
        rewritten("xl/sharedStrings.xml", "</sst>", f"<si><t>{fill('&amp;', 7 * MB)}</t></si></sst>"), "same"
    ),
    "the cover is broken": whole(COVER, lambda data: data[:-50], "!F0", says="工作表“封面”.*已损坏"),
}
