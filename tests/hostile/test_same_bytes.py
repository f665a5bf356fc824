"""The same input gives the same bytes: again, with other workers, on a system that differs in what must not count."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.batch.support import book, roster, send, tree
from tests.support.reports import FURONG

ROOT = Path(__file__).parents[2]
NAMES = ("乙局", "甲局", "İstanbul 局", "ß局", "丙局")
LISTED = "tests.support.contrary"
BATCH = "batch in -o out --roster 名单.xlsx --previous last"
COMMANDS = {
    # what is run, and what it is given
    "batch": BATCH,
    "report": "report in/甲局.xlsx in/丙局.xlsx -o out --force",
    "draft": "report in/ß局.xlsx -o out --draft --for 报送 --annex --force",
    "new": "new --data r.json -o out/a.xlsx --force",
    "new with buttons": "new 2025 --office 某局 -o out/a.xlsm --force",
    "roster": "roster -o out/名单.xlsx --force",
    "export": "export in/ß局.xlsx -o out/a.json --force",
    "check": "check in/ß局.xlsx in/甲局.xlsx --json",
}


@dataclass(frozen=True)
class Other:
    """What is not as in the first run."""

    environment: dict[str, str] = field(default_factory=dict)
    jobs: int = 1
    module: str = "xltools"
    umask: int = 0o022
    moved: bool = False
    """The folder lies elsewhere, its files are younger, and paths are absolute."""


OTHERS = {
    "again": Other(),
    "listed by name": Other(module=LISTED),
    "four workers": Other({"PYTHONHASHSEED": "2"}, jobs=4),
    "C, Shanghai": Other({"PYTHONHASHSEED": "4711", "LC_ALL": "C", "LANG": "C", "TZ": "Asia/Shanghai"}),
    "Chinese": Other({"LC_ALL": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8"}),
    "Turkish, St John's": Other({"LC_ALL": "tr_TR.UTF-8", "TZ": "America/St_Johns"}, umask=0o077),
    "another place, listed backwards": Other({"XLTOOLS_LISTED": "backwards"}, module=LISTED, moved=True),
}
"""A locale that is not installed is as good as C."""


def prepare(folder: Path) -> None:
    files = {f"in/{name}.xlsx": book("faulty" if name in ("ß局", "丙局") else "balanced", name) for name in NAMES}
    files |= {f"last/{name}.xlsx": book("zero", name, 2024) for name in NAMES[:3]}
    files |= {"in/子/旧.xls": b"\xd0\xcf\x11\xe0" * 9, "in/坏.xlsx": b"PK\3\4", "r.json": FURONG.read_bytes()}
    files |= {"in/又.xlsx": files["in/甲局.xlsx"], "in/重.xlsx": book("zero", "甲局", date="2026年1月9日")}
    send(folder, files)
    roster(folder / "名单.xlsx", *({"单位全称": name} for name in (*NAMES, "未报局")))


def outcome(folder: Path, command: str, other: Other) -> tuple[int, str, dict[str, bytes]]:
    """Exit code, output and all files of a command; the first run has a hash seed that the others have not."""
    words = command.split() + (["--jobs", str(other.jobs)] if command == BATCH else [])
    if other.moved:
        words = [str(folder / word) if (folder / word.partition("/")[0]).exists() or word == "out" else word
                 for word in words]  # fmt: skip
    shutil.rmtree(folder / "out", ignore_errors=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "1", "TZ": "UTC", **other.environment}
    ran = subprocess.run(
        [sys.executable, "-m", other.module, *words], cwd=ROOT if other.moved else folder, env=environment,
        capture_output=True, umask=other.umask, timeout=100, check=False,
    )  # fmt: skip
    assert b"Traceback" not in ran.stderr
    out = folder / "out"
    return ran.returncode, ran.stdout.decode().replace(f"{folder}/", ""), tree(out) if out.exists() else {}


First = tuple[Path, dict[str, tuple[int, str, dict[str, bytes]]]]
"""The folder of the first run, and the outcome of every command."""


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> First:
    folder = tmp_path_factory.mktemp("first")
    prepare(folder)
    return folder, {name: outcome(folder, command, Other()) for name, command in COMMANDS.items()}


def test_there_is_something_to_compare(first: First) -> None:
    runs = first[1]
    assert {name: code for name, (code, _, _) in runs.items() if code != 0} == {"batch": 1, "report": 1, "check": 1}
    kinds = {Path(name).suffix for _, _, files in runs.values() for name in files}
    assert kinds >= {".xlsx", ".xlsm", ".docx", ".json", ".txt", ".html"}
    assert len(runs["batch"][2]) >= 20


@pytest.mark.parametrize("what", OTHERS)
def test_the_same_bytes(what: str, first: First, tmp_path: Path) -> None:
    folder, expected = first
    other = OTHERS[what]
    if other.moved:
        folder = tmp_path / "elsewhere"
        prepare(folder)
        for path in folder.rglob("*.xlsx"):
            os.utime(path, (1e9, 1e9))
    alone = other.jobs > 1 or (other.module == LISTED and not other.moved)
    commands = {"batch": BATCH} if alone else COMMANDS
    found = {name: outcome(folder, command, other) for name, command in commands.items()}
    for name, (code, said, files) in found.items():
        assert (name, code, said) == (name, *expected[name][:2])
        assert files.keys() == expected[name][2].keys()
        assert [path for path in files if files[path] != expected[name][2][path]] == []
