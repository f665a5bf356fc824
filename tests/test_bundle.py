"""The folder for Windows, but for what is downloaded: that it starts the tool, and reads well there."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import xltools
from tests.support.commands import tool_commands
from tools.bundle import launchers


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("盘 (1)") / "年报工具"
    launchers(place)
    return place


def test_every_launcher_starts_the_tool_beside_it(folder: Path) -> None:
    scripts = sorted(folder.glob("*.bat"))
    assert len(scripts) == 6
    for script in scripts:
        text = script.read_bytes()
        assert text.isascii() and text.count(b"\n") == text.count(b"\r\n"), script
        assert b'"%PY%" "%~dp0start.py"' in text and b'"%~dp0python\\python.exe"' in text
        commands = set(re.findall(rb'start\.py" (\w+)', text))
        assert commands <= {name.encode() for name in tool_commands()}


def test_start_runs_the_libraries_beside_it(folder: Path) -> None:
    library = folder / "lib"
    library.symlink_to(sysconfig.get_path("purelib"))
    start = str(folder / "start.py")
    program = (
        "import runpy, sys; sys.version_info = (3, {}); sys.argv = [{!r}, '--version']; "
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    command = [sys.executable, "-c"]
    done = subprocess.run([*command, program.format(12, start)], capture_output=True, text=True, check=True)
    assert done.stdout == f"xltools {xltools.__version__}\n"
    done = subprocess.run([*command, program.format(13, start)], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and done.stderr.startswith("这里要用 Python 3.12（64 位）。")


def test_first_steps_and_manual_can_be_read(folder: Path) -> None:
    steps = (folder / "先读我.txt").read_bytes()
    assert steps.startswith(b"\xef\xbb\xbf") and b"\r\n" in steps
    for name in re.findall(r"^(\S+\.bat) ", steps.decode("utf-8-sig"), re.M):
        assert (folder / name).exists(), name
    pages = sorted((folder / "手册").glob("*.html"))
    assert [page.stem for page in pages] == ["填报人手册", "收件单位手册"]
    for page in pages:
        leads = re.findall('(?:src|href)="(.*?)"', page.read_text("utf-8"))
        assert leads and [lead for lead in leads if not (folder / "手册" / lead).exists()] == []
    assert (folder / "模板/report.xlsm").exists()
