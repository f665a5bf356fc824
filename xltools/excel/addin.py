"""Putting the buttons on this computer for its user alone: ribbon add-in and launcher (安装按钮)."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from xltools import files, home
from xltools.errors import CannotWrite

_WINDOWS = sys.platform == "win32"
_CODE_PAGE = "oem"
"""In which the command processor reads its scripts."""
_LOG = "launcher.log"
"""What the tool says before it can speak for itself; its own log must stay free for it to write."""


def launcher() -> Path:
    """The file that the macro starts when no tool lies beside the workbook."""
    return home.folder() / ("xltools.bat" if _WINDOWS else "xltools.sh")


def ribbon() -> Path | None:
    """Where Excel loads an add-in from by itself; ``None`` where there is no such Excel."""
    if not _WINDOWS:
        return None
    return Path(os.environ.get("APPDATA") or Path.home() / "AppData/Roaming") / "Microsoft/Excel/XLSTART/年报工具.xlam"


def install() -> Iterator[str]:
    """Write both files, and say so line by line; raises `CannotWrite`."""
    path, log = launcher(), home.folder() / _LOG
    files.write(path, _started_by([sys.executable, *_program()], log), force=True)
    path.chmod(0o755)
    yield f"已装上启动文件：{path}。带按钮的工作簿（.xlsm）现在可以用了。"
    add_in = ribbon()
    if add_in:
        from xltools.workbook.addin import addin

        files.write(add_in, addin(), force=True)
        yield f"已装上功能区“年报”：{add_in}。重新打开 Excel 后，.xlsx 工作簿也有按钮。"
    else:
        yield "功能区“年报”只用于 Windows 的 Excel，没有装。"


def status() -> Iterator[str]:
    """Say what is there."""
    yield f"启动文件：{_is_there(launcher())}。"
    add_in = ribbon()
    yield f"功能区“年报”：{_is_there(add_in) if add_in else '只用于 Windows 的 Excel'}。"


def remove() -> Iterator[str]:
    """Delete both files; the log stays. Raises `CannotWrite`."""
    for path in filter(None, (launcher(), ribbon())):
        try:
            existed = path.exists()
            path.unlink(missing_ok=True)
        except OSError:
            raise CannotWrite(f"“{path}”删不掉。请先关闭 Excel，再试一次。") from None
        yield f"{'已卸下' if existed else '本来没有装'}：{path}"


def _is_there(path: Path) -> str:
    return f"已装，{path}" if path.exists() else "没有装"


def _program() -> list[str]:
    """What Python is to run: the script that this was started by, or the installed package."""
    started = Path(sys.argv[0])
    return [str(started.resolve())] if started.name == "start.py" else ["-P", "-m", "xltools"]


def _started_by(command: list[str], log: Path) -> bytes:
    """The launcher: all its arguments go to the tool, what the tool says on the way into the log."""
    if _WINDOWS:
        quoted = " ".join(f'"{word.replace("%", "%%")}"' for word in command)
        text = f'@echo off\r\n{quoted} %* 2>"%LOCALAPPDATA%\\xltools\\{_LOG}"\r\n'
        try:
            return text.encode(_CODE_PAGE)
        except UnicodeEncodeError:
            said = f"“{command[0]}”的路径里有本机系统不认识的字。请把年报工具放到只有英文字母的文件夹，再装一次。"
            raise CannotWrite(said) from None
    return f'#!/bin/sh\nexec {shlex.join(command)} "$@" 2>{shlex.quote(str(log))}\n'.encode()
