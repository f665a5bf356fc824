"""The spreadsheet and Python agree: every cached value, every check, every state (LibreOffice recalculates)."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.calc import Calc, formulas
from tests.support.reports import EDITIONS, balanced, filing, random_report, zero
from xltools.arithmetic import evaluate
from xltools.checks import run
from xltools.form import Edition
from xltools.report import Office, Report
from xltools.workbook import todo
from xltools.workbook.build import build
from xltools.workbook.layout import DIFFERENCE, LEFT, RIGHT, STATE, STATE_ROW, STATUS_ROW, layout
from xltools.workbook.live import Live
from xltools.workbook.read import read

each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda e: e.id)
Cells = list[tuple[str, str, Any]]


@each_edition
@pytest.mark.parametrize("kind", ["blank", "random 1", "random 2", "balanced"])
def test_every_cached_value_is_what_a_spreadsheet_computes(
    kind: str, edition: Edition, calc: Calc, tmp_path: Path
) -> None:
    reports = {
        "blank": Report(Office(), None, edition),
        "random 1": random_report(edition, 1),
        "random 2": random_report(edition, 2),
        "balanced": balanced(edition, 3),
    }
    path = tmp_path / "book.xlsx"
    path.write_bytes(build(reports[kind]))
    cached = formulas(path)
    assert sum(map(len, cached.values())) > 250
    pages = calc.run(path, read=[(sheet, "A1:U610") for sheet in cached])
    for page, (sheet, cells) in zip(pages, cached.items(), strict=True):
        for address, value in cells:
            row, column = openpyxl.utils.cell.coordinate_to_tuple(address)
            assert page[row - 1][column - 1] == ("" if value is None else value), (sheet, address)


def planted(edition: Edition, seed: int) -> Cells:
    """Faults of the kinds that occur: an unbalanced column, text, blanks, an overwritten total."""
    rng, form = random.Random(seed), layout(edition)
    inputs, totals = list(edition.inputs), list(edition.parts)
    cells: Cells = []
    for value in rng.sample([1, 9999, "-", "５", None, None, "12件", 12.5, -4, "=2+3"], rng.randint(1, 4)):
        area = form.numbers[rng.choice(inputs)]
        cells.append((area.sheet, area.a1, value))
    for value in rng.sample([0, 77, "无", None], rng.randint(0, 2)):
        area = form.numbers[rng.choice(totals)]
        cells.append((area.sheet, area.a1, value))
    if rng.random() < 0.4:
        area = form.fields[f"zero_filled.{rng.choice(['表二', '表三', '表四'])}"]
        cells.append((area.sheet, area.a1, "是"))
    return cells


@each_edition
@pytest.mark.parametrize("seed", range(24))
def test_spreadsheet_and_python_agree_on_every_check(seed: int, edition: Edition, calc: Calc, tmp_path: Path) -> None:
    """Half of the workbooks are right, half have planted faults; the copy that LibreOffice saved is read."""
    path, copy, form = tmp_path / "book.xlsx", tmp_path / "saved.xlsx", layout(edition)
    path.write_bytes(build(balanced(edition, seed) if seed % 3 else random_report(edition, seed)))
    cells = planted(edition, seed) if seed % 2 else []
    last = max(form.equation_rows.values()) + 1
    heads = [(sheet, f"A{STATE_ROW + 1}:O{STATE_ROW + 1}") for sheet in form.grids]
    status = [(sheet, f"A{STATUS_ROW + 1}") for sheet in form.grids]
    balance, cover, *rest = calc.run(
        path, fill=cells, read=[("勾稽校验", f"A1:H{last}"), ("封面", "A3"), *heads, *status], save=copy
    )
    report = read(copy)
    said = []
    for equation, row in form.equation_rows.items():
        outcome = evaluate(equation, report)
        shown = [balance[row][column] for column in (LEFT, RIGHT, DIFFERENCE, STATE)]
        mine = [outcome.left, outcome.right, outcome.difference, outcome.state.value]
        assert shown == ["" if value is None else value for value in mine], equation
        said.append(outcome.state.value)
    live = Live(form, report)
    assert cover[0][0] == todo.status(live, "封面").value
    for (sheet, grid), head, sentence in zip(form.grids.items(), rest, rest[len(heads) :], strict=False):
        section = next(s for s in edition.sections if s.sheet == sheet)
        first = min(box.column for box in grid.boxes if box.ref)
        states = [live.column_state(section, column).value for column in range(first, grid.width)]
        assert head[0][first : grid.width] == states, sheet
        assert sentence[0][0] == todo.status(live, sheet).value
    errors = sum(finding.is_error for finding in run(report))
    assert todo.of_report(live).left == errors
    if not cells and seed % 3:
        assert (errors, set(said)) == (0, {"通过"})


def test_a_real_filing_passes_everywhere(calc: Calc, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(build(filing("huaian_city_2024")))
    cover, states, subtotals = calc.run(path, read=[("封面", "A3"), ("表三", "D4:J4"), ("勾稽校验", "B58:E66")])
    assert cover == [["都已填齐，勾稽关系全部通过。"]]
    assert states == [["通过"] * 7]
    named = {row[0]: (row[2], row[3]) for row in subtotals if row[0]}
    assert named["（三）不予公开"] == (178, 5.84)


def test_spaces_are_nothing_written(calc: Calc, tmp_path: Path) -> None:
    path, copy = tmp_path / "book.xlsx", tmp_path / "saved.xlsx"
    path.write_bytes(build(zero(EDITIONS[-1])))
    cells = [("封面", "B7", " 　"), ("一、总体情况", "B4", "  "), ("五、问题改进", "B9", "还有一段")]
    cover, steps = calc.run(path, fill=cells, read=[("封面", "A3"), ("封面", "G6:G14")], save=copy)
    assert cover[0][0].startswith("还有 1 处要改：未填 1 格")
    assert [row[0] for row in steps][:3] == ["未填齐", "未填写", "未填写"] and steps[6][0] == "已填写"
    assert [f.rule.code for f in run(read(copy))] == ["F3", "N2"]


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ([("表三", "D8", 9)], "不符", "未填 0 格，填法不对 0 格，勾稽不符 2 项，合计公式被改 0 处"),
        ([("表三", "D8", "５")], "未填齐", "填法不对 1 格"),
        ([("表三", "D8", None)], "未填齐", "未填 1 格"),
        ([("表三", "D8", None), ("表三", "D34", "是")], "通过", "都已填齐，勾稽关系全部通过。"),
        ([("表三", "D8", "-"), ("表三", "D34", "是")], "未填齐", "填法不对 1 格"),
        ([("表三", "D8", 0.5), ("表三", "D9", -0.5)], "不符", "填法不对 2 格"),
        ([("表三", "D8", "=0")], "不符", "填法不对 1 格"),
        ([("表三", "D31", 0)], "通过", "合计公式被改 1 处"),
        ([("表三", "D31", 3)], "不符", "合计公式被改 1 处"),
        ([("表三", "D31", "无")], "未填齐", "合计公式被改 1 处"),
    ],
)
def test_what_the_clerk_sees(cells: Cells, column: str, sentence: str, calc: Calc, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(build(zero(EDITIONS[-1])))
    states, status, cover = calc.run(path, fill=cells, read=[("表三", "D4"), ("表三", "A2"), ("封面", "A3")])
    assert states == [[column]]
    assert sentence in status[0][0] and sentence in cover[0][0]
