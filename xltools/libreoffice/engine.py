"""LibreOffice as an engine of xlwings: the engine, the offices it knows, one of them (引擎)."""

from __future__ import annotations

import atexit
import contextlib
import os
from collections.abc import Iterator, Sequence
from typing import Any

from xlwings import base_classes

from xltools.libreoffice import bridge, entries, macros, offices, windows
from xltools.libreoffice.books import Book, Books

NAME = "libreoffice"


class Engine:
    """What xlwings asks of an engine."""

    name = NAME
    type = "desktop"
    prepare_xl_data_element = staticmethod(entries.prepare)
    clean_value_data = staticmethod(entries.clean)

    def __init__(self) -> None:
        self.apps = Apps(self)


class Apps(base_classes.Apps):
    """The offices that were started or attached to in this process, the active one first."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.known: list[App] = []

    def keys(self) -> list[int]:
        """Their process numbers."""
        return [app.pid for app in self.known]

    def add(
        self,
        spec: object = None,  # noqa: ARG002  # a program on a Mac
        add_book: bool | None = None,
        xl: object = None,  # noqa: ARG002  # an object of Windows
        visible: bool | None = None,
    ) -> App:
        """Start an office of our own, with windows where there is a screen, unless told otherwise."""
        shown = bool({"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ)) if visible is None else bool(visible)
        own = offices.OwnOffice(visible=shown)
        app = App(self, own.context, own.pid, visible=shown, own=own)
        self.put_first(app)
        if add_book:
            app.books.add()
        return app

    def reach(self, wanted: Sequence[offices.Office]) -> Iterator[App]:
        """The apps of offices that run, as they answer; a new one is not among the known ones before `put_first`."""
        known = {app.pid: app for app in self.known}
        yield from (known[office.pid] for office in wanted if office.pid in known)
        for office, context in offices.reach(office for office in wanted if office.pid not in known):
            yield App(self, context, office.pid, visible=office.visible)

    def put_first(self, app: App) -> None:
        """Make an app the active one, new or known; it is quit at the latest when this process ends."""
        if app not in self.known:
            atexit.register(app.quit)
        self.known = [app, *(other for other in self.known if other is not app)]

    def __iter__(self) -> Iterator[App]:
        return iter(self.known.copy())

    def __len__(self) -> int:
        return len(self.known)

    def __getitem__(self, pid: int) -> App:
        return next(app for app in self.known if app.pid == pid)


class App(base_classes.App):
    """One LibreOffice. One that we only attached to is never ended by us."""

    display_alerts = True
    enable_events = True
    interactive = True
    version = "16.0"
    """Excel's, as xlwings asks for 15 at least."""

    def __init__(
        self, apps: Apps, context: Any, pid: int, *, visible: bool, own: offices.OwnOffice | None = None
    ) -> None:
        self._apps = apps
        self._context = context
        self._desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self._pid = pid
        self._visible = visible
        self._own = own
        self._status = windows.StatusBar()
        self._still: list[Any] = []
        self.last_book = ""

    @property
    def engine(self) -> Engine:
        return self._apps.engine

    @property
    def api(self) -> Any:
        """LibreOffice's desktop."""
        return self._desktop

    @property
    def pid(self) -> int:
        return self._pid

    @property
    def hwnd(self) -> int:
        return self._pid

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def visible(self) -> bool:
        return self._visible

    @visible.setter
    def visible(self, value: bool) -> None:
        """An office cannot gain or lose its windows while it runs."""

    @property
    def selection(self) -> Any | None:
        book = self._active_book()
        chosen: Any = book.api.CurrentController.Selection if book else None
        if book is None or not hasattr(chosen, "RangeAddress"):
            return None
        return book.sheets(chosen.Spreadsheet.Name).at(book.contents.address_box(chosen.RangeAddress))

    def activate(self, _steal_focus: bool = False) -> None:
        """Make it the app that xlwings turns to first."""
        self._apps.put_first(self)

    def _active_book(self) -> Book | None:
        return self.books.active if len(self.books) else None

    @property
    def screen_updating(self) -> bool:
        return not self._still

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if value:
            while self._still:
                with contextlib.suppress(bridge.fault()):  # a book may have been closed meanwhile
                    self._still.pop().unlockControllers()
        elif not self._still:
            self._still = [book.api for book in self.books]
            for document in self._still:
                document.lockControllers()

    @property
    def status_bar(self) -> str | bool:
        return self._status.text

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        if value is False:
            with contextlib.suppress(bridge.fault()):
                self._status.end()
        else:
            book = self._active_book()
            self._status.show(str(value), book.api if book else None)

    @property
    def calculation(self) -> str:
        book = self._active_book()
        return "automatic" if book is None or book.api.isAutomaticCalculationEnabled() else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        for book in self.books:
            book.api.enableAutomaticCalculation(value != "manual")

    def calculate(self) -> None:
        """Calculate all books anew."""
        for book in self.books:
            book.api.calculateAll()

    def alert(self, prompt: str, title: str | None, buttons: str | None, mode: str | None, *_callback: object) -> str:
        """Show a message box; an office without a window takes the last button for the answer."""
        if not self._visible:
            return windows.default_answer(buttons)
        return windows.ask(self._context, self._desktop, prompt or "", title or "", buttons, mode)

    def run(self, macro: str, args: Sequence[object]) -> Any:
        """Run ``'book'!Module.Macro``, or a macro of the active book."""
        book, _, name = macro.rpartition("!")
        found = self.books(book.strip("'")) if book else self.books.active
        return macros.run(found.api, name, args)

    def quit(self) -> None:
        """End an office of our own without saving; let go of one that we attached to, which goes on."""
        atexit.unregister(self.quit)
        with contextlib.suppress(bridge.fault()):
            self.screen_updating = True
            self.status_bar = False
            if self._own:
                for book in self.books:
                    book.close()
                self._desktop.terminate()
        if self._own:
            self._own.wait()
        self._apps.known = [app for app in self._apps.known if app is not self]

    def kill(self) -> None:
        """End an office of our own at once."""
        if self._own:
            self._own.end()
        self.quit()
