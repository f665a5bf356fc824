"""What the reader does not fully understand it passes over; and no text takes it long."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from tests.support.prose import filed, said
from xltools.checks import narrative
from xltools.checks.prose import comparison
from xltools.checks.prose.lexicon import lexicon
from xltools.report import Number, Report

SILENT = """
全年收到申请35件，其中网上20件，信函10件，当面5件。
从申请内容看，涉及土地类12件，房屋类8件。
一季度收到申请12件。
12月收到申请5件，办结4件。
近三年来，我县收到申请90件，办结88件。
累计受理申请300件。
上半年受理申请20件。办结18件。
2023年，我县收到申请12件。办结11件，结转下年1件。
自2019年5月15日条例施行以来，受理申请20件。
新《条例》实施后，受理申请20件。
1-11月收到申请30件。
通过政府网站，受理申请20件，答复20件。
全县收到申请35件，县本级收到30件，办结28件。
申请量居前的县自然资源局收到申请58件。
我办收到申请12件，答复12件。
2023年、2024年分别收到申请32件、35件。
收到申请35件，比2023年的32件增加3件。
受理申请35件，其中本机关受理20件，转其他部门15件。
收到申请35件，已答复33件，2件正在办理中。
收到申请35件，当年办结31件。
县政府办收到申请12件，各部门收到申请23件。
办结率100%，其中当场答复12件。
收到行政复议案件15件，办结14件。
行政复议3件。收到申请35件，未结4件。
县公安局受理行政复议300件。
行政复议案件3件，均被驳回。
未收到书面申请。
未按规定受理申请的情形为零。
不存在未及时答复申请的情况。
办理政府网站留言 35 件、依申请公开 12 件。
受理12345热线办件2000件，办结1998件。
答复建议38件，其中予以公开12件，部分公开3件。
对3件申请予以公开。
不予公开3件，其中涉及个人隐私2件、商业秘密2件。
审查规范性文件20件，备案规范性文件9件。
梳理现行有效行政规范性文件120件。
清理规范性文件120件，其中废止26件。
县政府制发规范性文件3件，各部门制发12件。
办理行政许可事项12345件。
行政处罚案件35件。
公示行政许可决定120件、行政处罚决定35件。
公开行政许可信息500条。
收取行政事业性收费项目12项。
设3个专栏（公开指南、公开制度、年报）。
下辖12个乡镇（街道、园区、社区）。
在5个方面（决策、执行、管理、服务、结果等）推进公开。
举办培训3次，其中专题1次、业务1次。
收到申请 3 5 件。
收到申请三五件。
受理申请十余件，约二十件。
""".strip().splitlines()


@pytest.mark.parametrize("text", SILENT)
def test_what_is_not_fully_understood_is_passed_over(text: str) -> None:
    figures = (
        "N=35 P=2 granted=18 partly_granted=3 inquiry=3 not_held=7 closed_otherwise=2 C=4 normative=5 "
        "复议维持=2 复议未结=1 直诉维持=1 art20_5.licences.decisions=500 art20_6.penalties.decisions=30"
    )
    assert said(filed(figures, text)) == []


@pytest.mark.parametrize(
    ("office", "text"),
    [
        ("测试县司法局", "全年行政复议案件300件，行政诉讼案件20件。"),
        ("测试县司法局", "收到行政复议申请300件。"),
        ("测试县教育局", "全县受理公开申请200件。"),
        ("测试县教育局", "全县予以公开18件，占20%；不予公开3件，占3%。"),
        ("测试镇人民政府", "县政府受理公开申请200件。"),
    ],
)
def test_what_is_not_of_this_office_is_passed_over(office: str, text: str) -> None:
    assert said(filed("N=35 复议维持=2", text, office=office)) == []


@pytest.mark.parametrize(
    "text",
    [
        "1.受理申请34件。",
        "（1）受理申请34件。",
        "- 受理申请34件。",
        "二、受理申请34件。",
        "2024年1-12月，受理申请34件。",
    ],
)
def test_numbers_of_items_and_whole_years_are_no_obstacle(text: str) -> None:
    assert len(said(filed("N=35", text))) == 1


ADVERSARIAL = [
    " ", "1", "1 ", "1,111,", "１，", "件", "5件", "受理申请5件，", "受理申请5件。", "受理申请5件(",
    "受理申请5件\n", "((((", "其中5件、",
    "1件(1件,其中甲1件、", "9个目录(甲、", "由总体情况部分", "由由由由", "2024年", "近三年", "第", "一",
    "未收到", "占5%，",
    "受理申请5件,同比增长5%,", "、", "“", "\u200b", "\x00", "\ud800收到申请5件。", "予以公开及", "行政复议、",
    "截至", "自2024年1月1日",
]  # fmt: skip


def seconds(text: str) -> float:
    """CPU time of all narrative rules, the least of three."""

    def once() -> float:
        of, start = filed("N=5", text), time.process_time()
        for rule in narrative.RULES:
            list(rule.check(of))
        return time.process_time() - start

    return min(once() for _ in range(3))


@pytest.mark.parametrize("unit", ADVERSARIAL, ids=ascii)
def test_twice_the_text_takes_no_more_than_thrice_the_time(unit: str) -> None:
    size = 25_000 // len(unit)
    assert seconds(unit * size * 2) < 3 * seconds(unit * size) + 0.01


@pytest.mark.parametrize("unit", ["受理申请5件，", "受理申请5件。", "受理申请5件\n", " ", "1 "])
def test_what_is_repeated_a_million_times_is_read_as_far_as_a_report_goes(unit: str) -> None:
    some = seconds(unit * (60_000 // len(unit)))
    assert seconds(unit * 1_000_000) < 20 * some + 1  # to look for paragraphs takes its time, reading does not


@pytest.mark.parametrize("number", [0, 10**15, Decimal("1E+300"), Decimal("1E-300"), Decimal("0.5"), -3])
def test_no_number_in_the_tables_is_too_odd(number: Number) -> None:
    text = "予以公开5件，占33.33333333%；受理申请5件，同比增长1.05%。行政复议5件，均获维持。"
    of = filed("N=5", text)
    odd = replace(of, numbers=dict.fromkeys(of.numbers, number))
    assert all(isinstance(message, str) for message in said(replace(odd, previous=replace(odd, year=2023))))


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_any_row_of_words_is_read_without_an_exception(edition: str) -> None:
    rng = Random(0)
    words = [
        *lexicon(edition),
        *"，。；：、（）,;:()%“”\n　\ud800\x00",
        *"0123456789十百两",
        "件",
        "件",
        "%",
        "万元",
        "2020年",
        "去年",
    ]
    base = filed("N=5 P=2 D=6 C=1 复议维持=2", "", edition)
    for _ in range(200):
        text = "".join(rng.choice(words) for _ in range(rng.randrange(80)))
        of = replace(base, narrative={"overview": text}, previous=replace(base, year=(base.year or 0) - 1))
        assert all(message.startswith("〔T") for message in said(of))


def test_the_same_sentence_again_is_one_reminder() -> None:
    assert len(said(filed("N=5", "受理申请6件。受理申请6件。"))) == 1


def test_a_report_is_read_once_for_all_its_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Report] = []
    whole = comparison.claimed

    def claimed(report: Report):  # type: ignore[no-untyped-def]
        read.append(report)
        return whole(report)

    monkeypatch.setattr(comparison, "claimed", claimed)
    of = filed("N=5", "受理申请6件。")
    assert said(of) == said(of)
    assert said(replace(of, year=2023)) == said(of)
    assert len(read) == 3
