"""The pictures of the documentation, made from the real thing; with XLTOOLS_PICTURES they are kept there."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.machine import FONTS, need, to_pdf
from tests.support.reports import FURONG
from xltools import interchange
from xltools.outputs import word
from xltools.workbook.build import build

KEPT = os.environ.get("XLTOOLS_PICTURES")
SIZE = (1360, 900)


def keep(picture: Path) -> None:
    """Look that it is a picture with something on it, and keep it if asked."""
    shades = subprocess.run(["identify", "-format", "%k %w", str(picture)], capture_output=True, text=True, check=True)
    colours, width = map(int, shades.stdout.split())
    assert colours > 16 and width > 400
    if KEPT:
        Path(KEPT).mkdir(parents=True, exist_ok=True)
        subprocess.run(["convert", str(picture), "-strip", "-colors", "64", f"{KEPT}/{picture.name}"], check=True)


@contextmanager
def screen(environment: dict[str, str]) -> Iterator[None]:
    """A virtual screen with a window manager; the display is written into the environment."""
    read, write = os.pipe()
    width, height = SIZE
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as display:
        environment["DISPLAY"] = f":{display.readline().strip()}"
    manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(10)


def test_sheet(tmp_path: Path) -> None:
    """表三 with the seed's figures and one planted fault, as a clerk sees it in LibreOffice."""
    need("Xvfb", "openbox", "xdotool", "import", "identify", "soffice")
    book = tmp_path / "芙蓉镇2020.xlsx"
    book.write_bytes(build(interchange.load(FURONG)))
    environment = {**os.environ, "FONTCONFIG_FILE": str(FONTS), "LC_ALL": "C.UTF-8"}
    profile = (tmp_path / "profile").as_uri()
    with screen(environment):
        office = ["soffice", f"-env:UserInstallation={profile}", "--norestore", "--nologo", "--nofirststartwizard"]
        program = subprocess.Popen(
            [*office, str(book)], env=environment, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            window = _window(environment, "芙蓉镇2020")
            _act(environment, "windowsize", window, *map(str, SIZE), "windowmove", window, "0", "0")
            time.sleep(1)
            for _ in range(4):
                _act(environment, "key", "ctrl+Next")
                time.sleep(0.5)
            _type(environment, "D8", "6")
            _go(environment, "D10")
            picture = tmp_path / "sheet.png"
            subprocess.run(["import", "-window", "root", str(picture)], env=environment, check=True)
            keep(picture)
        finally:
            os.killpg(program.pid, 15)
            program.wait(20)


def _window(environment: dict[str, str], name: str) -> str:
    """Wait for the window whose title has this name."""
    for _ in range(120):
        search = ["xdotool", "search", "--onlyvisible", "--name", name]
        found = subprocess.run(search, env=environment, capture_output=True, text=True, check=False)
        if found.stdout.strip():
            time.sleep(2)
            return found.stdout.split()[0]
        time.sleep(0.5)
    pytest.fail("the window did not come up")


def _act(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(["xdotool", *arguments], env=environment, check=True)


def _type(environment: dict[str, str], cell: str, text: str) -> None:
    """Go to a cell and type into it."""
    _go(environment, cell)
    _act(environment, "type", "--delay", "30", text)
    _act(environment, "key", "Return")
    time.sleep(0.6)


def _go(environment: dict[str, str], cell: str) -> None:
    """Go to a cell through the name box."""
    _act(environment, "key", "ctrl+shift+t")
    time.sleep(0.4)
    _act(environment, "key", "ctrl+a")
    _act(environment, "type", "--delay", "30", cell)
    _act(environment, "key", "Return")
    time.sleep(0.4)


def test_pages(tmp_path: Path) -> None:
    """The Word report of the seed: its first page and the page of 表三, side by side."""
    need("soffice", "pdftoppm", "convert", "identify")
    document = tmp_path / "report.docx"
    document.write_bytes(word.render(interchange.load(FURONG)))
    pdf = to_pdf(document, tmp_path)
    subprocess.run(["pdftoppm", "-r", "55", "-png", str(pdf), str(tmp_path / "page")], check=True)
    pages = sorted(tmp_path.glob("page-*.png"))
    assert len(pages) >= 4
    framed = ["-bordercolor", "#999999", "-border", "1", "-bordercolor", "#e8e8e8", "-border", "8"]
    subprocess.run(["convert", *map(str, pages[:4]), *framed, "+append", str(tmp_path / "word.png")], check=True)
    keep(tmp_path / "word.png")
