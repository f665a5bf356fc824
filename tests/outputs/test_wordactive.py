"""What may be in the parts of a template."""

from __future__ import annotations

import pytest
from lxml import etree

from xltools.outputs.wordactive import active

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BEGIN, SEPARATE, END = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end"))


def code(text: str) -> str:
    return f"<w:instrText>{text}</w:instrText>"


def found(xml: str) -> str | None:
    return active("word/document.xml", etree.fromstring(f'<w:body xmlns:w="{W}">{xml}</w:body>'))


def relation(kind: str, target: str, mode: str = "Internal") -> str | None:
    one = f'<Relationship Id="a" Type="{kind}" Target="{target}" TargetMode="{mode}"/>'
    return active("word/_rels/document.xml.rels", etree.fromstring(f"<Relationships>{one}</Relationships>"))


@pytest.mark.parametrize(
    "xml",
    [
        '<w:fldSimple w:instr=" PAGE "/>',
        f"{BEGIN}{code(' PA')}{code('GE ')}{SEPARATE}1{END}",
        f"{BEGIN}{code(' = ')}{BEGIN}{code('page')}{END}{code(' - 1 ')}{SEPARATE}1{END}",
        f"{BEGIN}{code(' TOC 1-3 ')}{SEPARATE}{BEGIN}{code('PAGEREF a')}{SEPARATE}1{END}{END}",
        f"{BEGIN}{code(' HYPERLINK &quot;#a&quot;')}{END}",
        f"{BEGIN}{END}",
        '<w:p w:rsidR="00A1"/><w:t uri="{28A0092B-C50C-407E-A947-70E740481C1C}">{{ year }}</w:t>',
    ],
)
def test_harmless(xml: str) -> None:
    assert found(xml) is None


@pytest.mark.parametrize(
    ("xml", "says"),
    [
        ('<w:fldSimple w:instr="DDE a b"/>', "域“DDE a b”"),
        ('<w:fldSimple w:instr="PAGEDDE"/>', "域“PAGEDDE”"),
        (f"{BEGIN}{code('D')}{code('DE a')}{END}", "域“DDE a”"),
        (f"{BEGIN}{code(' PAGE ')}{SEPARATE}{BEGIN}{code('LINK')}{END}{END}", "域“LINK”"),
        (f"{BEGIN}{code(' PAGE ')}{SEPARATE}{code('DDE')}{END}", "域“DDE”"),
        (f"{BEGIN}{BEGIN}{code('PAGE')}{END}{END}", "域“{…}”"),
        (f"{BEGIN}{code('PA')}{BEGIN}{code('PAGE')}{END}{END}", "域“PA{…}”"),
        (f"{BEGIN}{code('IMPORT x')}", "域“IMPORT x”"),
        (code("DDE"), "域“DDE”"),
        (f"{BEGIN}{code('IF {{ year }}')}{END}", "域代码“IF {{ year }}”里有标记"),
        ("<w:altChunk/>", "altChunk"),
        ('<w:t src="http://host/"/>', "http://host/"),
        ('<w:t w:val="{{ year }}"/>', "标记“{{ year }}”不在正文文字里"),
        ('<w:t w:val="{% if"/>', "标记“{% if”不在正文文字里"),
    ],
)
def test_refused(xml: str, says: str) -> None:
    assert says in (found(xml) or "")


@pytest.mark.parametrize(
    ("kind", "target", "mode"),
    [
        (f"{R}/styles", "styles.xml", "Internal"),
        (f"{R}/hyperlink", "https://www.example.cn/a", "External"),
        (f"{R}/hyperlink", "mailto:a@example.cn", "External"),
        (f"{R}/hyperlink", "#_Toc1", "External"),
        (
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
            "core.xml",
            "Internal",
        ),
        ("http://schemas.microsoft.com/office/2011/relationships/commentsExtended", "x.xml", "Internal"),
    ],
)
def test_relations(kind: str, target: str, mode: str) -> None:
    assert relation(kind, target, mode) is None


@pytest.mark.parametrize(
    ("kind", "target", "mode", "says"),
    [
        ("hyperlink", "file:///c:/a.exe", "External", "文件以外"),
        ("hyperlink", "javascript:a", "External", "文件以外"),
        ("image", "http://host/a.png", "External", "文件以外"),
        ("attachedTemplate", "a.dotm", "External", "附加的模板"),
        ("oleObject", "a.bin", "Internal", "嵌入的对象"),
        ("control", "a.xml", "Internal", "ActiveX"),
        ("vbaProject", "a.bin", "Internal", "宏"),
        ("aFChunk", "a.html", "Internal", "插入的另一份文件"),
        ("chart", "a.xml", "Internal", "不认识的内容"),
    ],
)
def test_relations_refused(kind: str, target: str, mode: str, says: str) -> None:
    assert says in (relation(f"{R}/{kind}", target, mode) or "")
