"""LibreOffice as a program: our own and that of others, what is said where there is none, and pure translations."""

from __future__ import annotations

import builtins
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from tests.libreoffice import need_libreoffice, sample
from tests.support.machine import need
from xltools import libreoffice
from xltools.errors import XltoolsError
from xltools.libreoffice import NoLibreOffice, bridge, entries, offices
from xltools.libreoffice.addresses import Box, address, parse, quoted
from xltools.libreoffice.formulas import to_excel

OTHERS = """
import sys, time
from xltools.libreoffice.offices import OwnOffice
office = OwnOffice()
print(office.pid, flush=True)
desktop = office.context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", office.context)
from xltools.libreoffice import bridge
for path in sys.argv[1:]:
    desktop.loadComponentFromURL(bridge.url_of(path), "_blank", 0, bridge.properties(Hidden=True))
print("open", flush=True)
sys.stdin.readline()
office.end()
"""
"""Another process with an office of its own: to us it is an office that somebody else runs."""

CHILD = """
import sys, xlwings as xw
from xltools import libreoffice
app = libreoffice.attach(sys.argv[1].partition("=")[2])
xw.Book.caller().sheets[0]["E9"].value = "来过"
app.quit()
"""


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    need_libreoffice()
    path = sample(tmp_path_factory.mktemp("others") / "别人的.xlsx")
    command = [sys.executable, "-c", OTHERS, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        pid = int(process.stdout.readline())
        assert process.stdout.readline() == "open\n"
        yield pid, path
        process.stdin.write("\n")
    assert pid not in alive()


@pytest.fixture(scope="module")
def own() -> Iterator[xw.App]:
    need_libreoffice()
    app = libreoffice.start()
    yield app
    app.quit()


def alive() -> set[int]:
    return {office.pid for office in offices.running()}


def test_an_office_of_our_own_ends_and_leaves_nothing() -> None:
    need_libreoffice()
    app = libreoffice.start()
    own, pid = app.impl._own, app.pid
    assert pid in alive() and own._profile.is_dir() and not app.visible
    app.books.add()
    app.quit()
    assert pid not in alive() and not own._profile.exists() and app not in xw.apps
    killed = libreoffice.start()
    killed.kill()
    assert killed.pid not in alive() and killed not in xw.apps


def test_attaching_finds_the_book_and_quitting_lets_the_office_live(others: tuple[int, Path], own: xw.App) -> None:
    pid, path = others
    for name in (path.name, str(path), path.name.upper()):
        app = libreoffice.attach(name)
        assert app.pid == pid and xw.apps.active == app
        assert app.books[path.name].sheets[0]["A4"].value == "文字"
        app.quit()
        assert pid in alive() and app not in xw.apps
    app = libreoffice.attach(path.name)
    app.screen_updating, app.status_bar = False, "忙"
    document = app.books[path.name].api
    assert document.hasControllersLocked()
    app.kill()
    assert pid in alive() and not document.hasControllersLocked()


def test_all_running_offices(others: tuple[int, Path], own: xw.App) -> None:
    found = libreoffice.running()
    assert {others[0], own.pid} <= {app.pid for app in found}
    assert libreoffice.attach().pid in alive()
    for app in found:
        if app != own:
            app.quit()
    assert others[0] in alive()


def test_a_macro_starts_a_process_that_finds_the_book(own: xw.App, tmp_path: Path) -> None:
    """As the button does: the macro starts us and does not wait."""
    book = own.books.open(sample(tmp_path / "按钮 的.xlsx"))
    script = tmp_path / "child.py"
    script.write_text(CHILD, "utf-8")
    libraries = book.api.BasicLibraries
    if not libraries.hasByName("Standard"):
        libraries.createLibrary("Standard")
    arguments = f'{script} ""--wb={book.fullname}"" --from_xl=1 --hwnd=0'
    code = f'Sub Press()\nShell("{sys.executable}", 0, "{arguments}", False)\nEnd Sub\n'
    libraries.getByName("Standard").insertByName("Buttons", code)
    book.macro("Press")()
    until = time.monotonic() + 20
    while book.sheets[0]["E9"].value is None and time.monotonic() < until:
        time.sleep(0.05)
    assert book.sheets[0]["E9"].value == "来过"
    book.close()


def test_what_is_open_elsewhere_cannot_be_opened(own: xw.App, tmp_path: Path) -> None:
    path = sample(tmp_path / "占用.xlsx")
    lock = tmp_path / ".~lock.占用.xlsx#"
    for name in ("", "某人"):
        lock.write_text(f"{name},某人,某机,01.01.2020 00:00,file:///tmp;", "utf-8")
        with pytest.raises(FileNotFoundError, match=r"打不开.*占用\.xlsx.*删除“\.~lock\.占用\.xlsx#”"):
            own.books.open(path)
        assert len(own.books) == 0
    lock.unlink()
    own.books.open(path).close()


def test_nothing_runs(monkeypatch: pytest.MonkeyPatch, others: tuple[int, Path]) -> None:
    with pytest.raises(NoLibreOffice, match=r"没有打开“没有这个\.xlsx”"):
        libreoffice.attach("没有这个.xlsx")
    assert not [app for app in xw.apps if app.pid == others[0]]
    monkeypatch.setattr(offices, "running", list)
    assert libreoffice.running() == []
    with pytest.raises(NoLibreOffice, match="没有正在运行的 LibreOffice。请先用 LibreOffice 打开工作簿。"):
        libreoffice.attach("年报.xlsx")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoLibreOffice, match="没有安装"):
        libreoffice.start()
    assert issubclass(NoLibreOffice, XltoolsError)


