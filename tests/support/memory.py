"""The engine "memory" of xlwings: workbooks through openpyxl, no program at all; formulas keep their cached values.

What a written value becomes, what is refused and where cells lie is said once, in `xltools.libreoffice`.
"""

from __future__ import annotations

import numbers
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import xlwings as xw
from xlwings import base_classes

from tests.support.memory_sheets import Names, Sheets
from xltools.libreoffice.entries import clean, prepare

NAME = "memory"


def register() -> None:
    """Make the memory the engine that xlwings uses from now on."""
    if NAME not in [engine.name for engine in xw.engines]:
        xw.engines.add(xw.Engine(impl=Engine()))
    xw.engines[NAME].activate()


def start(*answers: str) -> xw.App:
    """An app without a book; its message boxes get these answers, then the last button."""
    register()
    app = xw.App(visible=False, add_book=False)
    app.impl.answers = list(answers)
    return app


class Engine:
    name, type = NAME, "desktop"
    prepare_xl_data_element = staticmethod(prepare)
    clean_value_data = staticmethod(clean)

    def __init__(self) -> None:
        self.apps = Apps()


class Apps(base_classes.Apps):
    def __init__(self) -> None:
        self.known: list[App] = []
        self._numbers = count(1)

    def keys(self) -> list[int]:
        return [app.pid for app in self.known]

    def add(self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None) -> App:
        app = App(self, next(self._numbers))
        self.known.insert(0, app)
        if add_book:
            app.books.add()
        return app

    def __iter__(self) -> Iterator[App]:
        return iter(self.known.copy())

    def __len__(self) -> int:
        return len(self.known)

    def __getitem__(self, pid: int) -> App:
        return next(app for app in self.known if app.pid == pid)


class App(base_classes.App):
    """``alerts`` holds what was said in message boxes, ``statuses`` what the status bar showed."""

    screen_updating = display_alerts = enable_events = interactive = True
    visible: Any = False
    calculation = "automatic"
    version = "16.0"
    books: Any = None
    pid: Any = 0

    def __init__(self, apps: Apps, pid: int) -> None:
        self._apps, self.pid, self.books = apps, pid, Books(self)
        self.alerts: list[tuple[str, str]] = []
        self.answers: list[str] = []
        self.statuses: list[str] = []
        self.macros: dict[str, Any] = {}

    @property
    def engine(self) -> Any:
        return xw.engines[NAME].impl

    @property
    def api(self) -> Any:
        return self

    @property
    def status_bar(self) -> str | bool:
        return self.statuses[-1] if self.statuses and self.statuses[-1] else False

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self.statuses.append("" if value is False else str(value))

    def activate(self, steal_focus: bool = False) -> None:
        self._apps.known = [self, *(app for app in self._apps.known if app is not self)]

    def calculate(self) -> None: ...

    def alert(self, prompt: str, title: str | None, buttons: str | None, mode: str | None, callback: Any = None) -> str:
        self.alerts.append((title or "", prompt))
        return self.answers.pop(0) if self.answers else (buttons or "ok").split("_")[-1]

    def run(self, macro: str, args: Sequence[Any]) -> Any:
        """Call the function that a test put into ``macros``."""
        name = macro.rpartition("!")[2].rpartition(".")[2]
        if name not in self.macros:
            raise LookupError(f"no macro {name}")
        return self.macros[name](*args)

    def quit(self) -> None:
        self._apps.known.remove(self)

    def kill(self) -> None:
        self.quit()


class Books(base_classes.Books):
    def __init__(self, app: App) -> None:
        self._app = app
        self.open_ones: list[Book] = []

    @property
    def app(self) -> Any:
        return self._app

    @property
    def api(self) -> Any:
        return self

    @property
    def active(self) -> Book:
        return self.open_ones[-1]

    def __len__(self) -> int:
        return len(self.open_ones)

    def __iter__(self) -> Iterator[Book]:
        return iter(self.open_ones.copy())

    def __call__(self, key: int | str) -> Book:
        if isinstance(key, numbers.Number):
            return self.open_ones[int(key) - 1]
        wanted = str(key).lower()
        for book in self.open_ones:
            if wanted in (book.name.lower(), book.fullname.lower()):
                return book
        raise KeyError(key)

    def add(self) -> Book:
        self.open_ones.append(Book(self._app, openpyxl.Workbook(), openpyxl.Workbook(), f"Book{len(self) + 1}"))
        return self.active

    def open(self, fullname: str, *unused: Any) -> Book:
        macros = fullname.lower().endswith("m")
        formulas, values = (openpyxl.load_workbook(fullname, data_only=d, keep_vba=macros) for d in (False, True))
        self.open_ones.append(Book(self._app, formulas, values, fullname))
        return self.active


class Book(base_classes.Book):
    """``api`` is the workbook with the formulas, which is what is saved; ``values`` has the cached values."""

    fullname: Any = ""

    def __init__(self, app: App, formulas: Any, values: Any, fullname: str) -> None:
        self._app, self.formulas, self.values, self.fullname = app, formulas, values, fullname

    @property
    def app(self) -> Any:
        return self._app

    @property
    def api(self) -> Any:
        return self.formulas

    @property
    def name(self) -> Any:
        return Path(self.fullname).name

    @property
    def sheets(self) -> Any:
        return Sheets(self)

    @property
    def names(self) -> Any:
        return Names(self)

    def activate(self) -> None:
        books = self._app.books.open_ones
        books.append(books.pop(books.index(self)))

    def save(self, path: str | None = None, password: str | None = None) -> None:
        self.fullname = str(Path(path or self.fullname).absolute())
        self.formulas.save(self.fullname)

    def close(self) -> None:
        self._app.books.open_ones.remove(self)
