"""Read files in a process of small memory, and afterwards with an independent reader (判读).

``python -m tests.hostile.judge FOLDER`` reads what is listed there and prints what became of it, one JSON a line.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

LISTED, BASE = "listed.json", "base.xlsx"
MEMORY = 300 * 2**20
ENGLISH = re.compile(r"[A-Za-z]+(?: [A-Za-z]+){2,}|Error|Exception|Traceback|codec|errno", re.IGNORECASE)
"""What would be an exception's own words."""
FIELDS = (
    "office", "year", "year_text", "numbers", "texts", "formulas", "overwritten", "misfits", "narrative", "notes",
    "zero_filled", "strays",
)  # fmt: skip


@dataclass
class Verdict:
    """What became of a file: ``outcome`` is a refusal's code or the rules that found something new.

    ``fault`` is an exception that should not have been; ``changed`` are the fields that are not as they were, and
    ``apart`` those that the independent reader reads otherwise.
    """

    name: str
    outcome: tuple[str, ...] = ()
    refused: bool = False
    said: str = ""
    seconds: float = 0.0
    fault: str = ""
    changed: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    reads: Mapping[str, Any] | None = None


def judged(files: Iterable[tuple[str, Path]], base: Path) -> Iterator[tuple[Verdict, Any, Path]]:
    """Read files within limits; yield what became of each, and the report where there is one."""
    from xltools.checks import run
    from xltools.errors import XltoolsError
    from xltools.outputs.findings import sentence
    from xltools.workbook.read import read

    def findings(report: Any) -> dict[str, str]:
        return {sentence(finding, report.edition): finding.rule.code for finding in run(report)}

    known = read(base)
    before = findings(known)
    limit = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, limit[1]))
    try:
        for name, path in files:
            verdict, report = Verdict(name), None
            start = time.process_time()
            try:
                report = read(path)
                new = {said: code for said, code in findings(report).items() if said not in before}
                verdict.outcome, verdict.said = tuple(sorted({*new.values()})), "\n".join(new)
                verdict.changed = apart(known, report)
            except XltoolsError as fault:
                verdict.outcome, verdict.said, verdict.refused = (f"!{fault.code}",), str(fault), True
            except Exception as fault:
                verdict.fault = f"{type(fault).__name__}: {fault}"
            verdict.seconds = time.process_time() - start
            yield verdict, report, path
    finally:
        resource.setrlimit(resource.RLIMIT_AS, limit)


def apart(one: Any, other: Any) -> tuple[str, ...]:
    """The fields in which two reports differ."""
    return tuple(name for name in FIELDS if getattr(one, name) != getattr(other, name))


def compared(verdict: Verdict, report: Any, path: Path) -> Verdict:
    """The verdict with what openpyxl reads otherwise."""
    theirs, fault = compared_report(path)
    if theirs is None:
        return replace(verdict, apart=(fault,))
    return replace(verdict, apart=tuple(difference(name, report, theirs) for name in apart(report, theirs)))


def compared_report(path: Path) -> tuple[Any, str]:
    """What openpyxl makes of a file, or why it makes nothing of it."""
    from tests.support.openpyxl_book import OpenpyxlBook
    from xltools.workbook.read import read

    try:
        return read(OpenpyxlBook(path)), ""
    except Exception as fault:
        return None, f"{type(fault).__name__}: {fault}"


def difference(name: str, ours: Any, theirs: Any) -> str:
    one, other = getattr(ours, name), getattr(theirs, name)
    if isinstance(one, Mapping):
        one, other = dict(one.items() - other.items()), dict(other.items() - one.items())
    return f"{name}: {one!r} / {other!r}"[:400]


def main(folder: Path) -> None:
    listed = json.loads((folder / LISTED).read_text("utf-8"))
    wanted = {case["name"]: case for case in listed}
    files = [(case["name"], folder / case["file"]) for case in listed]
    for verdict, report, path in list(judged(files, folder / BASE)):
        case, found = wanted[verdict.name], verdict
        if report is not None:
            found = compared(verdict, report, path) if case["independent"] else replace(verdict, apart=())
            found = replace(found, reads={key: _read(report, key) for key in case["reads"]})
        print(json.dumps(asdict(found), ensure_ascii=True), flush=True)


def _read(report: Any, key: str) -> str | None:
    """What a report has: of a number ``表.行.列``, a ``field``, or the ``texts`` of a number."""
    from tests.support.reports import ref

    if key == "year":
        return None if report.year is None else str(report.year)
    kind, _, place = key.partition(":")
    if kind in ("numbers", "texts", "formulas"):
        found = getattr(report, kind).get(ref(place))
        return None if found is None else str(found)
    return str(report.entry(key))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