@pytest.mark.parametrize(
    ("linked", "said"), [("", "没有找到 LibreOffice 的 Python 接口"), ("3.99", "用 Python 3.99 安装")]
)
def test_the_interface_is_missing_or_for_another_python(
    linked: str, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    library = tmp_path / "libpyuno.so"
    library.write_bytes(f"…libpython{linked}.so…".encode())
    monkeypatch.setattr(bridge, "LIBRARY", library)
    monkeypatch.setattr(bridge, "HOMES", ())
    monkeypatch.delitem(sys.modules, "uno", raising=False)
    bridge.uno.cache_clear()
    with pytest.raises(NoLibreOffice, match=said):
        bridge.uno()


def test_the_bridge_leaves_python_as_it_was() -> None:
    """The interface replaces ``import`` by one that asks LibreOffice for what Python does not find."""
    need_libreoffice()
    code = """
import builtins, sys
before = builtins.__import__, sys.path.copy()
from xltools.libreoffice import bridge
bridge.uno()
assert (builtins.__import__, sys.path) == before
import docxtpl, jinja2, lxml.etree, openpyxl, xlsxwriter
from docx.oxml.ns import qn
for line in ("from lxml import nothing_such", "from openpyxl.nothing import such", "import nothing_such"):
    try:
        exec(line)
    except ImportError as fault:
        assert "uno" not in str(fault).lower(), fault
    else:
        raise AssertionError(line)
bridge.properties(Hidden=True), bridge.fault("lang.DisposedException"), bridge.struct("table.CellAddress")
"""
    answer = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False, cwd=Path.cwd()
    )
    assert answer.returncode == 0, answer.stderr
    assert builtins.__import__.__module__ == "builtins"


PRESS = "while sleep 0.3; do xdotool search --onlyvisible --name '^检查结果$' windowfocus key {key}; done"
"""Without a window manager a key that comes too early is lost, so it is pressed again."""


def test_a_message_box_on_a_screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    need("Xvfb", "xdotool")
    need_libreoffice()
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1000x700x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as screen:
        try:
            os.close(writing)
            with os.fdopen(reading) as pipe:
                monkeypatch.setenv("DISPLAY", f":{pipe.readline().strip()}")
            answer_message_boxes(tmp_path)
        finally:
            screen.terminate()


