"""Every command in the documentation runs; every command and rule is documented; links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.support.commands import tool_commands
from tests.support.reports import FURONG
from xltools import interchange
from xltools.checks.rules import RULES

ROOT = Path(__file__).parents[1]
PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    ROOT / "CHANGELOG.md",
    ROOT / "examples/furong-2020/README.md",
]


def commands(page: Path) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.S)
    return [line.split("  #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda p: str(p.relative_to(ROOT)))
def test_every_command_runs(page: Path, tmp_path: Path) -> None:
    """In order, in one empty folder; 1 is what check and report say of a workbook that is still blank."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "HOME": str(tmp_path)}
    targets = (ROOT / "Makefile").read_text("utf-8")
    for command in commands(page):
        program, *arguments = shlex.split(command)
        if program == "make":
            assert f"\n{arguments[0]}:" in targets
            continue
        if program in ("mkdir", "cp"):
            subprocess.run([program, *arguments], cwd=tmp_path, check=True)
            continue
        assert program == "xltools", command
        line = [sys.executable, "-m", "xltools", *arguments]
        ran = subprocess.run(line, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        blank = arguments[0] in ("check", "batch") and page.name == "README.md" and page.parent == ROOT
        assert ran.returncode == (1 if blank else 0), (command, ran.stderr)
        if arguments[0] == "roster":
            fill(tmp_path / arguments[-1])


def fill(roster: Path) -> None:
    """Enter the office of the example, as who reads the page would do next."""
    book = openpyxl.load_workbook(roster)
    book.active.append([interchange.load(FURONG).office.name])
    book.save(roster)


def test_the_example_in_python_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for block in re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S):
        exec(block, {})


def test_every_command_of_the_tool_is_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    shown = [name for name, command in tool_commands().items() if not command.hidden]
    assert [name for name in shown if f"xltools {name}" not in text] == []


def test_every_make_target_exists() -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    for page in PAGES:
        assert set(re.findall(r"`make (\w+)`", page.read_text("utf-8"))) <= set(targets), page


def test_every_link_leads_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8")):
            assert target.startswith("https://") or (page.parent / target.partition("#")[0]).exists(), (page, target)


def test_contributing_is_short_and_the_changelog_names_the_rules() -> None:
    assert len((ROOT / "CONTRIBUTING.md").read_text("utf-8").splitlines()) <= 60
    said = (ROOT / "CHANGELOG.md").read_text("utf-8")
    for first, last in re.findall(r"([A-Z])\d–\1(\d)", said):
        assert f"{first}{last}" in [rule.code for rule in RULES]
