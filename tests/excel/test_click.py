"""A real click: the mouse on the buttons of a workbook in a visible LibreOffice, in a folder as people name them."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from docx import Document

from tests.support.reports import FURONG, ref
from tests.support.screen import Screen, View, keep, office, screen, wait
from xltools import interchange, libreoffice
from xltools.workbook.build import build
from xltools.workbook.worklist import FIRST, Column

ROOT = Path(__file__).parents[2]
NAME = "填报 一.xlsm"
PINK = "#FFC7CE"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The seed's report with planted errors, and the launcher beside it."""
    place = tmp_path / "芙蓉镇 年报"
    place.mkdir()
    report = interchange.load(FURONG)
    numbers = dict(report.numbers)
    del numbers[ref("requests.carried_in.natural_person")]
    texts = {ref("requests.received.company"): "无"}
    numbers.pop(ref("requests.received.company"))
    (place / NAME).write_bytes(build(replace(report, numbers=numbers, texts=texts), macros=True))
    shutil.copy(ROOT / "launchers/linux/xltools.sh", place)
    return place


@pytest.fixture
def shown(tmp_path: Path, folder: Path) -> Iterator[Screen]:
    with screen() as it:
        opener = tmp_path / "bin/xdg-open"  # in place of the system's, which would start a program that stays
        opener.parent.mkdir()
        opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{tmp_path}/opened"\n')
        opener.chmod(0o755)
        tool = f"{opener.parent}:{Path(sys.executable).parent}:{it.environment['PATH']}"
        it.environment |= {"PATH": tool, "HOME": str(tmp_path / "home")}
        with office(it, folder / NAME, tmp_path / "profile"):
            it.window(NAME)
            yield it


def rows(book: xw.Book) -> list[list[Any]]:
    listed = book.sheets["问题清单"].range((FIRST + 1, 1), (FIRST + 20, Column.ANSWER)).options(ndim=2).value
    return [row for row in listed if row[0] is not None]


@pytest.fixture
def app(shown: Screen) -> Iterator[xw.App]:
    attached = libreoffice.attach(NAME)
    yield attached
    attached.quit()


def test_the_clerk_validates_mends_and_makes_the_report(
    app: xw.App, shown: Screen, folder: Path, tmp_path: Path
) -> None:
    book = app.books[NAME]
    view, says = View(book.api), book.sheets["问题清单"]["A2"]
    checked = lambda: str(says.value).startswith("上次校验")  # noqa: E731

    book.sheets["表三"].activate()
    time.sleep(1)
    blank = view.cell("D9")
    assert shown.colour(shown.shoot(tmp_path / "before.png"), *blank) != PINK
    shown.click(*view.button("校验数据"))
    wait(checked, "the findings", 30)

    wait(lambda: book.sheets.active.name == "问题清单", "the list")
    assert [(row[Column.RULE], row[Column.CELL], row[Column.STATE]) for row in rows(book)] == [
        ("N1", "E8", "未改"),
        ("N2", "D9", "未改"),
        ("E1", "B11", "未改"),
    ]
    time.sleep(1)
    keep(shown.shoot(tmp_path / "findings.png"), "1320x354+0+135")
    x, y = view.cell(f"E{FIRST + 2}")

    def followed() -> bool:
        """A click that comes while the list is still being drawn is lost."""
        shown.click(x + 4, y + 4, holding="ctrl")
        time.sleep(0.6)
        return bool(book.sheets.active.name == "表三")

    wait(followed, "the linked sheet", 20)
    assert book.api.CurrentSelection.AbsoluteName == "$表三.$D$9"

    shown.go("F12")
    picture = shown.shoot(tmp_path / "sheet.png")
    assert shown.colour(picture, *blank) == PINK
    assert shown.colour(picture, *view.cell("E8")) == PINK
    keep(picture, "1060x705+0+135")
    shown.type("D9", "0")
    shown.type("E8", "0")
    shown.go("F12")
    mended = shown.shoot(tmp_path / "mended.png")
    assert PINK not in (shown.colour(mended, *blank), shown.colour(mended, *view.cell("E8")))
    assert [row[Column.STATE] for row in rows(book)] == ["已改", "已改", "未改"]
    assert book.sheets["封面"]["A4"].value.endswith("其后改过 2 处，请再校验一次。")

    shown.click(*view.button("生成报告"))
    target = folder / f"{interchange.load(FURONG).title}.docx"
    wait(target.exists, "the report", 30)
    wait((tmp_path / "opened").exists, "the opener", 10)
    assert (tmp_path / "opened").read_text("utf-8") == str(target)
    table = Document(str(target)).tables[1]
    printed = [[cell.text for cell in row.cells] for row in table.rows]
    assert printed[3][-7:] == ["5", "0", "0", "0", "0", "0", "5"]
    assert printed[4][-7:] == ["0"] * 7
    assert [row[Column.RULE] for row in rows(book)] == ["E1"]
    assert book.sheets["表三"]["D9"].value == 0
