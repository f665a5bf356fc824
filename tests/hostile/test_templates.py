"""A Word template may hold anything: nothing of it is run, and it is refused or stopped at once and in words."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.batch.support import book
from tests.hostile.templates import CANARY, CASES, NO_CALL, saying
from tests.support.reports import FURONG

SECONDS, MEMORY = 5, 300 * 2**10
"""By the clock, from the command's start to its end; KB of the largest process."""

MEASURED = """
import json, resource, subprocess, sys, time
start = time.monotonic()
done = subprocess.run(sys.argv[1:], capture_output=True, timeout=60)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([done.returncode, done.stdout.decode(), done.stderr.decode(), time.monotonic() - start, peak]))
"""
LEAN = ["sh", "-c", '"$0" "$@"; exit $?']
"""A child starts with its parent's peak; a shell has next to none."""


class Ran(NamedTuple):
    code: int
    out: str
    err: str
    seconds: float
    peak: int


def xltools(folder: Path, *arguments: str | Path) -> Ran:
    """The command in a folder of its own, with its home there."""
    command = [*LEAN, sys.executable, "-c", MEASURED, sys.executable, "-m", "xltools", *map(str, arguments)]
    root = str(Path(__file__).parents[2])
    env = {**os.environ, "HOME": str(folder / "home"), "PYTHONPATH": root}
    done = subprocess.run(command, capture_output=True, cwd=folder, env=env, check=True)
    return Ran(*json.loads(done.stdout))


def refused(ran: Ran, folder: Path, says: str, name: str) -> None:
    """One Chinese sentence that names the template and what to do; nothing run, written or left behind."""
    assert (ran.code, ran.out) == (3, "")
    (sentence,) = ran.err.splitlines()
    assert f"Word 模板“{name}”" in sentence and any(words in sentence for words in says.split("|")), sentence
    assert "请" in sentence and sentence.endswith("。")
    ours = re.sub(r"“[^”]*”|（[^）]*）|ActiveX|\.docx?|\.dotx|\.wps|xltools", "", sentence.partition("：")[2])
    assert not re.search("[a-z]{4}", ours), ours
    assert ran.seconds < SECONDS, f"{ran.seconds:.1f} s"
    assert ran.peak < MEMORY, f"{ran.peak // 1024} MB"
    assert not list(folder.rglob(f"*{CANARY}*")) and not list(folder.parent.glob(f"*{CANARY}*"))
    assert not list(folder.rglob("xltools.log"))


@pytest.mark.parametrize("name", CASES)
def test_a_report(name: str, tmp_path: Path) -> None:
    template = tmp_path / "模板.docx"
    template.write_bytes(CASES[name].make())
    ran = xltools(tmp_path, "report", FURONG, "--template", template, "-o", tmp_path / "报告.docx")
    refused(ran, tmp_path, CASES[name].says, template.name)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "home") == ["模板.docx"]


@pytest.mark.parametrize("name", ["mark_run_by_cycler", "mark_fat_loop", "mark_slow_to_patch", "bomb_xml", "field_dde"])
def test_a_batch(name: str, tmp_path: Path) -> None:
    (tmp_path / "收件").mkdir()
    for office in ("甲局", "乙局"):
        (tmp_path / f"收件/{office}.xlsx").write_bytes(book("zero", office))
    template = tmp_path / "模板.docx"
    template.write_bytes(CASES[name].make())
    ran = xltools(tmp_path, "batch", "收件", "-o", "结果", "--template", template, "--year", "2025")
    refused(ran, tmp_path, CASES[name].says, template.name)
    assert not (tmp_path / "结果").exists()


def test_all_unknown_names_before_a_batch_begins(tmp_path: Path) -> None:
    (tmp_path / "收件").mkdir()
    (tmp_path / "收件/甲局.xlsx").write_bytes(book("zero", "甲局"))
    template = tmp_path / "模板.docx"
    template.write_bytes(saying("{{ office.fax }}", "{{ nobody }}", "{{ year() }}"))
    ran = xltools(tmp_path, "batch", "收件", "-o", "结果", "--template", template)
    refused(ran, tmp_path, "中的“office.fax”、“nobody”不是本版报告的项目；“{{ year() }}”" + NO_CALL, template.name)
    assert not (tmp_path / "结果").exists()


def test_an_honest_one_takes_little(tmp_path: Path) -> None:
    template = tmp_path / "模板.docx"
    template.write_bytes(
        saying("{{ office.name|default('无') }}{% for part in overview %}{{ loop.index }}{% endfor %}")
    )
    ran = xltools(tmp_path, "report", FURONG, "--template", template, "-o", "报告.docx")
    assert (ran.code, ran.err) == (0, "") and (tmp_path / "报告.docx").exists()
    assert ran.seconds < SECONDS and ran.peak < MEMORY // 3
