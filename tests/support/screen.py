"""A screen that nobody looks at, with LibreOffice on it, a mouse, a keyboard and a camera."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.machine import FONTS, need

SIZE = (1360, 900)
KEPT = os.environ.get("XLTOOLS_PICTURES")
_SETTINGS = {
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel"): 0,
    ("org.openoffice.Office.Common/Misc", "ShowTipOfTheDay"): "false",
    ("org.openoffice.Setup/Product", "LastTimeDonateShown"): 4_000_000_000,
    ("org.openoffice.Setup/Product", "LastTimeGetInvolvedShown"): 4_000_000_000,
}
_DOCUMENT = 84  # com.sun.star.accessibility.AccessibleRole.DOCUMENT_SPREADSHEET


class Screen:
    """The mouse, the keyboard and the camera of one display."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment

    def act(self, *arguments: str | int) -> str:
        command = ["xdotool", *map(str, arguments)]
        done = subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True)
        return done.stdout

    def click(self, x: float, y: float, *, holding: str = "") -> None:
        self.act("mousemove", round(x), round(y))
        if holding:
            self.act("keydown", holding)
        self.act("click", 1)
        if holding:
            self.act("keyup", holding)

    def go(self, cell: str) -> None:
        """Go to a cell through the name box."""
        self.act("key", "ctrl+shift+t")
        time.sleep(0.4)
        self.act("key", "ctrl+a")
        self.act("type", "--delay", 30, cell)
        self.act("key", "Return")
        time.sleep(0.4)

    def type(self, cell: str, text: str) -> None:
        """Go to a cell and type into it."""
        self.go(cell)
        self.act("type", "--delay", 30, text)
        self.act("key", "Return")
        time.sleep(0.6)

    def window(self, name: str) -> str:
        """Wait for the window whose title has this name, and let it fill the screen."""

        def search() -> str:
            done = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--name", name],
                env=self.environment, capture_output=True, text=True, check=False,
            )  # fmt: skip
            return done.stdout.partition("\n")[0]

        window = wait(search, f"the window {name}")
        time.sleep(2)
        self.act("windowsize", window, *SIZE, "windowmove", window, 0, 0)
        time.sleep(1)
        return window

    def shoot(self, path: Path) -> Path:
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=True)
        return path

    def colour(self, picture: Path, x: float, y: float) -> str:
        """The colour of one point of a picture: ``#FFC7CE``."""
        at = ["convert", str(picture), "-format", f"%[hex:u.p{{{round(x)},{round(y)}}}]", "info:"]
        return "#" + subprocess.run(at, check=True, capture_output=True, text=True).stdout[:6].upper()


@contextmanager
def screen() -> Iterator[Screen]:
    """A virtual screen with a window manager."""
    need("Xvfb", "openbox", "xdotool", "import", "convert", "identify")
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "{}x{}x24".format(*SIZE), "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as display:
        place = f":{display.readline().strip()}"
    environment = {**os.environ, "FONTCONFIG_FILE": str(FONTS), "LC_ALL": "C.UTF-8", "DISPLAY": place}
    manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
    try:
        yield Screen(environment)
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(10)


@contextmanager
def office(shown: Screen, book: Path, profile: Path) -> Iterator[None]:
    """LibreOffice with a book, macros allowed; all its processes end with it."""
    need("soffice")
    settings = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for (path, name), value in _SETTINGS.items()
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user/registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{settings}</oor:items>',
        "utf-8",
    )
    options = ["--norestore", "--nologo", "--nofirststartwizard"]
    program = subprocess.Popen(
        ["soffice", f"-env:UserInstallation={profile.as_uri()}", *options, str(book)],
        env=shown.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield
    finally:
        os.killpg(program.pid, signal.SIGTERM)
        program.wait(20)


class View:
    """Where things are on the screen, as the program itself tells assistive technology."""

    def __init__(self, document: Any) -> None:
        self._controller = document.CurrentController

    def button(self, label: str) -> tuple[float, float]:
        """The middle of a button on the sheet shown."""
        page = self._controller.ActiveSheet.DrawPage
        shapes = (page.getByIndex(i) for i in range(page.Count))
        controls = [s.Control for s in shapes if s.supportsService("com.sun.star.drawing.ControlShape")]
        model = next(control for control in controls if control.Label == label)
        face = self._controller.getControl(model).getAccessibleContext()
        return _middle(face.getLocationOnScreen(), face.getSize())

    def cell(self, address: str) -> tuple[float, float]:
        """A point near the upper left corner of a cell of the sheet shown, which must not be scrolled."""
        sheet = self._controller.ActiveSheet
        pane = _find(self._controller.Frame.ComponentWindow.getAccessibleContext())
        cells = pane.getAccessibleChild(0).getAccessibleContext()
        parts = (self._controller.getByIndex(i).VisibleRange for i in range(self._controller.Count))
        corners = [(part.StartRow, part.StartColumn) for part in parts]
        faces = ((at, cells.getAccessibleCellAt(*at).getAccessibleContext().getSize().Width) for at in corners)
        (row, column), width = next((at, width) for at, width in faces if width)
        first, here = sheet.getCellByPosition(column, row), sheet.getCellRangeByName(address).Position
        area = sheet.createCursorByRange(first)
        area.collapseToMergedArea()
        across, down = width / area.Size.Width, 96 / 2540  # only the widths are stretched to the font
        corner = pane.getLocationOnScreen()
        left, top = (here.X - first.Position.X) * across, (here.Y - first.Position.Y) * down
        return corner.X + left + 6, corner.Y + top + 6


def wait(found: Callable[[], Any], what: str, seconds: float = 60) -> Any:
    """What ``found`` returns as soon as it is something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = found()
        if answer:
            return answer
        time.sleep(0.2)
    return pytest.fail(f"{what} did not come")


def keep(picture: Path, crop: str = "") -> None:
    """Look that it is a picture with something on it, and keep it, or a part, for the documentation if asked."""
    shades = subprocess.run(["identify", "-format", "%k %w", str(picture)], capture_output=True, text=True, check=True)
    colours, width = map(int, shades.stdout.split())
    assert colours > 16 and width > 400
    if KEPT:
        Path(KEPT).mkdir(parents=True, exist_ok=True)
        part = ["-crop", crop, "+repage"] if crop else []
        smaller = [*part, "-strip", "+dither", "-colors", "64", f"{KEPT}/{picture.name}"]
        subprocess.run(["convert", str(picture), *smaller], check=True)


def _middle(place: Any, size: Any) -> tuple[float, float]:
    return place.X + size.Width / 2, place.Y + size.Height / 2


def _find(context: Any, depth: int = 5) -> Any:
    """The sheet's own window among all that is accessible."""
    if context.getAccessibleRole() == _DOCUMENT:
        return context
    for i in range(min(context.getAccessibleChildCount(), 12) if depth else 0):
        found = _find(context.getAccessibleChild(i).getAccessibleContext(), depth - 1)
        if found is not None:
            return found
    return None
