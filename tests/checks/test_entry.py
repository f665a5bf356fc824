"""What may stand in a cell: a passing and a failing case for every rule, read aloud."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.reports import ref, report, zero
from xltools import editions
from xltools.checks import run
from xltools.checks.entry import plain_number
from xltools.form import Heading
from xltools.outputs.findings import sentence
from xltools.report import Report


def said(filed: Report, rule: str) -> list[str]:
    return [sentence(f, filed.edition) for f in run(filed) if f.rule.code == rule]


def test_a_complete_report_gives_no_finding() -> None:
    for edition in editions.all():
        assert run(zero(edition)) == []


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("-", "没有发生的请填 0，不要填“-”“/”“无”。说明文字请写在“表注”。"),
        ("5", "如果是 5，请在英文输入状态下重新输入 5，不要带逗号、空格和单位。"),
        ("２２件", "如果是 22，请在英文输入状态下重新输入 22，不要带逗号、空格和单位。"),
        ("#REF!", "这是公式出错的结果，请清除后填写数字。"),
    ],
)
def test_n1_text(typed: str, advice: str) -> None:
    assert said(report(requests__granted__company=typed), "N1") == [
        f"〔N1·错误〕表三“（一）予以公开·商业企业”（E10）填的是“{typed}”，此格只能填 0 或正整数。{advice}"
    ]


def test_n1_negative_money_formula_and_year() -> None:
    assert "填的是“-3”，此格只能填 0 或正整数" in said(report(art20_6__penalties__decisions=-3), "N1")[0]
    assert "此格只能填 0 或正数（单位：万元）" in said(report(art20_8__fees__amount="3万"), "N1")[0]
    typed = replace(report(), formulas={ref("requests.granted.company"): "=2+3"})
    assert said(typed, "N1")[0].endswith("填的是“=2+3”，此格只能填 0 或正整数。请直接填写数字，不要用公式。")
    assert said(replace(report(), year=None, year_text="二一"), "N1") == [
        "〔N1·错误〕封面“年度”（B6）填的是“二一”，应是四位年度（本版用于2021年度及以后）。请改正。"
    ]


def test_n2_blank() -> None:
    assert said(report(requests__granted__company=None), "N2") == [
        "〔N2·错误〕表三“（一）予以公开·商业企业”（E10）尚未填写。"
        "确无此项请填 0；本表其余各格确实均为 0 的，可将“本表未填格均为0”选为“是”。"
    ]
    assert not said(replace(report(requests__granted__company=None), zero_filled=frozenset({"表三"})), "N2")
    nobody = replace(report(), office=replace(report().office, name=""))
    assert said(nobody, "N2") == ["〔N2·错误〕封面“单位全称”（B7）尚未填写。请填写单位全称。"]


def test_n3_fractions() -> None:
    assert said(report(requests__granted__company=Decimal("12.5")), "N3") == [
        "〔N3·错误〕表三“（一）予以公开·商业企业”（E10）的值 12.5 不是整数，件数须为整数。"
        "请填整数；只有金额可以带小数，单位见该格提示。"
    ]
    assert not said(report(art20_8__fees__amount=Decimal("96171.6")), "N3")


@pytest.mark.parametrize("typed", ["--253", "增115", "减8"])
def test_s1_sign(typed: str) -> None:
    assert said(report("2019", art20_5__licences__change=typed), "S1") == [
        f"〔S1·错误〕表二“行政许可·本年增/减”（C11）填了“{typed}”，此格只能填一个整数。"
        "增加填正数，减少填负数（如 -253），没有变化填 0，只能有一个符号，不写“增”“减”。"
    ]
    assert run(report("2019", art20_5__licences__change=-253)) == []


def test_n1_invisible_text() -> None:
    assert said(report(requests__granted__company=" "), "N1") == [
        "〔N1·错误〕表三“（一）予以公开·商业企业”（E10）填的是看不见的空格，此格只能填 0 或正整数。"
        "请按 Delete 键清除后重新填写。"
    ]


def test_n1_text_in_a_stated_total() -> None:
    assert "总计”（J10）填的是“37件”" in said(report(requests__granted__total="37件"), "N1")[0]


def test_n1_what_is_no_text_in_a_text_entry() -> None:
    filed = replace(report(), misfits={"narrative.overview": ((1, "#REF!"), (4, 44221))})
    assert said(filed, "N1") == [
        f"〔N1·错误〕一、总体情况“一、总体情况”（{cell}）填的是“{found}”，是公式、错误值或单独的数字、日期，此处应是文字。"
        "请按正文的写法重新输入文字。"
        for cell, found in (("B5", "#REF!"), ("B8", "44221"))
    ]


COUNT, MONEY = Heading("n", "件数"), Heading("n", "金额", unit="万元")


@pytest.mark.parametrize(
    ("column", "text", "number"),
    [
        (COUNT, "1,200", "1200"),
        (COUNT, "1，200，300件", "1200300"),
        (COUNT, " 5 ", "5"),
        (COUNT, "+22", "22"),
        (MONEY, "12.5万元", "12.5"),
        (MONEY, "１２．５", "12.5"),
        (MONEY, "357595元", ""),  # another unit is another number
        (COUNT, "12.5", ""),
        (COUNT, "1,2件", ""),
        (COUNT, "3，5", ""),
        (COUNT, "-", ""),
        (COUNT, "", ""),
        (COUNT, "5件左右", ""),
    ],
)
def test_plain_number_offers_nothing_where_there_is_a_doubt(column: Heading, text: str, number: str) -> None:
    assert plain_number(text, column) == number
