"""Equations on reports: three states, evaluated as stated."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.reports import EDITIONS, balanced, filing, ref, report, zero
from xltools import editions
from xltools.arithmetic import State, Tally, cover_tally, outcomes, section_tally, worst
from xltools.checks import run


def states(filed, rule: str) -> dict[str, str]:
    return {o.equation.line.name: o.state.value for o in outcomes(filed, rule)}


def test_an_unbalanced_column() -> None:
    wrong = report(requests__received__natural_person=5, requests__granted__natural_person=4)
    assert states(wrong, "B1") == {
        "自然人": "不符", "商业企业": "通过", "科研机构": "通过", "社会公益组织": "通过", "法律服务机构": "通过",
        "其他组织": "通过", "总计": "不符",
    }  # fmt: skip


@pytest.mark.parametrize("entry", [None, "-"], ids=["blank", "text"])
def test_blank_and_text_are_incomplete(entry) -> None:
    assert states(report(cases__cases__direct_other=entry), "R2") == {"未经复议直接起诉": "未填齐"}


def test_a_stated_total_is_compared() -> None:
    wrong = report(cases__cases__direct_other=3, cases__cases__direct_total=4)
    (outcome,) = outcomes(wrong, "R2")
    assert (outcome.left, outcome.right, outcome.difference, outcome.state) == (3, 4, -1, State.FAIL)


def test_published_tables_that_are_right_hold_everywhere() -> None:
    for name in ("furong_town_2020", "huaian_city_2024", "suqian_city_2023", "suqian_city_2024"):
        assert {o.state for o in outcomes(filing(name))} == {State.PASS}, name


@given(st.sampled_from(EDITIONS), st.integers(0, 10**6))
def test_balanced_reports_hold_and_one_case_more_breaks_two_columns(edition, seed) -> None:
    right = balanced(edition, seed)
    assert {o.state for o in outcomes(right)} == {State.PASS}
    place = ref("requests.received.company")
    wrong = replace(right, numbers={**right.numbers, place: right.numbers[place] + 1})
    assert Counter(o.equation.line.name for o in outcomes(wrong) if o.state is State.FAIL) == {"商业企业": 1, "总计": 1}


def test_worst() -> None:
    assert worst([State.PASS, State.INCOMPLETE, State.FAIL]) is State.FAIL
    assert worst([State.PASS, State.INCOMPLETE]) is State.INCOMPLETE
    assert worst([]) is State.PASS


def test_what_is_left_to_do() -> None:
    edition = editions.get("2021")
    section = edition.section["cases"]
    place = ref("cases.cases.direct_total")
    wrong = report(cases__cases__direct_other=None, cases__cases__direct_upheld="无")
    wrong = replace(wrong, overwritten=frozenset({place}))
    assert section_tally(wrong, section) == Tally(cells=12, blank=1, wrong=1, failed=0, overwritten=1)
    assert cover_tally(replace(zero(edition), year=None, year_text="二〇二一")) == Tally(cells=2, wrong=1)


@given(st.sampled_from(EDITIONS), st.integers(0, 10**6))
def test_every_thing_left_to_do_is_one_error(edition, seed) -> None:
    from tests.support.reports import random_report

    filed = random_report(edition, seed)
    counted = (cover_tally(filed), *(section_tally(filed, s) for s in edition.sections if s.tables))
    assert sum(count.left for count in counted) == sum(finding.is_error for finding in run(filed))
