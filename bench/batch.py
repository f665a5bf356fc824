"""CPU time of a batch against a plain script of openpyxl and docxtpl, whole processes in turn; memory; stages.

python bench/batch.py [workbooks] [rounds]
"""

from __future__ import annotations

import gc
import os
import re
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

from bench.one_file import cpu  # noqa: E402
from tests.support.reports import EDITIONS, balanced  # noqa: E402
from xltools import checks, files, interchange  # noqa: E402
from xltools.batch import intake, work, worker  # noqa: E402
from xltools.outputs import compiled, context, word  # noqa: E402
from xltools.workbook import envelope, read  # noqa: E402
from xltools.workbook.build import build  # noqa: E402

CHARACTERS = 4000
MANY, SOME = 10_000, 3
MUST, AIM, ROOM = 25, 60, (60, 40)
TEMPLATE = ROOT / "templates/report.docx"


def generate(folder: Path, count: int) -> list[Path]:
    """Workbooks of the real template, balanced figures and 4,000 characters of text each, no two alike.

    The text has no figures: those of another report would all be found wrong.
    """
    edition = EDITIONS[-1]
    seed = interchange.load(ROOT / "examples/furong-2020/report.json")
    words = "".join(re.sub("[0-9]", "", text) for text in seed.narrative.values())
    text = ("".join(words.split()) * 10)[: 2 * CHARACTERS]
    parts = [section.id for section in edition.sections if not section.tables]
    size = CHARACTERS // len(parts)
    for number in range(count):
        start = number * 37 % CHARACTERS
        words = {id: text[start + i * size : start + (i + 1) * size] for i, id in enumerate(parts)}
        lined = {id: "\n".join(said[i : i + 200] for i in range(0, size, 200)) for id, said in words.items()}
        report = balanced(edition, number)
        office = replace(report.office, name=f"第{number + 1}街道办事处", title_name="")
        book = build(replace(report, office=office, year=2025, narrative=lined))
        (folder / f"{number + 1:05}.xlsx").write_bytes(book)
    return sorted(folder.glob("*.xlsx"))


CONVERT = f"""
import gc, sys
from pathlib import Path
from xltools import files
from xltools.batch import intake, work
gc.set_threshold({worker.SELDOM})
for path in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    made = work.process(work.Task(path.name, path, intake.fingerprint(path)))
    files.write(Path(sys.argv[2], path.stem + ".docx"), made.files[work.WORD], force=True)
"""
"""The work of one worker, without what is made of all reports together."""

MEMORY = f"""
import gc, resource, sys
from pathlib import Path
from xltools.batch import intake, work
gc.set_threshold({worker.SELDOM})
paths = sorted(Path(sys.argv[1]).glob("*.xlsx"))
for count in range(1, {MANY} + 1):
    path = paths[count % len(paths)]
    work.process(work.Task(path.name, path, intake.fingerprint(path)))
    if count in (len(paths), {MANY}):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory of a worker after {{count}} files: {{peak:.0f}} MB", flush=True)
"""


def stages(paths: list[Path], out: Path) -> dict[str, float]:
    """CPU milliseconds a file, median; each stage by itself, for all files before any is met again: much is kept."""
    gc.set_threshold(worker.SELDOM)
    reports = [read.read(path) for path in paths]
    words = [context.context(report) for report in reports]
    made = compiled.shipped(reports[0].edition)
    documents = [word.render(report) for report in reports]
    jobs: dict[str, Callable[[int], object]] = {
        "envelope": lambda i: envelope.opened(paths[i], submitted=True),
        "envelope and read": lambda i: read.read(paths[i]),
        "checks": lambda i: checks.run(reports[i]),
        "words of the report": lambda i: context.context(reports[i]),
        "render": lambda i: made.changed(words[i], reports[i].title),
        "render, seal, deflate": lambda i: made.render(words[i], reports[i].title),
        "write, with fsync": lambda i: files.write(out / "one.docx", documents[i], force=True),
        "all of one file": lambda i: work.process(work.Task(paths[i].name, paths[i], intake.fingerprint(paths[i]))),
    }
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for name, job in jobs.items():
        for i in range(len(paths)):
            start = time.process_time()
            job(i)
            taken[name].append(1000 * (time.process_time() - start))
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def compare(books: Path, out: Path, rounds: int) -> None:
    """The plain script against ours, each a process of its own.

    A round takes minutes and ours seconds, in which a machine that is shared may be fast or slow: ours is
    timed several times on either side of the plain script.
    """
    tool = str(Path(sys.executable).with_name("xltools"))
    jobs = {
        "xltools batch --jobs 1, all its outputs": [tool, "batch", str(books), "--jobs", "1", "-o"],
        "its work file by file": [sys.executable, "-c", CONVERT, str(books)],
    }
    plain = [sys.executable, str(ROOT / "bench/plain_script.py"), str(books), str(TEMPLATE), str(out)]
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    ratios: dict[str, list[float]] = {name: [] for name in jobs}
    os.environ["PYTHONPATH"] = str(ROOT)
    for turn in range(rounds):
        before = _some(jobs, out / f"{turn}before")
        slow = cpu(plain)
        after = _some(jobs, out / f"{turn}after")
        for name in jobs:
            taken = before[name] + after[name]
            seconds[name] += taken
            ratios[name].append(slow / statistics.median(taken))
        print(f"openpyxl and docxtpl, file by file: {slow:.1f} s", flush=True)
    for name in jobs:
        low, middle, high = min(ratios[name]), statistics.median(ratios[name]), max(ratios[name])
        print(f"{name:42}{statistics.median(seconds[name]):8.2f} s{middle:8.1f}x  [{low:.1f}–{high:.1f}]")
    print(f"{'to be reached':52}{MUST:8.1f}x, aim {AIM}x; memory of a worker {ROOM[0]} MB, aim {ROOM[1]} MB")


def _some(jobs: dict[str, list[str]], out: Path) -> dict[str, list[float]]:
    """CPU seconds of each job, several times in turn."""
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(SOME):
        for name, job in jobs.items():
            fresh = out / f"{name[:3]}{turn}"  # ext4 makes files slowly for seconds after many were removed
            fresh.mkdir(parents=True)
            taken[name].append(cpu([*job, str(fresh)]))
    return taken


def main() -> None:
    count, rounds = (int(given) for given in (*sys.argv[1:], *("300", "3")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        books, out = Path(folder) / "in", Path(folder) / "out"
        books.mkdir()
        out.mkdir()
        paths = generate(books, count)
        print(f"{count} workbooks of {paths[0].stat().st_size // 1000} KB; CPU, start-up included", flush=True)
        compare(books, out, rounds)
        print("CPU ms a file, median:")
        for name, taken in stages(paths, out).items():
            print(f"  {name:24}{taken:8.2f}")
        lean = ["sh", "-c", '"$0" "$@"; exit $?']  # a child starts with its parent's peak: a shell has next to none
        subprocess.run([*lean, sys.executable, "-c", MEMORY, str(books)], check=True)


if __name__ == "__main__":
    main()
