"""Blank is not zero, totals are recomputed."""

from dataclasses import replace

import pytest

from tests.support.reports import filing, ref, report, zero
from xltools import editions
from xltools.report import Office, Report

NATURAL, COMPANY, TOTAL = (ref(f"requests.received.{column}") for column in ("natural_person", "company", "total"))


def test_a_blank_leaves_its_total_unknown() -> None:
    incomplete = report(requests__received__company=None)
    assert incomplete.blank(COMPANY)
    assert incomplete.value(TOTAL) is None


def test_blanks_count_as_zero_only_where_the_office_said_so() -> None:
    incomplete = report(requests__received__company=None, requests__received__natural_person=5)
    assert replace(incomplete, zero_filled=frozenset({"表四"})).value(TOTAL) is None
    declared = replace(incomplete, zero_filled=frozenset({"表三"}))
    assert declared.value(TOTAL) == 5
    assert not declared.blank(COMPANY)


def test_text_is_not_zero_even_where_blanks_are() -> None:
    assert replace(report(requests__received__company="-"), zero_filled=frozenset({"表三"})).value(TOTAL) is None


def test_a_stated_total_is_kept_for_checking_but_never_printed() -> None:
    stated = report(requests__received__natural_person=5, requests__received__total=7)
    assert (stated.stated(TOTAL), stated.value(TOTAL)) == (7, 5)
    assert stated.without_totals().stated(TOTAL) == 5


def test_recomputed_totals_are_those_that_offices_published() -> None:
    for name in ("furong_town_2020", "huaian_city_2024", "suqian_city_2023", "suqian_city_2024"):
        filed = filing(name)
        assert all(filed.value(place) == filed.numbers[place] for place in filed.edition.parts), name


@pytest.mark.parametrize(
    ("office", "title"),
    [
        (Office(name="乐清市芙蓉镇人民政府"), "乐清市芙蓉镇人民政府2020年政府信息公开工作年度报告"),
        (Office(name="乐清市芙蓉镇人民政府", title_name="芙蓉镇"), "芙蓉镇2020年政府信息公开工作年度报告"),
    ],
)
def test_title(office: Office, title: str) -> None:
    assert Report(office, 2020, editions.get("2019")).title == title


def test_paragraphs_leave_out_empty_lines_and_nothing_else() -> None:
    written = replace(zero(editions.get("2021")), narrative={"overview": "　　一段\n\n \n（一）二段。 "})
    assert written.paragraphs("overview") == ("　　一段", "（一）二段。 ")


def test_paragraphs_are_numbered_by_the_rows_that_they_stand_in_or_will() -> None:
    written = replace(zero(editions.get("2021")), narrative={"overview": "一\n\n二\n三"})
    assert written.numbered("overview") == ((0, "一"), (1, "二"), (2, "三"))
    assert written.row_text("overview", 1) == "二"
    read = replace(written, rows={"overview": (3, 3, 3, 8)})
    assert read.numbered("overview") == ((3, "一"), (3, "二"), (8, "三"))
    assert read.row_text("overview", 3) == "一\n\n二"
    assert read == written
