"""What the buttons do, written against xlwings' objects: Excel, LibreOffice and tests run the same (按钮).

Only `carry_over` and `fill_zeros` write into input cells; both ask first and fill blank cells only.
Every handler raises `XltoolsError` for what the clerk has to know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import xlwings as xw

from xltools import interchange
from xltools.checks import Finding, run
from xltools.editions.shared import FINDINGS
from xltools.errors import XltoolsError
from xltools.excel import document, listing
from xltools.excel.book import OpenBook
from xltools.excel.previous import at_hand, find
from xltools.files import beside
from xltools.form import Place
from xltools.outputs.findings import counted
from xltools.report import Number, Report
from xltools.workbook.carry import carry
from xltools.workbook.layout import layout
from xltools.workbook.read import read

TITLE = "年报工具"
_NAMED = 12
"""How many cells a question names one by one."""


class NotSaved(XltoolsError):
    """The workbook stands in no folder of this computer."""

    code = "NOT_SAVED"


def validate(book: xw.Book) -> list[Finding]:
    """校验数据: list everything found in 问题清单 and go there."""
    _, findings = _checked(book)
    if findings:
        book.sheets[FINDINGS].activate()
    else:
        say(book, f"{counted(findings)}可以生成报告。")
    return findings


def generate_report(book: xw.Book, show: Callable[[Path], None] = document.show) -> Path | None:
    """生成报告: write the Word report beside the workbook and open it; with 错误 only as 草稿, if wanted."""
    folder = _folder(book)
    report, findings = _checked(book)
    draft = any(finding.is_error for finding in findings)
    if draft:
        book.sheets[FINDINGS].activate()
        refused = f"{counted(findings)}有错误，不能生成正式的报告，请按“问题清单”改正。"
        if not ask(book, f"{refused}\n要先生成一份草稿看看吗？"):
            return None
    with working(book, "正在生成报告……"):
        path = document.make(report, folder, draft=draft)
    try:
        show(path)
    except OSError:
        say(book, f"已生成“{path.name}”，与工作簿在同一文件夹。没有能打开它的程序，请自己打开。")
    return path


def carry_over(book: xw.Book) -> Mapping[Place, Number | str]:
    """导入上年数据: fill blank cells from last year's workbook in the same folder, once confirmed."""
    folder = _folder(book)
    report = _read(book)
    with working(book, "正在查找上年的工作簿……"):
        found = find(report, folder, book.name)
    wanted = (last for last in found if len(found) == 1 or ask(book, f"上年的数据在“{last.origin}”里吗？"))
    previous = next(wanted, None)
    if previous is None:
        say(book, "没有选定上年的工作簿，没有导入。")
        return {}
    carried = carry(report, previous)
    asked = _what_is_carried(report, previous, carried.entries)
    if carried.differing:
        where = "、".join(
            f"{report.edition.sheet(ref)} {layout(report.edition).area(ref).a1}（现在是 {now}，上年结转 {last}）"
            for ref, (now, last) in carried.differing.items()
        )
        asked += f"\n以下各格已经填了别的数，不改动，请核对：{where}。"
    if not carried.entries:
        say(book, f"{asked}\n没有可以填入的空格。")
        return {}
    if not ask(book, f"{asked}\n现在填入吗？"):
        return {}
    _fill(book, report, carried.entries)
    return carried.entries


def fill_zeros(book: xw.Book) -> tuple[Place, ...]:
    """未填格补0: put 0 into the blank number cells of the sheet shown, or of all tables, once confirmed."""
    report = _read(book)
    sheets = layout(report.edition).grids.keys()
    shown = book.sheets.active.name
    wanted = {shown} if shown in sheets else set(sheets)
    blank = [ref for ref in report.edition.inputs if report.edition.sheet(ref) in wanted and report.blank(ref)]
    if not blank:
        say(book, f"{'本表' if shown in sheets else '各表'}没有未填的格。")
        return ()
    left = f"{_cells(report, blank)}还没有填，共 {len(blank)} 格。"
    if not ask(book, f"{left}\n确实都没有发生的，才可以填 0。现在都填 0 吗？"):
        return ()
    _fill(book, report, dict.fromkeys(blank, 0))
    return tuple(blank)


