"""Workbooks that a LibreOffice has open, as xlwings asks for them (工作簿)."""

from __future__ import annotations

import contextlib
import numbers
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xlwings import base_classes

from xltools.libreoffice import bridge
from xltools.libreoffice.cells import Contents
from xltools.libreoffice.names import Names
from xltools.libreoffice.sheets import Sheets

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
    ".csv": "Text - txt - csv (StarCalc)",
}
_RUN_MACROS = 4


class Books(base_classes.Books):
    """The workbooks of one LibreOffice."""

    def __init__(self, app: Any) -> None:
        self._app = app

    @property
    def api(self) -> Any:
        return self._app.api.Components

    @property
    def app(self) -> Any:
        return self._app

    def _documents(self) -> Iterator[Any]:
        return (document for document in self.api if _is_workbook(document))

    def __iter__(self) -> Iterator[Book]:
        return (Book(self._app, document) for document in self._documents())

    def __len__(self) -> int:
        return sum(1 for _ in self._documents())

    def __contains__(self, key: object) -> bool:
        raise TypeError("on Windows this is always False in xlwings: compare the names of the books")

    def __call__(self, name_or_index: int | str) -> Book:
        """By number, by name or by full path, in small or capital letters; raises `KeyError`."""
        books = list(self)
        if isinstance(name_or_index, numbers.Number):
            if not 1 <= int(name_or_index) <= len(books):
                raise KeyError(name_or_index)
            return books[int(name_or_index) - 1]
        wanted = str(name_or_index).lower()
        for book in books:
            with contextlib.suppress(bridge.fault()):  # one may be closed while it is looked at
                if wanted in (book.name.lower(), book.fullname.lower()):
                    return book
        raise KeyError(name_or_index)

    @property
    def active(self) -> Book:
        """The workbook in front, or the one that was last opened out of sight."""
        front = self._app.api.CurrentComponent
        if front is not None and _is_workbook(front):
            return Book(self._app, front)
        books = list(self)
        if not books:
            raise KeyError("no workbook is open")
        return next((book for book in books if book.uid == self._app.last_book), books[-1])

    def add(self) -> Book:
        """A new workbook."""
        return self._load("private:factory/scalc")

    def open(
        self,
        fullname: str,
        _update_links: bool | None = None,
        read_only: bool | None = None,
        _format: str | None = None,
        password: str | None = None,
        *_unused: object,
    ) -> Book:
        """Open a file; raises `FileNotFoundError` where LibreOffice cannot.

        An office without a window opens nothing that another one has open, or had open when it died, or opens it for
        reading only: it would have to ask. The file ``.~lock.NAME#`` beside the workbook says so; both are refused
        here. A private copy opens always.
        """
        options: dict[str, object] = {"ReadOnly": bool(read_only), "MacroExecutionMode": _RUN_MACROS}
        if password:
            options["Password"] = password
        return self._load(bridge.url_of(fullname), fullname, **options)

    def _load(self, url: str, path: str = "", **options: object) -> Book:
        hidden = bridge.properties(Hidden=not self._app.visible, **options)
        try:
            document = self._app.api.loadComponentFromURL(url, "_blank", 0, hidden)
        except (bridge.fault("lang.IllegalArgumentException"), bridge.fault("io.IOException")):
            document = None
        lock = Path(path).parent / f".~lock.{Path(path).name}#"
        if document is not None and document.isReadonly() and not options.get("ReadOnly") and lock.exists():
            document.close(True)
            document = None
        if document is None:
            why = f"它正被另一个程序打开；如果没有，请删除“{lock.name}”再试" if lock.exists() else "文件不存在或已损坏"
            raise FileNotFoundError(f"LibreOffice 打不开“{path}”：{why}。")
        book = Book(self._app, document)
        self._app.last_book = book.uid
        return book


class Book(base_classes.Book):
    """One open workbook."""

    def __init__(self, app: Any, document: Any) -> None:
        self._app = app
        self._document = document
        self._contents: Contents | None = None

    @property
    def api(self) -> Any:
        return self._document

    @property
    def app(self) -> Any:
        return self._app

    @property
    def uid(self) -> str:
        """What tells it from all other documents while it is open."""
        return str(self._document.RuntimeUID)

    @property
    def contents(self) -> Contents:
        """Reads and writes its cells."""
        self._contents = self._contents or Contents(self._document)
        return self._contents

    @property
    def fullname(self) -> str:
        return bridge.path_of(self._document.URL) or str(self._document.Title)

    @property
    def name(self) -> str:
        return Path(self.fullname).name

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    def activate(self) -> None:
        """Bring its window to the front."""
        self._app.last_book = self.uid
        self._document.CurrentController.Frame.activate()

    def close(self) -> None:
        """Close without saving."""
        self._document.setModified(False)
        self._document.close(True)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save, or save under another name, whose extension says the format; overwrites without asking."""
        if path is None and self._document.URL:
            self._document.store()
            return
        target = Path(path or f"{self.name}.xlsx").absolute()
        options: dict[str, object] = {"FilterName": FILTERS[target.suffix.lower()], "Overwrite": True}
        if password:
            options["Password"] = password
        self._document.storeAsURL(bridge.url_of(str(target)), bridge.properties(**options))

    def to_pdf(self, path: str, quality: str | None = None) -> None:  # noqa: ARG002  # xlwings passes it
        """Write all sheets to a PDF."""
        self._document.storeToURL(bridge.url_of(path), bridge.properties(FilterName="calc_pdf_Export"))


def _is_workbook(document: Any) -> bool:
    return hasattr(document, "supportsService") and document.supportsService("com.sun.star.sheet.SpreadsheetDocument")
