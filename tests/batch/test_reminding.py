"""催报: one message for an office, written to it; nobody who has sent something is told that nothing came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.batch.test_consolidate import collection
from tests.support.reports import report
from xltools.batch.collection import Member, Outcome, Status
from xltools.batch.summary.reminding import reminders

TITLE = "2021年政府信息公开工作年度报告"
ANOTHER = "是 2020 年度的报告，这次收的是 2021 年度。请核对年度，重新报送。"
RECEIVED = "收到你单位报送的2021年度政府信息公开工作年度报告"
ERROR = {"rule": "N2", "severity": "error", "message": "表三 D8 未填。", "fix": "请填数字。"}
NONE_CAME = ("全体", "未报", f"以下 1 家单位还没有报送{TITLE}：甲局。请尽快报送。")


def of(status: Status, file: str = "a.xlsx", reason: str = "", office: str = "甲局") -> Outcome:
    findings = (ERROR,) * 6 if status is Status.TO_MEND else ()
    counts = report() if status in (Status.FILED, Status.TO_MEND, Status.DUPLICATE) else None
    return Outcome(file, status, reason, office, counts, findings)


TWICE = [
    of(Status.DUPLICATE, file, "请与单位核实，在名单的“以哪个文件为准”里写上文件名。")
    for file in ("a.xlsx", "x/b.xlsx")
]
BROKEN = of(Status.UNREADABLE, "x/a.xlsx", "〔F0·错误〕文件“a.xlsx”是空的。请重新发送或重新保存。")
OTHER_YEAR = of(Status.WRONG_YEAR, "b.xlsx", ANOTHER)


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        (
            [],
            [NONE_CAME, ("甲局", "未报",
                         f"甲局：还没有收到你单位的{TITLE}，报送截止日期是2022年1月31日，请尽快报送。")],
        ),
        ([of(Status.FILED)], []),
        (TWICE, [("甲局", "重复报送", f"甲局：收到你单位两份{TITLE}（文件“a.xlsx”“b.xlsx”），请告知以哪一份为准。")]),
        (
            [of(Status.DUPLICATE, f"{n}/a.xlsx") for n in "123"],
            [("甲局", "重复报送",
              f"甲局：收到你单位 3 份{TITLE}（文件“1/a.xlsx”“2/a.xlsx”“3/a.xlsx”），请告知以哪一份为准。")],
        ),
        (
            [of(Status.TO_MEND)],
            [("甲局", "待修改", f"甲局：你单位的{TITLE}有 6 处错误，请修改后重新报送。\n"
              + "\n".join(f"{n}．表三 D8 未填。请填数字。" for n in range(1, 6)) + "\n其余 1 处见退回的文件。")],
        ),
        (
            [BROKEN],
            [("甲局", "文件无法打开",
              f"甲局：{RECEIVED}（文件“a.xlsx”）。这份文件用不了：文件“a.xlsx”是空的。请重新发送或重新保存。")],
        ),
        (
            [OTHER_YEAR],
            [("甲局", "年度不符",
              f"甲局：{RECEIVED.replace('2021年度', '')}（文件“b.xlsx”）。这份文件{ANOTHER}")],
        ),
        (
            [*TWICE, OTHER_YEAR],
            [("甲局", "重复报送、年度不符",
              f"甲局：收到你单位两份{TITLE}（文件“a.xlsx”“b.xlsx”），请告知以哪一份为准。\n"
              f"{RECEIVED.replace('2021年度', '')}（文件“b.xlsx”）。这份文件{ANOTHER}")],
        ),
        ([replace(BROKEN, reason="打不开。请关闭正在使用它的程序。", ours=True)], []),
        (
            [of(Status.FILED), replace(BROKEN, office=""), replace(BROKEN, file="b.xlsx", office="")],
            [("", "文件无法打开", f"报送单位：{RECEIVED}（文件“{file}.xlsx”）。"
              "这份文件用不了：文件“a.xlsx”是空的。请重新发送或重新保存。") for file in "ab"],
        ),
        ([of(Status.FILED), of(Status.LEFT_OUT, "b.xlsx", "名单上没有“己局”。", "己局")], []),
    ],
)  # fmt: skip
def test_reminders(outcomes: list[Outcome], said: list[tuple[str, ...]]) -> None:
    member = Member("甲局", due=date(2022, 1, 31), contact="王五", phone="0743-1")
    rows = list(reminders(replace(collection(), members=(member,), outcomes=tuple(outcomes))).rows)
    assert [(row[0], row[1], row[-1]) for row in rows] == said
    assert all(row[2:4] == ("王五", "0743-1") for row in rows if row[0] == "甲局")
    assert not any("名单" in str(row[-1]) for row in rows)
