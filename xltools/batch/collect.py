"""The whole run: a folder of submissions in, Word reports, returned workbooks and data out (汇总收件)."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from xltools import editions, files
from xltools.batch import edited, last, past, pdf
from xltools.batch.collection import Adjustment, Collection
from xltools.batch.consolidate import overdone
from xltools.batch.desk import Done, Work, finish
from xltools.batch.gather import NothingToCollect, gather, sent
from xltools.batch.intake import CLOSED, OURS, Intake, system, walk
from xltools.batch.judge import Sent
from xltools.batch.limits import Limits
from xltools.batch.lock import locked
from xltools.batch.manifest import held
from xltools.batch.publish import PDFS, RETURNS, SUMMARY, WORDS, publish
from xltools.batch.roster import Roster, load
from xltools.batch.store import Kept, Store
from xltools.batch.work import WORD, Task, process
from xltools.errors import CannotWrite, WrongWordTemplate

_UNREAD = "打不开，没有与它比对。请关闭正在使用它的程序，检查是否有权限读取，再运行一次。"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be collected, and where to."""

    folder: Path
    out: Path
    year: int | None = None
    roster: Path | None = None
    jobs: int = 1
    template: Path | None = None
    previous: Path | None = None
    fresh: bool = False
    pdf: bool = False
    scheduler: str | None = None


def collect(
    order: Order, done: Done, told: Callable[[str], None], work: Work = process, limits: Limits | None = None
) -> Collection:
    """Do the whole run; ``told`` hears what could not be written; raises `XltoolsError`."""
    _check(order)
    roster = load(order.roster) if order.roster else None
    _require_fit(order, roster)
    skipped = _skipped(order)
    with locked(order.out / OURS / "lock"):
        _sweep(order.out)
        intake = walk(order.folder, skipped)
        if not intake.submissions:
            raise NothingToCollect(f"“{order.folder}”里没有 .xlsx 工作簿。请确认收件文件夹没有选错。")
        older = walk(order.previous, skipped) if order.previous else Intake((), ())
        store, pages = Store(order.out, order.template), Store(order.out, None, pdf.PDF)
        if order.fresh:
            for place in (store, pages):
                place.forget()
        old = [Task(s.file, s.path, s.digest, outputs=False) for s in older.submissions]
        looked = finish(old, store, done, order.jobs, work, limits, order.scheduler)
        missed = _missed(older, looked)
        unread = [f"上年的{files.some_of(missed)}{_UNREAD}"] if missed else []
        for sentence in unread:
            told(sentence)
        before = sent(older, looked)
        beside, compared = _beside(order, roster, before)
        tasks = [Task(s.file, s.path, s.digest, order.template, True, beside, compared) for s in intake.submissions]
        kept = finish(tasks, store, done, order.jobs, work, limits, order.scheduler)
        store.keep_only({store.key(task) for task in (*tasks, *old)})
        _require_template(order, kept)
        collection = gather(sent(intake, kept), intake, roster, order.year)
        adjustments, digest = _adjustments(order.out, collection.year)
        collection = replace(collection, adjustments=adjustments)
        notices = (*collection.notices, *overdone(collection), *unread)
        collection = replace(collection, notices=notices)
        if order.previous:
            others = [outcome for outcome in (*older.others, *older.documents) if outcome.file not in missed]
            collection = past.beside(collection, roster, [one for one in before if one.file not in missed], others)
        made: pdf.Made = {task.file: found.files for task, found in zip(tasks, kept, strict=True)}
        if order.pdf:
            collection, made = pdf.add(collection, made, pages, done, order.jobs)
        return publish(collection, made, order.out, told, {SUMMARY: digest})


def _skipped(order: Order) -> dict[Path, str]:
    """What may lie in the folder and is no submission, and what it is."""
    known = (
        (order.roster, "是本次用的名单"), (order.template, "是本次用的模板"), (order.folder, "是本年的收件文件夹"),
        (order.previous, "是上年的收件文件夹"), (order.out, "是结果文件夹"),
    )  # fmt: skip
    return {path.resolve(): what for path, what in known if path}


