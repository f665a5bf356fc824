"""What a Word template may not bring along: whatever runs, fetches or embeds something (模板里的活动内容).

What is known to be harmless is listed, all else is refused: a report made from the template is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_RELATIONS = frozenset({
    "officedocument", "coreproperties", "extendedproperties", "customproperties", "thumbnail", "styles",
    "styleswitheffects", "settings", "websettings", "fonttable", "font", "theme", "numbering", "header", "footer",
    "footnotes", "endnotes", "comments", "commentsextended", "commentsids", "commentsextensible", "people", "image",
    "hdphoto", "hyperlink", "customxml", "customxmlprops", "glossarydocument", "classificationlabels",
    "intelligence", "documenttasks",
})  # fmt: skip
"""The last words of kinds of relations, without hyphens."""
_WHAT = {
    "oleobject": "嵌入的对象", "package": "嵌入的对象", "control": " ActiveX 控件", "vbaproject": "宏",
    "attachedtemplate": "附加的模板", "afchunk": "插入的另一份文件", "subdocument": "子文档",
    "mailmergesource": "邮件合并的数据源",
}  # fmt: skip
_LINK = re.compile(r"(?i)https?://|mailto:|#")
_ELEMENTS = frozenset(
    ("altChunk", "subDoc", "OLEObject", "control", "attachedTemplate", "mailMerge", "saveThroughXslt", "frameset")
)
_FETCHING = frozenset(("src", "href", "althref"))
"""Attributes of drawings by which a program loads something."""
_FIELDS = frozenset({
    "=", "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "REF", "NOTEREF", "STYLEREF", "SEQ", "TOC", "TC",
    "HYPERLINK", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "EDITTIME", "TITLE", "SUBJECT", "AUTHOR",
    "KEYWORDS", "COMMENTS", "LASTSAVEDBY", "FILENAME", "NUMCHARS", "NUMWORDS", "DOCPROPERTY", "IF", "EQ", "SYMBOL",
    "SHAPE", "LISTNUM", "ADVANCE", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN",
})  # fmt: skip
_FIRST_WORD = re.compile(r"\s*(=|[A-Za-z]+(?![^\s\\\"]))")
_NESTED = "\0"
_MARK = re.compile(r"\{[{%#]|[}%#]\}")
_DELETE = "请在 Word 或 WPS 中删除后重新保存"


def active(name: str, root: etree._Element) -> str | None:
    """Say what of a part is not allowed; ``None`` if all of it is."""
    if name.endswith(".rels"):
        return next(_relations(root), None)
    return next(_contents(root), None) if name.startswith("word/") or name.endswith(".svg") else None


def _relations(root: etree._Element) -> Iterator[str]:
    for relation in root.iter("{*}Relationship"):
        kind = str(relation.get("Type")).rpartition("/")[2].replace("-", "").lower()
        target = str(relation.get("Target"))[:80]
        if kind not in _RELATIONS:
            yield f"里有{_WHAT.get(kind, '不认识的内容')}（{target}）。{_DELETE}"
        elif relation.get("TargetMode") == "External" and not (kind == "hyperlink" and _LINK.match(target)):
            yield f"引用了文件以外的内容（{target}）。{_DELETE}"


def _contents(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        local = etree.QName(element).localname
        if local in _ELEMENTS:
            yield f"里有不允许的内容（{local}）。{_DELETE}"
        for key, value in element.attrib.items():
            word = etree.QName(key).localname.lower()
            if word in _FETCHING and not str(value).startswith("#"):
                yield f"引用了文件以外的内容（{str(value)[:80]}）。{_DELETE}"
            if _MARK.search(str(value)):
                yield f"的标记“{str(value)[:40]}”不在正文文字里。标记只能写在文字中，请改正"
    for field in _fields(root):
        word_found = _FIRST_WORD.match(field)
        if "{" in field or "}" in field:
            yield f"的域代码“{_shown(field)}”里有标记。标记只能写在文字中，请改正"
        elif not word_found or word_found[1].upper() not in _FIELDS:
            yield f"里有不允许的域“{_shown(field)}”。{_DELETE}"


def _fields(root: etree._Element) -> Iterator[str]:
    """The code of every field, put together from its runs; another field in it stands as `_NESTED`."""
    around: list[tuple[bool, list[str]]] = [(False, [])]
    """Whether it is code or the result of a field, and its text; the innermost last, the first is in no field."""
    for element in root.iter("{*}fldChar", "{*}instrText", "{*}delInstrText", "{*}fldSimple"):
        local = etree.QName(element).localname
        said = {etree.QName(key).localname: str(value) for key, value in element.attrib.items()}
        if local == "fldSimple":
            yield said.get("instr", "")
        elif local != "fldChar":
            around[-1][1].append(element.text or "")
        elif said.get("fldCharType") == "begin":
            around[-1][1].append(_NESTED)
            around.append((True, []))
        elif len(around) > 1:
            yield from _code(around.pop())
            if said.get("fldCharType") == "separate":
                around.append((False, []))
    for one in around:
        yield from _code(one)


def _code(one: tuple[bool, list[str]]) -> Iterator[str]:
    """A result has no code of its own, but what stands there as if is looked at too."""
    is_code, pieces = one
    text = "".join(piece for piece in pieces if is_code or piece != _NESTED)
    if text.strip():
        yield text


def _shown(field: str) -> str:
    return field.replace(_NESTED, "{…}").strip()[:40]
