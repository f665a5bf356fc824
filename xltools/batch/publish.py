"""What goes into the output folder under which name (结果文件夹)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from xltools.batch import data
from xltools.batch.collection import Collection, Outcome, Status
from xltools.batch.letter import letter
from xltools.batch.manifest import Content, Manifest, Place
from xltools.batch.pdf import PDF, Made
from xltools.batch.work import RETURNED, WORD
from xltools.names import office_code

WORDS, PDFS, RETURNS, NOTE = "word/", "pdf/", "退回/", "note"
FINDINGS, DATA = "findings.json", "data.json"
SUMMARY, WORKBOOK, PAGE = "汇总.xlsx", "汇总工作簿", "index.html"
_CODE = re.compile("[0-9A-Za-z-]{1,20}")
_DRAFT, _RETURN = "（草稿）", "（退回修改）"


def publish(
    collection: Collection, made: Made, out: Path, told: Callable[[str], None], used: Mapping[str, str] | None = None
) -> Collection:
    """Write everything and return the collection with its outputs; ``made`` are by file and kind what workers made.

    ``used`` are digests of files of the last run, as they were when what a person entered there was read.
    """
    manifest = Manifest(out)
    numbers = {member.name: n for n, member in enumerate(collection.members, start=1)}
    width = max(3, len(str(len(numbers))))
    taken: set[str] = set()
    plan: dict[str, Content] = {}
    outcomes = []
    for outcome in collection.outcomes:
        number = numbers.get(outcome.office)
        prefix = f"{number:0{width}}_" if number else _code(outcome)
        named = manifest.place(_places(outcome, prefix, made), taken)
        filed = replace(outcome, outputs=named)
        outcomes.append(filed)
        for kind, name in named.items():
            is_note = kind == NOTE
            plan[name] = _note(filed, collection) if is_note else made[outcome.file][kind]
    collection = replace(collection, outcomes=tuple(outcomes))
    plan[FINDINGS] = data.dump(data.findings(collection))
    plan[DATA] = data.dump(data.reports(collection))
    book = manifest.place({WORKBOOK: ("", WORKBOOK, ".xlsx")}, taken)[WORKBOOK]
    others = manifest.publish(plan | _overview(collection, book), told, used)
    return replace(collection, notices=(*collection.notices, *map(_stays, others)))


def _stays(name: str) -> str:
    return f"“{name}”有人改过，没有替换，也没有删除；它不是这次的结果，不用的请删除。"


def _overview(collection: Collection, book: str) -> dict[str, Content]:
    """What is made of all reports together; XlsxWriter and Jinja are imported here only."""
    from xltools.batch.overview import page
    from xltools.batch.summary import Sums, build, workbook

    sums = Sums(collection)
    return {
        SUMMARY: build(collection, sums),
        book: workbook(collection, sums),
        PAGE: page(collection, sums).encode(),
    }


def _places(outcome: Outcome, prefix: str, made: Made) -> dict[str, Place]:
    """Where every file that an outcome gets is to stand."""
    places: dict[str, Place] = {}
    kinds = made.get(outcome.file, {})
    suffix = "." + outcome.file.rpartition(".")[2].lower()
    if outcome.report and outcome.status.counts and WORD in kinds:
        draft = _DRAFT if outcome.errors else ""
        title = f"{prefix}{outcome.report.title}{draft}"
        places[WORD] = WORDS, title, ".docx"
        if PDF in kinds:
            places[PDF] = PDFS, title, ".pdf"
    stem = prefix + (outcome.office or outcome.file.rpartition("/")[2].rpartition(".")[0]) + _RETURN
    if outcome.status is Status.TO_MEND and RETURNED in kinds:
        places[RETURNED] = RETURNS, stem, suffix
    if outcome.goes_back:
        places[NOTE] = RETURNS, stem, ".txt"
    return places


def _code(outcome: Outcome) -> str:
    """What offices enter as their code may be anything; a long one would leave no room for the name."""
    code = outcome.report.office.code.strip() if outcome.report else ""
    return f"{code}_" if _CODE.fullmatch(code) and office_code(code) else ""


def _note(outcome: Outcome, collection: Collection) -> bytes:
    return letter(outcome, collection.year, collection.name).encode("utf-8-sig", "backslashreplace")