def _sweep(out: Path) -> None:
    """Remove what a killed run has left half written; nobody else is at it, as we hold the lock."""
    inner = (path for folder in (out, out / OURS) for path in folder.iterdir() if path.is_dir())
    for folder in (out, *inner):
        files.sweep(folder, age=0)


def _adjustments(out: Path, year: int) -> tuple[tuple[Adjustment, ...], str]:
    """What the office has entered into the summary of the last run, and the file's digest; raises `XltoolsError`."""
    path, digest = out / SUMMARY, ""
    if not path.exists():
        return (), digest
    from xltools.batch.summary.kept import read_adjustments

    with suppress(OSError):  # which is said when it is read
        digest = held(path)  # first: whoever saves it meanwhile is not overwritten
    return read_adjustments(path, year), digest


def _check(order: Order) -> None:
    folder, out = order.folder.resolve(), order.out.resolve()
    for place in filter(None, (order.folder, order.previous)):
        if not place.is_dir():
            missed = f"“{place}”是文件，不是文件夹" if place.exists() else f"找不到文件夹“{place}”"
            raise NothingToCollect(f"{missed}。请检查写法；文件要先放进一个文件夹。")
        if not os.access(place, os.R_OK | os.X_OK):
            raise NothingToCollect(f"文件夹“{place}”打不开。请检查是否有权限读取。")
    if out.exists() and not out.is_dir():
        raise CannotWrite(f"“{order.out}”是文件，不是文件夹。请给结果另选一个文件夹。")
    inner = [out, *(out / name for name in (OURS, WORDS, PDFS, RETURNS))]
    if folder == out or any(folder.is_relative_to(place) for place in inner[1:]):
        raise CannotWrite(f"收件文件夹“{order.folder}”和结果文件夹“{order.out}”是同一处。请给结果另选一个文件夹。")
    for place in filter(None, (order.folder, order.previous)):
        if out.is_relative_to(place.resolve()) and (there := _sent_to(out)):
            raise CannotWrite(
                f"结果文件夹“{order.out}”在“{place}”里，里面已有文件{files.some_of(there)}，"
                "会被当成结果跳过。请给结果另选一个文件夹。"
            )
    if order.template and not order.template.is_file():
        raise WrongWordTemplate(f"找不到 Word 模板“{order.template}”。请检查文件名和路径。")
    if order.pdf:
        from xltools.outputs.pdf import program

        program()


def _sent_to(out: Path) -> list[str]:
    """Files that lie where no run has written yet, so that they are submissions."""
    found = out.rglob("*") if out.is_dir() and not (out / OURS).exists() else ()
    return sorted(path.name for path in found if path.is_file() and not system(path.name))


def _require_fit(order: Order, roster: Roster | None) -> None:
    """A template that cannot be filled for any report is refused before the first file is read."""
    if order.template:
        year = order.year or (roster.year if roster else None)
        edited.require(order.template, [editions.for_year(year)] if year else editions.all())


def _require_template(order: Order, kept: Sequence[Kept]) -> None:
    """A template of which no report at all could be made is at fault itself."""
    read = [found for found in kept if found.report]
    if order.template and read and not any(WORD in found.files for found in read):
        raise WrongWordTemplate(read[0].result.trouble)


def _missed(past: Intake, looked: Sequence[Kept]) -> list[str]:
    """The files of last year that could not be looked into, which the next run may do better."""
    closed = [outcome.file for outcome in past.others if outcome.reason == CLOSED]
    return closed + [s.file for s, k in zip(past.submissions, looked, strict=True) if not k.result.lasting]


def _beside(order: Order, roster: Roster | None, before: Sequence[Sent]) -> tuple[Path | None, str]:
    """Where last year's reports are for the workers, and their digest; of every year while this year is not known."""
    this = order.year or (roster.year if roster else None)
    years = {this - 1} if this else {one.report.year for one in before if one.report and one.report.year}
    known = {year: past.known(past.judged(before, year), roster) for year in sorted(years)}
    if not any(known.values()):
        return None, ""
    path = order.out / OURS / "last.zip"
    return path, last.keep(path, known)
