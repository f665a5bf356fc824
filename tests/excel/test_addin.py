"""Installing for one user: the launcher starts this very tool; removing leaves nothing but the log."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from xltools import __version__, home
from xltools.errors import CannotWrite
from xltools.excel import addin


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "家 (1)'"))
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="the launcher of Linux")
def test_the_launcher_starts_this_tool_and_keeps_the_log(user: Path) -> None:
    said = list(addin.install())
    assert said[0].startswith("已装上启动文件：")
    assert said[1] == "功能区“年报”只用于 Windows 的 Excel，没有装。"
    ran = subprocess.run(["/bin/sh", str(addin.launcher()), "--version"], capture_output=True, text=True, check=True)
    assert ran.stdout == f"xltools {__version__}\n"
    ran = subprocess.run(["/bin/sh", str(addin.launcher()), "nonsense"], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", "")
    assert "没有命令 nonsense" in (home.folder() / "launcher.log").read_text("utf-8")


def test_status_and_remove(user: Path) -> None:
    assert next(addin.status()) == "启动文件：没有装。"
    list(addin.install())
    assert next(addin.status()) == f"启动文件：已装，{addin.launcher()}。"
    assert next(addin.remove()) == f"已卸下：{addin.launcher()}"
    assert next(addin.remove()) == f"本来没有装：{addin.launcher()}"


def test_on_windows_the_ribbon_goes_where_excel_looks(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addin, "_WINDOWS", True)
    monkeypatch.setenv("APPDATA", str(user))
    assert addin.ribbon() == user / "Microsoft/Excel/XLSTART/年报工具.xlam"


def test_the_launcher_of_windows(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addin, "_WINDOWS", True)
    monkeypatch.setattr(addin, "_CODE_PAGE", "cp936")
    monkeypatch.setenv("APPDATA", str(user))
    monkeypatch.setattr(sys, "executable", r"C:\用户\100%\python.exe")
    list(addin.install())
    head, command, end = addin.launcher().read_bytes().decode("cp936").split("\r\n")
    assert (head, end) == ("@echo off", "")
    log = r'2>"%LOCALAPPDATA%\xltools\launcher.log"'
    assert command == rf'"C:\用户\100%%\python.exe" "-P" "-m" "xltools" %* {log}'
    ribbon = addin.ribbon()
    assert ribbon and ribbon.read_bytes().startswith(b"PK")
    monkeypatch.setattr(addin, "_CODE_PAGE", "cp1252")
    with pytest.raises(CannotWrite, match="的路径里有本机系统不认识的字"):
        list(addin.install())


def test_started_from_the_folder_the_launcher_starts_that(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start = user / "年报 工具" / "start.py"
    start.parent.mkdir()
    start.write_text("print('from the folder')")
    monkeypatch.setattr(sys, "argv", [str(start)])
    list(addin.install())
    ran = subprocess.run(["/bin/sh", str(addin.launcher())], capture_output=True, text=True, check=True)
    assert ran.stdout == "from the folder\n"
