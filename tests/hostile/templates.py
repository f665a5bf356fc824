"""Word templates that nobody should be sent: each with what has to be said of it.

A template that could run something would leave the file `CANARY` behind, in the folder in which the tool runs.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from io import BytesIO
from typing import NamedTuple

from markupsafe import escape

from tests.support.reports import EDITIONS
from xltools.outputs import wordform

Parts = dict[str, bytes]


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


CANARY = "canary"
DOCUMENT, RELATIONS, TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
SETTINGS, CORE = "word/settings.xml", "docProps/core.xml"

NO_CALL = "只能写项目名和比较，不能计算或调用"
NO_STATEMENT = "只能写项目名、循环（for）和条件（if）"
NO_FILTER = "不能用"
UNKNOWN = "不是本版报告的项目"
UNBALANCED = "写法有误，请检查“{{ }}”和“{% %}”是否成对"
TOO_MUCH = "内容过多"
STOPPED = "已停止"
DAMAGED = "不完整或已损坏"
OUTSIDE = "引用了文件以外的内容"
FIELD = "里有不允许的域"
DTD = "不允许的文档类型定义"
_TOUCH = f"os.system('touch {CANARY}')"
_GLOBALS = f"__init__.__globals__.{_TOUCH}"
CONTENT = "里有不允许的内容"
EMBEDDED, CHUNK, MACROS = (f"里有{what}|{CONTENT}" for what in ("嵌入的对象", "插入的另一份文件", "宏"))
UNFILLED = "写在不能填的地方"
TORN = (
    f"<w:p>{run('{% if submission %}')}</w:p><w:tbl><w:tr><w:tc><w:p>{run('{% endif %}')}</w:p></w:tc></w:tr></w:tbl>"
)
PICTURE = (
    '<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://host/x"/></w:pict></w:r></w:p>'
)
MERGE = b'<w:mailMerge><w:connectString w:val="x"/></w:mailMerge>'
LAUGHS = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(9)) + '<!ENTITY l0 "ha">'
UTF7 = b"encoding='UTF-7'?>+ADwAIQ-DOCTYPE w:document>"
OF_SETTINGS = "word/_rels/settings.xml.rels"
_MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Case(NamedTuple):
    """A template, made when it is wanted, and what is said of it: one of the sentences between bars."""

    make: Callable[[], bytes]
    says: str


@cache
def shipped() -> Mapping[str, bytes]:
    """The parts of our own template of the older edition, whose example is filled in."""
    return unpacked(wordform.build(EDITIONS[0]))


def unpacked(data: bytes) -> Parts:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def started(xml: str) -> bytes:
    """Our template with this at the beginning of its body."""
    body = shipped()[DOCUMENT].replace(b"<w:body>", b"<w:body>" + xml.encode(), 1)
    return packed({**shipped(), DOCUMENT: body})


def saying(*texts: str) -> bytes:
    """Our template with these paragraphs before its own."""
    return started("".join(f"<w:p>{run(text)}</w:p>" for text in texts))


def swapped(part: str, old: bytes, new: bytes) -> bytes:
    """Our template with something else in a part."""
    assert old in shipped()[part]
    return packed({**shipped(), part: shipped()[part].replace(old, new, 1)})


def related(kind: str, target: str, *, external: bool = False, data: bytes | None = None, of: str = RELATIONS) -> bytes:
    """Our template with one more relation, and perhaps the part to which it leads."""
    mode = ' TargetMode="External"' if external else ""
    kind = kind if "://" in kind else f"{_OFFICE}/{kind}"
    link = f'<Relationship Id="rId99" Type="{kind}" Target="{escape(target)}"{mode}/></Relationships>'.encode()
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    parts = {**shipped(), of: shipped().get(of, empty).replace(b"</Relationships>", link)}
    return packed(parts if data is None else {**parts, f"word/{target}": data})


def typed(old: bytes, new: bytes) -> bytes:
    return swapped(TYPES, old, new)


def field(*codes: str, nested: str = "") -> bytes:
    """A field whose code stands in these runs, another field before the last of them."""
    runs = [f'<w:r><w:instrText xml:space="preserve">{escape(code)}</w:instrText></w:r>' for code in codes]
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    inner = f"{mark.format('begin')}<w:r><w:instrText>{nested}</w:instrText></w:r>{mark.format('end')}"
    code = "".join(runs[:-1]) + (inner if nested else "") + runs[-1]
    return started(f"<w:p>{mark.format('begin')}{code}{mark.format('separate')}{run('1')}{mark.format('end')}</w:p>")


def with_doctype(declared: str, used: str = "", encoding: str = "utf-8") -> bytes:
    text = shipped()[DOCUMENT].decode().partition("?>")[2]
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w:document [{declared}]>'
    body = text.replace("<w:body>", f"<w:body><w:p>{run('')[:-12]}{used}</w:t></w:r></w:p>", 1)
    return packed({**shipped(), DOCUMENT: (head + body).encode(encoding)})


def padded(part: str, size: int) -> bytes:
    """Our template with a part that is very long once it is inflated."""
    return packed({**shipped(), part: shipped().get(part, b"") + b" " * size})


def laid(change: Callable[[bytearray, int], None], part: str = DOCUMENT) -> bytes:
    """Our template with the directory's entry of a part changed: the place of its mark is handed over."""
    data = bytearray(packed(shipped()))
    for entry in re.finditer(rb"PK\x01\x02", bytes(data)):
        if data[entry.start() + 46 :].startswith(part.encode()):
            change(data, entry.start())
    return bytes(data)


