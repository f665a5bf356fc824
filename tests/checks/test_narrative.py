"""Text against tables: what the reader of quantities makes of sentences as offices write them.

The sentences are our own, with the structure and the figures of published ones.  A figure in braces is
compared: the sentence passes as it stands, and is found when that figure is ten more.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.prose import filed, said
from xltools.checks import run
from xltools.outputs.findings import listed

AGREE: list[tuple[str, str, str]] = [
    # A: how many came, were closed and were left over
    ("1", "N=713 P=36 D=718 C=31", "全县各级行政机关全年共受理公开申请 {749} 件。"),
    ("2", "N=713 P=36 D=718 C=31", "已办理 {718} 件，结转到下一年 {31} 件。"),
    (
        "4",
        "N=3119 P=34 D=3050 C=103",
        "全县收到信息公开申请{3119}件，答复{3050}件（含上年结转{34}件，另有{103}件顺延至下年度答复）。",
    ),
    ("5", "N=1295 P=189 D=1191 C=293", "全年受理信息公开申请{1295}件，办结{1191}件（含上年度结转申请{189}件）。"),
    ("7", "N=1 C=1", "转入下年度继续办理的有 {1} 件。"),
    ("8", "N=143 D=143", "全县收到信息公开申请 {143} 件，按期办结 {143} 件。"),
    ("10", "N=21 D=21", "2024年全县受理公开申请{21}件，均在法定期限内答复。"),
    (
        "13",
        "N=30 P=1 D=24 C=7",
        "全县收到依申请公开件{30}件，上年结转办理件{1}件，办结{24}件，结转至2025年办理{7}件。",
    ),
    ("14", "N=42 D=39 C=3", "新收到依申请公开信息{42}件，答复依申请公开信息{39}件，结转下年度办理{3}件。"),
    (
        "16",
        "N=47 P=12 D=59",
        "受理依申请公开事项{59}件，结转上年后新收到依申请公开事项{47}件，较上一年度增加42件。",
    ),
    ("17", "N=1466 P=16 D=1473 C=9", "全年收到公开申请{1466}件（上年度结转{16}件，结转下年度{9}件"),
    ("17, other reading", "N=1450 P=16 D=1457 C=9", "全年收到公开申请{1466}件（上年度结转{16}件）。"),
    ("19", "N=9 P=1 D=10", "收到依申请公开{9}件，上年转结{1}件，其中网络申请5件，信函申请5件。"),
    ("20", "N=1 C=1", "本单位收到{1}件信息公开申请，结转至下一年度办理。"),
    ("22", "N=1 D=1", "收到并办结信息公开申请{1}件。"),
    ("23", "", "本年度收到和处理依申请公开{0}件。"),
    ("25", "", "未收到信息公开申请，未发生因信息公开申请行政复议和提起行政诉讼的案件。"),
    ("29, wide", "N=1295", "受理申请１，２９５件。"),
    ("29, commas", "N=1295", "受理申请{1,295}件。"),
    ("29, spaces", "N=1295", "受理申请 1 295 件。"),
    ("31", "N=21", "2023年收到申请15件，2024年收到申请{21}件。"),
    ("32", "N=143", "全县收到申请{143}件，其中县政府办20件、县自然资源局58件。"),
    # B: outcomes and percentages
    (
        "34",
        "N=3607 granted=1191 partly_granted=328 inquiry=142 not_held=1078 petition=406 closed_otherwise=341 C=121",
        "部分公开{328}件、予以公开{1191}件，不予公开{142}件、不予处理{406}件、无法提供{1078}件，"
        "其他处理（主动撤回等）{341}件，转下一年办理{121}件。",
    ),
    (
        "35",
        "granted=206 partly_granted=2 inquiry=20 not_held=513 must_be_created=30 still_unclear=21 D=1191",
        "予以公开和部分公开的{208}件（{17.46}%），不予公开的{20}件（{1.68}%），"
        "由于本机关不掌握等原因无法提供的{564}件（{47.36}%）。",
    ),
    ("38, right", "not_held=265 D=805", "由于本机关不掌握等原因无法提供{265}件，占比{32.9}%。"),
    ("40", "petition=158 granted=647", "不予处理的{158}件，占比{19.6}%；其他处理的{0}件。"),
    (
        "41",
        "granted=9 inquiry=2 not_held=10 D=35",
        "答复同意公开{9}件、部分公开{0}件、不予公开{2}件、无法提供{10}件、不予处理{0}件，其他处理{14}件。",
    ),
    ("43", "N=47 P=12 D=59", "通过信函提出39件，占83%；电子邮件提出7件，占14.9%；在线提出1件，占2.1%。"),
    (
        "44",
        "granted=2 partly_granted=3 deliberative=1 not_held=2 closed_otherwise=1",
        "予以公开{2}件，部分公开{3}件，属于四类过程性信息{1}件，本单位不掌握相关政府信息{2}件，其他{1}件（自主撤销）。",
    ),
    (
        "46",
        "N=7 P=1 granted=3 not_held=4 C=1",
        "收到信息公开申请{7}件，上年度结转{1}件；予以公开{3}件，无法提供{4}件，结转下年继续办理{1}件。",
    ),
    ("47", "state_secret=1 inquiry=1", "不予公开{2}件，其中属于国家秘密{1}件、行政查询事项{1}件。"),
    # C: applicants
    (
        "49",
        "N=705 P=36 received.company=3 received.other_organisation=5",
        "收到申请{749}件。其中自然人申请{741}件，法人或其他组织申请{8}件。",
    ),
    (
        "50",
        "N=3402 P=91 received.company=109 carried_in.company=5",
        "自然人提出{3493}件，法人或其他组织提出{114}件。",
    ),
    ("52", "N=5 received.legal_service=61", "受理律师事务所申请61件。"),
    ("52, but a lawyer is a person", "N=5 received.legal_service=60", "受理律师事务所申请61件。"),
    # D: reconsideration and litigation
    (
        "53",
        "复议维持=72 复议纠正=64 复议其他=178 复议未结=37",
        "涉及信息公开的行政复议{351}件，其中维持{72}件、纠正{64}件、其他结果{178}件、未审结{37}件。",
    ),
    ("56", "复议维持=5", "对信息公开的行政复议、行政诉讼2类案件，每月备案。"),
    ("59", "复议维持=55 直诉维持=12 后诉维持=22", "全年未发生因依申请公开被行政复议纠错或行政诉讼败诉情形。"),
    (
        "61",
        "复议维持=3 直诉维持=2 后诉维持=1",
        "复议案件{3}件，诉讼案件{3}件，其中复议维持{3}件、诉讼维持{3}件。",
    ),
    ("62", "复议其他=1 直诉其他=1", "引发行政复议{1}件，为其他结果；引发行政诉讼{1}件，为其他结果。"),
    (
        "64",
        "复议维持=120 复议未结=24 直诉维持=27 后诉未结=70",
        "行政复议{144}件，120件做了决定，行政诉讼{97}件，27件法院已判。",
    ),
    # E: what is published
    ("67", "rules=1 normative=8", "新增公开县政府规章{1}件、县政府及县政府办政策性文件11件。"),
    (
        "68",
        "rules=22 normative=34",
        "主动公开县政府规章{22}件、县政府及县政府办公厅行政规范性文件{34}件、人事文件196件、其他文件84件。",
    ),
    ("70", "rules=9 art20_1.rules.repealed=4", "主动公开县政府规章13件（含新制定5件，修改4件，废止4件）。"),
    (
        "71",
        "normative=4 art20_1.normative_documents.in_force=20",
        "制定发布规范性文件{4}件，清理废止文件{0}件，现行有效文件{20}件。",
    ),
    (
        "73",
        "",
        "主动公开信息21条，其中部门文件14条（规范性文件0条）、分工1条、计划1条、总结1条、人事1条、预算2条、其他1条。",
    ),
    ("74", "", "公开信息218条。其中机构类信息4条，行政许可类信息2条，动态类信息208条。"),
    ("76", "art20_6.penalties.decisions=5", "法规文件（行政执法）信息12条。"),
    ("77", "art20_5.licences.decisions=115", "全年办理行政许可{115}件；作出行政许可决定{115}件。"),
    ("79", "normative=30", "全年公开文件30条。"),
    # F: the fee for handling information is not the fees of table 二
    ("80", "art20_8.fees.amount=96171", "收取信息公开信息处理费 3940 元。"),
    ("82", "", "信息公开未发生收费情况。"),
    ("83", "", "本局未发生信息公开收费事项。"),
    ("85", "N=6 fee_unpaid=6", "本年度未收取信息处理费。"),
    # G: lists and sums
    (
        "88",
        "",
        "全文由总体情况、主动公开信息情况、收到和处理信息公开申请情况、因信息公开被申请行政复议和提起诉讼的情况、"
        "主要问题及改进情况和其他需要报告的事项等六部分组成。",
    ),
    (
        "89",
        "",
        "公开信息249条，其中：工作动态9条；通知公告7条；重点工作39条；预决算6条；人事1条；规划1条；村务185条；采购1条。",
    ),
    (
        "91",
        "N=3607",
        "全县收办{3607}件(县政府349件、各有关部门933件、甲县477件、乙县301件、丙县{874}件、丁区673件)。",
    ),
    ("92", "", "归集文件10219件，其中，市级文件{8140}件，县区级文件2079件。"),
    ("94", "", "信息18439条，其中：概况类{69}条、政务动态类8043条、信息公开目录类10327条。"),
    ("95", "", "发布信息218条，其中民生类30条、财政类12条等。"),
    # H: figures of other things
    ("97", "N=3", "热线8391件、人大代表建议123件、政协提案151件。"),
    ("98", "N=3 D=3", "收到248条网民留言，答复留言230条。"),
    ("100", "N=3", "受理各类群众诉求近17250件。"),
    ("101", "N=3", "主动公开各类政府信息 5500 余条。"),
    ("103", "", "对接上级编制的26个试点领域。"),
    ("104", "", "测政办发[2020] 11号。"),
    ("106, without last year", "N=3525 P=121", "收办{3646}件,同比增长1.05%。"),
    ("107", "", "同比增长70.3%。"),
    # I: periods and kinds of office are for other rules
    ("109", "", "统计期限自2020年1月1日起至2020年12月31日止。"),
    ("110", "", "自2024年1月1日起至202024年12月31日止。"),
    ("112", "", "2025 年我们将抓好以下工作。"),
    ("113", "", "2024年本县加大条例宣传力度。"),
    ("115", "", "在全街道范围内开展宣传。"),
    ("116", "", "各镇（街道）、街道社区、县（市、区）。"),
]
BY_ID = pytest.mark.parametrize(("figures", "text"), [row[1:] for row in AGREE], ids=[row[0] for row in AGREE])


@BY_ID
def test_what_agrees_or_is_not_on_the_form_is_passed_over(figures: str, text: str) -> None:
    assert said(filed(figures, re.sub("[{}]", "", text))) == []


@BY_ID
def test_every_figure_compared_is_found_when_it_is_ten_more(figures: str, text: str) -> None:
    for found in re.finditer("{(.+?)}", text):
        more = str(Decimal(found[1].replace(",", "").replace(" ", "")) + 10)
        changed = text[: found.start()] + more + text[found.end() :]
        messages = said(filed(figures, re.sub("[{}]", "", changed)))
        assert len(messages) == 1, (more, messages)
        assert more in messages[0] or "相加为" in messages[0]


DIFFER: list[tuple[str, str, str, str]] = [
    ("11", "N=95", "2024年，县政府办代表县政府受理信息公开申请17件，均已答复。", "T1 17 95 口径"),
    ("26", "N=2", "全年未收到信息公开申请。", "T1 未收到 2"),
    ("28", "N=12 P=3 D=14 C=1", "收到申请12件，已全部办结。", "T1 已全部办结 1"),
    ("37", "granted=272 partly_granted=3 D=805", "予以公开和部分公开258件，占比33.9%。", "T2 258 275 33.9% 32.0%"),
    (
        "38",
        "not_held=265 must_be_created=47 still_unclear=25 D=805",
        "由于本机关不掌握等原因无法提供265件，占比32.9%。",
        "T2 265 337",
    ),
    (
        "55",
        "复议维持=170 直诉维持=25 后诉维持=52",
        "备案信息公开领域行政复议案件134件，行政诉讼案件57件。",
        "T5 备案 134 170 57 77 口径",
    ),
    (
        "58",
        "复议维持=5 复议未结=2 直诉维持=8 直诉未结=1",
        "信息公开方面行政复议7件、诉讼9件，均维持。",
        "T5 均维持 16 13",
    ),
    ("86", "", "设9个具体目录(机构、领导、科室、直属单位、联系方式、文件、人事、总结)。", "T7 9个具体目录 8"),
    # ours
    (
        "four parts",
        "",
        "报告由总体情况、主动公开情况、申请情况、复议诉讼情况、存在问题和其他需要报告的事项五部分组成。",
        "T7 五部分 6",
    ),
    ("both readings", "N=713 P=36 D=749", "受理公开申请794件。", "T1 794 713 749 均不相符"),
    ("only one reading", "N=713", "受理公开申请794件。", "T1 “一、本年新收”（J8）为 713。请核对正文与表三。"),
    ("two verbs", "N=5 D=4 C=1", "收到并办结公开申请5件。", "T1 5 4"),
    ("Chinese numerals", "N=12", "收到申请十三件。", "T1 十三件 12"),
    ("none, but some", "复议维持=1", "未发生行政复议、行政诉讼。", "T5 未发生 1"),
    ("lost one", "复议纠正=1", "未发生行政复议纠错或行政诉讼败诉情形。", "T5 1"),
    ("fees", "art20_8.fees.amount=12", "收取行政事业性收费11万元。", "T6 11万元 12"),
    ("share of those closed", "granted=20 D=40", "予以公开20件，占比45.1%；部分公开0件。", "T3 45.1% 50.0%"),
    ("brackets", "", "开展活动12次（培训5次、讲座4次、参观2次）。", "T7 12次 11"),
    ("other documents", "normative=5", "制发行政规范性文件6件。", "T6 6 5"),
    ("persons", "N=8 received.company=2", "收到申请10件，其中自然人9件，法人或其他组织1件。", "T4 9 8 1 2"),
]


@pytest.mark.parametrize(("figures", "text", "found"), [row[1:] for row in DIFFER], ids=[row[0] for row in DIFFER])
def test_what_differs_is_one_reminder_with_both_figures(figures: str, text: str, found: str) -> None:
    _one(said(filed(figures, text)), found)


def _one(messages: list[str], found: str) -> None:
    """One reminder, of the rule and with all the words given."""
    code, *words = found.split()
    assert len(messages) == 1
    assert messages[0].startswith(f"〔{code}·提醒〕正文（B")
    for word in words:
        assert re.search(rf"(?<![0-9]){re.escape(word)}(?![0-9])", messages[0]), (word, messages[0])


EXAMPLES = [
    # rule, figures, a sentence that passes, one that fails: for the manual
    (
        "T1",
        "N=30 P=2 D=28 C=4",
        "全年收到政府信息公开申请32件，结转下年4件。",
        "全年收到政府信息公开申请33件，结转下年4件。",
    ),
    ("T2", "granted=12 not_held=5", "予以公开12件，无法提供5件。", "予以公开12件，无法提供7件。"),
    ("T3", "granted=12 not_held=5", "予以公开12件，占70.6%；无法提供5件。", "予以公开12件，占75.0%；无法提供5件。"),
    ("T4", "N=8 received.company=2", "收到申请10件，其中自然人申请8件。", "收到申请10件，其中自然人申请9件。"),
    ("T5", "复议维持=2 复议未结=1", "行政复议3件，其中结果维持2件。", "行政复议3件，均获维持。"),
    ("T6", "normative=5", "制发行政规范性文件5件。", "制发行政规范性文件6件。"),
    ("T7", "", "设3个专栏（指南、制度、年报）。", "设4个专栏（指南、制度、年报）。"),
]


@pytest.mark.parametrize(("code", "figures", "passes", "fails"), EXAMPLES, ids=[row[0] for row in EXAMPLES])
def test_every_rule_passes_and_fails(code: str, figures: str, passes: str, fails: str) -> None:
    assert said(filed(figures, passes)) == []
    _one(said(filed(figures, fails)), code)


def test_last_year_is_compared_where_it_is_at_hand() -> None:
    last = replace(filed("N=15 P=1 D=16", ""), year=2023)
    passes = "2023年收到申请15件，2024年收到申请21件，较上年增加6件，同比增长40%。"
    fails = "2023年收到申请14件，2024年收到申请21件，较上年增加6件，同比增长50%。"
    assert said(filed("N=21 D=21", fails)) == []
    assert said(replace(filed("N=21 D=21", passes), previous=last)) == []
    _one(said(replace(filed("N=21 D=21", fails), previous=last)), "T8 14 15 50% 40%")
    assert said(replace(filed("N=21 D=21", fails), previous=replace(last, year=2022))) == []


def test_a_percentage_against_last_year_follows_the_reading_of_its_figure() -> None:
    last = replace(filed("N=3511 P=96 D=3486 C=121", ""), year=2023)
    now = filed("N=3525 P=121 D=3521 C=125", "收办3646件，同比增长1.05%。")
    _one(said(replace(now, previous=last)), "T8 1.05% 3607 3646 1.08%")
    assert said(replace(now, previous=last, narrative={"overview": "收办3646件，同比增长1.08%。"})) == []


def test_a_reminder_leads_to_its_paragraph_and_its_cells() -> None:
    of = filed("N=12 P=2 D=14", "开头。\n\n全年受理公开申请13件。")
    (line,) = listed([f for f in run(of) if f.rule.code == "T1"], of)
    assert (line.sheet, line.address, line.found) == ("一、总体情况", "B5", "全年受理公开申请13件。")
    assert [(mark.sheet, mark.address) for mark in line.marks] == [
        ("一、总体情况", "B5"),
        ("表三", "J8"),
        ("表三", "J9"),
    ]
    assert line.problem == (
        "正文（B5）写“全年受理公开申请13件”，表三“一、本年新收”（J8）为 12，"
        "或“一、本年新收”（J8）＋“二、上年结转”（J9）为 14（12+2），均不相符。"
    )
    assert line.fix == "请核对正文与表三。"
