"""Read many mutants in processes that may hang, die or want too much memory: that is what is looked for (模糊测试).

``python -m tests.hostile.fuzz [--count N] [--seed N] [--from N]`` says what became of them and every fault, and
leaves with 1 if there was one.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.hostile.base import packed, parts, unpacked
from tests.hostile.judge import MEMORY, apart, compared_report, difference
from tests.hostile.mutants import READ, mutant

ROOT = Path(__file__).parents[2]
SECONDS = 5
CHUNK = 2000


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--from", type=int, default=0, dest="first")
    options.add_argument("--worker", action="store_true")
    given = options.parse_args()
    if given.worker:
        _work(given.seed, range(given.first, given.first + given.count))
        return 0
    outcomes, faults, slowest = Counter[str](), 0, 0.0
    for verdict in fuzzed(given.seed, range(given.first, given.first + given.count)):
        outcomes[verdict["outcome"]] += 1
        slowest = max(slowest, verdict["seconds"])
        if verdict["fault"]:
            faults += 1
            print(f"{given.seed}/{verdict['number']} {verdict['changed']}: {verdict['fault']}", flush=True)
    total = sum(outcomes.values())
    print(f"{total} mutants, {faults} faults, slowest {slowest:.2f} s: {dict(outcomes.most_common())}")
    return bool(faults or total != given.count)


def fuzzed(seed: int, numbers: range) -> Iterator[dict[str, Any]]:
    """What became of each mutant; a process that ends at one is replaced by another."""
    todo = numbers
    while todo:
        part = todo[:CHUNK]
        command = [sys.executable, "-m", "tests.hostile.fuzz", "--worker", f"--seed={seed}"]
        command += [f"--from={part.start}", f"--count={len(part)}"]
        done = part.start
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert process.stdout and process.stderr
            for line in process.stdout:
                verdict = json.loads(line)
                done = verdict["number"] + 1
                yield verdict
            said = process.stderr.read()[-1500:]
        if done < part.stop:
            fault = f"the process ended with {process.returncode}: {said}"
            yield {"number": done, "outcome": "died", "fault": fault, "seconds": 0.0, "changed": ""}
            done += 1
        todo = range(done, numbers.stop)


def _work(seed: int, numbers: range) -> None:
    import openpyxl  # before memory is limited, and so that what it takes is not counted as ours

    from tests.support import openpyxl_book
    from xltools import editions
    from xltools.checks import run
    from xltools.workbook.read import read

    assert openpyxl and openpyxl_book
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "报送.xlsx")
        known = {}
        for edition in editions.all():
            path.write_bytes(packed(parts(edition.id)))
            known[edition.id] = read(path)
        base = _taken()
        for number in numbers:
            data, edition, changed = mutant(seed, number)
            path.write_bytes(data)
            resource.setrlimit(resource.RLIMIT_AS, (base + MEMORY, hard))
            signal.alarm(SECONDS)
            start = time.process_time()
            try:
                outcome, report, fault = _read(path)
                if report is not None:
                    run(report)
            except Exception as error:
                outcome, report, fault = "fault", None, f"{type(error).__name__}: {error}"
            seconds = time.process_time() - start
            signal.alarm(0)
            resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
            if report is not None:
                outcome, fault = _compared(known[edition], report, path, changed)
            said = {"number": number, "outcome": outcome, "fault": fault, "seconds": seconds, "changed": changed}
            print(json.dumps(said), flush=True)


def _read(path: Path) -> tuple[str, Any, str]:
    from tests.hostile.judge import ENGLISH
    from xltools.errors import XltoolsError
    from xltools.workbook.read import read

    try:
        return "taken", read(path), ""
    except XltoolsError as fault:
        said = str(fault)
        right = said.startswith("〔F") and said.endswith("。") and not ENGLISH.search(said)
        return f"!{fault.code}", None, "" if right else said


def _compared(known: Any, report: Any, path: Path, changed: str) -> tuple[str, str]:
    """Whether the independent reader reads the same; what is not read cannot have changed anything."""
    fields = apart(known, report)
    outcome = "same" if not fields else "other"
    if changed not in ("bytes", "zip") and not READ.fullmatch(changed):
        return outcome, f"{changed} is not read, but {fields} changed" if fields else ""
    theirs, fault = compared_report(path)
    if theirs is None and changed.startswith("xl/worksheets/"):
        path.write_bytes(_only_rows(path.read_bytes(), changed, known.edition.id))
        theirs, fault = compared_report(path)
        report = replace(report, strays=()) if theirs is None else replace(report, strays=theirs.strays)
    if theirs is None:
        return f"{outcome}, openpyxl cannot", fault if outcome == "other" else ""
    return outcome, "; ".join(difference(name, report, theirs) for name in apart(report, theirs))


def _only_rows(data: bytes, part: str, edition: str) -> bytes:
    """The mutant with what stands around the rows as it was: openpyxl dies of much that is of no matter."""
    found, was = unpacked(data), parts(edition)[part]
    rows = re.search(rb"<sheetData>.*</sheetData>", found[part], re.DOTALL)
    if rows:
        found[part] = re.sub(rb"<sheetData>.*</sheetData>", lambda _: rows[0], was, flags=re.DOTALL)
    return packed(found)


def _taken() -> int:
    """Bytes of address space of this process, before any mutant is read."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    sys.exit(main())