def lied(data: bytearray, at: int) -> None:
    struct.pack_into("<L", data, at + 24, 1000)


def miscounted(data: bytearray, at: int) -> None:
    struct.pack_into("<L", data, at + 16, 1)


def locked(data: bytearray, at: int) -> None:
    struct.pack_into("<H", data, at + 8, 1)
    struct.pack_into("<H", data, struct.unpack_from("<L", data, at + 42)[0] + 6, 1)


def twice() -> bytes:
    out = BytesIO(packed(shipped()))
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo(DOCUMENT.replace("word", "WORD"))
        archive.writestr(info, shipped()[DOCUMENT])
    return out.getvalue().replace(b"WORD/document", b"word/document")


def crowd() -> bytes:
    return packed({**shipped(), **{f"word/media/{number}.png": b"" for number in range(4000)}})


def nested_marks() -> bytes:
    return saying("{{ " + "(" * 5000 + "year" + ")" * 5000 + " }}")


def bent_loop() -> bytes:
    loops = "".join(f"{{% for {name} in overview %}}" for name in "abcdefgh")
    return saying(loops + "{{ a.text }}" + "{% endfor %}" * 8)


def fat_loop() -> bytes:
    """One honest loop around three million characters: no limit but that of the result stops it."""
    return saying("{%p for part in overview %}", "x" * 3_500_000, "{%p endfor %}")


