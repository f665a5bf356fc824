"""What a file is that is no workbook, in the words of whoever sent it (文件种类)."""

from __future__ import annotations

from xltools.workbook.archive import Damaged
from xltools.workbook.package import Package

MAIN, MAIN_WITH_MACROS = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "application/vnd.ms-excel.sheet.macroenabled.main+xml",
)
_SAVE_AS = "请用 Excel 或 WPS 另存为 .xlsx 后再试"
_CHOOSE = "请选择 .xlsx 填报工作簿"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = {
    "EncryptedPackage": "设了打开密码。请取消密码后再试",
    "WordDocument": f"是旧版 Word（或 WPS 文字）文档，不是工作簿。{_CHOOSE}",
    "PowerPoint Document": f"是演示文稿，不是工作簿。{_CHOOSE}",
    "__substg1.0_": "是邮件，不是工作簿。请把附件里的 .xlsx 另存出来",
}
"""What an OLE file is by the names in it; any other is taken for a workbook of old."""
_HEADS = {
    b"%PDF": f"是 PDF 文件，不是工作簿。{_CHOOSE}",
    b"Rar!": "是压缩包，不是工作簿。请解压后选择 .xlsx 填报工作簿",
    b"7z\xbc\xaf": "是压缩包，不是工作簿。请解压后选择 .xlsx 填报工作簿",
    b"\x1f\x8b": "是压缩包，不是工作簿。请解压后选择 .xlsx 填报工作簿",
    b"\x89PNG": f"是图片，不是工作簿。{_CHOOSE}",
    b"\xff\xd8\xff": f"是图片，不是工作簿。{_CHOOSE}",
    b"{\\rtf": f"是 RTF 文档，不是工作簿。{_CHOOSE}",
}
_PARTS = {
    "word/document.xml": f"是 Word 文档，不是工作簿。{_CHOOSE}",
    "ppt/presentation.xml": f"是演示文稿，不是工作簿。{_CHOOSE}",
    "xl/workbook.bin": f"是 .xlsb 格式。{_SAVE_AS}",
}


def of_bytes(data: bytes) -> str:
    """What a file is that is no zip."""
    if data.startswith(OLE):
        named = (what for name, what in _STREAMS.items() if name.encode("utf-16-le") in data)
        return next(named, f"是旧版 .xls（或 .et）格式。{_SAVE_AS}")
    for head, what in _HEADS.items():
        if data.startswith(head):
            return what
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<?xml", b"<table", b"<meta", b"mime-version")):
        return f"是网页或 XML 文件，不是工作簿。{_SAVE_AS}"
    if b"\0" not in data[:2000] or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return f"是文本文件，不是工作簿。{_SAVE_AS}"
    return "不是 Excel 工作簿，或文件已损坏。请重新发送或重新保存"


def of_zip(package: Package) -> str | None:
    """What a zip is that is no workbook; ``None`` if it is one. Raises `Damaged`."""
    for part, what in _PARTS.items():
        if part in package:
            return what
    if "mimetype" in package:
        return f"是 .ods（或其他 OpenDocument）格式。{_SAVE_AS}"
    if "[Content_Types].xml" not in package:
        return "是压缩包，不是工作簿。请解压后选择 .xlsx 填报工作簿"
    main = package.related("", "officedocument")
    kind = package.type_of(main).lower() if main else ""
    if kind in (MAIN, MAIN_WITH_MACROS):
        return None
    if "template" in kind or "addin" in kind:
        return f"是 Excel 模板或加载项，不是工作簿。{_SAVE_AS}"
    raise Damaged(f"a part of type {kind!r}")
