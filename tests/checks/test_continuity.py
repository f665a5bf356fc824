"""This year against last year's report, also where the form changed between them."""

from dataclasses import replace

import pytest

from tests.checks.said import said
from tests.support.reports import ref, zero
from xltools import editions
from xltools.checks import run
from xltools.checks.continuity import last
from xltools.checks.organ import same
from xltools.report import Office


def test_x1() -> None:
    assert said(
        "X1",
        requests__carried_in__natural_person=118,
        requests__granted__natural_person=118,
        previous__requests__carried_out__natural_person=121,
    ) == [
        "〔X1·提醒〕表三“自然人”列：上年报告“四、结转下年度继续办理”为 121，本年“二、上年结转”（D9）填 118，相差 3。"
        "两数应一致，请核对。如上年报告有误，请在“问题清单”的“情况说明”栏写明更正情况。"
    ]


def test_x1_every_column_but_the_total() -> None:
    lines = said("X1", previous__requests__carried_out__natural_person=1, previous__requests__carried_out__charity=2)
    assert [line.partition("：")[0] for line in lines] == [
        "〔X1·提醒〕表三“自然人”列",
        "〔X1·提醒〕表三“社会公益组织”列",
    ]


@pytest.mark.parametrize("year", [2021, 2024])
def test_x1_across_the_change_of_edition(year: int) -> None:
    """2021 follows 2020 on the trial form; the row is the same."""
    assert len(said("X1", year=year, previous__requests__carried_out__company=1)) == 1


def test_x2_names_every_term() -> None:
    entries = {"issued": 3, "repealed": 1, "in_force": 372}
    words = {f"art20_1__normative_documents__{column}": value for column, value in entries.items()}
    assert said("X2", year=2025, previous__art20_1__normative_documents__in_force=66, **words) == [
        "〔X2·提醒〕行政规范性文件：上年报告“现行有效件数” 66＋“本年制发件数” 3－“本年废止件数” 1＝68，"
        "本年“现行有效件数”（D8）填 372，相差 304。请核对。因集中清理、自然失效或统计口径调整的，请在“情况说明”栏写明。"
    ]


def test_x2_is_silent_where_last_year_had_no_such_column() -> None:
    assert not said("X2", year=2021, art20_1__normative_documents__in_force=9)


def test_x3() -> None:
    assert said("X3", "2019", year=2020, art20_5__licences__last_year=9, previous__art20_5__licences__last_year=8) == [
        "〔X3·提醒〕行政许可：上年报告“上一年项目数量” 8＋上年报告“本年增/减” 0＝8，本年“上一年项目数量”（B11）填 9，"
        "相差 1。请核对事项数。如上年报告有误，请在“问题清单”的“情况说明”栏写明更正情况。"
    ]


@pytest.mark.parametrize(("issued", "repealed", "found"), [(3, 0, 1), (0, 0, 0), (2, 2, 0)])
def test_x4_only_where_the_stock_should_have_changed(issued: int, repealed: int, found: int) -> None:
    documents = {"issued": issued, "repealed": repealed, "in_force": 19}
    words = {f"art20_1__normative_documents__{column}": value for column, value in documents.items()}
    assert len(said("X4", previous__art20_1__normative_documents__published=19, **words)) == found


def test_only_the_year_before_of_the_same_office_counts() -> None:
    this = replace(zero(editions.get("2021")), year=2024)
    wrong = {ref("requests.carried_out.company"): 5}
    before = replace(this, year=2023, numbers={**this.numbers, **wrong})
    assert last(replace(this, previous=before)) is before
    for other in (
        replace(before, year=2022),
        replace(before, year=None),
        replace(before, office=Office(name="雁荡镇人民政府")),
    ):
        assert last(replace(this, previous=other)) is None
        assert run(replace(this, previous=other)) == run(this)
    assert last(this) is None and last(replace(this, year=None, previous=before)) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Office(name="乐清市芙蓉镇人民政府"), Office(name="芙蓉镇人民政府"), True),
        (Office(name="芙蓉镇"), Office(name="芙蓉镇人民政府"), True),
        (Office(name="某区发展和改革局"), Office(name="某区教育局"), False),
        (Office(name="芙蓉镇人民政府"), Office(name="芙蓉街道办事处"), False),
        (Office(name="科学技术局", code="A1"), Office(name="科技和工业局", code="ａ1 "), True),
        (Office(name="科学技术局", code="无"), Office(name="教育局", code="无"), False),
        (Office(name="教育局", code="无"), Office(name="市教育局", code="A2"), True),
        (Office(name="教育局", code="A1"), Office(name="市教育局", code="A2"), False),
        (Office(name="芙蓉镇人民政府"), Office(), True),
    ],
)
def test_the_same_office(one: Office, other: Office, expected: bool) -> None:
    assert same(one, other) is same(other, one) is expected
