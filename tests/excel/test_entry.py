"""From a macro, or from outside, to a handler: the arguments, the way without macros, and what goes wrong."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from tests.support import memory
from tests.support.reports import report
from xltools import home
from xltools.excel import buttons, entry
from xltools.workbook.actions import ACTIONS
from xltools.workbook.build import build
from xltools.workbook.macros import source

NAME = "填报 (一) 50%.xlsm"


@pytest.fixture
def book(office: xw.App, tmp_path: Path) -> Iterator[xw.Book]:
    path = tmp_path / NAME
    path.write_bytes(build(report(requests__received__natural_person="无"), macros=True))
    office.engine.activate()
    opened = office.books.open(path)
    yield opened
    opened.close()


MODULES = """
import os, sys, xltools.__main__ as m
def leave(code, leave=os._exit):
    print(*(name for name, module in sys.modules.items() if module), flush=True)
    leave(code)
os._exit = leave
m.main()
"""
"""What a click has imported when it ends."""


def tool(*arguments: str, path: Path, answers: str = "") -> subprocess.CompletedProcess[str]:
    """The tool as a macro or a person starts it."""
    command = [sys.executable, "-m", "xltools", *arguments]
    return subprocess.run(command, input=answers, capture_output=True, text=True, check=False, cwd=path, timeout=60)


def macro_arguments(verb: str, name: str) -> list[str]:
    """What Buttons.bas passes, on Windows and elsewhere, taken from its text."""
    text = source("Buttons")
    assert '"button " & verb & " " & Quoted("--wb=" & ActiveWorkbook.Name) & " --from_xl=1"' in text
    assert '" ""--app=" & Application.Name & """ --hwnd=" & Application.Hwnd' in text
    return ["button", verb, f"--wb={name}", "--from_xl=1", "--app=Microsoft Excel", "--hwnd=1"]


def test_book_caller_with_the_arguments_of_the_macro(book: xw.Book, tmp_path: Path) -> None:
    done = tool(*macro_arguments("validate", NAME), path=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert book.sheets["问题清单"]["A2"].value == "上次校验：错误 1 处，提醒 0 处。"


def test_a_click_imports_nothing_heavy(book: xw.Book, tmp_path: Path) -> None:
    command = [sys.executable, "-c", MODULES, *macro_arguments("validate", NAME)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    modules = {name.partition(".")[0] for name in done.stdout.split()}
    assert "xlwings" in modules
    assert not modules & {"pandas", "numpy", "matplotlib", "docxtpl", "docx", "openpyxl", "xlsxwriter"}


def test_attach_reaches_the_open_workbook_without_macros(book: xw.Book, tmp_path: Path) -> None:
    done = tool("attach", NAME, "--do", "validate", path=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert book.sheets["问题清单"]["A2"].value == "上次校验：错误 1 处，提醒 0 处。"


def test_attach_lists_what_it_can_do(book: xw.Book, tmp_path: Path) -> None:
    done = tool("attach", NAME, path=tmp_path, answers="1\n0\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 校验数据：检查有没有漏填、填错，勾稽关系是否相符。问题列在工作表“问题清单”里。" in done.stdout
    assert book.sheets["问题清单"]["A2"].value == "上次校验：错误 1 处，提醒 0 处。"


@pytest.mark.parametrize(
    "arguments", [["attach", "别的.xlsx", "--do", "validate"], macro_arguments("validate", "别的.xlsx")]
)
def test_a_workbook_that_is_not_open(arguments: list[str], book: xw.Book, tmp_path: Path) -> None:
    done = tool(*arguments, path=tmp_path)
    assert done.returncode == 3
    assert "没有打开“别的.xlsx”" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_a_handler_raises_is_said_in_a_message_box(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = memory.start()
    app.books.add()
    monkeypatch.setattr(entry, "opened", lambda _: app.books.active)
    assert entry.reach("generate_report", None)
    assert app.impl.alerts == [("年报工具", "工作簿还没有保存。请先保存到本机的文件夹，再点按钮。")]
    app.quit()


def test_the_unexpected_is_one_sentence_and_a_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = memory.start()
    app.books.add()
    monkeypatch.setattr(entry, "opened", lambda _: app.books.active)
    monkeypatch.setattr(home, "folder", lambda: tmp_path)

    def fail(_: xw.Book) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setitem(buttons.HANDLERS, "validate", fail)  # type: ignore[arg-type]
    assert entry.reach("validate", None)
    log = tmp_path / home.LOG
    says = f"程序出了意外，没有完成。请把记录文件发给维护人员：{log}"
    assert app.impl.alerts == [("年报工具", says)]
    assert "ZeroDivisionError: secret" in log.read_text("utf-8")
    app.quit()


def test_a_busy_excel_is_told_from_the_unexpected(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Rejected(Exception):
        hresult = -2147418111

    app = memory.start()
    app.books.add()
    monkeypatch.setattr(entry, "opened", lambda _: app.books.active)
    monkeypatch.setattr(home, "folder", lambda: tmp_path)

    def fail(_: xw.Book) -> None:
        raise Rejected

    monkeypatch.setitem(buttons.HANDLERS, "validate", fail)  # type: ignore[arg-type]
    assert entry.reach("validate", None)
    assert app.impl.alerts[0][1].startswith("Excel 正忙。请先按回车或 Esc")
    app.quit()


def test_where_no_box_can_be_shown_the_sentence_goes_to_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    app = memory.start()
    app.books.add()
    monkeypatch.setattr(entry, "opened", lambda _: app.books.active)
    monkeypatch.setattr(home, "folder", lambda: tmp_path)
    monkeypatch.setattr(buttons, "say", lambda *_, **__: 1 / 0)
    assert not entry.reach("generate_report", None)
    assert capsys.readouterr().err == "工作簿还没有保存。请先保存到本机的文件夹，再点按钮。\n"
    app.quit()


def test_every_action_has_its_macro_and_its_handler() -> None:
    text = source("Buttons")
    assert list(buttons.HANDLERS) == [action.verb for action in ACTIONS]
    for action in ACTIONS:
        assert f'Public Sub {action.macro}()\n    CallTool "{action.verb}"\n' in text
