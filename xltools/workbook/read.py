"""Read a filled workbook into a `Report`, exactly as entered; judging it is left to the checks (读取).

Nothing is read before every locked label has been compared. What a cell holds is read as a person sees it: a
number that is shown as something else is no number.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from xltools import editions
from xltools.editions.shared import COVER, YES
from xltools.errors import UnknownEdition, WrongTemplate
from xltools.form import Edition, Heading, Ref
from xltools.report import OFFICE_FIELDS, Number, Office, Report
from xltools.workbook.book import BLANK, OTHERWISE, Book, Cell, Page
from xltools.workbook.file import FileBook
from xltools.workbook.layout import IDENTITY, LAYOUT, Area, Layout, layout
from xltools.workbook.stray import strays

Pages = Mapping[str, Page]
_TOO_LONG = 10**15
"""Spreadsheets keep 15 digits of a number."""


def read(source: Path | Book) -> Report:
    """Return the report in a workbook; raises `NotAWorkbook`, `WrongTemplate`, `UnknownEdition`, nothing else."""
    book = FileBook(source, submitted=True) if isinstance(source, Path) else source
    form = layout(_identify(book))
    present = book.sheets()
    missing = [sheet for sheet in _needed(form) if sheet not in present]
    if missing:
        raise WrongTemplate(
            f"〔F2·错误〕“{book.name}”结构被改动：缺少工作表“{'”“'.join(missing)}”。请在未改动的工作簿中重新粘贴数值。"
        )
    pages = {sheet: book.page(sheet) for sheet in _needed(form)}
    _compare_labels(book.name, form, pages)
    return replace(_report(book.name, form, pages), strays=strays(book, form, pages))


def _identify(book: Book) -> Edition:
    """Which edition this workbook says it is, by its properties or, where a program dropped them, by 封面."""
    properties = book.properties()
    edition, version = properties.get(IDENTITY["edition"]), properties.get(IDENTITY["layout"])
    if not (edition and version) and COVER in book.sheets():
        cells = [str(cell.value) for row in book.block(COVER, 60, 8) for cell in row]
        found = next(filter(None, (re.fullmatch(r"xltools (\w+)/(\d+)", cell) for cell in cells)), None)
        edition, version = (found[1], found[2]) if found else (None, None)
    if not (edition and version):
        raise WrongTemplate(
            f"〔F2·错误〕“{book.name}”不是年度报告填报工作簿。请用空白的填报工作簿重新填报，不要用其他表格。"
        )
    if version != str(LAYOUT):
        raise WrongTemplate(
            f"〔F2·错误〕“{book.name}”的版面是第 {version} 版，本工具只认第 {LAYOUT} 版。请更新本工具。"
        )
    if edition not in {known.id for known in editions.all()}:
        raise UnknownEdition(f"〔F1·错误〕“{book.name}”用的是“{edition}”版格式，本工具没有。请核对版本，或更新本工具。")
    return editions.get(edition)


def _needed(form: Layout) -> tuple[str, ...]:
    return (COVER, *(section.sheet for section in form.edition.sections))


def _compare_labels(name: str, form: Layout, pages: Pages) -> None:
    labels = form.labels.items()
    changed = [(area, text) for area, text in labels if pages[area.sheet].at(area.row, area.column).value != text]
    if changed:
        area, text = changed[0]
        found = _at(pages, area).value
        now = "是空的" if found is None else f"是“{found}”"
        more = f"，共 {len(changed)} 处" if len(changed) > 1 else ""
        raise WrongTemplate(
            f"〔F2·错误〕“{name}”结构被改动：{area.sheet} {area.a1} 应为“{text}”，现在{now}{more}。"
            "请在未改动的工作簿中重新粘贴数值。"
        )


def _report(name: str, form: Layout, pages: Pages) -> Report:
    edition = form.edition
    numbers: dict[Ref, Number] = {}
    texts: dict[Ref, str] = {}
    formulas: dict[Ref, str] = {}
    overwritten: set[Ref] = set()
    for ref, sheet, place, total in form.spots:
        cell = pages[sheet].cells.get(place, BLANK)
        value, formula, _, shown, _ = cell
        if type(value) is int and not shown and 0 <= value < _TOO_LONG and total == bool(formula):
            numbers[ref] = value  # by far the most
            continue
        lies = _lies(cell, edition.column(ref))
        if isinstance(cell.value, int | Decimal) and not lies:
            numbers[ref] = cell.value
        if total and (not cell.formula or lies or (isinstance(cell.value, str) and cell.value.strip())):
            overwritten.add(ref)
        if cell.formula and not total:
            formulas[ref] = cell.formula
        if ref not in numbers and (ref in overwritten or ref in formulas):
            texts[ref] = formulas.get(ref, lies or str(cell.value or ""))
        elif not total and (lies or isinstance(cell.value, str)):
            texts[ref] = lies or str(cell.value)
    cells = {field_id: _cells(pages, area) for field_id, area in form.fields.items()}
    misfits = {field_id: found for field_id, held in cells.items() if (found := _misfits(field_id, held))}
    entries = {field_id: _text(held) for field_id, held in cells.items()}
    given = _at(pages, form.fields["year"])
    year, year_text = _year(name, form.fields["year"], given, edition)
    misfits.pop("year", None)
    if year_text:
        misfits["year"] = ((0, given.formula or given.value or ""),)
    office = {key: entries[f"office.{key}"] for key in OFFICE_FIELDS}
    office["date"] = _date(_at(pages, form.fields["office.date"]), pages[COVER].day_zero, edition)
    return Report(
        office=Office(**office),
        year=year,
        year_text=year_text,
        edition=edition,
        numbers=numbers,
        texts=texts,
        formulas=formulas,
        overwritten=frozenset(overwritten),
        misfits=misfits,
        narrative=_entered(entries, "narrative"),
        notes=_entered(entries, "notes"),
        zero_filled=frozenset(key for key, value in _entered(entries, "zero_filled").items() if value == YES),
        origin=name,
        rows=_rows(cells),
    )


def _at(pages: Pages, area: Area) -> Cell:
    return pages[area.sheet].at(area.row, area.column)


def _lies(cell: Cell, column: Heading) -> str:
    """What a number and its looks are, where these are no number or another; else ``""``."""
    if not cell.shown and not (isinstance(cell.value, int) and abs(cell.value) >= _TOO_LONG):
        return ""
    number = cell.value
    if not isinstance(number, int | Decimal) or cell.formula or not column.accepts(number):
        return ""  # is found anyway
    if cell.shown in (f"{number}{column.unit}", str(number).zfill(len(cell.shown))):
        return ""
    looks = cell.shown if cell.shown == OTHERWISE else f"“{cell.shown}”"
    return f"{number}（显示为{looks}）" if cell.shown else f"{number}（超过 15 位）"


def _cells(pages: Pages, area: Area) -> list[tuple[int, Cell]]:
    """The cells of an entry that hold something, by their row; paragraphs may go on below the last one meant."""
    if area.height == 1:
        return [(0, _at(pages, area))]
    top, left = area.row, area.column
    return [(row - top, cell) for (row, at), cell in pages[area.sheet].cells.items() if at == left and row >= top]


def _text(cells: Iterable[tuple[int, Cell]]) -> str:
    """The words of an entry; several rows are joined by newlines, empty ones left out."""
    return "\n".join(word for _, word in _said(cells))


def _rows(cells: Mapping[str, list[tuple[int, Cell]]]) -> dict[str, tuple[int, ...]]:
    """The row of every line of a narrative part: rows may be left out, and a cell may hold several lines."""
    parts = {id.partition(".")[2]: held for id, held in cells.items() if id.startswith("narrative.")}
    return {part: tuple(row for row, word in _said(held) for _ in word.split("\n")) for part, held in parts.items()}


def _said(cells: Iterable[tuple[int, Cell]]) -> list[tuple[int, str]]:
    return [(row, word) for row, cell in cells if (word := _words(cell)).strip()]


def _words(cell: Cell) -> str:
    """A cell as text; a number as it is shown, where that is digits too: ``010000``."""
    if cell.value is None:
        return cell.formula
    return cell.shown if cell.shown.isdecimal() else str(cell.value)


_ERROR = re.compile(r"#[A-Z0-9_/]+[!?]?")


def _misfits(field_id: str, cells: Iterable[tuple[int, Cell]]) -> tuple[tuple[int, Number | str], ...]:
    """What stands in a text entry that is no text, by its row: formulas, errors, dates, and in prose bare numbers."""
    prose = field_id.startswith(("narrative.", "notes."))
    found = []
    for row, cell in cells:
        value = cell.formula or cell.value
        if value is None or (field_id == "office.date" and cell.day and not cell.formula):
            continue
        if isinstance(value, str):
            wrong = bool(cell.formula or _ERROR.fullmatch(value))
        else:
            wrong = prose or not -_TOO_LONG < value < _TOO_LONG or not (cell.shown or "0").isdecimal()
        if wrong:
            found.append((row, value))
    return tuple(found)


def _entered(entries: dict[str, str], kind: str) -> dict[str, str]:
    return {
        field_id.partition(".")[2]: text
        for field_id, text in entries.items()
        if text and field_id.startswith(f"{kind}.")
    }


def _year(name: str, area: Area, cell: Cell, edition: Edition) -> tuple[int | None, str]:
    """The report year, or what stands there instead; raises `WrongTemplate` (F1) if it is another edition's."""
    year = cell.value
    if not isinstance(year, int) or cell.formula or cell.shown:
        return None, cell.formula or ("" if year is None else str(year))
    if not any(year in other.years for other in editions.all()):
        return None, str(year)
    if year not in edition.years:
        said = "".join(editions.wrong_year(edition, year))
        raise WrongTemplate(f"〔F1·错误〕“{name}”{area.sheet} {area.a1}：{said}", "F1")
    return year, ""


def _date(cell: Cell, day_zero: dt.date, edition: Edition) -> str:
    """成文日期 as typed; a real date, which a program stores as a day number, in words."""
    day = cell.day
    if day is None and not cell.shown and isinstance(cell.value, int) and 0 < cell.value < 100_000:
        meant = day_zero + dt.timedelta(days=cell.value)
        day = meant if meant.year >= edition.years[0] else None
    if day:
        return f"{day.year}年{day.month}月{day.day}日"
    return "" if cell.value is None else str(cell.value)
