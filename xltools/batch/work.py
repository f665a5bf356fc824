"""One submitted file: read, checked, its Word report and the workbook that goes back (一份文件的处理).

Runs in a worker; what is heavy is imported only here, when it is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xltools.batch import last, plain
from xltools.batch.intake import fingerprint
from xltools.errors import CannotOpen, XltoolsError

if TYPE_CHECKING:
    from xltools.checks import Finding
    from xltools.report import Report
    from xltools.workbook.book import Book, Cell
    from xltools.workbook.worklist import Line

WORD, RETURNED = "word", "returned"


@dataclass(frozen=True, slots=True)
class Task:
    """A file and what to make of it; with ``outputs`` off it is only read and checked.

    ``last`` holds last year's reports, see `xltools.batch.last`, and ``compared`` stands for its bytes.
    """

    file: str
    path: Path
    digest: str
    template: Path | None = None
    outputs: bool = True
    last: Path | None = None
    compared: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file: the packed report, or in ``fault`` why there is none.

    ``files`` are the bytes made, by kind; ``trouble`` says why one was not; a result that does not
    depend on the file alone is not ``lasting`` and is made again by the next run.
    """

    fault: str = ""
    report: Mapping[str, Any] | None = None
    findings: tuple[Mapping[str, Any], ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    trouble: str = ""
    lasting: bool = True


def process(task: Task) -> Result:
    """Do all of one file; its faults are in the result."""
    from xltools.checks import run
    from xltools.outputs.findings import as_json
    from xltools.workbook.answers import answers
    from xltools.workbook.file import FileBook
    from xltools.workbook.read import read

    try:
        book = FileBook(task.path, submitted=True)
        report = read(book)
    except CannotOpen as fault:
        return Result(str(fault), lasting=False)
    except XltoolsError as fault:
        return Result(str(fault), lasting=fingerprint(task.path) == task.digest)
    if book.digest != task.digest:
        return Result(f"“{task.path.name}”在处理时被改动过，或打不开了。请等文件保存好，再运行一次。", lasting=False)
    if task.last:
        report = replace(report, previous=last.find(task.last, report))
    findings = run(report)
    try:
        if findings:  # who found nothing answers nothing, and the list is the largest sheet
            report = replace(report, answers=answers(book))
    except XltoolsError as fault:
        return Result(str(fault))
    said = tuple(as_json(finding, report) for finding in findings)
    files, trouble = _files(task, report, findings) if task.outputs else ({}, "")
    return Result(report=plain.pack(report), findings=said, files=files, trouble=trouble, lasting=not trouble)


def _files(task: Task, report: Report, findings: list[Finding]) -> tuple[dict[str, bytes], str]:
    from xltools.outputs import word

    files: dict[str, bytes] = {}
    troubles = []
    faulty = any(finding.is_error for finding in findings)
    try:
        files[WORD] = word.render(report, template=task.template, draft=faulty)
    except XltoolsError as fault:
        troubles.append(f"没有生成 Word 报告：{fault}")
    if faulty:
        try:
            files[RETURNED] = returned(report, task.path)
        except XltoolsError as fault:
            troubles.append(f"没有生成退回修改的工作簿：{fault}")
    return files, "".join(troubles)


def returned(report: Report, path: Path) -> bytes:
    """A new workbook with what was typed into ``path``, its findings listed and its cells marked."""
    from xltools.checks import run
    from xltools.outputs.findings import listed
    from xltools.workbook.build import build
    from xltools.workbook.file import FileBook

    book = FileBook(path, submitted=True)
    report = _closed_up(plain.whole(report), book)
    typed = as_typed(report)
    lines = _settled(listed(run(report), report), typed)
    return build(typed, macros=path.suffix.lower() == ".xlsm", findings=lines)


def as_typed(report: Report) -> Report:
    """The report with the formulas of its input cells as the text that was typed, not as their results."""
    kept = {ref: n for ref, n in report.numbers.items() if ref not in report.formulas}
    return replace(report, numbers=kept, texts={**report.texts, **report.formulas}, formulas={})


def _closed_up(report: Report, book: Book) -> Report:
    """The report with its rows where they come to stand: rows left blank between paragraphs are not kept."""
    from xltools.workbook.layout import layout

    form = layout(report.edition)
    misfits = {}
    for id, found in report.misfits.items():
        area = form.fields[id]
        cells = book.page(area.sheet).cells.items() if area.height > 1 else ()
        filled = [row - area.row for (row, column), cell in cells if column == area.column and _is_filled(cell)]
        misfits[id] = tuple((sum(0 <= one < row for one in filled), stands) for row, stands in found)
    return replace(report, misfits=misfits, rows={})


def _is_filled(cell: Cell) -> bool:
    return bool(str(cell.formula if cell.value is None else cell.value).strip())


def _settled(lines: list[Line], typed: Report) -> list[Line]:
    """The lines about the new workbook: what was a formula or a misfit is a text in it, and open as such."""
    from xltools.workbook.listing import held
    from xltools.workbook.worklist import Kind

    cells = held(typed)
    settled = []
    for line in lines:
        now = [(mark, *cells.get((mark.sheet, mark.address), (None, False))) for mark in line.marks]
        marks = tuple(m if formula else m._replace(value=value, kind=Kind.TYPED) for m, value, formula in now)
        settled.append(_whole(line._replace(marks=marks)))
    return settled


def _whole(line: Line) -> Line:
    """A line without half characters; cells hold no more of a text than they can."""
    from xltools.workbook.write import LONGEST

    def held(text: str) -> str:
        return text.encode("utf-8", "ignore").decode()[: LONGEST // 2]

    return line._replace(
        found=held(line.found), problem=held(line.problem), fix=held(line.fix), answer=held(line.answer)
    )
