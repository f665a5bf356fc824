"""Where sentences begin and end, and which are read at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.reports import report
from xltools.checks.prose.sentences import LONGEST, MOST, plain, sentences


def texts(overview: str) -> list[str]:
    return [s.text for s in sentences(replace(report(), narrative={"overview": overview}))]


def test_only_sentences_with_a_figure_of_the_form_or_a_denial_are_read() -> None:
    assert texts("加强领导。受理申请５件；办结5件！召开会议12次。未收到申请") == ["受理申请5件;办结5件", "未收到申请"]


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("政府信 息公开\n申请 5 件", "政府信息公开申请5件"),
        ("共 1 295 件（12，345 份）：", "共1295件(12345份):"),
        ("2020 年 1 月", "2020年1月"),
        ("3 5 件", "3\x005件"),
        ("12 345 6 件", "12\x00345\x006件"),
    ],
)
def test_plain(text: str, is_plain: str) -> None:
    assert plain(text) == is_plain


def test_a_sentence_knows_its_row_and_whether_it_follows() -> None:
    found = list(
        sentences(replace(report(), narrative={"overview": "无关。\n\n受理申请5件。办结5件。好。结转下年1件。"}))
    )
    assert [(s.part, s.row, s.follows) for s in found] == [
        ("overview", 1, False), ("overview", 1, True), ("overview", 1, False),
    ]  # fmt: skip


def test_rows_are_those_of_the_sheet() -> None:
    of = replace(report(), narrative={"overview": "一。\n二。\n受理申请5件。"}, rows={"overview": (0, 0, 7)})
    assert [s.row for s in sentences(of)] == [7]


def test_no_more_is_read_than_a_report_has() -> None:
    long = "受理申请5件，" + "长" * LONGEST + "办结5件"
    assert [len(text) for text in texts(long)] == [LONGEST]
    assert texts("长" * MOST + "。受理申请5件。") == []
    assert texts("。".join(f"受理申请{n}件" for n in range(20_000)))[-1].endswith("件")
