"""Files by name: what to read a report from, and how a result is written (文件)."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from xltools import interchange
from xltools.errors import CannotWrite
from xltools.report import Report

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff]')
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|COM\d|LPT\d)(\..*)?", re.IGNORECASE)
_BYTES = 200


def load(path: Path) -> Report:
    """Read a workbook or an interchange file; raises `XltoolsError`."""
    if path.suffix.lower() == ".json":
        return interchange.load(path)
    from xltools.workbook.read import read

    return read(path)


def file_name(title: str, suffix: str) -> str:
    """A name that every system takes: the title without forbidden characters, not too long."""
    name = _FORBIDDEN.sub("_", title).strip(" .") or "报告"
    name = f"_{name}" if _RESERVED.fullmatch(name) else name
    while len((name + suffix).encode()) > _BYTES:
        name = name[:-1]
    return name + suffix


def write(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write aside, flush and rename; raises `CannotWrite`. Nothing partial ever stands at ``path``."""
    if path.exists() and not force:
        raise CannotWrite(f"“{path}”已经存在，没有覆盖。请换一个文件名，或加 --force 覆盖。")
    part = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=".xltools-", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(part).chmod(0o644)
        Path(part).replace(path)
    except OSError as fault:
        if part:
            Path(part).unlink(missing_ok=True)
        raise CannotWrite(_why(path, fault)) from None


def _why(path: Path, fault: OSError) -> str:
    if isinstance(fault, PermissionError):
        return f"“{path}”写不进去。请关闭正在使用它的程序，或换一个有写入权限的文件夹。"
    return f"“{path}”写不进去（{os.strerror(fault.errno or 0)}）。请检查磁盘空间和文件夹后再试。"