MARKS: dict[str, tuple[str, str]] = {
    "run_by_cycler": ("{{ cycler." + _GLOBALS + " }}", NO_CALL),
    "run_by_lipsum": ("{{ lipsum.__globals__." + _TOUCH + " }}", NO_CALL),
    "run_by_joiner": ("{{ joiner." + _GLOBALS + " }}", NO_CALL),
    "run_by_namespace": ("{{ namespace." + _GLOBALS + " }}", NO_CALL),
    "run_by_self": ("{{ self." + _GLOBALS + " }}", NO_CALL),
    "run_by_classes": ("{{ ''.__class__.__mro__[1].__subclasses__() }}", NO_CALL),
    "run_by_attr": ("{{ year|attr('__class__')|attr('__mro__') }}", NO_FILTER),
    "run_in_condition": ("{% if cycler." + _GLOBALS + " %}x{% endif %}", NO_CALL),
    "names_of_python": ("{{ year.__class__ }}{{ office.__init__ }}{{ config }}{{ request }}", UNKNOWN),
    "method_of_text": ("{{ year.format(1) }}", NO_CALL),
    "method_of_group": ("{{ office.clear() }}{{ overview.append(1) }}", NO_CALL),
    "method_not_called": ("{{ office.values }}{{ overview.append }}", UNKNOWN),
    "range": ("{% for i in range(10**9) %}x{% endfor %}", NO_CALL),
    "format": ("{{ '%999999999d'|format(1) }}", NO_FILTER),
    "format_method": ("{{ '{:>999999999}'.format(1) }}", NO_CALL),
    "percent": ("{{ '%999999999d' % 1 }}", NO_CALL),
    "times": ("{{ 'x' * 10**9 }}", NO_CALL),
    "power": ("{{ 9**9**9**9 }}", NO_CALL),
    "shift": ("{{ [0] * 10**9 }}", NO_CALL),
    "centre": ("{{ year|center(10**9) }}", NO_FILTER),
    "indent": ("{{ year|indent(10**9) }}", NO_FILTER),
    "replaced": ("{{ year|replace('', 'xxxxxxxxxx')|replace('', 'xxxxxxxxxx') }}", NO_FILTER),
    "batch_of": ("{{ year|batch(10**9, 'x')|list }}", NO_FILTER),
    "mapped": ("{{ overview|map(attribute='__class__')|list }}", NO_FILTER),
    "shown": ("{{ office|pprint }}{{ office|tojson }}{{ office|xmlattr }}", NO_FILTER),
    "unescaped": ("{{ office.name|safe }}", NO_FILTER),
    "set": ("{% set a = 'xxxxxxxx' %}{% set a = a ~ a %}", NO_STATEMENT),
    "set_block": ("{% set a %}x{% endset %}", NO_STATEMENT),
    "concatenated": ("{{ year ~ year ~ year }}", NO_CALL),
    "macro": ("{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}", NO_STATEMENT),
    "call": ("{% call m() %}x{% endcall %}", NO_STATEMENT),
    "include": ("{% include '/etc/passwd' %}", NO_STATEMENT),
    "import": ("{% import 'os' as os %}", NO_STATEMENT),
    "from_import": ("{% from 'os' import system %}", NO_STATEMENT),
    "extends": ("{% extends '/etc/passwd' %}", NO_STATEMENT),
    "block": ("{% block a %}x{% endblock %}", NO_STATEMENT),
    "with": ("{% with a = year %}x{% endwith %}", NO_STATEMENT),
    "filter_block": ("{% filter upper %}x{% endfilter %}", NO_STATEMENT),
    "autoescape_off": ("{% autoescape false %}{{ year }}{% endautoescape %}", NO_STATEMENT),
    "recursive": ("{% for a in overview recursive %}{{ loop(overview) }}{% endfor %}", "循环里不能再有循环"),
    "debug": ("{% debug %}", UNBALANCED),
    "do": ("{% do office.clear() %}", UNBALANCED),
    "long_number": ("{{ " + "9" * 5000 + " }}", "过于复杂"),
    "group_printed": ("{{ office }}{{ overview }}{{ requests }}", "写的是一组内容"),
    "all_names_at_once": (
        "{{ office.fax }}{% if nobody %}{{ requests.received.nobody }}{% endif %}",
        "“office.fax”、“nobody”、“requests.received.nobody”" + UNKNOWN,
    ),
    "many_marks": ("{{ year }}" * 6000, "中的标记超过 5000 个"),
    "many_looped_marks": ("{% for a in overview %}" + "{{ a.text }}" * 300 + "{% endfor %}", "循环里的标记超过 200 个"),
    "slow_to_patch": ("{{p " * 200_000 + "}", STOPPED),
    "unclosed": ("{{ year", UNBALANCED),
}


