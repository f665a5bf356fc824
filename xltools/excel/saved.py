"""The saved-file way: a workbook dropped onto the launcher, for WPS and where macros are blocked (拖放)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from xltools.checks import run
from xltools.errors import XltoolsError
from xltools.excel import document
from xltools.excel.previous import at_hand
from xltools.files import load
from xltools.outputs.findings import counted, sentence

OK, FOUND, UNREADABLE = 0, 1, 3


def handle(
    path: Path,
    say: Callable[[str], object],
    confirm: Callable[[str], bool],
    show: Callable[[Path], None] = document.show,
) -> int:
    """Check a saved workbook and make its report beside it; returns the exit code of `xltools drop`."""
    try:
        report = load(path)
        findings = run(at_hand(report, path.absolute().parent, path.name))
        say(f"{path.name}：{report.title}")
        for finding in findings:
            say(f"  {sentence(finding, report.edition)}")
        say(f"  {counted(findings)}")
        draft = any(finding.is_error for finding in findings)
        if draft and not confirm("有错误，不能生成正式的报告。要先生成一份草稿看看吗？"):
            return FOUND
        target = document.make(report, path.absolute().parent, draft=draft)
    except XltoolsError as fault:
        say(f"{path.name}：{fault}")
        return UNREADABLE
    say(f"已生成：{target}")
    try:
        show(target)
    except OSError:
        say("没有能打开它的程序，请自己打开。")
    return FOUND if draft else OK
