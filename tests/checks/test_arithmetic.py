"""The sentences of the sums and 勾稽; every equation of every edition has its rule."""

from decimal import Decimal

import pytest

from tests.support.reports import EDITIONS, FILINGS, report
from xltools import interchange
from xltools.checks import Severity, run
from xltools.checks.rules import RULES
from xltools.outputs.findings import sentence
from xltools.report import Number


def said(rule: str, /, **entries: Number) -> list[str]:
    filed = report(**entries)
    return [sentence(f, filed.edition) for f in run(filed) if f.rule.code == rule]


def test_h1() -> None:
    assert said(
        "H1", requests__received__natural_person=5, requests__received__company=2, requests__received__total=8
    ) == [
        "〔H1·错误〕表三“一、本年新收”总计（J8）为 8，六类申请人相加为 7（5+2+0+0+0+0），相差 1。"
        "总计由系统计算，请核对该行各类申请人的件数。"
    ]


@pytest.mark.parametrize(("stated", "word"), [(3, "多 1 件"), (1, "少 1 件")])
def test_v1(stated: int, word: str) -> None:
    lines = said("V1", requests__granted__research=2, requests__outcome_total__research=stated)
    assert lines[:1] == [
        f"〔V1·错误〕表三“科研机构”列：各项办理结果相加为 2，“（七）总计”（F31）为 {stated}，{word}。"
        "请逐项核对（一）至（六），同一件申请只能计入一种结果。"
    ]


def test_b1() -> None:
    assert said("B1", requests__received__charity=3, requests__granted__charity=1, requests__carried_out__charity=1)[
        :1
    ] == [
        "〔B1·错误〕表三“社会公益组织”列不平衡：一（3）+二（0）＝3，三（1）+四（1）＝2，相差 1。"
        "请核对 G8、G9、G31、G32。"
    ]


def test_b1_names_the_column_that_is_off_the_other_way() -> None:
    lines = said("B1", requests__received__natural_person=1, requests__granted__other_organisation=1)
    assert len(lines) == 2
    assert lines[0].endswith(
        "请核对 D8、D9、D31、D32。“其他组织”列恰好相反相差 -1，可能有 1 件申请的新收与办结填在了不同申请人类别。"
    )


def test_b1_offers_no_half_cases() -> None:
    half = Decimal("2.5")
    lines = said("B1", requests__received__natural_person=half, requests__granted__other_organisation=half)
    assert len(lines) == 2 and not any("恰好相反" in line for line in lines)


def test_r2() -> None:
    assert said("R2", cases__cases__direct_upheld=3, cases__cases__direct_other=2, cases__cases__direct_total=4) == [
        "〔R2·错误〕表四“未经复议直接起诉”：结果维持 3＋结果纠正 0＋其他结果 2＋尚未审结 0＝5，总计（J8）为 4，相差 1。"
        "请改为 5，或核对四项结果。"
    ]


@pytest.mark.parametrize("path", FILINGS, ids=lambda p: p.stem)
def test_no_arithmetic_error_on_published_tables_that_are_right(path) -> None:
    filed = interchange.load(path)
    codes = {f.rule.code for f in run(filed)}
    assert not codes & {"H1", "V1", "B1", "R1", "R2", "R3"}
    assert codes == {"shanghai_office_2019": {"N2"}, "furong_town_2020": {"E1"}}.get(path.stem, set())


def test_blanks_of_shanghai_are_reported_cell_by_cell() -> None:
    filed = interchange.load(next(path for path in FILINGS if path.stem.startswith("shanghai")))
    blanks = [f.problem.places[0] for f in run(filed)]
    assert blanks == [place for place in filed.edition.inputs if place not in filed.numbers]
    assert len(blanks) == 113


def test_every_equation_has_its_rule_and_every_rule_its_line_in_the_manual() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))
    assert {e.rule for edition in EDITIONS for e in edition.equations} <= set(codes)
    for rule in RULES:
        assert rule.summary.endswith("。") and rule.source and isinstance(rule.severity, Severity)
