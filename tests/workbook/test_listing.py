"""问题清单 is live: a finding is open, and its cells coloured, until one of them is changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.calc import Calc
from tests.support.reports import report
from xltools import read
from xltools.checks import run
from xltools.outputs.findings import counted, listed
from xltools.report import Report
from xltools.workbook.build import build
from xltools.workbook.layout import a1, layout
from xltools.workbook.listing import OPEN
from xltools.workbook.worklist import FIRST, MARKS, ROWS, UNCHECKED, Column, Line, blocks, room

Cells = list[tuple[str, str, Any]]


def cells(filled: Report, lines: list[Line], says: str) -> Cells:
    """What a validation writes, cell by cell."""
    return [
        (area.sheet, a1(area.row + i, area.column + j), f"'{value}" if isinstance(value, str) else value)
        for area, rows in blocks(says, lines)
        for i, row in enumerate(rows)
        for j, value in enumerate(row)
        if value is not None
    ]


def checked(filled: Report) -> tuple[list[Line], Cells]:
    findings = run(filled)
    lines = listed(findings, filled)
    return lines, cells(filled, lines, f"上次校验：{counted(findings)}")


PLANTED: list[tuple[str, Any, Any, bool]] = [
    # a cell of 表三, what stands in it, what it is mended to, whether that is a change
    ("D8", None, 0, True),
    ("E8", None, "", False),
    ("F8", "５", 5, True),
    ("G8", "5", 5, True),
    ("H8", "-", 0, True),
    ("I8", "-", "-", False),
    ("D9", 12.5, 12, True),
    ("E9", 12.5, 12.5, False),
    ("F9", -3, 3, True),
    ("G9", "=2+3", 5, True),
    ("H9", "=2+3", "=1+4", False),
    ("I9", "=1/0", 0, True),
    ("D10", "=1/0", "=2/0", False),
    ("E10", "=1+1 ", "=1+1 ", False),
]


def test_a_finding_is_open_until_its_cell_is_changed(calc: Calc, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(build(report("2021")))
    typed = [("表三", cell, "'=1+1 " if cell == "E10" else value) for cell, value, _, _ in PLANTED]
    calc.run(path, fill=typed, save=path)
    filled = read(path)
    lines, writes = checked(filled)
    rows = {
        cell: next(
            FIRST + i for i, line in enumerate(lines) if line.address == cell and line.rule in ("N1", "N2", "N3")
        )
        for cell, *_ in PLANTED
    }
    look = [("问题清单", a1(row, column)) for row in rows.values() for column in (Column.STATE, Column.CELL)]
    before = [block[0][0] for block in calc.run(path, fill=writes, read=look)]
    assert before[::2] == [OPEN] * len(PLANTED)
    assert before[1::2] == list(rows)
    mended = [("表三", cell, "'=1+1 " if cell == "E10" else value) for cell, _, value, _ in PLANTED]
    says = ("封面", "A4")
    *after, summary = calc.run(path, fill=[*writes, *mended], read=[*look, says])
    changed = {cell for cell, block in zip(rows, after[::2], strict=True) if block[0][0] != OPEN}
    assert changed == {cell for cell, _, _, changes in PLANTED if changes}
    assert summary[0][0].startswith(f"上次校验：{counted(run(filled))}其后改过 ")
    assert summary[0][0].endswith(" 处，请再校验一次。")


def test_mending_any_cell_of_an_equation_closes_its_finding(calc: Calc, tmp_path: Path) -> None:
    filled = report("2021", requests__received__natural_person=5)
    path = tmp_path / "book.xlsx"
    path.write_bytes(build(filled))
    lines, writes = checked(filled)
    assert {line.rule for line in lines} == {"B1"}
    states = [("问题清单", f"{a1(FIRST, Column.STATE)}:{a1(FIRST + len(lines) - 1, Column.STATE)}")]
    assert [row[0] for row in calc.run(path, fill=writes, read=states)[0]] == [OPEN] * len(lines)
    where = layout(filled.edition).numbers
    granted = next(a for ref, a in where.items() if str(ref) == "requests.granted.natural_person")
    mended = calc.run(path, fill=[*writes, ("表三", granted.a1, 5)], read=states)
    assert OPEN not in [row[0] for row in mended[0]]


def test_a_list_too_long_says_so() -> None:
    many = [Line("错误", "N2", "表三", "D8", "", f"第 {i} 个", "请填写。", ()) for i in range(ROWS + 5)]
    written = dict(blocks("", many))
    problems = next(rows for area, rows in written.items() if area.column == Column.FOUND)
    assert len(problems) == ROWS
    assert problems[-1][1] == "还有 6 个问题没有列出。"


def test_everything_written_has_room() -> None:
    rooms = {area.column: area for area in room()}
    line = Line("错误", "N2", "表三", "D8", "", "", "", ())
    for area, rows in list(blocks("", [line]))[1:]:
        assert area.width == rooms[area.column].width or not rows
    assert rooms[Column.OF].height == MARKS
    assert UNCHECKED
