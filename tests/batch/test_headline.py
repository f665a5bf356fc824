"""How things stand in one line, the same on the terminal, on the page and in 概况."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.batch.support import book, roster, send
from tests.batch.test_consolidate import collection
from tests.support.reports import report
from tests.test_cli import xltools
from xltools.batch.collection import Collection, Member, Outcome, Status, headline

TWO = collection(report(), report(), members=True)
BROKEN = Outcome("坏.xlsx", Status.UNREADABLE)
FAULTY = replace(TWO.outcomes[0], status=Status.TO_MEND)
TWICE = tuple(replace(outcome, status=Status.DUPLICATE, office="丙局") for outcome in TWO.outcomes)
EXEMPT = tuple(replace(member, files=False) for member in TWO.members)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (replace(TWO, members=()), "已报 2，待修改 0"),
        (replace(TWO, members=(), outcomes=(FAULTY, BROKEN)), "已报 1，待修改 1，文件无法打开 1"),
        (TWO, "已报 2／应报 2，待修改 0，未报 0"),
        (replace(TWO, members=EXEMPT), "已报 0／应报 0，待修改 0，未报 0"),
        (replace(TWO, members=(*TWO.members, Member("丙局"))), "已报 2／应报 3，待修改 0，未报 1"),
        (replace(TWO, outcomes=(FAULTY, BROKEN)), "已报 1／应报 2，待修改 1，未报 1，文件无法打开 1"),
        (replace(TWO, members=(), outcomes=TWICE), "已报 0，待修改 0，重复报送 2"),
    ],
)
def test_headline(found: Collection, said: str) -> None:
    assert headline(found) == said


@pytest.mark.parametrize("members", [(), ("甲局", "否"), ("丙局", "是")])
def test_it_is_the_same_everywhere(members: tuple[str, str] | tuple[()], tmp_path: Path) -> None:
    folder, out = send(tmp_path / "in", {"甲.xlsx": book("zero", "甲局"), "乙.xlsx": b"broken"}), tmp_path / "out"
    listed = roster(tmp_path / "名单.xlsx", {"单位全称": members[0], "是否报送": members[1]}) if members else None
    said = xltools("batch", folder, "-o", out, *(("--roster", listed) if listed else ()))[1].splitlines()[-1]
    assert f'<p class="headline">{said}</p>' in (out / "index.html").read_text("utf-8")
    assert openpyxl.load_workbook(out / "汇总.xlsx")["概况"]["A2"].value == f"{said}（“已报”里含待修改的）"
