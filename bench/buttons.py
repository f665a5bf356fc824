"""Time of the buttons: handlers in memory and over LibreOffice, and the whole click as a process of its own.

python bench/buttons.py [rounds]    seconds of the clock, with the ratio to a bare interpreter in the same run
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.support import memory  # noqa: E402
from xltools import interchange, libreoffice  # noqa: E402
from xltools.excel import buttons  # noqa: E402
from xltools.workbook.build import build  # noqa: E402

NAME = "芙蓉镇2020.xlsm"
BARE = [sys.executable, "-I", "-c", "pass"]


def seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def click(verb: str) -> list[str]:
    return [sys.executable, "-m", "xltools", "button", verb, f"--wb={NAME}", "--from_xl=1", "--hwnd=1"]


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    buttons.say = lambda *_, **__: None  # a message box waits for somebody
    report = interchange.load(ROOT / "examples/furong-2020/report.json")
    report = replace(report, narrative={**report.narrative, "problems": ""})  # a reminder, so that no box comes
    with tempfile.TemporaryDirectory() as folder:
        opener = Path(folder) / "xdg-open"  # nothing shall open the report while it is timed
        opener.write_text("#!/bin/sh\n")
        opener.chmod(0o755)
        os.environ["PATH"] = f"{folder}:{os.environ['PATH']}"
        path = Path(folder) / NAME
        path.write_bytes(build(report, macros=True))
        held, office = memory.start(), libreoffice.start()
        here, there = held.books.open(path), office.books.open(path)
        jobs: dict[str, Callable[[], object]] = {
            "build .xlsm": lambda: build(report, macros=True),
            "validate, in memory": lambda: (held.engine.activate(), buttons.validate(here)),
            "validate, LibreOffice": lambda: (office.engine.activate(), buttons.validate(there)),
            "generate, in memory": lambda: (held.engine.activate(), buttons.generate_report(here, lambda _: None)),
            "generate, LibreOffice": lambda: (office.engine.activate(), buttons.generate_report(there, lambda _: None)),
            "click 校验数据": lambda: run(click("validate")),
            "click 生成报告": lambda: run(click("generate_report")),
        }
        taken: dict[str, list[float]] = {name: [] for name in jobs}
        ratios: dict[str, list[float]] = {name: [] for name in jobs}
        try:
            for turn in range(rounds + 1):
                for name, job in jobs.items():
                    bare, mine = seconds(lambda: run(BARE)), seconds(job)
                    if turn:  # the first turn warms the caches
                        taken[name].append(mine)
                        ratios[name].append(mine / bare)
        finally:
            office.quit()
            held.quit()
    print(f"{'clock':24}{'ms median':>12}{'[min–max]':>16}{'x bare median':>16}")
    for name in jobs:
        low, middle, high = (1000 * f(taken[name]) for f in (min, statistics.median, max))
        print(f"{name:24}{middle:12.0f}{f'[{low:.0f}–{high:.0f}]':>16}{statistics.median(ratios[name]):16.1f}")


if __name__ == "__main__":
    main()