def answer_message_boxes(folder: Path) -> None:
    app = libreoffice.start(visible=True)
    unanswered = threading.Timer(20, app.impl._own.end)  # rather fail than hang
    unanswered.start()
    try:
        app.books.open(sample(folder / "看得见.xlsx"))
        for buttons, mode, key, wanted in [
            ("ok", "info", "Return", "ok"),
            ("yes_no", "info", "Return", "yes"),
            ("yes_no", "critical", "Return", "yes"),
            ("yes_no_cancel", None, "Return", "yes"),
            ("ok_cancel", "info", "Escape", "cancel"),
        ]:
            command = ["timeout", "20", "sh", "-c", PRESS.format(key=key)]
            with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as fingers:
                said = app.alert("共 3 处问题。", "检查结果", buttons, mode)
                fingers.terminate()
            assert said == wanted, (buttons, mode)
        app.status_bar = "正在校验……"
        assert app.selection.address == "$A$1" and app.visible
    finally:
        unanswered.cancel()
        app.quit()


@pytest.mark.parametrize(
    ("theirs", "excels"),
    [
        ("=SUM(A1;$B$2:B3)", "=SUM(A1,$B$2:B3)"),
        ('=COUNTIF($表三.$A$1:$A$8;">0;$表三.A1")', '=COUNTIF(表三!$A$1:$A$8,">0;$表三.A1")'),
        ("=$'数据 一'.A1+$'it''s (1)'.B2", "='数据 一'!A1+'it''s (1)'!B2"),
        ("=$A1.A1+$2020年.$A$1", "='A1'!A1+'2020年'!$A$1"),
        ("=SUM($表三.A1:$表四.B2)", "=SUM(表三:表四!A1:B2)"),
        ("=SUM($'a b'.A1:$表四.B2)", "=SUM('a b:表四'!A1:B2)"),
        ("=SUM($表三.A:B;$表三.$1:$2)", "=SUM(表三!A:B,表三!$1:$2)"),
        ("=SUM({1;2|3;4})", "=SUM({1,2;3,4})"),
        ("=SUM((A1~A2))+SUM(A1:A3!A2:B2)", "=SUM((A1,A2))+SUM(A1:A3 A2:B2)"),
        ("=CEILING.XCL(1.5;1)+ERROR.TYPE(#N/A)", "=CEILING(1.5,1)+ERROR.TYPE(#N/A)"),
        ("=#REF!+1", "=#REF!+1"),
        ("=SUM(表三!#REF!)", "=SUM(表三!#REF!)"),
        ("=1E+020*1.5", "=1E+20*1.5"),
        ("{=SUM(A1:A2;1)}", "=SUM(A1:A2,1)"),
        ("=#DIV/0!", "#DIV/0!"),
        ("=FALSE()", "FALSE"),
        ('=IF(A1;"a""b;";)', '=IF(A1,"a""b;",)'),
    ],
)
def test_formulas_in_the_words_of_excel(theirs: str, excels: str) -> None:
    assert to_excel(theirs) == excels


@pytest.mark.parametrize(
    ("text", "box", "back"),
    [
        ("B2", Box(2, 2), "B2"),
        ("$c$3:A1", Box(1, 1, 3, 3), "A1:C3"),
        ("B:C", Box(1, 2, 1_048_576, 2), "B:C"),
        ("4:3", Box(3, 1, 2, 16_384), "3:4"),
        ("XFD1048576", Box(1_048_576, 16_384), "XFD1048576"),
        ("XFE1", None, ""),
        ("A0", None, ""),
        ("A１", None, ""),
        ("合计", None, ""),
    ],
)
def test_addresses(text: str, box: Box | None, back: str) -> None:
    assert parse(text) == box
    assert box is None or address(box, False, False) == back


def test_sheet_names_in_formulas() -> None:
    names = ["表三", "Sheet1", "A1", "2020年", "数据 一", "it's", "一、总体", "R"]
    quotes = ["表三", "Sheet1", "'A1'", "'2020年'", "'数据 一'", "'it''s'", "'一、总体'", "'R'"]
    assert list(map(quoted, names)) == quotes


def test_what_no_cell_can_hold() -> None:
    for value in (object(), 1j, b"x", ["x"]):
        with pytest.raises(TypeError, match="cannot hold"):
            entries.entry(value)
