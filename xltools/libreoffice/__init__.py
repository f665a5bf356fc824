"""LibreOffice under xlwings: the same code runs there as in Excel (让 xlwings 操作 LibreOffice).

>>> app = libreoffice.attach("report.xlsx")  # or libreoffice.start() for an office of our own
>>> xw.Book("report.xlsx").sheets[0]["A1"].value

An engine of xlwings over LibreOffice's own interface (UNO). It knows nothing of any form. Where it differs from Excel:
formats are refused on every protected sheet, whatever its protection allows; names that Excel makes by itself, such as
print areas, are missing; a formula ``=TRUE()`` or ``=#REF!`` counts as a constant; the errors that LibreOffice knows
by number only are all ``#VALUE!``; amounts in a currency are floats, not decimals.
"""

from __future__ import annotations

import xlwings as xw

from xltools.libreoffice import offices
from xltools.libreoffice.bridge import NoLibreOffice
from xltools.libreoffice.engine import NAME, App, Apps, Engine
from xltools.libreoffice.entries import literal

__all__ = ["NoLibreOffice", "attach", "literal", "register", "running", "start"]


def register() -> None:
    """Make LibreOffice the engine that xlwings uses from now on."""
    if NAME not in [engine.name for engine in xw.engines]:
        xw.engines.add(xw.Engine(impl=Engine()))
    xw.engines[NAME].activate()


def start(visible: bool = False) -> xw.App:
    """A LibreOffice of our own, without a book; `quit` ends it. Raises `NoLibreOffice`."""
    register()
    return xw.App(visible=visible, add_book=False)


def running() -> list[xw.App]:
    """The offices that run and answer; to `quit` one of them lets it go on."""
    found = list(_apps().reach(offices.running()))
    for app in reversed(found):
        _apps().put_first(app)
    return [xw.App(impl=app) for app in found]


def attach(book_name: str | None = None) -> xw.App:
    """The running office that has this book open, by name or full path, or any; raises `NoLibreOffice`.

    A macro that starts us must not wait for us: while it waits, its office answers nobody.
    """
    found = offices.running()
    if not found:
        raise NoLibreOffice("没有正在运行的 LibreOffice。请先用 LibreOffice 打开工作簿。")
    answered = []
    for app in _apps().reach(found):
        if book_name is None or _has(app, book_name):
            _apps().put_first(app)
            return xw.App(impl=app)
        answered.append(app)
    if len(answered) < len(found):
        raise NoLibreOffice("LibreOffice 没有回应。请关掉它里面打开的对话框，再试一次。")
    raise NoLibreOffice(f"正在运行的 LibreOffice 里没有打开“{book_name}”。请先用 LibreOffice 打开它。")


def _has(app: App, book_name: str) -> bool:
    try:
        app.books(book_name)
    except KeyError:
        return False
    return True


def _apps() -> Apps:
    register()
    apps: Apps = xw.engines[NAME].impl.apps
    return apps
