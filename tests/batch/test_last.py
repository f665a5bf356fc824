"""Last year's reports beside this year's: every file is compared with its own, under whatever name it filed then."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.batch.support import roster, run, send, tree
from tests.support.reports import balanced, ref
from xltools import editions
from xltools.batch import last, past
from xltools.batch.collection import Collection, Member
from xltools.batch.judge import Sent, judge
from xltools.batch.roster import Roster
from xltools.batch.summary.comparison import carried, compared
from xltools.batch.summary.sums import Sums
from xltools.cli import cli
from xltools.form import Ref
from xltools.report import Office, Report
from xltools.workbook.build import build

EDITION = editions.get("2021")
CARRIED_IN, CARRIED_OUT = (Ref("requests", row, "natural_person") for row in ("carried_in", "carried_out"))


def filed(office: str, year: int, **numbers: int) -> Report:
    base = replace(balanced(EDITION, 4), office=Office(name=office), year=year)
    return replace(base, numbers={**base.numbers, **{ref(at): n for at, n in numbers.items()}})


def followed(this: Report, office: str) -> Report:
    """Last year's report from which this one follows."""
    before = filed(office, 2024)
    carried = {place._replace(row="carried_out"): n for place, n in this.numbers.items() if place.row == "carried_in"}
    return replace(before, numbers={**before.numbers, **carried})


def codes(collection: Any, file: str) -> set[str]:
    return {f["rule"] for outcome in collection.outcomes if outcome.file == file for f in outcome.findings}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    this = filed("甲镇", 2025)
    right = followed(this, "乙乡")
    wrong = replace(followed(this, "甲镇"), numbers={**right.numbers, CARRIED_OUT: this.numbers[CARRIED_IN] + 3})
    now = send(tmp_path / "收件", {"甲.xlsx": build(this), "乙.xlsx": build(replace(this, office=Office(name="乙镇")))})
    old = {"甲.xlsx": build(wrong), "乙.xlsx": build(right)}
    return now, send(tmp_path / "上年", old)


def test_each_is_compared_with_its_own(folders: tuple[Path, Path], tmp_path: Path) -> None:
    now, before = folders
    lines = roster(tmp_path / "名单.xlsx", {"单位全称": "甲镇"}, {"单位全称": "乙镇", "曾用名": "乙乡"})
    found = run(now, tmp_path / "出", roster=lines, previous=before)
    assert "X1" in codes(found, "甲.xlsx") and "X1" not in codes(found, "乙.xlsx")
    said = json.loads((tmp_path / "出/findings.json").read_bytes())
    sentence = next(f for file in said["files"] for f in file["findings"] if f["rule"] == "X1")
    assert "上年" in sentence["message"] and "相差 3" in sentence["message"]
    assert found.notices == ("与上年比对：本年 2 家单位，比对了 2 家。",)
    assert "X1" not in codes(run(now, tmp_path / "出", roster=lines), "甲.xlsx")


def test_the_command_for_one_file_says_the_same(folders: tuple[Path, Path], tmp_path: Path) -> None:
    now, before = folders
    found = run(now, tmp_path / "出", previous=before)
    line = ["check", "--json", str(now / "甲.xlsx"), "--previous", str(before / "甲.xlsx")]
    (entry,) = json.loads(CliRunner().invoke(cli, line).output)
    (outcome,) = [outcome for outcome in found.outcomes if outcome.file == "甲.xlsx"]
    assert json.loads(json.dumps(outcome.findings)) == entry["findings"]


def test_a_corrected_last_year_is_looked_at_again(folders: tuple[Path, Path], tmp_path: Path) -> None:
    now, before = folders
    out = tmp_path / "出"
    assert "X1" in codes(run(now, out, previous=before), "甲.xlsx")
    first = tree(out)
    run(now, out, previous=before)
    assert tree(out) == first
    (before / "甲.xlsx").write_bytes(build(followed(filed("甲镇", 2025), "甲镇")))
    assert "X1" not in codes(run(now, out, previous=before), "甲.xlsx")


def test_predecessors_are_added_up() -> None:
    one, other = filed("甲局", 2024), filed("乙局", 2024)
    whole = last.joined([one, other])
    assert whole and whole.numbers[CARRIED_OUT] == one.numbers[CARRIED_OUT] + other.numbers[CARRIED_OUT]
    assert last.joined([one]) is one
    assert last.joined([one, replace(other, year=2023)]) is None
    assert last.joined([]) is None


