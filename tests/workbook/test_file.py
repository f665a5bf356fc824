"""Our reader against openpyxl, whoever wrote the file; and what only ours reads right."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.calc import Calc
from tests.support.openpyxl_book import OpenpyxlBook
from tests.support.reports import EDITIONS, random_report, report
from xltools.errors import NotAWorkbook
from xltools.workbook.book import Cell
from xltools.workbook.build import build
from xltools.workbook.file import FileBook
from xltools.workbook.layout import layout

HEIGHT, WIDTH = 210, 14


def same(path: Path) -> None:
    ours, theirs = FileBook(path), OpenpyxlBook(path)
    assert ours.sheets() == theirs.sheets()
    assert ours.properties() == theirs.properties()
    for sheet in ours.sheets():
        pairs = zip(ours.block(sheet, HEIGHT, WIDTH), theirs.block(sheet, HEIGHT, WIDTH), strict=True)
        for row, (mine, other) in enumerate(pairs):
            for column, (a, b) in enumerate(zip(mine, other, strict=True)):
                assert plain(a) == plain(b), (sheet, row, column)


def plain(cell: Cell) -> tuple[Any, ...]:
    """A day may come as a date or as a moment."""
    return cell.value, type(cell.value), cell.formula, cell.day and (cell.day.year, cell.day.month, cell.day.day)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("edition", EDITIONS, ids=lambda e: e.id)
def test_as_openpyxl_reads_it(edition: Any, seed: int, calc: Calc, tmp_path: Path) -> None:
    """Written by XlsxWriter, by LibreOffice and by openpyxl."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(build(random_report(edition, seed), macros=seed % 2 == 1))
    same(path)
    saved = tmp_path / "saved.xlsx"
    calc.run(path, fill=[("表三", "D8", "=1/0"), ("表三", "E8", 12.5), ("封面", "B22", 44221)], save=saved)
    same(saved)
    openpyxl.load_workbook(path).save(saved)
    same(saved)


def part(path: Path, sheet: str) -> str:
    number = layout(EDITIONS[-1]).sheets.index(sheet) + 1
    return f"xl/worksheets/sheet{number}.xml"


def changed(path: Path, name: str, pattern: str, by: str) -> Path:
    """The same workbook with one part rewritten."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    text, count = re.subn(pattern, by, parts[name].decode(), count=1)
    assert count == 1
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, data in {**parts, name: text.encode()}.items():
            archive.writestr(key, data)
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    path.write_bytes(build(report()))
    return path


D8 = r'<c r="D8" s="(\d+)"><v>0</v></c>'


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        (r'<c r="D8" s="\1"><v>7</v></c>', Cell(7)),
        (r'<c r="D8" s="\1"><v>7.0</v></c>', Cell(7)),
        (r'<c r="D8" s="\1"><v>0.30000000000000004</v></c>', Cell(Decimal("0.3"))),
        (r'<c r="D8" s="\1"><v>2.9999999999999996</v></c>', Cell(3)),
        (r'<c r="D8" s="\1"><v>1.25E1</v></c>', Cell(Decimal("12.5"))),
        (r'<c r="D8" s="\1"><v>9007199254740993</v></c>', Cell(9007199254740993)),
        (r'<c r="D8" s="\1"><v>1e999</v></c>', Cell("1e999")),
        (r'<c r="D8" s="\1"><v>１２</v></c>', Cell("１２")),
        (r'<c r="D8" s="\1"><v>1_000</v></c>', Cell("1_000")),
        (r'<c r="D8" s="\1"><v> 7 </v></c>', Cell(7)),
        (r'<c r="D8" s="\1" t="b"><v>1</v></c>', Cell("TRUE")),
        (r'<c r="D8" s="\1" t="e"><v>#REF!</v></c>', Cell("#REF!")),
        (r'<c r="D8" s="\1" t="str"><v></v></c>', Cell()),
        (r'<c r="D8" s="\1" t="d"><v>2021-01-31</v></c>', Cell(44227)),
        (r'<c r="D8" s="\1" t="inlineStr"><is><r><t>甲</t></r><r><t>_x000D__x005F_x000D_</t></r></is></c>',
         Cell("甲\n_x000D_")),
        (r'<c r="D8" s="\1" t="str"><v>_xD83D__xDE00_</v></c>', Cell("\U0001f600")),
        (r'<c r="D8" s="\1"><f t="shared" ref="D8:E8" si="0">A1+1</f><v>3</v></c>', Cell(3, "=A1+1")),
        (r'<c s="\1"><v>7</v></c>', Cell(7)),
    ],
)  # fmt: skip
def test_what_a_cell_holds(written: str, cell: Cell, book: Path) -> None:
    found = FileBook(changed(book, part(book, "表三"), D8, written)).block("表三", 8, 4)[7][3]
    assert (found.value, found.formula) == (cell.value, cell.formula)


def test_a_shared_formula_is_moved(book: Path) -> None:
    changed(book, part(book, "表三"), D8, r'<c r="D8" s="\1"><f t="shared" ref="D8:E8" si="0">$A$1+A1</f><v>3</v></c>')
    changed(book, part(book, "表三"), D8.replace("D8", "E8"), r'<c r="E8" s="\1"><f t="shared" si="0"/><v>4</v></c>')
    assert FileBook(book).block("表三", 8, 5)[7][4] == Cell(4, "=$A$1+B1")


@pytest.mark.parametrize(
    ("pattern", "by"),
    [
        (D8, r'<c r="D8"><v>1</v></c><c r="D8"><v>2</v></c>'),
        (D8, r'<c r="D9"><v>1</v></c>'),
        (D8, r'<c r="D8" t="s"><v>99999</v></c>'),
        (D8, r'<c r="D8" t="s"><v>-1</v></c>'),
        (D8, r'<c r="D8" t="s"><v>x</v></c>'),
        (D8, r'<c r="D8"><v>1</v><v>2</v></c>'),
        (D8, r'<c r="D8" t="x"><v>1</v></c>'),
        (D8, r'<c r="D8" t="b"><v>7</v></c>'),
        (D8, r'<c r="D8"><is><t>7</t></is></c>'),
        (D8, r'</row><row r="8"><c r="D8"><v>1</v></c>'),
        (r'<row r="8"(.*?)</row>', r'<x><row r="8"\1</row></x>'),
        (r"</worksheet>", ""),
    ],
)
def test_broken_parts(pattern: str, by: str, book: Path) -> None:
    with pytest.raises(NotAWorkbook, match="工作表“表三”的内容已损坏，读不出来"):
        FileBook(changed(book, part(book, "表三"), pattern, by)).page("表三")


def test_a_document_type_is_said_before_anything_is_parsed(book: Path) -> None:
    changed(book, part(book, "填报说明"), "<worksheet", r'<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet')
    with pytest.raises(NotAWorkbook, match="里有不允许的文档类型定义"):
        FileBook(book)


def test_a_part_that_inflates_beyond_all_measure(book: Path) -> None:
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/big.xml", b"<a>" + b" " * (40 * 2**20) + b"</a>")
    changed(book, "xl/_rels/workbook.xml.rels", r"worksheets/sheet5\.xml", "big.xml")
    with pytest.raises(NotAWorkbook, match="解开后过大"):
        FileBook(book)
