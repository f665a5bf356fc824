"""CPU time that it takes to look at a file before it is read, in milliseconds of one process.

python bench/envelope.py [rounds]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from xltools import interchange
from xltools.workbook.build import build
from xltools.workbook.envelope import opened
from xltools.workbook.package import Package
from xltools.workbook.read import read

DATA = Path(__file__).parents[1] / "examples/furong-2020/report.json"


def milliseconds(job: Callable[[], object], rounds: int) -> list[float]:
    """CPU of one call, sorted, the first calls left out: they fill the caches."""
    found = []
    for _ in range(rounds + 20):
        start = time.process_time()
        job()
        found.append((time.process_time() - start) * 1000)
    return sorted(found[20:])


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "填报.xlsx")
        path.write_bytes(build(interchange.load(DATA)))
        data = path.read_bytes()
        jobs = {
            "envelope: all that is done before a parser sees a part": lambda: opened(path, submitted=True),
            "of which: zip, sizes, small parts inflated": lambda: Package(data, submitted=True),
            "reading, envelope included": lambda: read(path),
        }
        print(f"{'':58}{'fastest':>9}{'median':>9}")
        for name, job in jobs.items():
            found = milliseconds(job, rounds)
            print(f"{name:58}{found[0]:9.2f}{statistics.median(found):9.2f}")


if __name__ == "__main__":
    main()
