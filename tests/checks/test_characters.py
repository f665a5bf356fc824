"""A character that cannot be printed is named, with its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.reports import EDITIONS, zero
from xltools.checks import run
from xltools.outputs.findings import sentence
from xltools.report import Report

EDITION = EDITIONS[-1]
GONE = "印不出来，生成报告时会去掉。请删除；原来应是文字或换行的，请重新输入。"


def said(report: Report) -> list[str]:
    return [sentence(f, report.edition) for f in run(report) if f.rule.code == "C8"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("甲\v乙", "第 2 个字是控制字符 U+000B，"),
        ("\x00", "第 1 个字是控制字符 U+0000，"),
        ("甲乙\ud83d", "第 3 个字是残缺的字 U+D83D，"),
        ("甲\uffff\x07", "第 2 个字是控制字符 U+FFFF（共 2 处），"),
        ("甲\r乙", "第 2 个字是控制字符 U+000D，"),
        ("𠮷\x7f", "第 2 个字是控制字符 U+007F，"),
    ],
)
def test_named(text: str, what: str) -> None:
    base = zero(EDITION)
    cover = replace(base, office=replace(base.office, head=text))
    narrative = replace(base, narrative={**base.narrative, "problems": f"无。\n{text}"})
    notes = replace(base, notes={"表三": text})
    assert said(cover) == [f"〔C8·提醒〕封面（B16）{what}{GONE}"]
    assert said(narrative) == [f"〔C8·提醒〕五、问题改进（B5）{what}{GONE}"]
    assert [line.partition("）")[2] for line in said(notes)] == [what + GONE]


@pytest.mark.parametrize(
    "text", ["甲\t乙\n丙", "甲\r\n乙\r", "　甲\xa0乙\u200b\u2028\x85", "𠮷🏮\U0010ffff", "{{ x }}]]>&lt;"]
)
def test_what_can_be_printed(text: str) -> None:
    base = zero(EDITION)
    assert not said(replace(base, narrative={**base.narrative, "problems": text}, notes={"表三": text}))


def test_no_more_than_anybody_reads() -> None:
    base = zero(EDITION)
    assert len(said(replace(base, narrative={**base.narrative, "problems": "甲\v乙\n" * 100}))) == 20
