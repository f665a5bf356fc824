"""Whether a file is a workbook at all, and what it is if not (文件外壳): rule F0."""

from __future__ import annotations

import os
from pathlib import Path

from xltools.errors import CannotOpen, NotAWorkbook
from xltools.workbook import kinds
from xltools.workbook.active import active
from xltools.workbook.archive import LIMIT, Beyond, Locked
from xltools.workbook.markup import BROKEN, DocumentType
from xltools.workbook.package import Package

RULE, SUMMARY = "F0", "文件是完整的 .xlsx 或 .xlsm 工作簿，没有密码和活动内容，大小正常。"


def opened(path: Path, *, submitted: bool = False) -> Package:
    """Return the parts of an .xlsx or .xlsm file; raises `NotAWorkbook`, naming what it is else.

    One that was ``submitted`` must be without active content, and its faults are those of a rule.
    """
    rule = RULE if submitted else ""
    data = _bytes(path, rule)
    if not data.startswith(b"PK"):
        raise refused(f"“{path.name}”{kinds.of_bytes(data)}", rule)
    try:
        package = Package(data, submitted=submitted)
        other = kinds.of_zip(package)
        found = active(package, macros=path.suffix.lower() == ".xlsm") if submitted else None
    except BROKEN as fault:
        raise refused(f"文件“{path.name}”{said(fault)}", rule) from None
    if other:
        raise refused(f"“{path.name}”{other}", rule)
    if found:
        raise refused(f"文件“{path.name}”里有不允许的活动内容：{found}。请在 Excel 或 WPS 中删除后重新保存", rule)
    return package


def refused(words: str, rule: str = RULE) -> NotAWorkbook:
    """The fault of a file that is not taken."""
    return NotAWorkbook(f"〔{rule}·错误〕{words}。", rule) if rule else NotAWorkbook(f"{words}。")


def said(fault: Exception, damaged: str = "不完整或已损坏。请重新发送或重新保存") -> str:
    """What is wrong with a file that raised one of `BROKEN`, and what to do."""
    if isinstance(fault, Locked):
        return "是加了密码的压缩包。请取消密码后再试"
    if isinstance(fault, DocumentType):
        return "里有不允许的文档类型定义（DTD）。请用 Excel 或 WPS 打开后重新保存"
    if isinstance(fault, Beyond):
        return f"{fault}，不像填报工作簿。请确认没有选错文件"
    return damaged


def _bytes(path: Path, rule: str) -> bytes:
    if not path.exists():
        raise NotAWorkbook(f"找不到文件“{path.name}”。请检查文件名和路径。")
    if not path.is_file():
        raise NotAWorkbook(f"“{path.name}”不是普通文件。请选择 .xlsx 工作簿。")
    try:
        with path.open("rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(min(size, LIMIT) + 1)
    except OSError:
        raise CannotOpen(f"文件“{path.name}”打不开。请关闭正在使用它的程序，检查是否有权限读取。") from None
    if len(data) > LIMIT:
        raise refused(f"文件“{path.name}”有 {size // 2**20} MB，远大于填报工作簿。请确认没有选错文件", rule)
    if not data:
        raise refused(f"文件“{path.name}”是空的。请重新发送或重新保存", rule)
    return data
