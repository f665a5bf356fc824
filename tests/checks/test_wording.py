"""What a text must have and must not have: the faults of real reports, and what only looks like one."""

from dataclasses import replace
from typing import Any

import pytest

from tests.checks.said import said
from tests.support.reports import zero
from xltools import editions
from xltools.checks import run

FIVE = "（一）主动公开。按时公开。（二）依申请公开。依法答复。{}（四）平台建设。更新栏目。（五）监督保障。组织培训。"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (FIVE.format("（三）政府信息管理。清理文件。"), ""),
        (FIVE.format("加强发布审核把关。"), ""),  # said in other words
        (FIVE.format(""), "“政府信息管理”"),
        ("本报告依据条例编制，数据截至年底。", "“主动公开”“依申请公开”"),
        ("全年共受理公开申请3件。主动发布信息20条，信息的审查按规定办。维护微信公众号。接受群众评议。", ""),
    ],
)
def test_c1(text: str, missing: str) -> None:
    lines = said("C1", narrative__overview=text)
    assert (f"一、总体情况：未见{missing}" in lines[0] and len(lines) == 1) if missing else not lines


def test_c1_is_of_the_new_form_and_leaves_an_empty_part_to_f3() -> None:
    assert not said("C1", "2019", narrative__overview="有。")
    assert not said("C1", narrative__overview="")


@pytest.mark.parametrize(
    ("name", "kind", "text", "words"),
    [
        ("芙蓉镇人民政府", "", "向全街道群众宣传", "本单位是“镇”，正文出现“全街道”"),
        ("芙蓉镇人民政府", "", "我局高度重视", "“我局”"),
        ("芙蓉镇人民政府", "", "我乡高度重视", "“我乡”"),
        ("雁湖乡人民政府", "", "本镇高度重视", "本单位是“乡”，正文出现“本镇”"),
        ("城东街道办事处", "", "本镇高度重视，我镇及时公开", "本单位是“街道”，正文出现“本镇”（共 2 处）"),
        ("某县教育局", "", "我镇高度重视", "“我镇”"),
        ("某县人民政府", "", "本局高度重视", "“本局”"),
        ("某单位", "街道", "我 镇高度重视", "“我镇”"),
        ("芙蓉镇人民政府", "", "各镇（街道）、街道社区、县（市、区）", ""),
        ("芙蓉镇人民政府", "", "着眼全局，服务全市全县全区", ""),
        ("芙蓉镇人民政府", "", "健全街道社区联系制度，打破本局限，全街道路整洁", ""),
        ("城东街道办事处", "", "健全镇街联动，全镇街参与，自我镇定，文本镇村两级", ""),
        ("某县教育局", "", "各街道、乡镇，本乡土教材，全镇集中", ""),
        ("芙蓉镇人民政府", "", "我市政府网站、本县档案馆", ""),
        ("某某中心", "", "我镇高度重视，我局高度重视", ""),
        ("芙蓉镇人民政府", "其他", "我街道", ""),
    ],
)
def test_c3(name: str, kind: str, text: str, words: str) -> None:
    lines = said("C3", office__name=name, office__kind=kind, narrative__problems=text)
    assert (words in lines[0] and len(lines) == 1) if words else not lines


def test_c3_spares_the_short_name_of_the_office() -> None:
    assert not said("C3", office__name="某区市场监管所", office__kind="部门", office__short_name="我镇",
                    narrative__problems="我镇高度重视")  # fmt: skip


LONG = "公开的内容不够丰富，更新不够及时；政策解读形式单一，群众参与不够多。" * 4


@pytest.mark.parametrize(
    ("now", "then", "found"),
    [
        (f"2024年培训4次。{LONG}", f"2023年培训3次。{LONG}", 1),
        (LONG, "栏目设置还不合理。", 0),
        (LONG + "新的一年里我们做了许多从来没有做过的事情，" * 4 + "都写在这里。", LONG, 0),
    ],
)
def test_c4(now: str, then: str, found: int) -> None:
    lines = said("C4", narrative__problems=now, previous__narrative__problems=then)
    assert len(lines) == found
    assert not lines or "正文与上年报告相同的占 100%" in lines[0]


def test_c4_is_silent_where_nothing_happened_and_where_little_is_said() -> None:
    same = {"narrative__problems": LONG, "previous__narrative__problems": LONG}
    assert said("C4", **same) and not said("C4", **same, art20_5__licences__decisions=0)
    assert not said("C4", narrative__problems="没有。", previous__narrative__problems="没有。")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("本年度未收取信息处理费。", 0),
        ("全年收取信息处理费 300 元。", 0),
        ("没有发生收费的事。", 0),
        ("没有收取\n相关费用。", 0),
        ("无。", 1),
        ("无行政事业性收费。", 1),
        ("", 0),  # F3
    ],
)
def test_c5(text: str, found: int) -> None:
    lines = said("C5", year=2024, narrative__other_matters=text)
    assert len(lines) == found
    assert not lines or lines[0].endswith(
        "未收取的请写“2024年度未收取信息处理费”（与表二“行政事业性收费”不是同一事项）。"
    )
    assert not said("C5", "2019", narrative__other_matters=text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("总的情况。\n\n一、存在的问题\n培训偏少。\n二、改进情况\n加强培训。",
         "五、问题改进（B5）以“一、”开头：“一、存在的问题”。部分内的标题请用“（一）”，“一、”只用于六个部分。"),
        ("- 二、改进情况", "以“二、”开头"),
        ("五、存在的主要问题及改进情况\n培训偏少。", "部分的标题由系统印出，请删去。"),
        ("（一）存在的问题\n一是培训偏少；二、更新不够。", ""),
        ("十二月召开会议。一、二级目录齐全。", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_c6(text: str, says: str, edition: str) -> None:
    lines = said("C6", edition, narrative__problems=text)
    assert (says in lines[0] and len(lines) == 1) if says else not lines


def test_c6_leaves_the_preamble_alone() -> None:
    """It may well list the six parts."""
    assert not said("C6", narrative__preamble="本报告共六部分：\n一、总体情况\n二、主动公开政府信息情况")


HOSTILE: list[Any] = [
    "", " \n\t　", "\ud800年我镇\udfff", "年" * 50_000, "2020年" * 12_500, "1" * 50_000, "1-" * 25_000,
    "全街道" * 20_000, "我" * 50_000, "一、" * 25_000, "\n" * 50_000, "13800001111" * 5_000, "。" * 50_000,
    "2023年我们将" * 8_000, "﷽" * 3_000, "一、\n" * 20_000, "2020年1月1日" * 6_000, "改进措施" * 12_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_no_text_is_too_much(text: str, edition: str) -> None:
    """Whatever stands in the parts: no exception, and time in proportion to the text."""
    base = zero(editions.get(edition))
    words = dict.fromkeys(("preamble", "overview", "problems", "other_matters"), text)
    last = replace(base, year=(base.year or 0) - 1, narrative=words)
    findings = run(replace(base, narrative=words, notes={"表三": text}, previous=last))
    assert not any(finding.is_error for finding in findings)
