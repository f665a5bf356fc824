"""kill -9 at any moment: nothing broken stands at a final name, nobody lives on, the same command finishes the work.

The folder has changed since the last run, so files are made, replaced and removed. ``XLTOOLS_KILLS`` says at
how many moments.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from tests.batch.support import book, roster, send, tree

MOMENTS = range(int(os.environ.get("XLTOOLS_KILLS", "6")))
NAMES = [f"第{i}局" for i in range(8)]
PATIENCE = 10.0
"""Seconds in which workers must have noticed."""


@dataclass(frozen=True)
class Run:
    """A folder, and what stands in the output folder before and after an undisturbed run."""

    folder: Path
    out: Path
    before: dict[str, bytes]
    after: dict[str, bytes]

    def start(self, out: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "xltools", "batch", self.folder, "-o", out, "--jobs", "2"]
        command += ["--roster", self.folder / "名单.xlsx"]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)

    def finish(self, out: Path) -> str:
        """The whole run; what it says."""
        process = self.start(out)
        said = process.communicate(timeout=100)[1].decode()
        assert (process.returncode, "Traceback" in said) == (1, False)
        return said


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder, out = tmp_path_factory.mktemp("in"), tmp_path_factory.mktemp("out")
    lines = [{"单位全称": name} for name in (*NAMES, "未报局")]
    run = Run(folder, out / "结果", {}, {})
    send(folder, {f"{i}.xlsx": book("faulty" if i % 2 else "zero", name) for i, name in enumerate(NAMES)})
    roster(folder / "名单.xlsx", *lines)
    run.finish(out / "结果")
    before = tree(out / "结果")
    send(folder, {f"{i}.xlsx": book("zero" if i % 2 else "faulty", NAMES[i]) for i in range(4)})
    (folder / "7.xlsx").unlink()
    run.finish(out / "又")
    return Run(folder, out / "结果", before, tree(out / "又"))


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_moment_it_goes_on(moment: int, changed: Run, tmp_path: Path) -> None:
    rng, out, anew = Random(moment), tmp_path / "结果", moment % 2 == 0
    before = {} if anew else changed.before
    written = [name for name in changed.after if before.get(name) != changed.after[name]]
    process = None
    while process is None or process.returncode != -signal.SIGKILL:  # it may have been done before
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir() if anew else shutil.copytree(changed.out, out)
        process = changed.start(out)
        await_files(process, out, rng.randrange(len(written)), rng.choice([0, 0, rng.uniform(0, 0.2)]))
        process.kill()
        process.communicate()
    left = living(process.pid)
    found = {name: data for name, data in tree(out).items() if not name.endswith(".part")}
    for name, data in found.items():
        assert whole(out / name), name
        assert name.startswith(".xltools/") or data in (before.get(name), changed.after.get(name)), name
    deadline = time.monotonic() + PATIENCE
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = living(process.pid)
    assert not left
    changed.finish(out)
    assert differing(tree(out), changed.after) == []


def await_files(process: subprocess.Popen[bytes], out: Path, count: int, seconds: float) -> None:
    """Wait until so many files have come, and then some, or until the run is over."""
    old = written_at(out)
    while process.poll() is None and len(written_at(out) - old) < count:
        time.sleep(0.0001)
    time.sleep(seconds)


def written_at(folder: Path) -> set[tuple[str, int]]:
    """The files below a folder, told apart even where one has replaced another of its name."""
    found = set()
    for place in (folder, folder / "word", folder / "退回", folder / ".xltools", folder / ".xltools/done"):
        with suppress(FileNotFoundError), os.scandir(place) as entries:
            found |= {(entry.path, entry.stat().st_mtime_ns) for entry in entries if not entry.name.endswith(".part")}
    return found


def living(session: int) -> list[int]:
    """The processes of a session that are not over."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        if entry.name.isdigit() and int(words[3]) == session and words[0] not in "ZX":
            found.append(int(entry.name))
    return found


def whole(path: Path) -> bool:
    """Whether a file opens as what its name says."""
    if path.suffix in (".xlsx", ".xlsm", ".docx", ".zip"):
        return zipfile.ZipFile(path).testzip() is None
    if path.suffix == ".result":
        return json.loads(path.read_bytes().partition(b"\n")[0].partition(b" ")[2]) is not None
    if path.suffix == ".json" or path.name == "lock":
        return json.loads(path.read_bytes()) is not None
    text = path.read_bytes().decode("utf-8")
    return text.endswith(("</html>", "</html>\n") if path.suffix == ".html" else "\r\n")


def differing(one: dict[str, bytes], two: dict[str, bytes]) -> list[str]:
    return [name for name in sorted({*one, *two}) if one.get(name) != two.get(name)]
