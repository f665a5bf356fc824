"""The parts of the Word template beside its text: styles, settings, feet, packaging (版式).

GB/T 9704—2012: A4, margins 37/35/28/26 mm, 22 lines of 28 characters of 三号.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{_W}" xmlns:r="{_R}"'
_XML = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
"""Parts are written as python-docx writes them: our own template need not be read to be taken apart."""

TEXT_WIDTH = 11906 - 1588 - 1474
TEXT_HEIGHT = 16838 - 2098 - 1985
"""Twips between the margins: 156 and 225 mm."""
LINE_PITCH = 579

SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="even" r:id="rId5"/>'
    '<w:footerReference w:type="default" r:id="rId6"/><w:footerReference w:type="even" r:id="rId7"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="1134" w:footer="1361" w:gutter="0"/>'
    '<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
)

SONG, FANG, KAI, HEI, TITLE = "宋体", "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"
_SUBSTITUTES = {FANG: "仿宋", KAI: "楷体", TITLE: "华文中宋", SONG: "SimSun", HEI: "SimHei"}


def _fonts(chinese: str, latin: str = "Times New Roman") -> str:
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{chinese}" w:cs="{latin}"/>'


def _style(
    id: str, name: str, paragraph: str = "", run: str = "", *, after: str = "Normal", kind: str = "paragraph"
) -> str:
    default = ' w:default="1"' if id == "Normal" else ""
    custom = "" if name[0].isascii() else ' w:customStyle="1"'
    based = "" if id == "Normal" or kind == "character" else f'<w:basedOn w:val="{after}"/>'
    body = f"<w:pPr>{paragraph}</w:pPr>" if paragraph and kind == "paragraph" else ""
    return (
        f'<w:style w:type="{kind}"{default}{custom} w:styleId="{id}"><w:name w:val="{name}"/>{based}<w:qFormat/>'
        f"{body}{f'<w:rPr>{run}</w:rPr>' if run else ''}</w:style>"
    )


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


# 28 characters of 16 pt do not fit 156 mm; a quarter of a point less each does it in every program,
# while a grid of characters narrower than the font makes LibreOffice give each two places.
_NARROW = '<w:spacing w:val="-5"/>'
_EVEN = '<w:spacing w:val="0"/>'
_TWO = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_LOOSE = '<w:snapToGrid w:val="0"/>'

_STYLES = "".join(
    (
        _style("Normal", "Normal", '<w:jc w:val="both"/>', _fonts(FANG) + _NARROW + _size(32)),
        _style(
            "Title", "Title", '<w:spacing w:before="0" w:after="579"/><w:jc w:val="center"/>',
            _fonts(TITLE) + _EVEN + _size(44),
        ),
        _style("Heading1", "heading 1", f'<w:keepNext/>{_TWO}<w:outlineLvl w:val="0"/>', _fonts(HEI)),
        _style("ReportBody", "年报正文", _TWO),
        _style("ReportFlush", "年报正文（自带缩进）"),
        _style("RunIn", "年报小标题", run=_fonts(KAI), kind="character"),
        _style("TableText", "年报表格", f'{_LOOSE}<w:jc w:val="center"/>', _fonts(SONG) + _EVEN + _size(21)),
        _style(
            "TableSmall", "年报表格（小）", '<w:spacing w:line="220" w:lineRule="exact"/>', _size(18),
            after="TableText",
        ),
        _style(
            "TableNote", "年报表注",
            f'{_LOOSE}<w:spacing w:before="60" w:line="280" w:lineRule="exact"/><w:jc w:val="left"/>',
            _fonts(SONG) + _size(21),
        ),
        _style("TableEnd", "年报表后", f'{_LOOSE}<w:spacing w:line="120" w:lineRule="exact"/>', _size(8)),
        _style("SignOff", "年报署名", '<w:keepNext/><w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>'),
        _style("SheetTitle", "年报审签表题", '<w:pageBreakBefore/><w:spacing w:after="290"/><w:jc w:val="center"/>',
               _fonts(TITLE) + _size(36)),
        _style("SheetText", "年报审签表", f'{_LOOSE}<w:jc w:val="center"/>', _fonts(SONG) + _size(28)),
        _style("Header", "header", f'{_LOOSE}<w:jc w:val="right"/>',
               _fonts(HEI) + '<w:color w:val="C00000"/>' + _size(32)),
        _style("Footer", "footer", f'{_LOOSE}<w:ind w:leftChars="100" w:left="320" w:rightChars="100" w:right="320"/>',
               _fonts(SONG, SONG) + _size(28)),
    )
)  # fmt: skip


def _header() -> str:
    mark = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{{ mark }}</w:t></w:r>'
    return f'{_XML}<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{mark}</w:p></w:hdr>'


def _footer(side: str) -> str:
    """— 1 —, outside: right on odd pages, left on even ones, one character in."""
    dash = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    content = dash.format("— ") + number + dash.format(" —")
    style = f'<w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="{side}"/></w:pPr>'
    return f"{_XML}<w:ftr {NAMESPACES}><w:p>{style}{content}</w:p></w:ftr>"


def _font_table() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _SUBSTITUTES.items()
    )
    return f"{_XML}<w:fonts {NAMESPACES}>{fonts}</w:fonts>"


_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {
    "document.xml": "document.main",
    "styles.xml": "styles",
    "settings.xml": "settings",
    "fontTable.xml": "fontTable",
    "header1.xml": "header",
    "header2.xml": "header",
    "footer1.xml": "footer",
    "footer2.xml": "footer",
}


def _content_types() -> str:
    parts = "".join(
        f'<Override PartName="/word/{name}" ContentType="{_MAIN}.{kind}+xml"/>' for name, kind in sorted(_PARTS.items())
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}"/>{parts}</Types>'
    )


def _relationships(targets: dict[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="rId{i}" Type="{kind}" Target="{target}"/>'
        for i, (target, kind) in enumerate(targets.items(), start=1)
    )
    return f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'


def _core() -> str:
    date = "2021-09-26T00:00:00Z"
    times = "".join(f'<dcterms:{k} xsi:type="dcterms:W3CDTF">{date}</dcterms:{k}>' for k in ("created", "modified"))
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>xltools</dc:creator>{times}</cp:coreProperties>'
    )


def parts(body: str) -> dict[str, str]:
    """The parts of the document that has this body, by their names."""
    word = {name: f"{_R}/{kind.partition('.')[0]}" for name, kind in _PARTS.items() if name != "document.xml"}
    settings = '<w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>'
    uri = "http://schemas.microsoft.com/office/word"
    compat = f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{uri}" w:val="15"/></w:compat>'
    language = '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
    run = f'<w:rPr>{_size(32)}<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
    defaults = f"<w:docDefaults><w:rPrDefault>{run}</w:rPrDefault></w:docDefaults>"
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships({"word/document.xml": f"{_R}/officeDocument", "docProps/core.xml": core}),
        "docProps/core.xml": _core(),
        "word/_rels/document.xml.rels": _relationships(word),
        "word/document.xml": f"{_XML}<w:document {NAMESPACES}><w:body>{body}{SECTION}</w:body></w:document>",
        "word/styles.xml": f"{_XML}<w:styles {NAMESPACES}>{defaults}{_STYLES}</w:styles>",
        "word/settings.xml": f"{_XML}<w:settings {NAMESPACES}>{settings}{compat}{language}</w:settings>",
        "word/fontTable.xml": _font_table(),
        "word/header1.xml": _header(),
        "word/header2.xml": _header(),
        "word/footer1.xml": _footer("right"),
        "word/footer2.xml": _footer("left"),
    }


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    """Zip the parts of a document with fixed dates."""
    import zipfile

    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(info, data)
    return out.getvalue()