# What the roster says, what was filed last year and this year as name or name/code, and with what each is compared.
NONE, TWO = "没有上年报告", "上年有两份，没有比对"
WHOSE: dict[str, tuple[list[Member], str, str, dict[str, str]]] = {
    "a merger, with the names of before": (
        [Member("新局", ("甲局", "乙局"), predecessors=("甲局", "乙局"))], "甲局 乙局", "新局", {"新局": "甲局 乙局"},
    ),
    "one of the merged has no report": (
        [Member("新局", ("甲局", "乙局"), predecessors=("甲局", "乙局"))], "甲局", "新局",
        {"新局": f"{NONE}：甲局 乙局（{NONE}）"},
    ),
    "one of the merged has two": (
        [Member("新局", predecessors=("甲局", "乙局"))], "甲局 乙局 乙局", "新局",
        {"新局": f"{TWO}：甲局 乙局（{TWO}）"},
    ),
    "an office that took over another": (
        [Member("甲局", predecessors=("甲局", "乙局"))], "甲局 乙局", "甲局", {"甲局": "甲局 乙局"},
    ),
    "the same, and it was called otherwise": (
        [Member("新局", ("甲局",), predecessors=("新局", "乙局"))], "甲局 乙局", "新局", {"新局": "甲局 乙局"},
    ),
    "another name": ([Member("新局", ("甲局",))], "甲局", "新局", {"新局": "甲局"}),
    "this year still the other name": ([Member("新局", ("甲局",))], "甲局", "甲局", {"新局": "甲局"}),
    "both names last year": ([Member("新局", ("甲局",))], "新局 甲局", "新局", {"新局": f"{TWO}：新局 甲局"}),
    "width and spaces": ([Member("戊(旧)局")], "戊（旧）局", "戊（旧）　局", {"戊(旧)局": "戊（旧）局"}),
    "width and spaces without a roster": ([], "戊（旧）局", "戊(旧)　局", {"戊(旧)　局": "戊（旧）局"}),
    "two files of one": ([Member("甲局")], "甲局 甲　局", "甲局", {"甲局": f"{TWO}：甲\u3000局"}),
    "the code of the roster": ([Member("新局", code="A1")], "甲局/a1", "新局", {"新局": "甲局"}),
    "the code on both": ([Member("新局")], "甲局/A1", "新局/A1", {"新局": "甲局"}),
    "the code on both without a roster": ([], "甲局/A1", "新局/A1", {"新局": "甲局"}),
    "a name comes before a code": ([], "甲局/A1 新局", "新局/A1", {"新局": "新局"}),
    "a code of two": ([], "甲局/A1 乙局/A1", "新局/A1", {"新局": NONE}),
    "the code of an office that has its own name": (
        [Member("甲局"), Member("新局")], "甲局/A1", "甲局 新局/A1", {"甲局": "甲局", "新局": NONE},
    ),
    "no code on both": ([], "甲局/无", "新局/无", {"新局": NONE}),
    "no code in the roster": ([Member("新局", code="无")], "甲局/无", "新局", {"新局": NONE}),
    "a new office": ([Member("新局")], "甲局", "新局", {"新局": NONE}),
    "no name on the cover": ([], "/ 甲局", "/ 甲局", {"": NONE, "甲局": "甲局"}),
}  # fmt: skip


def sent(names: str, year: int) -> list[Sent]:
    """No two with the same content."""
    offices = [name.partition("/") for name in names.split(" ")]
    reports = [replace(filed(name, year), office=Office(name=name, code=code)) for name, _, code in offices]
    return [Sent(f"{n}.xlsx", replace(report, notes={"表二": str(n)})) for n, report in enumerate(reports)]


def beside(members: list[Member], before: list[Sent], now: list[Sent]) -> Collection:
    known = Roster(tuple(members)) if members else None
    return past.beside(Collection(2025, EDITION, tuple(members), judge(now, known, 2025)), known, before, ())


