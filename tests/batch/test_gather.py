"""What stands beside the reports: annexes, documents sent instead, files that another one stands for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.batch.test_judge import sent
from xltools.batch.collection import Member, Outcome, Status
from xltools.batch.gather import gather
from xltools.batch.intake import Intake
from xltools.batch.judge import Sent, open_ones
from xltools.batch.publish import NOTE, _places
from xltools.batch.roster import Roster
from xltools.batch.summary.filing import lines
from xltools.batch.summary.reminding import reminders

ROSTER = Roster((Member("甲局"), Member("乙局"), Member("丙局", files=False)))
GOOD = sent("甲局.xlsx", "甲局")
OLD = sent("甲局旧.xlsx", "甲局", year=2024)
BROKEN = Sent("甲局坏.xlsx", None, (), "文件“甲局坏.xlsx”是空的。请重新发送或重新保存。")
XLS = Outcome("乙局.xls", Status.UNREADABLE, "是旧版 .xls 表格。请另存为 .xlsx 后重新报送。")
ARCHIVE = Outcome("甲局.zip", Status.UNREADABLE, "是压缩包。请解压。", ours=True)
WORD = Outcome("乙局年报.docx", Status.LEFT_OUT, "是 Word 文档，不是填报工作簿。")
ANNEX = Outcome("甲局附件.docx", Status.LEFT_OUT, "是 Word 文档，不是填报工作簿。")
FREE = Outcome("丙局.xls", Status.UNREADABLE, "是旧版 .xls 表格。请另存为 .xlsx 后重新报送。")
STANDS = "已另有“甲局.xlsx”计入；这份如是更正，请通知单位重新报送。"
ANOTHER = replace(GOOD, file="又.xlsx", report=replace(GOOD.report, notes={}) if GOOD.report else None)
PICTURE = Outcome("乙局/1.jpg", Status.LEFT_OUT, "是图片，不是填报工作簿。")
UNLISTED = sent("乙局.xlsx", "某县乙局")
NOBODY = Sent("坏.xlsx", None, (), "文件“坏.xlsx”是空的。请重新发送或重新保存。")
INSTEAD = "请用填报工作簿重新报送。"
Case = tuple[list[Sent], list[Outcome], list[Outcome], dict[str, tuple[Status, str, str]], list[str], list[str]]
CASES: dict[str, Case] = {
    # what was read, the others, the documents; of each file: status, light, end of what is said; who is asked; open
    "a broken file and one of last year beside a good one": (
        [GOOD, OLD, BROKEN], [], [ANNEX],
        {"甲局.xlsx": (Status.FILED, "green", ""), "甲局旧.xlsx": (Status.WRONG_YEAR, "amber", STANDS),
         "甲局坏.xlsx": (Status.UNREADABLE, "amber", STANDS), "甲局附件.docx": (Status.LEFT_OUT, "grey", "工作簿。")},
        ["全体", "乙局"], [],
    ),
    "nothing but what cannot be read": (
        [OLD, BROKEN], [XLS], [],
        {"甲局旧.xlsx": (Status.WRONG_YEAR, "red", "重新报送。"), "甲局坏.xlsx": (Status.UNREADABLE, "red", "保存。"),
         "乙局.xls": (Status.UNREADABLE, "red", "重新报送。")},
        ["甲局", "乙局"], ["乙局.xls", "甲局旧.xlsx", "甲局坏.xlsx"],
    ),
    "a document instead": (
        [GOOD], [], [WORD],
        {"甲局.xlsx": (Status.FILED, "green", ""), "乙局年报.docx": (Status.UNREADABLE, "red", INSTEAD)},
        ["乙局"], ["乙局年报.docx"],
    ),
    "a document and pictures instead": (
        [GOOD], [], [PICTURE, WORD],
        {"甲局.xlsx": (Status.FILED, "green", ""), "乙局/1.jpg": (Status.LEFT_OUT, "grey", "工作簿。"),
         "乙局年报.docx": (Status.UNREADABLE, "red", INSTEAD)},
        ["乙局"], ["乙局年报.docx"],
    ),
    "an annex to a workbook under a name that is not on the roster": (
        [GOOD, UNLISTED], [], [WORD],
        {"甲局.xlsx": (Status.FILED, "green", ""), "乙局.xlsx": (Status.LEFT_OUT, "red", "补进名单。"),
         "乙局年报.docx": (Status.LEFT_OUT, "grey", "工作簿。")},
        ["全体", "乙局"], ["乙局.xlsx"],
    ),
    "an old file beside two of which one has to be chosen": (
        [GOOD, ANOTHER, OLD], [], [],
        {"甲局.xlsx": (Status.DUPLICATE, "red", "只留一份。"), "又.xlsx": (Status.DUPLICATE, "red", "只留一份。"),
         "甲局旧.xlsx": (Status.WRONG_YEAR, "amber", "已另有“又.xlsx”等几份；这份如是更正，请通知单位重新报送。")},
        ["全体", "甲局", "乙局"], ["甲局.xlsx", "又.xlsx"],
    ),
    "a blank cover stands for nobody": (
        [sent("无名.xlsx", "", code="9"), NOBODY], [], [],
        {"无名.xlsx": (Status.LEFT_OUT, "red", "补进名单。"), "坏.xlsx": (Status.UNREADABLE, "red", "保存。")},
        ["全体", "甲局", "乙局", ""], ["无名.xlsx", "坏.xlsx"],
    ),
    "an archive, which may hold a correction": (
        [GOOD], [ARCHIVE], [],
        {"甲局.xlsx": (Status.FILED, "green", ""), "甲局.zip": (Status.UNREADABLE, "red", "解压。")},
        ["全体", "乙局"], ["甲局.zip"],
    ),
    "who need not file": (
        [GOOD], [FREE, XLS], [],
        {"甲局.xlsx": (Status.FILED, "green", ""), "丙局.xls": (Status.UNREADABLE, "amber", "不要求它报送，可以不管。"),
         "乙局.xls": (Status.UNREADABLE, "red", "重新报送。")},
        ["乙局"], ["乙局.xls"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_becomes_of_the_rest(case: str) -> None:
    read, others, documents, wanted, asked, left = CASES[case]
    found = gather(read, Intake((), tuple(others), tuple(documents)), ROSTER, 2025)
    shown = {line.outcome.file: (line.status, line.light, line.reason) for line in lines(found) if line.outcome}
    assert {file: (status, light) for file, (status, light, _) in shown.items()} == {
        file: (status, light) for file, (status, light, _) in wanted.items()
    }
    assert all(shown[file][2].endswith(end) for file, (_, _, end) in wanted.items())
    assert [row[0] for row in reminders(found).rows] == asked
    assert sorted(outcome.file for outcome in open_ones(found)) == sorted(left)
    letters = {outcome.file for outcome in found.outcomes if NOTE in _places(outcome, "", {})}
    sent_back = (Status.UNREADABLE, Status.WRONG_YEAR)
    assert letters == {outcome.file for outcome in open_ones(found) if outcome.status in sent_back and not outcome.ours}


def test_without_a_roster_a_blank_cover_stands_for_nobody_either() -> None:
    read = [
        sent("无名.xlsx", ""),
        NOBODY,
        sent("甲局（本级）.xlsx", "甲局（本级）"),
        sent("旧.xlsx", "甲局(本级)", year=2024),
    ]
    found = gather(read, Intake((), ()), None, 2025)
    assert {o.file: o.spare for o in found.outcomes} == {
        "无名.xlsx": False, "坏.xlsx": False, "甲局（本级）.xlsx": False, "旧.xlsx": True,
    }  # fmt: skip


def test_a_copy_is_of_the_office_whose_report_it_is() -> None:
    copy = Outcome("再发.xlsx", Status.LEFT_OUT, "与“甲局.xlsx”完全相同，只算一份。")
    found = gather([GOOD], Intake((), (copy,), (), {"甲局.xlsx": ("再发.xlsx",)}), ROSTER, 2025)
    assert {outcome.file: outcome.office for outcome in found.outcomes} == {"甲局.xlsx": "甲局", "再发.xlsx": "甲局"}


def test_an_office_that_need_not_file_is_exempt_whatever_it_sent() -> None:
    found = gather([GOOD], Intake((), (FREE,)), ROSTER, 2025)
    assert [str(line.status) for line in lines(found) if line.office == "丙局"] == ["文件无法打开", "免报"]
