"""The report is handed to the program that the system has for it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support.screen import wait
from xltools.excel.document import show


@pytest.mark.skipif(sys.platform != "linux", reason="the opener of Linux")
def test_show_hands_the_path_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opener, seen = tmp_path / "xdg-open", tmp_path / "seen"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{seen}.part" && mv "{seen}.part" "{seen}"\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    target = tmp_path / "报告 (1)'.docx"
    show(target)
    wait(seen.exists, "the opener", 10)
    assert seen.read_text() == str(target)


def test_without_an_opener_nothing_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    show(tmp_path / "报告.docx")
