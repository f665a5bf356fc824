"""Whether a file is a Word template that may be filled, and what it is if not (模板的外壳).

Nothing reads a template but what comes out of here: the parts that were looked at, packed anew, without comments
and instructions to programs. The words of a fault follow the template's name.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache
from pathlib import Path

from lxml import etree

from xltools.errors import WrongWordTemplate
from xltools.outputs.wordactive import active
from xltools.outputs.wordparts import pack
from xltools.workbook.archive import Beyond, Damaged, Locked
from xltools.workbook.kinds import OLE
from xltools.workbook.markup import BROKEN, DocumentType, parsed
from xltools.workbook.package import Package

LIMIT = 20 * 2**20
"""Bytes; a template without pictures has some 30 KB."""
XML_LIMIT, MARKUP = 4 * 2**20, 200_000
"""Bytes of a part of XML and angle brackets in it; our template has 230 KB and 11,000."""

TYPES = "[Content_Types].xml"
_XML = (".xml", ".rels", ".svg")
_MEDIA = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".wdp", ".odttf"})
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "请用 Word 或 WPS 另存为 .docx 后再试"


def read(path: Path) -> bytes:
    """Return the bytes of a template; raises `WrongWordTemplate`."""
    if not path.exists():
        raise WrongWordTemplate("找不到。请检查文件名和路径")
    if not path.is_file():
        raise WrongWordTemplate("不是普通文件。请选择 .docx 文件")
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            data = file.read(min(size, LIMIT) + 1)
    except OSError:
        raise WrongWordTemplate("打不开。请关闭正在使用它的程序，检查是否有权限读取") from None
    if len(data) > LIMIT:
        raise WrongWordTemplate(f"大于 {LIMIT // 2**20} MB，不像报告的模板。请确认没有选错文件")
    if data.startswith(OLE):
        locked = _ENCRYPTED in data
        raise WrongWordTemplate(
            "设了打开密码。请取消密码后再试" if locked else f"是旧版 .doc（或 .wps）格式。{_SAVE_AS}"
        )
    if not data.startswith(b"PK"):
        raise WrongWordTemplate(f"不是 .docx 文件。{_SAVE_AS}")
    return data


@lru_cache(8)
def checked(data: bytes) -> bytes:
    """Return the document packed anew; raises `WrongWordTemplate`."""
    try:
        package = Package(data)
        parts = {entry.name: package.read(entry.name) for entry in package.entries if not entry.name.endswith("/")}
        _require_document(parts)
        for name, part in parts.items():
            if name.endswith(_XML):
                root = _root(part)
                if found := active(name, root):
                    raise WrongWordTemplate(found)
                parts[name] = etree.tostring(root, encoding="UTF-8", standalone=True)
        return pack(parts)
    except BROKEN as fault:
        raise WrongWordTemplate(_said(fault)) from None


def _said(fault: Exception) -> str:
    if isinstance(fault, Locked):
        return "是加了密码的压缩包。请取消密码后再试"
    if isinstance(fault, DocumentType):
        return "里有不允许的文档类型定义（DTD）。请用 Word 或 WPS 打开后重新保存"
    if isinstance(fault, Beyond):
        return "解开后内容过多，不像报告的模板。请在自带的 Word 模板上修改"
    return f"不完整或已损坏。{_SAVE_AS}"


def _require_document(parts: dict[str, bytes]) -> None:
    """By its types a document without macros, in which nothing that is read as XML has another name."""
    declared = list(_root(parts[TYPES]).iter("{*}Default", "{*}Override"))
    types = {str(one.get("ContentType")).lower() for one in declared}
    if any("macro" in kind or "vba" in kind for kind in types):
        raise WrongWordTemplate("带有宏。请用 Word 或 WPS 另存为不带宏的 .docx 后再试")
    if any("template.main+xml" in kind for kind in types):
        raise WrongWordTemplate(f"是 .dotx 格式。{_SAVE_AS}")
    if not any(kind.endswith("wordprocessingml.document.main+xml") for kind in types):
        raise WrongWordTemplate(f"不是 Word 文档。{_SAVE_AS}")
    for one in declared:
        name = one.get("PartName") or f".{one.get('Extension')}"
        if "xml" in str(one.get("ContentType")).lower() and not name.lower().endswith(_XML):
            raise Damaged(name)
    for name in parts:
        if not name.endswith(_XML) and posixpath.splitext(name)[1].lower() not in _MEDIA:
            raise WrongWordTemplate(
                f"里有不允许的内容（{name}）。请在 Word 或 WPS 中删除嵌入的对象、控件和宏后重新保存"
            )


def _root(data: bytes) -> etree._Element:
    """A part as XML, and not too much of it."""
    if len(data) > XML_LIMIT or data.count(b"<") > MARKUP:
        raise Beyond("XML")
    return parsed(data)
