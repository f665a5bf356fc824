"""Why the system would not read or write, and what to do about it (读写故障)."""

from __future__ import annotations

import errno

_USED = "正由别的程序使用", "请关闭那个程序后再试"
_READ_ONLY = "磁盘是只读的", "请换一个有写入权限的文件夹"
_FULL = "磁盘已满", "请清理磁盘后再试"
_LARGE = "超过了允许的文件大小", "请换一个磁盘，或请管理员放宽限制"
_BROKEN = "磁盘读写出错", "请检查磁盘、U 盘或网络，换一个位置再试"
_GONE = "共享文件夹或磁盘连不上了", "请恢复连接后再试"
_MEMORY = "电脑的内存或能同时打开的文件数不够", "请关闭别的程序后再试"
_NAMES = {
    _USED: "EBUSY ETXTBSY", _READ_ONLY: "EROFS", _FULL: "ENOSPC EDQUOT", _LARGE: "EFBIG", _BROKEN: "EIO",
    _GONE: "ESTALE ENOTCONN EHOSTDOWN EHOSTUNREACH ENETDOWN ENETUNREACH ETIMEDOUT ENODEV ENXIO ENOLINK EREMOTEIO",
    _MEMORY: "ENOMEM EMFILE ENFILE EAGAIN",
}  # fmt: skip
_ERRORS = {
    getattr(errno, name): words for words, names in _NAMES.items() for name in names.split() if hasattr(errno, name)
}
_WINDOWS = {
    21: _GONE, 23: _BROKEN, 39: _FULL, 53: _GONE, 55: _GONE, 59: _GONE, 64: _GONE, 67: _GONE, 112: _FULL, 121: _GONE,
    1117: _BROKEN, 1167: _GONE, 1231: _GONE,
}  # fmt: skip
"""Codes of Windows for which Python has no name or a misleading one."""


def known(fault: OSError) -> tuple[str, str] | None:
    """What is the matter and what to do; ``None`` if it is nothing that a disk does, or a question of rights."""
    return _WINDOWS.get(getattr(fault, "winerror", 0) or 0) or _ERRORS.get(fault.errno)


def said(what: str, fault: OSError, otherwise: str) -> str:
    """One sentence about what did not work, and one on what to do; ``otherwise`` where the fault says nothing."""
    words = known(fault)
    return f"{what}，{words[0]}。{words[1]}。" if words else f"{what}。{otherwise}。"


def sentence(fault: BaseException) -> str:
    """What stopped a whole command, where it was the disk; else empty."""
    if isinstance(fault, PermissionError) and fault.filename:
        return f"没有权限打开“{fault.filename}”。请检查文件和文件夹的权限，或换一个位置。"
    if not isinstance(fault, OSError) or not known(fault):
        return ""
    return said(f"“{fault.filename}”读写不了" if fault.filename else "没有完成", fault, "")
