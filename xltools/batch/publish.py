"""What goes into the output folder under which name (结果文件夹)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from xltools.batch import data
from xltools.batch.collection import Collection, Outcome, Status
from xltools.batch.letter import letter
from xltools.batch.manifest import Content, Manifest
from xltools.batch.pdf import PDF
from xltools.batch.work import RETURNED, WORD

WORDS, PDFS, RETURNS, NOTE = "word/", "pdf/", "退回/", "note"
FINDINGS, DATA = "findings.json", "data.json"
SUMMARY, WORKBOOK, PAGE = "汇总.xlsx", "汇总工作簿", "index.html"
_DRAFT, _RETURN = "（草稿）", "（退回修改）"
_WRITTEN_TO = (Status.TO_MEND, Status.UNREADABLE, Status.WRONG_YEAR)


def publish(
    collection: Collection, made: Mapping[str, Mapping[str, Path]], out: Path, told: Callable[[str], None]
) -> Collection:
    """Write everything and return the collection with its outputs; ``made`` are by file and kind what workers made."""
    manifest = Manifest(out)
    numbers = {member.name: n for n, member in enumerate(collection.members, start=1)}
    width = max(3, len(str(len(numbers))))
    taken: set[str] = set()
    plan: dict[str, Content] = {}
    outcomes = []
    for outcome in collection.outcomes:
        number = numbers.get(outcome.office)
        prefix = f"{number:0{width}}_" if number else _code(outcome)
        named = {kind: manifest.place(*place, taken) for kind, place in _places(outcome, prefix, made).items()}
        if WORD in named and PDF in made[outcome.file]:
            named[PDF] = manifest.place(PDFS, Path(named[WORD]).stem, ".pdf", taken)
        filed = replace(outcome, outputs=named)
        outcomes.append(filed)
        for kind, name in named.items():
            is_note = kind == NOTE
            plan[name] = _note(filed, collection) if is_note else made[outcome.file][kind]
    collection = replace(collection, outcomes=tuple(outcomes))
    plan[FINDINGS] = data.dump(data.findings(collection))
    plan[DATA] = data.dump(data.reports(collection))
    manifest.publish(plan | _overview(collection, manifest.place("", WORKBOOK, ".xlsx", taken)), told)
    return collection


def _overview(collection: Collection, book: str) -> dict[str, Content]:
    """What is made of all reports together; pandas and XlsxWriter are imported here only."""
    from xltools.batch.overview import page
    from xltools.batch.summary import build, workbook

    return {SUMMARY: build(collection), book: workbook(collection), PAGE: page(collection).encode()}


def _places(outcome: Outcome, prefix: str, made: Mapping[str, Mapping[str, Path]]) -> dict[str, tuple[str, str, str]]:
    """Folder, title and suffix of every file that an outcome gets."""
    places = {}
    kinds = made.get(outcome.file, {})
    suffix = "." + outcome.file.rpartition(".")[2].lower()
    if outcome.report and outcome.status in (Status.FILED, Status.TO_MEND) and WORD in kinds:
        draft = _DRAFT if outcome.errors else ""
        places[WORD] = WORDS, f"{prefix}{outcome.report.title}{draft}", ".docx"
    stem = prefix + (outcome.office or outcome.file.rpartition("/")[2].rpartition(".")[0]) + _RETURN
    if outcome.status is Status.TO_MEND and RETURNED in kinds:
        places[RETURNED] = RETURNS, stem, suffix
    if outcome.status in _WRITTEN_TO:
        places[NOTE] = RETURNS, stem, ".txt"
    return places


def _code(outcome: Outcome) -> str:
    code = outcome.report.office.code.strip() if outcome.report else ""
    return f"{code}_" if code else ""


def _note(outcome: Outcome, collection: Collection) -> bytes:
    return letter(outcome, collection.year, collection.name).encode("utf-8-sig", "backslashreplace")