@pytest.mark.parametrize("case", WHOSE)
def test_whose_last_year_is(case: str, tmp_path: Path) -> None:
    """The workers find just what the summary says."""
    members, before, now, wanted = WHOSE[case]
    found = beside(members, sent(before, 2024), sent(now, 2025))
    assert found.previous
    said = {
        office: "：".join(filter(None, (one.lack, " ".join(one.names)))) for office, one in found.previous.of.items()
    }
    assert said == wanted
    known = past.known(past.judged(sent(before, 2024), 2024), Roster(tuple(members)) if members else None)
    last.keep(tmp_path / "last.zip", {2024: known})
    there = {o.office: last.find(tmp_path / "last.zip", o.report) is not None for o in found.filed if o.report}
    assert there == {office: not one.lack for office, one in found.previous.of.items()}


def test_who_is_not_summed_is_in_neither_sum() -> None:
    members = [
        Member("府", summed=False),
        Member("新局", predecessors=("甲局", "乙局")),
        Member("丙局"),
        Member("丁局"),
    ]
    found = beside(members, sent("府 甲局 乙局 丙局 散局", 2024), sent("府 新局 丁局", 2025))
    assert found.previous and [report.office.name for report in found.previous.summed] == ["甲局", "乙局", "丙局"]
    assert compared(Sums(found)).note == (
        "本年 2 家、上年 3 家单位的报告相加，上年不含调整数；两年格式不同的项目不比。"
        "两年的单位不同，增减不能直接比较：只有本年的 1 家（丁局）；只有上年的 1 家（丙局）。"
    )
    assert [(row[0], row[5]) for row in carried(found).rows] == [("府", "不一致"), ("新局", "不一致"), ("丁局", NONE)]


def test_what_is_not_compared_is_said(tmp_path: Path) -> None:
    now = send(tmp_path / "收件", {f"{n}.xlsx": build(filed(f"{n}局", 2025)) for n in "甲乙丙"})
    old = {name: build(filed(f"{name[0]}局", 2024)) for name in ("甲.xlsx", "散.xlsx", "丁.xlsx")}
    old |= {f"乙{n}.xlsx": build(filed("乙局", 2024, **{"requests.received.company": n})) for n in (1, 2)}
    old |= {
        "前年.xlsx": build(filed("丙局", 2023)),
        "~$锁.xlsx": b"",
        "旧.xls": b"x",
        "坏.xlsx": b"text",
        "说明.docx": b"x",
    }
    old |= {"无年.xlsx": build(replace(filed("丙局", 2024), year=None))}
    lines = roster(tmp_path / "名单.xlsx", *({"单位全称": f"{n}局"} for n in "甲乙丙丁"))
    found = run(now, tmp_path / "出", roster=lines, previous=send(tmp_path / "上年", old), year=2025)
    assert found.notices == (
        "与上年比对：本年 3 家单位，比对了 1 家，没有比对的 2 家，见“汇总.xlsx”的“结转核对”。",
        "上年的“旧.xls”没有比对：是旧版 .xls 表格，不是 .xlsx 工作簿。请另存、解压或换一份，放回上年的文件夹。",
        "上年的“乙1.xlsx”“乙2.xlsx”没有比对：都是“乙局”的，看不出以哪份为准。请只留一份。",
        "上年的“前年.xlsx”没有比对：是 2023 年度的，不是 2024 年度的。请换成 2024 年度的。",
        "上年的“坏.xlsx”没有比对：是文本文件，不是工作簿。请另存、解压或换一份，放回上年的文件夹。",
        "上年的“散.xlsx”没有比对：名单上没有“散局”。改了名、并到别处的，请写在名单的“曾用名”“上年对应单位”里。",
        "上年的“无年.xlsx”没有比对：封面没有填年度。是 2024 年度的，请补上。",
    )  # fmt: skip
    for wrong in (now, send(tmp_path / "空", {"说明.docx": b"x"})):
        notices = run(now, tmp_path / "出", previous=wrong, year=2025).notices
        assert notices[0] == "与上年比对：没有一家能比对。请检查 --previous 后面的文件夹是不是上年的收件。"
        assert len(notices) == 1 + (wrong == now)


def test_only_the_year_before_is_last_year(tmp_path: Path) -> None:
    path = tmp_path / "last.zip"
    known = {2024: past.known(past.judged([Sent("甲.xlsx", filed("甲镇", 2024))], 2024), None)}
    digest = last.keep(path, known)
    assert last.keep(path, known) == digest
    found = last.find(path, filed("甲镇", 2025))
    assert found and found.year == 2024
    assert last.find(path, filed("甲镇", 2026)) is None
    assert last.find(path, filed("丙镇", 2025)) is None
