"""The lines that go back with a file, as an office reads them."""

from __future__ import annotations

import pytest

from xltools.batch.collection import Outcome, Status
from xltools.batch.letter import letter

_FINDINGS = (
    {"severity": "warning", "message": "一、总体情况：未见“监督保障”方面的内容。", "fix": "请补写。"},
    {"severity": "warning", "message": "收文多于上年一倍。", "fix": "请核对。", "answer": "属实，因并入两个镇。"},
    {"severity": "error", "message": "表三“科研机构”（F16）尚未填写。", "fix": "确无此项请填 0。"},
)
_RETURNED = {"returned": "退回/甲镇.xlsx"}
_OTHER_YEAR = "是 2024 年度的报告，这次收的是 2025 年度。请核对年度，重新报送。"
_TYPED_ANEW = "所附的工作簿已按你单位填的内容重新生成，问题列在“问题清单”，有问题的格变色。请在所附的工作簿里改好"


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (
            Outcome("子/a.xlsx", Status.TO_MEND, "", "甲镇", findings=_FINDINGS, outputs=_RETURNED),
            ["甲镇：", "收到你单位报送的2025年度政府信息公开工作年度报告（文件“a.xlsx”）。",
             "校验发现错误 1 处，另有提醒 1 处请核对：",
             "1. 〔错误〕表三“科研机构”（F16）尚未填写。确无此项请填 0。",
             "2. 〔提醒〕一、总体情况：未见“监督保障”方面的内容。请补写。",
             f"{_TYPED_ANEW}，看“封面”提示都已填齐后重新报送。"],
        ),
        (
            Outcome("a.xlsx", Status.UNREADABLE, "〔F0·错误〕“a.xlsx”设了打开密码。请取消密码后再试。"),
            ["你单位：", "收到你单位报送的2025年度政府信息公开工作年度报告（文件“a.xlsx”）。",
             "这份文件用不了：“a.xlsx”设了打开密码。请取消密码后再试。", "请处理后重新报送。"],
        ),
        (
            Outcome("a.xlsx", Status.UNREADABLE, "〔F0·错误〕文件“a.xlsx”是空的。请重新发送或重新保存。"),
            ["你单位：", "收到你单位报送的2025年度政府信息公开工作年度报告（文件“a.xlsx”）。",
             "这份文件用不了：文件“a.xlsx”是空的。请重新发送或重新保存。"],
        ),
        (
            Outcome("a.xlsx", Status.WRONG_YEAR, _OTHER_YEAR, "甲镇"),
            ["甲镇：", "收到你单位报送的政府信息公开工作年度报告（文件“a.xlsx”）。",
             f"这份文件{_OTHER_YEAR}"],
        ),
    ],
    ids=["to mend", "cannot be opened", "to be sent again", "of another year"],
)  # fmt: skip
def test_what_the_office_is_told(outcome: Outcome, said: list[str]) -> None:
    assert letter(outcome, 2025, "某县人民政府办公室").splitlines() == [*said, "某县人民政府办公室"]
    assert letter(outcome, 2025).splitlines() == said
