"""The form is the right one, whole and unchanged."""

from dataclasses import replace

from tests.support.reports import ref, report
from xltools import editions
from xltools.checks import run
from xltools.outputs.findings import sentence
from xltools.report import Report


def said(filed: Report) -> list[str]:
    return [sentence(f, filed.edition) for f in run(filed)]


def test_f1_edition_of_another_year() -> None:
    assert said(replace(report("2019"), year=2023)) == [
        "〔F1·错误〕2023 年度报告应使用2021年版格式（国办公开办函〔2021〕30号），这份用的是2019年试行版。"
        "请使用2021年版工作簿重新填报。"
    ]


def test_f2_overwritten_total() -> None:
    changed = replace(report(requests__granted__total=0), overwritten=frozenset({ref("requests.granted.total")}))
    assert said(changed) == [
        "〔F2·错误〕表三“（一）予以公开·总计”（J10）的合计公式被改成了“0”。"
        "合计由系统计算，请在未改动的工作簿中重新粘贴数值。"
    ]


def test_f3_a_part_without_words_is_a_reminder() -> None:
    silent = replace(report(), narrative={**report().narrative, "problems": " \n"})
    assert said(silent) == [
        "〔F3·提醒〕“五、存在的主要问题及改进情况”还没有内容（工作表“五、问题改进”）。六个部分都要有；确实没有的，写“无”。"
    ]
    assert not any(finding.is_error for finding in run(silent))


def test_the_preamble_may_be_empty() -> None:
    assert "narrative.preamble" in editions.get("2021").fields
    assert run(report()) == []
