"""What is filled in comes back exactly; what is not our workbook is refused in one sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.support.reports import EDITIONS, random_report, ref, report, zero
from xltools import editions
from xltools.errors import NotAWorkbook, UnknownEdition, WrongTemplate
from xltools.form import Edition
from xltools.report import Office, Report
from xltools.workbook.build import build
from xltools.workbook.read import read

each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda e: e.id)


def saved(folder: Path, filed: Report) -> Path:
    path = folder / "报告.xlsx"
    path.write_bytes(build(filed))
    return path


def edited(folder: Path, filed: Report, change: Callable[[Workbook], Any]) -> Path:
    """A workbook changed and saved by openpyxl, which drops cached values."""
    path = saved(folder, filed)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


@each_edition
def test_a_blank_workbook_reads_back_blank(edition: Edition, tmp_path: Path) -> None:
    blank = read(saved(tmp_path, Report(Office(), None, edition)))
    assert all(blank.blank(place) for place in edition.inputs)
    assert (blank.numbers, blank.texts, blank.narrative, blank.notes) == ({}, {}, {}, {})
    assert (blank.office, blank.year, blank.zero_filled) == (Office(), None, frozenset())
    assert not blank.overwritten


@each_edition
@pytest.mark.parametrize("seed", range(8))
def test_random_fillings_round_trip_exactly(edition: Edition, seed: int, tmp_path: Path) -> None:
    filed = random_report(edition, seed)
    again = read(saved(tmp_path, filed))
    assert replace(again.without_totals(), origin="") == filed
    assert {place: again.stated(place) for place in edition.parts} == {p: filed.value(p) for p in edition.parts}


CELL, TOTAL = "D8", "J8"
PLACE, TOTAL_PLACE = ref("requests.received.natural_person"), ref("requests.received.total")


@pytest.mark.parametrize(
    ("typed", "number", "text"),
    [
        (5, 5, None),
        (5.0, 5, None),
        (12.5, Decimal("12.5"), None),
        (-3, -3, None),
        ("5", None, "5"),
        ("５", None, "５"),
        ("-", None, "-"),
        ("#REF!", None, "#REF!"),
        (True, None, "TRUE"),
        (" ", None, " "),
        (None, None, None),
        (dt.datetime(2021, 1, 5), None, "44201（显示为“2021-01-05”）"),
        (9_007_199_254_740_992, None, "9007199254740992（超过 15 位）"),
        ("=1/0", None, "=1/0"),
    ],
)
def test_kinds_of_content(typed: Any, number: Any, text: str | None, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["表三"][CELL] = typed

    filed = read(edited(tmp_path, report(), change))
    assert filed.numbers.get(PLACE) == number
    assert filed.texts.get(PLACE) == text


def test_a_formula_in_an_input_is_told_from_a_number(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["表三"][CELL] = "=3+2"

    filed = read(edited(tmp_path, report(), change))
    assert filed.formulas == {PLACE: "=3+2"}


@pytest.mark.parametrize("typed", [7, "无", None])
def test_an_overwritten_total(typed: Any, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["表三"][TOTAL] = typed

    filed = read(edited(tmp_path, report(), change))
    assert filed.overwritten == {TOTAL_PLACE}
    assert filed.stated(TOTAL_PLACE) == (typed if isinstance(typed, int) else None)
    assert filed.value(TOTAL_PLACE) == 0


@pytest.mark.parametrize(
    ("value", "code", "number", "text"),
    [
        (44221, "#,##0.00_ ", 44221, None),
        (44221, "yyyy-mm-dd", None, "44221（显示为“2021-01-25”）"),
        (1, "0%", None, "1（显示为“100%”）"),
        (12_000, "0,", None, "12000（显示为别的样子）"),
        (505, "0!.0000", None, "505（显示为别的样子）"),
        (5, '0"（件）"', 5, None),
        (5, "000", 5, None),
        (5, '0"件"', 5, None),
        (5, '0"千"', None, "5（显示为“5千”）"),
        (12.6, "0", Decimal("12.6"), None),
    ],
)
def test_a_number_that_is_shown_as_something_else_is_none(
    value: Any, code: str, number: Any, text: str | None, tmp_path: Path
) -> None:
    def change(book: Workbook) -> None:
        book["表三"][CELL] = value
        book["表三"][CELL].number_format = code
        book["表三"][CELL].protection = openpyxl.styles.Protection(locked=True)

    filed = read(edited(tmp_path, report(), change))
    assert (filed.numbers.get(PLACE), filed.texts.get(PLACE)) == (number, text)


@pytest.mark.parametrize("typed", ["2021年1月25日", dt.date(2021, 1, 25)])
def test_date(typed: Any, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["封面"]["B22"] = typed

    assert read(edited(tmp_path, report(), change)).office.date == "2021年1月25日"


@pytest.mark.parametrize(
    ("typed", "code", "found"),
    [
        (44221, 'yyyy"年"m"月"', 44221),
        (44221, "mm", 44221),
        (44221, "h:mm", 44221),
        ("=TODAY()", "yyyy-mm-dd", "=TODAY()"),
        ("=TODAY()", "General", "=TODAY()"),
    ],
)
def test_no_day_is_made_up(typed: Any, code: str, found: Any, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["封面"]["B22"] = typed
        book["封面"]["B22"].number_format = code

    filed = read(edited(tmp_path, report(), change))
    assert filed.misfits == {"office.date": ((0, found),)} and "年" not in filed.office.date


def test_alt_enter_starts_a_paragraph(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["一、总体情况"]["B4"] = "第一段\n第二段\r\n第三段_x000D_\n第四段"
        book["一、总体情况"]["B203"] = 2020

    filed = read(edited(tmp_path, report(), change))
    assert filed.paragraphs("overview") == ("第一段", "第二段", "第三段", "第四段", "2020")
    assert [row for row, _ in filed.numbered("overview")] == [0, 0, 0, 0, 199]
    assert filed.row_text("overview", 199) == "2020"


@pytest.mark.parametrize(
    ("cell", "typed", "found"),
    [
        ("B5", "#REF!", ((1, "#REF!"),)),
        ("B5", "=1/0", ((1, "=1/0"),)),
        ("B5", dt.date(2021, 1, 25), ((1, 44221),)),
        ("B5", 0.125, ((1, Decimal("0.125")),)),
        ("B5", "文字 #REF! 文字", ()),
    ],
)
def test_what_is_no_text_in_a_paragraph_is_kept_apart(
    cell: str, typed: Any, found: tuple[Any, ...], tmp_path: Path
) -> None:
    filed = read(edited(tmp_path, report(), lambda book: book["一、总体情况"].__setitem__(cell, typed)))
    assert filed.misfits.get("narrative.overview", ()) == found


def test_numbers_are_no_misfits_on_the_cover(tmp_path: Path) -> None:
    filed = read(edited(tmp_path, report(), lambda book: book["封面"].__setitem__("B17", 57762299616)))
    assert (filed.misfits, filed.office.phone) == ({}, "57762299616")


def test_typed_escapes_are_left_alone(tmp_path: Path) -> None:
    filed = replace(report(), narrative={"overview": "a_x0041_b"})
    assert read(saved(tmp_path, filed)).paragraphs("overview") == ("a_x0041_b",)


def test_a_workbook_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    path = saved(tmp_path, report()).rename(tmp_path / "上报.dat")
    assert read(path).year == 2021


@pytest.mark.parametrize("typed", [dt.datetime(2021, 1, 25, 10, 30), 42759])
def test_a_1904_workbook(typed: Any, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        book["封面"]["B22"] = typed

    assert read(edited(tmp_path, report(), change)).office.date == "2021年1月25日"


def test_more_paragraphs_than_rows_are_all_kept(tmp_path: Path) -> None:
    long = replace(report(), narrative={"overview": "\n".join(f"第{n}段" + "长" * 300 for n in range(500))})
    assert read(saved(tmp_path, long)).paragraphs("overview") == long.paragraphs("overview")


@pytest.mark.parametrize(("typed", "text"), [("二〇二一", "二〇二一"), (202, "202"), (2021.5, "2021.5")])
def test_a_year_that_is_none(typed: Any, text: str, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["封面"]["B6"] = typed

    filed = read(edited(tmp_path, report(), change))
    assert (filed.year, filed.year_text) == (None, text)


def drop_properties(book: Workbook) -> None:
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]


def test_identity_survives_a_program_that_drops_properties(tmp_path: Path) -> None:
    dropped = read(edited(tmp_path, report(), drop_properties))
    assert dropped.without_totals() == read(saved(tmp_path, report())).without_totals()


def drop_identity(book: Workbook) -> None:
    drop_properties(book)
    book["封面"]["B24"] = None


def set_property(name: str, value: str) -> Callable[[Workbook], None]:
    return lambda book: setattr(book.custom_doc_props[name], "value", value)


def put(sheet: str, cell: str, value: Any) -> Callable[[Workbook], None]:
    return lambda book: book[sheet].__setitem__(cell, value)


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        (put("表三", "C13", "法律行政止公开"), WrongTemplate, "C13 应为“2.其他.*禁止公开”，现在是“法律行政止公开”"),
        (put("表二", "A1", None), WrongTemplate, "表二 A1 应为“二、主动公开政府信息情况”，现在是空的"),
        (lambda book: book["表三"].insert_rows(9), WrongTemplate, "结构被改动.*共 [0-9]+ 处"),
        (lambda book: book["表三"].delete_cols(5), WrongTemplate, "结构被改动"),
        (lambda book: book["一、总体情况"].delete_rows(2), WrongTemplate, "一、总体情况 B3 应为"),
        (lambda book: book["一、总体情况"].insert_cols(2), WrongTemplate, "一、总体情况 B3 应为"),
        (lambda book: book.remove(book["表四"]), WrongTemplate, "缺少工作表“表四”"),
        (lambda book: setattr(book["表二"], "title", "表2"), WrongTemplate, "缺少工作表“表二”"),
        (drop_identity, WrongTemplate, "不是年度报告填报工作簿"),
        (set_property("xltools.layout", "9"), WrongTemplate, "第 9 版"),
        (set_property("xltools.edition", "2030"), UnknownEdition, "“2030”版"),
        (put("封面", "B6", 2020), WrongTemplate, "〔F1·错误〕“报告.xlsx”封面 B6：2020 年度报告应使用2019年试行版"),
    ],
)  # fmt: skip
def test_refused(change: Callable[[Workbook], None], error: type[Exception], says: str, tmp_path: Path) -> None:
    path = edited(tmp_path, zero(editions.get("2021")), change)
    with pytest.raises(error, match=says):
        read(path)


def test_somebody_elses_workbook(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(WrongTemplate, match="不是年度报告填报工作簿"):
        read(path)


def test_damaged_inside(tmp_path: Path) -> None:
    import zipfile

    path = saved(tmp_path, report())
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[:900] if name.startswith("xl/worksheets/sheet4") else old.read(name))
    with pytest.raises(NotAWorkbook, match="已损坏"):
        read(broken)
