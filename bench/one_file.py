"""Time of check and report on one file, whole processes, as ratios to a bare interpreter in the same run.

python bench/one_file.py [rounds]
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

DATA = Path(__file__).parents[1] / "examples/furong-2020/report.json"
BARE = [sys.executable, "-I", "-c", "pass"]
AS_INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""With bytecode, as pip leaves it: without, every run compiles the modules that were edited last."""


def cpu(command: list[str]) -> float:
    """CPU seconds of one finished process, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, env=AS_INSTALLED, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        book, document = f"{folder}/book.xlsx", f"{folder}/report.docx"
        tool = [str(Path(sys.executable).with_name("xltools"))]
        jobs = {
            "--version": [*tool, "--version"],
            "check report.json": [*tool, "check", str(DATA)],
            "new": [*tool, "new", "--data", str(DATA), "-o", book, "--force"],
            "check book.xlsx": [*tool, "check", book],
            "report report.json": [*tool, "report", str(DATA), "-o", document, "--force"],
            "report book.xlsx": [*tool, "report", book, "-o", document, "--force"],
        }
        seconds: dict[str, list[float]] = {name: [] for name in jobs}
        ratios: dict[str, list[float]] = {name: [] for name in jobs}
        for turn in range(rounds + 1):
            for name, job in jobs.items():
                bare, mine = cpu(BARE), cpu(job)
                if turn:  # the first turn warms the caches
                    seconds[name].append(mine)
                    ratios[name].append(mine / bare)
    print(
        f"{'CPU, start-up included':24}{'ms median':>12}{'x bare median':>16}{'[min–max]':>18}   {os.cpu_count()} cores"
    )
    for name in jobs:
        low, middle, high = min(ratios[name]), statistics.median(ratios[name]), max(ratios[name])
        print(f"{name:24}{statistics.median(seconds[name]) * 1000:12.0f}{middle:16.1f}{f'[{low:.1f}–{high:.1f}]':>18}")


if __name__ == "__main__":
    main()
