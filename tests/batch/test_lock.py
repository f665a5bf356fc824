"""Two runs on one output folder, Ctrl-C, and a lock left behind."""

from __future__ import annotations

import errno
import json
import os
import platform
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.batch.support import book, send
from xltools.batch.lock import locked, started
from xltools.errors import CannotWrite


def start(folder: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "xltools", "batch", folder, "-o", out, "--jobs", "2"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        list(map(str, command)),
        stdout=quiet,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - a background run ignores it
    )


def end(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    said = process.communicate(timeout=100)[1].decode()
    assert "Traceback" not in said
    return process.returncode, said


FILES = 240
"""Enough that a run is still under way when it is interrupted."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    return send(folder, {f"{i}.xlsx": book("zero" if i % 24 else "faulty", f"第{i}局") for i in range(FILES)})


def test_ctrl_c_ends_cleanly_and_the_next_run_goes_on(folder: Path, tmp_path: Path) -> None:
    process = start(folder, tmp_path / "out")
    assert process.stderr
    process.stderr.readline()  # the first file is done
    os.killpg(process.pid, signal.SIGINT)
    code, said = end(process)
    assert (code, said.splitlines()[-1]) == (3, "已中断。")
    assert not (tmp_path / "out/.xltools/lock").exists()
    code, said = end(start(folder, tmp_path / "out"))
    assert code == 1
    assert len(said.splitlines()) < FILES + 1


def test_two_runs_exclude_each_other(folder: Path, tmp_path: Path) -> None:
    one = start(folder, tmp_path / "out")
    assert one.stderr
    first = one.stderr.readline()
    code, said = end(start(folder, tmp_path / "out"))
    assert code == 3
    assert "正由另一次运行使用" in said
    assert end(one)[0] == 1
    assert first


ME = {"host": platform.node(), "pid": os.getppid(), "started": started(os.getppid())}
LOCKS: list[tuple[dict[str, object] | None, bool]] = [
    # what a lock says, and whether its run is over
    (ME, False),
    (ME | {"started": "earlier"}, True),
    (ME | {"pid": 2**22 + 1}, True),
    (ME | {"host": "another computer"}, False),
    (None, True),
]


@pytest.mark.parametrize(("said", "over"), LOCKS)
def test_a_lock_left_behind_is_told_from_a_live_one(said: dict[str, object] | None, over: bool, tmp_path: Path) -> None:
    path = tmp_path / "out/.xltools/lock"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(said) if said else "")
    if over:
        with locked(path):
            assert json.loads(path.read_text())["pid"] == os.getpid()
        assert not list(path.parent.iterdir())
    else:
        with pytest.raises(CannotWrite, match="确实没有在运行的"), locked(path):
            pass
        assert json.loads(path.read_text()) == said


def test_a_disk_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    with locked(tmp_path / ".xltools/lock"):
        assert json.loads((tmp_path / ".xltools/lock").read_bytes())["pid"] == os.getpid()
    assert not list((tmp_path / ".xltools").iterdir())


OTHERS = [b"", None, b'{"host": "another computer", "pid": 1, "started": ""}']


@pytest.mark.parametrize("there", OTHERS)
def test_a_lock_that_was_taken_while_it_was_written(
    there: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without hard links it is empty for a moment, in which another run takes it for a stale one."""
    path = tmp_path / ".xltools/lock"

    def taken(_: Path, aside: Path) -> None:
        if there is not None:
            path.write_bytes(there)

    monkeypatch.setattr(Path, "hardlink_to", taken)
    with pytest.raises(CannotWrite, match="正由另一次运行使用"), locked(path):
        pass
    assert (path.read_bytes() if path.exists() else None) == there


def refuse(*_: object) -> None:
    raise OSError(errno.EPERM, "no links here")
