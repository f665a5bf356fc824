"""Read a filled workbook into a `Report`, exactly as entered; judging it is left to the checks (读取).

Nothing is read before every locked label has been compared; a cell's style is never looked at.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

from xltools import editions
from xltools.editions.shared import COVER, YES
from xltools.errors import WrongTemplate
from xltools.form import Edition, Ref
from xltools.report import OFFICE_FIELDS, Number, Office, Report
from xltools.workbook.book import Book, Cell
from xltools.workbook.file import FileBook
from xltools.workbook.layout import IDENTITY, LAYOUT, Area, Layout, layout

_AGAIN = "请用“xltools new”生成的工作簿填报"


def read(source: Path | Book) -> Report:
    """Return the report in a workbook; raises `NotAWorkbook`, `WrongTemplate`, `UnknownEdition`, nothing else."""
    book = FileBook(source) if isinstance(source, Path) else source
    form = layout(_identify(book))
    present = book.sheets()
    missing = [sheet for sheet in _needed(form) if sheet not in present]
    if missing:
        raise WrongTemplate(
            f"〔F2·错误〕“{book.name}”结构被改动：缺少工作表“{'”“'.join(missing)}”。请在未改动的工作簿中重新粘贴数值。"
        )
    pages = {sheet: book.block(sheet, *form.extents[sheet]) for sheet in _needed(form)}
    _compare_labels(book.name, form, pages)
    return _report(book.name, form, pages)


def _identify(book: Book) -> Edition:
    """Which edition this workbook says it is, by its properties or, where a program dropped them, by 封面."""
    properties = book.properties()
    edition, version = properties.get(IDENTITY["edition"]), properties.get(IDENTITY["layout"])
    if not (edition and version) and COVER in book.sheets():
        cells = [str(cell.value) for row in book.block(COVER, 60, 8) for cell in row]
        found = next(filter(None, (re.fullmatch(r"xltools (\w+)/(\d+)", cell) for cell in cells)), None)
        edition, version = (found[1], found[2]) if found else (None, None)
    if not (edition and version):
        raise WrongTemplate(f"“{book.name}”不是年度报告填报工作簿。{_AGAIN}，不要使用其他表格。")
    if version != str(LAYOUT):
        raise WrongTemplate(f"“{book.name}”的版面是第 {version} 版，本工具只认第 {LAYOUT} 版。请更新本工具。")
    return editions.get(edition)


def _needed(form: Layout) -> tuple[str, ...]:
    return (COVER, *(section.sheet for section in form.edition.sections))


def _compare_labels(name: str, form: Layout, pages: dict[str, list[list[Cell]]]) -> None:
    changed = [(area, text) for area, text in form.labels.items() if _at(pages, area).value != text]
    if changed:
        area, text = changed[0]
        found = _at(pages, area).value
        now = "是空的" if found is None else f"是“{found}”"
        more = f"，共 {len(changed)} 处" if len(changed) > 1 else ""
        raise WrongTemplate(
            f"〔F2·错误〕“{name}”结构被改动：{area.sheet} {area.a1} 应为“{text}”，现在{now}{more}。"
            "请在未改动的工作簿中重新粘贴数值。"
        )


def _report(name: str, form: Layout, pages: dict[str, list[list[Cell]]]) -> Report:
    edition = form.edition
    numbers: dict[Ref, Number] = {}
    texts: dict[Ref, str] = {}
    formulas: dict[Ref, str] = {}
    overwritten: set[Ref] = set()
    for ref, area in form.numbers.items():
        cell, total = _at(pages, area), ref in edition.parts
        if isinstance(cell.value, int | Decimal):
            numbers[ref] = cell.value
        if total and not cell.formula:
            overwritten.add(ref)
        if cell.formula and not total:
            formulas[ref] = cell.formula
        if ref not in numbers and (ref in overwritten or ref in formulas):
            texts[ref] = formulas.get(ref, str(cell.value or ""))
        elif isinstance(cell.value, str) and not total:
            texts[ref] = cell.value
    misfits = {field_id: found for field_id, area in form.fields.items() if (found := _misfits(pages, field_id, area))}
    entries = {field_id: _text(pages, area) for field_id, area in form.fields.items()}
    given = _at(pages, form.fields["year"])
    year, year_text = _year(given, edition)
    misfits.pop("year", None)
    if year_text:
        misfits["year"] = ((0, given.formula or given.value or ""),)
    office = {key: entries[f"office.{key}"] for key in OFFICE_FIELDS}
    office["date"] = _date(_at(pages, form.fields["office.date"]))
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
        rows=_rows(pages, form),
    )


def _at(pages: dict[str, list[list[Cell]]], area: Area) -> Cell:
    return pages[area.sheet][area.row][area.column]


def _text(pages: dict[str, list[list[Cell]]], area: Area) -> str:
    """The words of an entry; several rows are joined by newlines, empty ones left out."""
    return "\n".join(word for _, word in _words(pages, area))


def _rows(pages: dict[str, list[list[Cell]]], form: Layout) -> dict[str, tuple[int, ...]]:
    """The row of every line of a narrative part: rows may be left out, and a cell may hold several lines."""
    parts = {id.partition(".")[2]: area for id, area in form.fields.items() if id.startswith("narrative.")}
    return {
        part: tuple(row for row, word in _words(pages, area) for _ in word.split("\n")) for part, area in parts.items()
    }


def _words(pages: dict[str, list[list[Cell]]], area: Area) -> list[tuple[int, str]]:
    rows = pages[area.sheet][area.row : area.row + area.height]
    cells = [row[area.column] for row in rows]
    words = [cell.formula if cell.value is None else str(cell.value) for cell in cells]
    return [(row, word) for row, word in enumerate(words) if word.strip()]


_ERROR = re.compile(r"#(REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")


def _misfits(pages: dict[str, list[list[Cell]]], field_id: str, area: Area) -> tuple[tuple[int, Number | str], ...]:
    """What stands in a text entry that is no text, by its row: formulas, errors, and in prose bare numbers."""
    cells = [row[area.column] for row in pages[area.sheet][area.row : area.row + area.height]]
    prose = field_id.startswith(("narrative.", "notes."))
    found = []
    for row, cell in enumerate(cells):
        value = cell.formula or cell.value
        if value is not None and (
            cell.formula
            or (isinstance(value, str) and _ERROR.fullmatch(value))
            or (prose and isinstance(value, int | Decimal))
        ):
            found.append((row, value))
    return tuple(found)


def _entered(entries: dict[str, str], kind: str) -> dict[str, str]:
    return {
        field_id.partition(".")[2]: text
        for field_id, text in entries.items()
        if text and field_id.startswith(f"{kind}.")
    }


def _year(cell: Cell, edition: Edition) -> tuple[int | None, str]:
    """The report year, or what stands there instead; raises `WrongTemplate` (F1) if it is another edition's."""
    if isinstance(cell.value, int) and any(cell.value in other.years for other in editions.all()):
        editions.require_year(edition, cell.value)
        return cell.value, ""
    return None, "" if cell.value is None else str(cell.value)


def _date(cell: Cell) -> str:
    """成文日期 as typed; a real date, which a program stores as a day number, in words."""
    day = cell.day
    if day is None and isinstance(cell.value, int) and 0 < cell.value < 100_000:
        day = dt.date(1899, 12, 30) + dt.timedelta(days=cell.value)
    if day:
        return f"{day.year}年{day.month}月{day.day}日"
    return "" if cell.value is None else str(cell.value)
