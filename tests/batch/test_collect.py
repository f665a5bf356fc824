"""A folder in, everything out: each file once, each output under its name, and only what changed done again."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.batch.deeds import unlucky
from tests.batch.support import KINDS, book, outcome, roster, run, send, statuses, tree
from tests.support.machine import validate
from xltools import read
from xltools.batch import desk
from xltools.batch.collect import Order, collect
from xltools.batch.collection import Collection
from xltools.batch.limits import Limits
from xltools.batch.work import as_typed, process
from xltools.checks import run as check
from xltools.errors import CannotWrite, XltoolsError

NAME = "单位全称"


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Sixty workbooks of fifty-six offices, with all that goes wrong in January, and the roster."""
    folder = tmp_path_factory.mktemp("county") / "收件"
    files = {f"{i:02}.xlsx": book("balanced" if i % 2 else "zero", f"第{i:02}局") for i in range(44)}
    files |= {f"子/{i:02}.xlsx": book("faulty", f"第{i:02}局") for i in range(44, 52)}
    files |= {
        "重一.xlsx": book("zero", "重报局", date="2026年1月5日"),
        "重二.xlsx": book("zero", "重报 局", date="2026年1月8日"),
        "双一.xlsx": book("zero", "双报局"),
        "双二.xlsx": book("balanced", "双报局"),
        "去年.xlsx": book("zero", "去年局", 2024),
        "生人.xlsx": book("zero", "生人局"),
        "旧名.xlsx": book("zero", "旧名局"),
        "再寄.xlsx": files["00.xlsx"],
        "坏的.xlsx": b"PK\3\4 not really",
        "文本.xlsx": "不是工作簿".encode(),
        "~$00.xlsx": b"lock",
        "旧表.xls": b"\xd0\xcf\x11\xe0",
        ".DS_Store": b"",
    }
    send(folder, files)
    os.mkfifo(folder / "管道.xlsx")
    names = [*(f"第{i:02}局" for i in range(52)), "重报局", "双报局", "去年局"]
    lines: list[dict[str, Any]] = [{NAME: name} for name in names]
    lines[1] |= {"截止日期": "2026-01-31", "收件日期": "2026-02-01"}
    lines += [{NAME: "新名局", "曾用名": "旧名局"}, {NAME: "免报局", "是否报送": "否"}]
    lines += [{NAME: f"未报{i}局"} for i in "一二三"]
    head = {"年度": 2025, "汇总单位": "某县人民政府办公室"}
    return folder, roster(folder.parent / "名单.xlsx", *lines, head=head)


@pytest.fixture(scope="module")
def collected(county: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Collection]:
    out = tmp_path_factory.mktemp("out") / "结果"
    return out, run(county[0], out, roster=county[1], jobs=2)


def test_every_file_once_with_its_status(county: tuple[Path, Path], collected: tuple[Path, Collection]) -> None:
    collection = collected[1]
    found = statuses(collection)
    inputs = [str(p.relative_to(county[0])) for p in county[0].rglob("*") if not p.is_dir()]
    assert sorted(found) == sorted(inputs)
    assert len(found) == len(collection.outcomes)
    assert Counter(found.values()) == {
        "已报": 46, "待修改": 8, "重报": 1, "重复报送": 2, "年度不符": 1, "文件无法打开": 3, "不纳入": 5,
    }  # fmt: skip
    assert {file for file, status in found.items() if status == "不纳入"} == {
        "生人.xlsx", "再寄.xlsx", "~$00.xlsx", ".DS_Store", "管道.xlsx",
    }  # fmt: skip
    assert outcome(collection, "旧名.xlsx").office == "新名局"
    assert [o.file for o in collection.outcomes if o.late] == ["01.xlsx"]
    missing = ["双报局", "去年局", "未报一局", "未报三局", "未报二局"]
    assert sorted(member.name for member in collection.missing) == sorted(missing)
    assert (collection.year, collection.name) == (2025, "某县人民政府办公室")


def test_what_is_written(collected: tuple[Path, Collection]) -> None:
    out, collection = collected
    files = tree(out)
    named = [name for one in collection.outcomes for name in one.outputs.values()]
    whole = {"findings.json", "data.json", "汇总.xlsx", "汇总工作簿.xlsx", "index.html"}
    assert {name for name in files if not name.startswith(".xltools")} == {*named, *whole}
    assert len(named) == len(set(named)) == 46 + 8 * 3 + 3 + 1
    drafts = [name for name in named if "（草稿）" in name]
    assert len(drafts) == 8
    assert drafts[0].startswith("word/045_第44局2025年")
    assert len(docx.Document(str(out / drafts[0])).tables) == 3
    validate(out / named[0], out / drafts[0], out / outcome(collection, "子/44.xlsx").outputs["returned"])
    note = (out / outcome(collection, "子/44.xlsx").outputs["note"]).read_text("utf-8-sig")
    assert note.startswith("第44局：\n收到你单位报送的2025年度")
    assert note.endswith("某县人民政府办公室\n")
    found = json.loads(files["findings.json"])
    assert (found["counts"]["已报"], found["counts"]["未报"], found["exempt"]) == (46, 5, ["免报局"])
    assert len(json.loads(files["data.json"])["reports"]) == 54


