"""The workbook that goes back: findings listed, cells marked, everything typed as text, nothing computed wrongly."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.batch.support import book, outcome, packed, run, send, unpacked
from tests.support.calc import Calc
from tests.support.machine import validate
from tests.support.reports import EDITIONS, random_report, report
from tests.workbook.test_ovba import sources
from xltools import read
from xltools.batch import plain
from xltools.batch.intake import fingerprint
from xltools.batch.work import Task, process, returned
from xltools.editions.shared import FINDINGS
from xltools.workbook.actions import ACTIONS
from xltools.workbook.build import build
from xltools.workbook.layout import a1, layout
from xltools.workbook.macros import project
from xltools.workbook.worklist import FIRST, MARKS, ROWS, Column

ENTRIES: list[tuple[str, str, Any]] = [
    ("表三", "D8", "'=1+1"),
    ("表三", "E8", "=2+3"),
    ("表三", "F8", "=1/0"),
    ("表三", "G8", "５"),
    ("表三", "H8", 12.5),
    ("表三", "I8", None),
    ("表三", "J10", 7),
    ("封面", "B7", '="甲"&"局"'),
    ("一、总体情况", "B4", "'=cmd|' /C calc'!A0"),
    ("一、总体情况", "B5", 5),
    ("表三", "D7", 3),
]


@pytest.fixture(scope="module")
def sent(calc: Calc, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sent") / "a.xlsx"
    path.write_bytes(build(report("2021")))
    calc.run(path, fill=ENTRIES, save=path)
    return path


def test_what_was_typed_is_text(sent: Path, tmp_path: Path) -> None:
    back = tmp_path / "b.xlsx"
    back.write_bytes(returned(read(sent), sent))
    validate(back)
    sheets = openpyxl.load_workbook(back)
    table, cover, words = sheets["表三"], sheets["封面"], sheets["一、总体情况"]
    cells = [table["D8"], table["E8"], table["F8"], table["G8"], cover["B7"], words["B4"], words["B5"]]
    assert [cell.data_type for cell in cells] == ["s"] * 7
    assert [cell.value for cell in cells] == ["=1+1", "=2+3", "=1/0", "５", "甲局", "=cmd|' /C calc'!A0", "5"]
    assert table["H8"].value == 12.5
    assert table["I8"].value is None
    assert str(table["J10"].value).startswith("=")


@pytest.mark.parametrize("case", ["typed", 1, 2, 3, "many"])
def test_it_shows_at_once_what_a_spreadsheet_will_compute(
    case: str | int, sent: Path, calc: Calc, tmp_path: Path
) -> None:
    path = sent
    if isinstance(case, int) or case == "many":
        filled = random_report(EDITIONS[case % 2], case) if isinstance(case, int) else _blank()
        path = tmp_path / "a.xlsx"
        path.write_bytes(build(filled))
    back = tmp_path / "b.xlsx"
    back.write_bytes(returned(read(path), path))
    shown = openpyxl.load_workbook(back, data_only=True)
    areas = [(Column.CELL, ROWS), (Column.STATE, ROWS), (Column.SAME, MARKS), (Column.STILL, MARKS)]
    ranges = [("问题清单", f"{a1(FIRST, column)}:{a1(FIRST + count - 1, column)}") for column, count in areas]
    computed = calc.run(back, read=[*ranges, ("封面", "A4"), ("封面", "G6:G20")])
    for (sheet, cells), block in zip(ranges, computed, strict=False):
        assert [["" if cell.value is None else cell.value] for cell, *_ in shown[sheet][cells]] == [
            list(row) for row in block
        ], cells
    assert shown["封面"]["A4"].value == computed[-2][0][0]
    assert [cell.value or "" for cell, *_ in shown["封面"]["G6:G20"]] == [row[0] for row in computed[-1]]


def _blank() -> Any:
    """A report with more findings than the list has room for."""
    from xltools.report import Office, Report

    return Report(Office(), None, EDITIONS[-1])


def test_a_report_as_plain_data_is_the_same_report(sent: Path) -> None:
    for one in (read(sent), *(random_report(edition, 3) for edition in EDITIONS)):
        assert plain.unpack(plain.pack(one)) == one


def test_half_a_character_does_not_stop_it(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(build(report("2021", requests__received__company="半\x01个")))
    filled = read(path)
    (ref,) = filled.texts
    broken = plain.unpack(plain.pack(filled) | {"texts": {str(ref): "半\ud800个"}})
    (tmp_path / "b.xlsx").write_bytes(returned(broken, path))
    assert read(tmp_path / "b.xlsx").texts == {ref: "半个"}


MACROS = "xl/vbaProject.bin"
SUBMITTED = {
    "as it was handed out": packed,
    "with macros of others": lambda parts: packed(parts | {MACROS: project({"Buttons": EVIL}, ["Sheet1"])}),
    "without macros": lambda parts: book("faulty", "甲局"),
}
EVIL = 'Private Sub Workbook_Open()\r\nShell "calc"\r\nEnd Sub\r\n'


@pytest.mark.parametrize("case", SUBMITTED)
def test_a_macro_workbook_comes_back_as_one_with_macros_of_ours(case: str, calc: Calc, tmp_path: Path) -> None:
    ours = unpacked(book("faulty", "甲局", macros=True))
    send(tmp_path / "in", {"甲.XLSM": SUBMITTED[case](ours), "乙.xlsx": book("faulty", "乙局")})
    found = run(tmp_path / "in", tmp_path / "out")
    back = tmp_path / "out" / outcome(found, "甲.XLSM").outputs["returned"]
    parts = unpacked(back.read_bytes())
    assert (back.suffix, parts[MACROS]) == (".xlsm", ours[MACROS])
    assert (
        b'PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled'
        in (parts["[Content_Types].xml"])
    )
    code, drawn = sources(back.read_bytes()), b"".join(parts[part] for part in parts if "vmlDrawing" in part)
    for action in ACTIONS:
        assert f"Sub {action.macro}(" in code["Buttons"] and action.macro.encode() in drawn
    validate(back)
    opened = openpyxl.load_workbook(back, keep_vba=True)
    assert opened.vba_archive and opened["问题清单"].cell(FIRST + 1, Column.PROBLEM + 1).value
    opened.save(tmp_path / "again.xlsm")
    assert unpacked((tmp_path / "again.xlsm").read_bytes())[MACROS] == ours[MACROS]
    assert calc.run(back, read=[("封面", "A4")])[0][0][0] == opened_text(back)
    plain_one = tmp_path / "out" / outcome(found, "乙.xlsx").outputs["returned"]
    assert plain_one.suffix == ".xlsx" and MACROS not in unpacked(plain_one.read_bytes())


def opened_text(path: Path) -> object:
    """What 封面 shows under its title."""
    return openpyxl.load_workbook(path, data_only=True)["封面"]["A4"].value


def test_a_list_of_findings_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    parts = unpacked(book("faulty", "甲局"))
    name = f"xl/worksheets/sheet{layout(EDITIONS[-1]).sheets.index(FINDINGS) + 1}.xml"
    answered = b'<row r="5"><c r="J5" t="str"><v>x</v></c><c r="A5"><v>1</v></c></row>'
    parts[name] = re.sub(rb'<row r="5".*?</row>', answered, parts[name], flags=re.DOTALL)
    path = tmp_path / "甲局.xlsx"
    path.write_bytes(packed(parts))
    said = process(Task(path.name, path, fingerprint(path))).fault
    assert (
        said == "〔F0·错误〕文件“甲局.xlsx”工作表“问题清单”的内容已损坏，读不出来。请用 Excel 或 WPS 打开后重新保存。"
    )
