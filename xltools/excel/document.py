"""The Word report beside its workbook: made, never over an edited one, and shown (生成并打开报告)."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from xltools.files import beside
from xltools.outputs.seal import untouched
from xltools.report import Report


def make(report: Report, folder: Path, *, draft: bool) -> Path:
    """Write the report into a folder and return where; raises `CannotWrite`."""
    from xltools.outputs import word

    suffix = f"（{word.DRAFT}）.docx" if draft else ".docx"
    return beside(folder, report.title, suffix, word.render(report, draft=draft), untouched)


def show(path: Path) -> None:
    """Open a document in the program that the system has for it; where there is none, nothing happens."""
    if sys.platform == "win32":
        os.startfile(path)
        return
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener:
        quiet = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
        os.posix_spawn(opener, [opener, str(path)], os.environ, file_actions=quiet, setsid=True)  # we do not wait