def export_json(book: xw.Book) -> Path:
    """导出数据: write the interchange form beside the workbook."""
    data = interchange.dumps(_read(book)).encode("utf-8", "backslashreplace")
    path = beside(_folder(book), Path(book.name).stem, ".json", data, ours=lambda _: False)
    say(book, f"数据已导出到“{path.name}”，与工作簿在同一文件夹。")
    return path


def say(book: xw.Book, sentence: str, mode: str = "info") -> None:
    """Tell the clerk."""
    book.app.alert(sentence, title=TITLE, mode=mode)


def ask(book: xw.Book, question: str) -> bool:
    """Ask the clerk; true for 是."""
    return book.app.alert(question, title=TITLE, buttons="yes_no", mode="info") == "yes"


@contextmanager
def working(book: xw.Book, says: str) -> Iterator[None]:
    """Say in the status bar what goes on, and keep the screen still meanwhile."""
    app = book.app
    app.status_bar, app.screen_updating = says, False
    try:
        yield
    finally:
        app.screen_updating, app.status_bar = True, False


def _read(book: xw.Book) -> Report:
    book.app.calculate()
    return read(OpenBook(book))


def _checked(book: xw.Book) -> tuple[Report, list[Finding]]:
    with working(book, "正在校验……"):
        report = _read(book)
        findings = run(at_hand(report, _here(book), book.name))
        listing.put(book, findings, report)
        book.app.calculate()  # also where the clerk has switched that off
    return report, findings


def _here(book: xw.Book) -> Path | None:
    try:
        return _folder(book)
    except NotSaved:
        return None


def _folder(book: xw.Book) -> Path:
    """Where the workbook is; raises `NotSaved` unless that is a folder of this computer."""
    try:
        name = book.fullname
    except xw.XlwingsError:  # xlwings cannot tell where a synchronised workbook is on this computer
        name = "https://"
    if re.match(r"\w{2,}://", name):
        raise NotSaved("工作簿在网盘（OneDrive 等）里，报告没有地方放。请用“另存为”存到本机的文件夹，再点按钮。")
    path = Path(name)
    if not path.is_absolute() or not path.exists():
        raise NotSaved("工作簿还没有保存。请先保存到本机的文件夹，再点按钮。")
    return path.parent


def _what_is_carried(report: Report, previous: Report, entries: Mapping[Place, Number | str]) -> str:
    where = "、".join(f"{report.edition.name_of(place)} {value}" for place, value in entries.items())
    other = ""
    if report.office.name and previous.office.name and report.office.name != previous.office.name:
        other = f"\n注意：上年的单位是“{previous.office.name}”，本工作簿的单位是“{report.office.name}”。"
    return f"“{previous.origin}”（{previous.year}年度）中可填入：{where or '无'}。{other}"


def _cells(report: Report, places: Sequence[Place]) -> str:
    """Name cells sheet by sheet, not too many of them."""
    form, shown = layout(report.edition), places[:_NAMED]
    sheets = dict.fromkeys(form.area(place).sheet for place in shown)
    named = (f"{s} {'、'.join(form.area(p).a1 for p in shown if form.area(p).sheet == s)}" for s in sheets)
    return "；".join(named) + (" 等" if len(places) > len(shown) else "")


def _fill(book: xw.Book, report: Report, entries: Mapping[Place, Number | str]) -> None:
    with working(book, "正在填入……"):
        for place, value in entries.items():
            area = layout(report.edition).area(place)
            cell = book.sheets[area.sheet].range((area.row + 1, area.column + 1))
            cell.value = value if isinstance(value, str) else float(value)


HANDLERS: Mapping[str, Callable[[xw.Book], object]] = {
    handler.__name__: handler for handler in (validate, generate_report, carry_over, fill_zeros, export_json)
}
"""The handlers by the verb that the macro passes."""
