"""Every operation on the disk fails once, and the run is killed at each: all is said, nothing half done is left.

``XLTOOLS_FAULTS=all`` lets each fail in every way; otherwise only those of a report and a workbook do.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.batch.support import book, send, tree
from tests.support.ordeal import BROKEN, Ordeal, Point, Told, undergo
from tests.support.reports import FURONG

Prepare = Callable[[Path], object]


def _collected(folder: Path) -> None:
    """A folder that has changed since the last run: results are made, replaced and removed."""
    send(folder / "last", {"甲.xlsx": book("zero", "甲局", 2024)})
    send(folder / "in", {f"{n}.xlsx": book("faulty" if n == "甲" else "zero", f"{n}局") for n in "甲乙丙"})
    command = [sys.executable, "-m", "xltools", *COMMANDS["batch"][0].split()]
    assert subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 1
    send(folder / "in", {"甲.xlsx": book("zero", "甲局"), "乙.xlsx": book("faulty", "乙局")})
    (folder / "in/丙.xlsx").unlink()


def _reported(folder: Path) -> None:
    send(folder, {"a.xlsx": book("zero", "甲局"), "out/甲局2025年政府信息公开工作年度报告.docx": b"PK\5\6" + bytes(18)})


COMMANDS: dict[str, tuple[str, Prepare, int]] = {
    # what is run, what is there before, and at least how many operations that takes
    "batch": ("batch in -o out --previous last --jobs 1", _collected, 130),
    "report": ("report a.xlsx -o out --force", _reported, 9),
    "drop": ("drop a.xlsx", lambda t: send(t, {"a.xlsx": book("zero", "甲局")}), 6),
    "new": ("new --data r.json -o new/a.xlsx --force", lambda t: send(t, {"r.json": FURONG.read_bytes()}), 9),
    "new with buttons": ("new 2025 -o a.xlsm --force", lambda t: None, 6),
    "roster": ("roster -o 名单.xlsx --force", lambda t: None, 6),
    "export": ("export a.xlsx -o a.json --force", lambda t: send(t, {"a.xlsx": book("zero", "甲局")}), 7),
}

ENGLISH = re.compile(r"Traceback|Errno|Error|xception|denied|space left|put/output|Stale|xltools\.log|意外，没有")
UNREAD = "打不开"


def visible(files: dict[str, str]) -> dict[str, str]:
    """Without what is the tool's own."""
    return {name: data for name, data in files.items() if "/.xltools/" not in name and not name.endswith(".part")}


def wrong(point: Point, told: Told) -> list[str]:
    """What is not as it should be about one failure."""
    hit, whole, way = point.hit, told.whole, point.way
    unread = UNREAD in hit.out + hit.err  # a submission failed, or one of last year, and is reported as such
    said = [line for line in (hit.out + hit.err).splitlines() if not re.match(r"\d+/\d+ ", line)]
    absorbed = (hit.code, hit.out) == (whole.code, whole.out)
    left = [name for name in hit.tree if name.endswith(".part")]
    lost = way.name == "vanished" or point.kind == "unlink"
    single = [name for name in point.again.tree if name.endswith(".part")] if "in/甲.xlsx" not in told.before else []
    again = {name: data for name, data in point.again.tree.items() if name not in single}
    faults = {
        "said in English": bool(ENGLISH.search(hit.out + hit.err)),
        "died": hit.code < 0 and bool(way.error),
        "lives on": hit.code == whole.code and not absorbed and not unread,
        "unsaid": hit.code == 3 and not (said and re.search(r"[一-龥].*。$", said[-1])),
        "another code": hit.code not in (-9, 3, whole.code, 1 if unread else 3),
        "broken": BROKEN in hit.tree.values(),
        "another file": not unread and any(data not in (told.before.get(name), whole.tree.get(name))
                                           for name, data in visible(hit.tree).items()),
        "incomplete": absorbed and visible(hit.tree) != visible(whole.tree),
        "left over": bool(left and way.error and not lost),
        "input touched": any(hit.tree.get(name) != data for name, data in told.before.items() if "out/" not in name
                             and told.whole.tree.get(name) == data),
        "no way on": (point.again.code, point.again.out, again) != (whole.code, whole.out, whole.tree),
    }  # fmt: skip
    return [name for name, is_so in faults.items() if is_so]


@pytest.mark.parametrize("name", COMMANDS)
def test_whatever_fails_is_said_and_made_good_by_the_next_run(name: str, tmp_path: Path) -> None:
    arguments, prepare, least = COMMANDS[name]
    prepare(tmp_path)
    thorough = name in ("report", "new") or os.environ.get("XLTOOLS_FAULTS") == "all"
    told = undergo(Ordeal(tuple(arguments.split()), tmp_path, thorough))
    assert told.whole.code in (0, 1) and BROKEN not in told.whole.tree.values()
    assert len({point.number for point in told.points}) >= least
    found = {(p.number, p.way.name, p.kind, p.path): (wrong(p, told), p.hit.code, p.hit.err) for p in told.points}
    assert {where: faults for where, faults in found.items() if faults[0]} == {}


FULL = "写不进去，超过了允许的文件大小。请换一个磁盘，或请管理员放宽限制。"
LIMITED: dict[str, tuple[str, str]] = {
    # what is run where no file may have more than 2 KB, and what it says
    "new": ("new 2025 -o b.xlsx", f"“b.xlsx”{FULL}"),
    "report": ("report a.xlsx -o r.docx", f"a.xlsx：“r.docx”{FULL}"),
    "batch": ("batch in -o out", f"\\.result”{FULL}"),
}


@pytest.mark.parametrize("name", LIMITED)
def test_a_disk_that_is_really_full(name: str, tmp_path: Path) -> None:
    send(tmp_path, {"a.xlsx": book("zero", "甲局"), "in/a.xlsx": book("zero", "甲局")})
    arguments, sentence = LIMITED[name]
    command = f"ulimit -f 2; exec '{sys.executable}' -m xltools {arguments}"
    before = tree(tmp_path)
    ran = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout) == (3, b"")
    assert re.search(f"{sentence}\n$", ran.stderr.decode())
    assert tree(tmp_path) == before


@pytest.mark.parametrize(("stream", "said"), [(">", "没有完成，磁盘已满。请清理磁盘后再试。\n"), ("2>", "")])
def test_a_result_that_cannot_be_shown(stream: str, said: str, tmp_path: Path) -> None:
    command = f"exec '{sys.executable}' -m xltools {'rules' if stream == '>' else 'check none.xlsx'} {stream}/dev/full"
    ran = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout.decode(), ran.stderr.decode()) == (3, "", said)