def _cases() -> Iterator[tuple[str, Case]]:
    for name, (text, says) in MARKS.items():
        yield f"mark_{name}", Case(lambda text=text: saying(text), says)  # type: ignore[misc]
    yield from {
        "mark_nested": Case(nested_marks, "过于复杂"),
        "mark_nested_loops": Case(bent_loop, "循环里不能再有循环"),
        "mark_fat_loop": Case(fat_loop, f"{TOO_MUCH}|{STOPPED}"),
        "mark_of_xml": Case(lambda: saying("{{r office.name }}"), "不在文字里，填不进去"),
        "mark_torn": Case(lambda: started(TORN), "不在同一层"),
        "mark_in_attribute": Case(
            lambda: started('<w:p><w:pPr><w:pStyle w:val="{{ year }}"/></w:pPr></w:p>'), "不在正文文字里"
        ),
        "mark_in_property": Case(lambda: swapped(CORE, b">xltools<", b">{{ cycler.x() }}<"), UNFILLED),
        "mark_in_styles": Case(
            lambda: swapped("word/styles.xml", b"</w:styles>", b"<w:style>{{ year }}</w:style></w:styles>"),
            UNFILLED,
        ),
        "mark_in_field": Case(lambda: field(" {{ 'DDE'", " }}AUTO"), "的域代码"),
        "field_dde": Case(lambda: field(' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc.exe"'), FIELD),
        "field_dde_in_pieces": Case(lambda: field(" DD", "EAU", "TO c:\\\\x"), FIELD),
        "field_dde_quoted": Case(lambda: field("", " ", nested=" QUOTE 68 68 69 65 85 84 79 "), FIELD),
        "field_dde_simple": Case(lambda: started('<w:p><w:fldSimple w:instr=" dde cmd x "/></w:p>'), FIELD),
        "field_dde_by_property": Case(lambda: field("", "", nested=" DOCPROPERTY Subject "), FIELD),
        "field_includetext": Case(lambda: field(' INCLUDETEXT "\\\\\\\\host\\\\share\\\\x.docx"'), FIELD),
        "field_includepicture": Case(lambda: field(' INCLUDEPICTURE "http://host/x.png" \\d'), FIELD),
        "field_link": Case(lambda: field(' LINK Excel.Sheet.8 "c:\\\\x.xls" "R1C1"'), FIELD),
        "field_macrobutton": Case(lambda: field(" MACROBUTTON Run x"), FIELD),
        "field_database": Case(lambda: field(' DATABASE \\c "DSN=x" \\s "SELECT 1"'), FIELD),
        "ole": Case(lambda: related("oleObject", "embeddings/oleObject1.bin", data=_OLD), EMBEDDED),
        "ole_linked": Case(lambda: related("oleObject", "file:///c:/x.xls", external=True), EMBEDDED),
        "activex": Case(lambda: related("control", "activeX/activeX1.xml", data=b"<x/>"), "里有 ActiveX 控件"),
        "workbook_within": Case(lambda: related("package", "embeddings/x.xlsx", data=b"PK"), EMBEDDED),
        "alt_chunk": Case(lambda: related("aFChunk", "x.html", data=b"<html/>"), CHUNK),
        "sub_document": Case(lambda: related("subDocument", "http://host/x.docx", external=True), "里有子文档"),
        "attached_template": Case(
            lambda: related("attachedTemplate", "http://host/x.dotm", external=True, of=OF_SETTINGS), "里有附加的模板"
        ),
        "picture_outside": Case(lambda: related("image", "\\\\host\\share\\x.png", external=True), OUTSIDE),
        "link_to_share": Case(lambda: related("hyperlink", "file://host/share/x.exe", external=True), OUTSIDE),
        "unknown_relation": Case(
            lambda: related("http://host/2030/brandNew", "new.xml", data=b"<x/>"), "里有不认识的内容"
        ),
        "picture_by_source": Case(lambda: started(PICTURE), OUTSIDE),
        "mail_merge": Case(lambda: swapped(SETTINGS, b"</w:settings>", MERGE + b"</w:settings>"), CONTENT),
        "macros": Case(lambda: related(f"{_MICROSOFT}/vbaProject", "vbaProject.bin", data=_OLD), MACROS),
        "docm": Case(
            lambda: typed(
                b"openxmlformats-officedocument.wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
            ),
            "带有宏",
        ),
        "dotx": Case(lambda: typed(b"document.main+xml", b"template.main+xml"), "是 .dotx 格式"),
        "renamed_part": Case(
            lambda: typed(b"</Types>", b'<Default Extension="png" ContentType="application/xml"/></Types>'), DAMAGED
        ),
        "laughs": Case(lambda: with_doctype(LAUGHS, "&l9;"), DTD),
        "external_entity": Case(lambda: with_doctype('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"), DTD),
        "doctype_in_utf16": Case(lambda: with_doctype('<!ENTITY x "x">', "&x;", "utf-16"), DTD),
        "doctype_in_utf7": Case(lambda: swapped(DOCUMENT, b"encoding='UTF-8' standalone='yes'?>", UTF7), DAMAGED),
        "deep": Case(lambda: started("<w:p>" * 5000 + "</w:p>" * 5000), DAMAGED),
        "crowded_xml": Case(lambda: started("<w:p/>" * 300_000), TOO_MUCH),
        "long_xml": Case(lambda: started(f"<w:p>{run('字' * 2_000_000)}</w:p>"), TOO_MUCH),
        "bomb_xml": Case(lambda: padded(DOCUMENT, 160 * 2**20), TOO_MUCH),
        "bomb_picture": Case(lambda: padded("word/media/a.png", 160 * 2**20), TOO_MUCH),
        "crowd": Case(crowd, TOO_MUCH),
        "zip_lie": Case(lambda: laid(lied), DAMAGED),
        "zip_checksum": Case(lambda: laid(miscounted), DAMAGED),
        "zip_twice": Case(twice, DAMAGED),
        "zip_locked": Case(lambda: laid(locked), "是加了密码的压缩包"),
        "zip_traversal": Case(lambda: packed({**shipped(), f"../{CANARY}": b"x"}), DAMAGED),
        "zip_cut": Case(lambda: packed(shipped())[:-300], DAMAGED),
        "encrypted": Case(lambda: _OLD + "EncryptedPackage".encode("utf-16-le"), "设了打开密码"),
        "old_word": Case(lambda: _OLD, "是旧版 .doc（或 .wps）格式"),
        "text": Case(lambda: b"{\\rtf1 {{ year }}}", "不是 .docx 文件"),
        "nothing": Case(lambda: b"", "不是 .docx 文件"),
        "workbook": Case(
            lambda: packed({TYPES: b'<Types><Default Extension="xml" ContentType="x"/></Types>'}), "不是 Word 文档"
        ),
    }.items()


CASES = dict(_cases())
