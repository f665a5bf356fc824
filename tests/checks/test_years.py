"""Years in the text: which are wrong, and which only look so."""

import pytest

from tests.checks.said import said
from xltools.checks.years import _named


@pytest.mark.parametrize(
    ("year", "part", "text", "says"),
    [
        # the period
        (2021, "preamble", "统计期限自2020年1月1日起至2020年12月31日止。", "统计期限请改为 2021年1月1日至12月31日。"),
        (2021, "preamble", "统计期限自２０２１年１月１日至１２月３１日。", ""),
        (2021, "overview", "所列数据的统计期限为 2020 年 1 月 1 日至 12 月 31 日。", "报告年度是 2021"),
        (2021, "overview", "规划执行期自2016年1月1日至2020年12月31日。", ""),
        (2020, "preamble", "自2020年1月1日到202020年12月31日", "日期“202020年12月31日”的年份不是四位数字"),
        (2020, "preamble", "20220年度报告", "日期“20220年度”"),
        (2020, "problems", "文号20201215号，近10000年历史", ""),
        # the preamble's own year
        (
            2023,
            "preamble",
            "现公布2022年政府信息公开工作年度报告。",
            "写的是“2022年政府信息公开工作年度报告”，报告年度是 2023",
        ),
        (2023, "preamble", "现公布2023年度报告，与2022年度报告相比有所增加。", ""),
        (2023, "preamble", "根据2019年修订的《条例》和通知要求编制本报告。", ""),
        # last year's sentence
        (2024, "other_matters", "2023年未收取信息处理费。", "未见 2024 年"),
        (2024, "other_matters", "2024年未收取信息处理费，2023年也未收取。", ""),
        (2024, "other_matters", "本年度未收取信息处理费，2023年也未收取。", ""),
        (2024, "overview", "2023年以来，主动公开、依申请、信息管理、平台、监督有进步。", ""),
        (2024, "overview", "依据2023年印发的方案，主动公开、依申请、信息管理、平台、监督。", ""),
        # improvements
        (2023, "problems", "（二）整改措施。2023年我局加大宣传力度。", "改进措施中出现“2023年我局加大”"),
        (2023, "problems", "整改\n2022年，我镇将进一步加强培训。", "改进措施应面向 2024 年"),
        (2023, "problems", "下一步，2023年将着力完善目录。", "“2023年将着力”"),
        (2024, "problems", "对这些不足，2025年我们将着力做好三件事", ""),
        (2020, "problems", "2020年，我镇各项工作平稳，比去年有进步。", ""),
        (2020, "problems", "（二）改进措施。2020年我镇加强了培训，已完成目录编制。", ""),
        (2020, "problems", "2020年，我镇将政务公开纳入考核。", ""),
        (2020, "problems", "（二）改进情况。2020年，我镇继续加强培训。", ""),
        (2020, "problems", "2019年的问题已经改正。", ""),
        (2020, "problems", "上年的问题整改到位。2020年，我镇继续加强培训。", ""),
        # the notice
        (2022, "preamble", "根据国办公开办函〔2019〕60号编制。", "2022 年度报告的格式依据是国办公开办函〔2021〕30号"),
        (2022, "preamble", "根据国办公开办函[2019]60 号编制。", "那是2019年试行版格式的文号"),
        (2022, "preamble", "根据国办公开办函〔2021〕30号（原国办公开办函〔2019〕60号）编制。", ""),
        (2022, "preamble", "根据国办函〔2020〕109号收费。", ""),
    ],
)
def test_c2(year: int, part: str, text: str, says: str) -> None:
    edition = "2021" if year > 2020 else "2019"
    lines = said("C2", edition, year=year, **{f"narrative__{part}": text})
    assert (len(lines) == 1 and says in lines[0]) if says else not lines


def test_c2_without_a_year_says_nothing() -> None:
    assert not said("C2", year="二〇二三", narrative__preamble="统计期限自1999年1月1日至1999年12月31日。")


def test_years_are_found_by_their_character() -> None:
    assert list(_named("2020年，在年底，20年，２０２１年 202020年 1年2022年")) == [
        (0, 2020), (_at("202020年"), None), (_at("2022年"), 2022),
    ]  # fmt: skip


def _at(words: str) -> int:
    return "2020年，在年底，20年，２０２１年 202020年 1年2022年".index(words)
