"""The command from end to end: everything an office needs is in the output folder, and what it typed is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.reports import ref, report
from xltools import editions
from xltools.batch.collect import Order, collect
from xltools.batch.collection import Collection
from xltools.batch.publish import publish
from xltools.errors import CannotWrite
from xltools.report import Office
from xltools.workbook.build import build
from xltools.workbook.read import read

OFFICES = {"甲镇人民政府": 3, "乙镇人民政府": 4, "丙街道办事处": 0}
RECEIVED, GRANTED = "requests__received__company", "requests__granted__company"


def quiet(*_: object) -> None:
    """Nobody watches."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inbox = tmp_path / "收件"
    inbox.mkdir()
    for name, number in OFFICES.items():
        filled = report(**{RECEIVED: number, GRANTED: number})
        (inbox / f"{name}.xlsx").write_bytes(build(replace(filled, office=Office(name=name))))
    return inbox


def test_summary_workbook_and_page_stand_beside_the_reports(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "结果"
    collect(Order(folder, out), quiet, lambda _: None)
    assert {path.name for path in out.iterdir() if not path.name.startswith(".")} == {
        "word", "findings.json", "data.json", "汇总.xlsx", "汇总工作簿.xlsx", "index.html"
    }  # fmt: skip
    total = read(out / "汇总工作簿.xlsx")
    assert total.numbers[ref("requests.received.company")] == sum(OFFICES.values())
    page = (out / "index.html").read_text("utf-8")
    assert all(name in page for name in OFFICES)
    assert json.loads((out / "findings.json").read_bytes())


def test_results_that_cannot_be_kept_are_said_once(folder: Path, tmp_path: Path) -> None:
    """A worker that cannot write must not look like a broken submission."""
    out = tmp_path / "结果"
    (out / ".xltools").mkdir(parents=True)
    (out / ".xltools/done").write_text("在这里占了位置")
    with pytest.raises(CannotWrite, match="写不进去"):
        collect(Order(folder, out), quiet, lambda _: None)


def test_a_second_run_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "结果"
    collect(Order(folder, out), quiet, lambda _: None)
    first = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    collect(Order(folder, out, fresh=True), quiet, lambda _: None)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == first


def test_the_workbook_of_the_sum_is_kept_once_somebody_has_filled_it_in(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "结果"
    collect(Order(folder, out), quiet, lambda _: None)
    mine = out / "汇总工作簿.xlsx"
    mine.write_bytes(filled := mine.read_bytes() + b"\0")
    (folder / "甲镇人民政府.xlsx").unlink()
    told = collect(Order(folder, out), quiet, lambda _: None).notices
    assert told == ("“汇总工作簿.xlsx”有人改过，没有替换，也没有删除；它不是这次的结果，不用的请删除。",)
    assert collect(Order(folder, out), quiet, lambda _: None).notices == (), "said once"
    assert mine.read_bytes() == filled
    assert read(out / "汇总工作簿(2).xlsx").numbers[ref("requests.received.company")] == 4


def test_an_edited_report_that_nobody_sent_any_more_stays_and_is_named(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "结果"
    collect(Order(folder, out), quiet, lambda _: None)
    edited, *others = sorted((out / "word").iterdir())
    edited.write_bytes(b"edited")
    for path in folder.iterdir():
        path.unlink()
    (folder / "空.xlsx").write_bytes(b"")
    (notice,) = collect(Order(folder, out, year=2021), quiet, lambda _: None).notices
    assert f"“word/{edited.name}”有人改过" in notice
    assert edited.exists() and others and not any(path.exists() for path in others)


def test_a_report_that_is_open_is_not_removed(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "结果"
    collect(Order(folder, out), quiet, lambda _: None)
    (report,) = (out / "word").glob("甲镇*")
    lock = report.with_name(f".~lock.{report.name}#")
    lock.touch()
    (folder / "甲镇人民政府.xlsx").unlink()
    for _ in range(2):
        said: list[str] = []
        collect(Order(folder, out), quiet, said.append)
        assert len(said) == 1 and "正打开着" in said[0] and report.exists()
    lock.unlink()
    collect(Order(folder, out), quiet, said.append)
    assert len(said) == 1 and not report.exists()


def test_what_stood_there_before_under_our_names_stays_and_is_said(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "结果"
    out.mkdir()
    (out / "index.html").write_text("本单位的网页")
    for _ in range(2):
        said: list[str] = []
        collect(Order(folder, out), quiet, said.append)
        (sentence,) = said
        assert sentence == (
            f"“{out / 'index.html'}”不是本工具生成的，或刚才有人改过，没有替换。"
            "请再运行一次；还是这样的，把它改名或移走，再运行一次。"
        )
        assert (out / "index.html").read_text() == "本单位的网页"
        assert (out / "data.json").exists() and (out / "汇总.xlsx").exists()
    (out / "index.html").unlink()
    collect(Order(folder, out), quiet, said.append)
    assert "甲镇人民政府" in (out / "index.html").read_text("utf-8")


def enter(path: Path, amount: int) -> None:
    """A person types a 调整数 and saves."""
    book = openpyxl.load_workbook(path)
    sheet = book["调整数"]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "数额" for cell in row))
    columns = {cell.value: cell.column for cell in head if cell.value}
    label = editions.get("2021").label(ref("requests.received.company"))
    entered = {"项目": label, "数额": amount, "原因": "重复计算", "填写人": "张三"}
    for name, value in entered.items():
        sheet.cell(head[0].row + 1, columns[name]).value = value
    book.save(path)


def test_adjustments_typed_into_the_summary_are_kept_and_counted(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "结果"
    collect(Order(folder, out), quiet, lambda _: None)
    enter(out / "汇总.xlsx", -2)
    for _ in range(2):
        collection = collect(Order(folder, out), quiet, lambda _: None)
        assert [(a.ref, a.amount) for a in collection.adjustments] == [("requests.received.company", -2)]
        assert read(out / "汇总工作簿.xlsx").numbers[ref("requests.received.company")] == 5


def test_adjustments_saved_while_a_run_goes_on_are_not_lost(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "结果"
    collect(Order(folder, out), quiet, lambda _: None)

    def late(*arguments: Any) -> Collection:
        enter(out / "汇总.xlsx", -2)
        return publish(*arguments)

    said: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr("xltools.batch.collect.publish", late)
        collect(Order(folder, out), quiet, said.append)
    assert ["汇总.xlsx" in sentence and "请再运行一次" in sentence for sentence in said] == [True]
    assert [a.amount for a in collect(Order(folder, out), quiet, said.append).adjustments] == [-2]
    assert len(said) == 1


def test_a_summary_that_is_open_is_not_replaced(folder: Path, tmp_path: Path) -> None:
    """On Linux a file can be replaced while a program shows it, which then saves the old sums over the new ones."""
    out = tmp_path / "结果"
    collect(Order(folder, out), quiet, lambda _: None)
    before = (out / "汇总.xlsx").read_bytes()
    (out / ".~lock.汇总.xlsx#").touch()
    (folder / "甲镇人民政府.xlsx").unlink()
    said: list[str] = []
    collect(Order(folder, out), quiet, said.append)
    assert said == [
        "“汇总.xlsx”正打开着，没有更新。请先关闭它，再运行一次。已经关闭的，请删除同一文件夹里的“.~lock.汇总.xlsx#”。"
    ]
    assert (out / "汇总.xlsx").read_bytes() == before
    (out / ".~lock.汇总.xlsx#").unlink()
    collect(Order(folder, out), quiet, said.append)
    assert len(said) == 1 and (out / "汇总.xlsx").read_bytes() != before
