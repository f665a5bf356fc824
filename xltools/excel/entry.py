"""The outermost adapter of the buttons: from a macro, or from outside, to a handler (按钮入口).

Whatever goes wrong is said in one Chinese sentence in a message box; nothing reaches a clerk as a
traceback.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from xltools import disk, home
from xltools.errors import XltoolsError

if TYPE_CHECKING:
    import xlwings as xw


def called(verb: str) -> bool:
    """Run what the macro asks for on the workbook that its arguments name; whether it was told to the clerk."""
    return _guarded(verb, _caller)


def reach(verb: str, name: str | None) -> bool:
    """Run a handler on an open workbook found from outside: the active one, or the one of this name."""
    return _guarded(verb, lambda: opened(name))


def opened(name: str | None) -> xw.Book:
    """Return an open workbook; raises `XltoolsError`."""
    import xlwings as xw

    if sys.platform not in ("win32", "darwin"):
        from xltools.libreoffice import attach

        app = attach(name)
        return app.books[name] if name else app.books.active
    _be_patient()
    for app in xw.apps:
        for book in app.books:
            if name is not None and name.lower() == book.name.lower():
                return book
            if name is None and (sys.platform != "win32" or app.impl.xl.ActiveWorkbook is not None):
                return app.books.active
    raise NotOpen("没有找到打开着的工作簿。请先用 Excel 打开填报工作簿。")


_BUSY = (-2147418111, -2146777998)
"""How Excel says that it takes no calls: rejected by callee; a cell is being edited."""
_ATTEMPTS = 2000
"""Calls that xlwings repeats while Excel is busy; its own default is for ever."""


class NotOpen(XltoolsError):
    """No spreadsheet program has the workbook open."""

    code = "NOT_OPEN"


def _caller() -> xw.Book:
    """The workbook whose button was pressed, by the arguments that xlwings' own macro would pass."""
    import xlwings as xw

    name = next((a.partition("=")[2] for a in sys.argv if a.startswith("--wb=")), None)
    if name is None:
        raise NotOpen("宏没有说是哪个工作簿。请关闭工作簿，重新打开后再点按钮。")
    _be_patient()
    if "=" in name:  # where Book.caller() would cut it off
        return opened(name)
    if sys.platform not in ("win32", "darwin"):
        from xltools.libreoffice import attach

        attach(name)
    return xw.Book.caller()


def _guarded(verb: str, find: Callable[[], xw.Book]) -> bool:
    book = None
    try:
        book = find()
        from xltools.excel.buttons import HANDLERS

        HANDLERS[verb](book)
    except XltoolsError as fault:
        return _tell(book, str(fault))
    except PermissionError as fault:
        return _tell(book, disk.sentence(fault) or str(fault))
    except Exception as fault:  # the outermost adapter: nothing unexpected reaches a clerk as a traceback
        if disk.sentence(fault):
            return _tell(book, disk.sentence(fault))
        log = home.log()
        if getattr(fault, "hresult", None) in _BUSY:
            return _tell(book, "Excel 正忙。请先按回车或 Esc 结束正在编辑的格，关掉打开的对话框，再试一次。")
        return _tell(book, f"程序出了意外，没有完成。请把记录文件发给维护人员：{log}")
    return True


def _tell(book: xw.Book | None, sentence: str) -> bool:
    """In a message box where there is a program to show it, else on the terminal."""
    try:
        if book is not None:
            from xltools.excel.buttons import say

            say(book, sentence, mode="critical")
            return True
    except Exception:  # the program is busy or gone
        home.log()
    sys.stderr.write(f"{sentence}\n")
    return False


def _be_patient() -> None:
    """Wait for a busy Excel a while, not for ever."""
    if sys.platform == "win32":
        from xlwings import _xlwindows

        _xlwindows.N_COM_ATTEMPTS = _ATTEMPTS


def lean() -> None:
    """Keep xlwings from importing pandas and its like in this process: no button needs them, and they take long."""
    for heavy in ("pandas", "numpy", "matplotlib", "PIL", "polars", "plotly"):
        sys.modules.setdefault(heavy, None)  # type: ignore[arg-type]  # None is how Python says: not to be found
