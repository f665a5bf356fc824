"""A workbook dropped onto the launcher: said, made and shown as by the buttons."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.reports import report
from xltools import interchange
from xltools.excel.saved import handle
from xltools.workbook.build import build

CELL = "requests__received__natural_person"


@pytest.mark.parametrize(
    ("entry", "wanted", "code", "made"),
    [
        (0, True, 0, "芙蓉镇人民政府2021年政府信息公开工作年度报告.docx"),
        (5, True, 1, "芙蓉镇人民政府2021年政府信息公开工作年度报告（草稿）.docx"),
        (5, False, 1, None),
    ],
)
def test_a_saved_workbook(entry: Any, wanted: bool, code: int, made: str | None, tmp_path: Path) -> None:
    folder = tmp_path / "年报 (2021)"
    folder.mkdir()
    book = folder / "填报.xlsx"
    book.write_bytes(build(report(**{CELL: entry})))
    said: list[str] = []
    shown: list[Path] = []
    assert handle(book, said.append, lambda _: wanted, shown.append) == code
    assert [path.name for path in shown] == ([made] if made else [])
    assert {path.name for path in folder.iterdir()} == {"填报.xlsx", *([made] if made else [])}
    assert any("B1" in line for line in said) is bool(entry)


def test_last_year_beside_it_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "填报.xlsx").write_bytes(build(report()))
    last = replace(report("2019", requests__carried_out__company=2), year=2020)
    (tmp_path / "2020.json").write_text(interchange.dumps(last), "utf-8")
    said: list[str] = []
    assert handle(tmp_path / "填报.xlsx", said.append, lambda _: True, lambda _: None) == 0
    assert [line[:6] for line in said if "〔" in line] == ["  〔X1·"]


def test_another_file(tmp_path: Path) -> None:
    said: list[str] = []
    (tmp_path / "a.xlsx").write_text("no")
    assert handle(tmp_path / "a.xlsx", said.append, lambda _: True, lambda _: None) == 3
    assert said == ["a.xlsx：〔F0·错误〕“a.xlsx”是文本文件，不是工作簿。请用 Excel 或 WPS 另存为 .xlsx 后再试。"]
