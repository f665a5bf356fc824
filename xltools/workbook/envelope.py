"""Whether a file is a workbook at all, and what it is if not (文件外壳)."""

from __future__ import annotations

import zipfile
from pathlib import Path

from xltools.errors import CannotOpen, NotAWorkbook
from xltools.workbook.package import Package

LIMIT = 20 * 2**20
"""A filled workbook has some 70 KB; more than this is no report."""
INFLATED_LIMIT = 64 * 2**20

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "请用 Excel 或 WPS 另存为 .xlsx 后再试"


def opened(path: Path) -> Package:
    """Return the parts of an .xlsx or .xlsm file; raises `NotAWorkbook`, naming what it is else."""
    if not path.exists():
        raise NotAWorkbook(f"找不到文件“{path.name}”。请检查文件名和路径。")
    if not path.is_file():
        raise NotAWorkbook(f"“{path.name}”不是普通文件。请选择 .xlsx 工作簿。")
    try:
        size = path.stat().st_size
        head = b"" if size > LIMIT else path.read_bytes()
    except OSError:
        raise CannotOpen(f"文件“{path.name}”打不开。请关闭正在使用它的程序，检查是否有权限读取。") from None
    if size > LIMIT:
        raise NotAWorkbook(f"文件“{path.name}”有 {size // 2**20} MB，远大于填报工作簿。请确认没有选错文件。")
    if not head:
        raise NotAWorkbook(f"文件“{path.name}”是空的。请重新发送或重新保存。")
    if not head.startswith(b"PK"):
        raise NotAWorkbook(f"“{path.name}”{_kind(head)}。")
    return _zip(path.name, head)


def _kind(data: bytes) -> str:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            return "设了打开密码。请取消密码后再试"
        return f"是旧版 .xls（或 .et）格式。{_SAVE_AS}"
    if data.startswith(b"%PDF"):
        return "是 PDF 文件，不是工作簿。请选择 .xlsx 填报工作簿"
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<?xml", b"<table")):
        return f"是网页或 XML 文件，不是工作簿。{_SAVE_AS}"
    if b"\0" not in data[:2000]:
        return f"是文本文件，不是工作簿。{_SAVE_AS}"
    return "不是 Excel 工作簿，或文件已损坏。请重新发送或重新保存"


def _zip(name: str, data: bytes) -> Package:
    try:
        package = Package(data)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise NotAWorkbook(f"文件“{name}”不完整或已损坏。请重新发送或重新保存。") from None
    if "word/document.xml" in package:
        raise NotAWorkbook(f"“{name}”是 Word 文档，不是工作簿。请选择 .xlsx 填报工作簿。")
    if "mimetype" in package:
        raise NotAWorkbook(f"“{name}”是 .ods 格式。{_SAVE_AS}。")
    if "[Content_Types].xml" not in package:
        raise NotAWorkbook(f"“{name}”是压缩包，不是工作簿。请解压后选择 .xlsx 填报工作簿。")
    if sum(entry.file_size for entry in package.entries) > INFLATED_LIMIT or len(package.entries) > 1000:
        raise NotAWorkbook(f"文件“{name}”解开后过大，不像填报工作簿。请确认没有选错文件。")
    return package
