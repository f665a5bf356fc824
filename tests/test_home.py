"""The log takes the traceback of what nobody expected, and never grows without end."""

from __future__ import annotations

from pathlib import Path

import pytest

from xltools import home


def test_a_traceback_is_kept_and_its_place_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "folder", lambda: tmp_path / "a")
    try:
        raise RuntimeError("坏了")
    except RuntimeError:
        where = home.log()
    assert where == str(tmp_path / "a" / home.LOG)
    assert "RuntimeError: 坏了" in Path(where).read_text("utf-8")


def test_a_long_log_begins_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "folder", lambda: tmp_path)
    (tmp_path / home.LOG).write_bytes(b"x" * (2**20 + 1))
    home.log()
    assert (tmp_path / home.LOG).stat().st_size < 100


def test_where_the_folder_cannot_be_made_the_log_goes_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(home, "folder", lambda: tmp_path / "file" / "a")
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    assert home.log() == str(tmp_path / home.LOG)