def test_one_worker_and_two_give_the_same_bytes(
    county: tuple[Path, Path], collected: tuple[Path, Collection], tmp_path: Path
) -> None:
    run(county[0], tmp_path / "out", roster=county[1], jobs=1)
    assert tree(tmp_path / "out") == tree(collected[0])


def test_the_returned_workbook_holds_what_was_typed(
    county: tuple[Path, Path], collected: tuple[Path, Collection]
) -> None:
    out, collection = collected
    sent = read(county[0] / "子/44.xlsx")
    back = read(out / outcome(collection, "子/44.xlsx").outputs["returned"])
    typed = as_typed(sent)
    assert (back.numbers | {}, back.texts, back.narrative, back.office) == (
        typed.numbers | {}, typed.texts, typed.narrative, typed.office,
    )  # fmt: skip
    assert [f.problem for f in check(back)] == [f.problem for f in check(sent)]


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that a run really works on."""
    seen: list[str] = []
    genuine = desk.runner.run

    def watched(items: Any, *more: Any) -> Any:
        seen.extend(task.file for task in items)
        return genuine(items, *more)

    monkeypatch.setattr(desk.runner, "run", watched)
    return seen


def test_only_what_changed_is_done_again(tmp_path: Path, done: list[str]) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    send(folder, {f"{n}.xlsx": book("zero", f"{n}局") for n in "甲乙丙"})
    run(folder, out)
    first = tree(out)
    done.clear()
    run(folder, out)
    assert (done, tree(out)) == ([], first)
    send(folder, {"乙.xlsx": book("balanced", "乙局"), "丁.xlsx": book("zero", "丁局")})
    (folder / "丙.xlsx").unlink()
    run(folder, out)
    assert sorted(done) == ["丁.xlsx", "乙.xlsx"]
    run(folder, tmp_path / "anew")
    assert tree(out) == tree(tmp_path / "anew")
    assert not list((out / "word").glob("丙*"))
    done.clear()
    run(folder, out, fresh=True)
    assert len(done) == 3
    (out / "word/甲局2025年政府信息公开工作年度报告.docx").unlink()
    run(folder, out)
    assert tree(out) == tree(tmp_path / "anew")


def test_what_a_person_has_changed_is_neither_replaced_nor_removed(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    send(folder, {f"{n}.xlsx": book("zero", f"{n}局") for n in "甲乙"})
    run(folder, out)
    mine, gone = (out / f"word/{n}局2025年政府信息公开工作年度报告.docx" for n in "甲乙")
    mine.write_bytes(b"edited")
    gone.write_bytes(b"edited too")
    (folder / "乙.xlsx").unlink()
    named = outcome(run(folder, out), "甲.xlsx").outputs["word"]
    assert named == "word/甲局2025年政府信息公开工作年度报告(2).docx"
    assert outcome(run(folder, out), "甲.xlsx").outputs["word"] == named
    assert (mine.read_bytes(), gone.read_bytes()) == (b"edited", b"edited too")


def test_a_file_that_kills_its_worker(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    send(folder, {f"{n}.xlsx": book("zero", f"{n}局") for n in ("甲", "乙", "kill", "hang", "eat", "丙")})
    order = Order(folder, tmp_path / "out", jobs=2)
    found = collect(order, lambda *_: None, print, unlucky, Limits(seconds=4))
    assert {o.file: o.reason[:9] for o in found.outcomes if o.status == "文件无法打开"} == {
        "kill.xlsx": "处理它的进程意外结", "hang.xlsx": "处理它的时间太长，", "eat.xlsx": "处理它要用的内存太",
    }  # fmt: skip
    assert Counter(statuses(found).values())["已报"] == 3
    again = collect(order, lambda *_: None, print, process)  # nothing of it is kept
    assert Counter(statuses(again).values())["已报"] == 6


def test_last_year_is_read_under_the_names_of_today(tmp_path: Path) -> None:
    now = send(tmp_path / "今年", {"a.xlsx": book("zero", "新局")})
    last = send(tmp_path / "上年", {"a.xlsx": book("balanced", "旧局", 2024), "b.xlsx": book("zero", "乙局", 2023)})
    members = roster(tmp_path / "名单.xlsx", {NAME: "新局", "曾用名": "旧局"})
    found = run(now, tmp_path / "out", roster=members, previous=last)
    assert found.previous
    (report,) = found.previous.of["新局"].reports
    assert (*found.previous.of, report.year) == ("新局", 2024)
    assert (
        report.numbers.items()
        >= {ref: n for ref, n in KINDS["balanced"].numbers.items() if ref.table == "requests"}.items()
    )


def test_last_year_may_lie_in_the_folder_of_this_year(tmp_path: Path) -> None:
    folder = send(tmp_path / "in", {"甲.xlsx": book("zero", "甲局"), "上年/甲.xlsx": book("zero", "甲局", 2024)})
    found = run(folder, tmp_path / "out", previous=folder / "上年")
    assert [(o.file, o.status, o.reason) for o in found.outcomes] == [
        ("上年/", "不纳入", "是上年的收件文件夹。"), ("甲.xlsx", "已报", ""),
    ]  # fmt: skip
    assert found.previous and [len(before.reports) for before in found.previous.of.values()] == [1]


def test_a_year_that_was_guessed_is_said_where_not_all_are_of_it(tmp_path: Path) -> None:
    folder = send(tmp_path / "in", {f"{n}.xlsx": book("zero", f"{n}局", 2024) for n in "甲乙"})
    assert run(folder, tmp_path / "out").notices == ()
    send(folder, {"丙.xlsx": book("zero", "丙局", 2025)})
    said = ("没有写明年度，按份数最多的（一样多的取后一年）收 2024 年度的。不对的，请用 --year 写明，再运行一次。",)
    assert run(folder, tmp_path / "out").notices == said
    assert run(folder, tmp_path / "out", year=2024).notices == ()


def test_what_the_roster_says_and_is_not_used_is_said(tmp_path: Path) -> None:
    folder = send(tmp_path / "收件", {"a.xlsx": book("zero", "甲局")})
    members = roster(tmp_path / "名单.xlsx", {NAME: "甲局"}, head={"年度": "2024年"})
    found = run(folder, tmp_path / "out", roster=members, year=2025)
    assert found.notices == (
        "名单上的年度是 2024，这次按 --year 收 2025 年度的。请核对；用的是旧名单的，请改它的年度。",
    )
    assert run(folder, tmp_path / "又", roster=members, year=2024).notices == ()


def _bad(path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("{{ nothing.of.the.kind }}")
    document.save(str(path))
    return path


BAD: dict[str, tuple[Any, str]] = {
    "no folder": (lambda t: Order(t / "none", t / "out"), "找不到文件夹"),
    "an empty folder": (lambda t: Order(t / "empty", t / "out"), "没有 .xlsx 工作簿"),
    "the same folder": (lambda t: Order(t / "in", t / "in"), "同一处"),
    "inside the results": (lambda t: Order(t / "out/word", t / "out"), "同一处"),
    "a file for a folder": (lambda t: Order(t / "in", t / "in/a.xlsx"), "是文件，不是文件夹"),
    "no right to write": (lambda t: Order(t / "in", t / "in/a.xlsx/out"), "写不进去"),
    "no roster": (lambda t: Order(t / "in", t / "out", roster=t / "none.xlsx"), "找不到文件“none.xlsx”"),
    "not a roster": (lambda t: Order(t / "in", t / "out", roster=t / "in/a.xlsx"), "缺少“是否报送”“是否汇入”列"),
    "no template": (lambda t: Order(t / "in", t / "out", template=t / "none.docx"), "找不到 Word 模板"),
    "a bad template": (
        lambda t: Order(t / "in", t / "out", template=_bad(t / "b.docx")),
        "不是本版报告的项目",
    ),
    "no such year": (lambda t: Order(t / "in", t / "out", year=1999), "没有 1999 年度"),
    "no year at all": (lambda t: Order(t / "text", t / "out"), "看不出收的是哪个年度"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_done_is_said(case: str, tmp_path: Path) -> None:
    send(tmp_path / "in", {"a.xlsx": book("zero", "甲局")})
    send(tmp_path / "text", {"a.xlsx": b"text"})
    (tmp_path / "empty").mkdir()
    (tmp_path / "out/word").mkdir(parents=True)
    order, said = BAD[case]
    with pytest.raises(XltoolsError) as fault:
        run(order(tmp_path).folder, order(tmp_path).out, **_rest(order(tmp_path)))
    assert said in str(fault.value)
    assert str(fault.value).endswith("。")
    assert not (tmp_path / "out/.xltools/lock").exists()


def _rest(order: Order) -> dict[str, Any]:
    return {name: getattr(order, name) for name in ("year", "roster", "template")}


def test_one_output_that_cannot_be_written_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from xltools.batch import manifest

    genuine = manifest.files.write

    def write(path: Path, data: bytes, *, force: bool = False) -> None:
        if path.name.startswith("甲局"):
            raise CannotWrite(f"“{path}”写不进去。")
        genuine(path, data, force=force)

    monkeypatch.setattr(manifest.files, "write", write)
    send(tmp_path / "in", {f"{n}.xlsx": book("zero", f"{n}局") for n in "甲乙"})
    said: list[str] = []
    collect(Order(tmp_path / "in", tmp_path / "out"), lambda *_: None, said.append)
    assert [Path(sentence[1:].partition("”")[0]).name[:2] for sentence in said] == ["甲局"]
    assert {name[:7] for name in tree(tmp_path / "out") if name.startswith("word/")} == {"word/乙局"}


def test_results_inside_the_folder_are_not_read_again(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "in/结果"
    send(folder, {"甲.xlsx": book("faulty", "甲局")})
    found = run(folder, out)
    first = tree(out)
    assert statuses(found) == {"甲.xlsx": "待修改", "结果/": "不纳入"}
    assert statuses(run(folder, out)) == statuses(found)
    assert tree(out) == first
