"""Text against tables (正文与表格): what the prose says in figures is what the tables say.

Every figure that is fully understood is compared; everything else is passed over in silence.
Source of all: 《条例》第五十条, which asks for one report in words and figures.
"""

from __future__ import annotations

from collections.abc import Iterator

from xltools.checks.rule import Entries, Problem, Rules
from xltools.report import Report
from xltools.severity import Severity

rule = RULES = Rules()

_ASPECTS = "主动公开、依申请公开、政府信息管理、平台建设、监督保障各项工作正常开展。"


def _said(words: str, **more: int) -> Entries:
    """An example: two requests granted, one case upheld, and what part one says about it."""
    requests = {"requests.received.natural_person": 2, "requests.granted.natural_person": 2}
    return {**requests, "cases.cases.reconsideration_upheld": 1, **more, "narrative.overview": _ASPECTS + words}


_LAST_YEAR = {"previous.requests.received.natural_person": 1, "previous.requests.granted.natural_person": 1}
_SOURCE = "《条例》第五十条：年度报告的文字与数据应当一致"


@rule(
    "T1",
    _SOURCE,
    Severity.WARNING,
    passes=_said("全年收到政府信息公开申请2件。"),
    fails=_said("全年收到政府信息公开申请3件。"),
)
def requests(report: Report) -> Iterator[Problem]:
    """正文写的申请新收、受理、上年结转、办结、结转下年件数与表三一致。

    “受理”“收到” may be the new ones or those and the carried-in; either will do.
    """
    return _found(report, "T1")


@rule(
    "T2",
    _SOURCE,
    Severity.WARNING,
    passes=_said("全年收到政府信息公开申请2件，予以公开2件。"),
    fails=_said("全年收到政府信息公开申请2件，予以公开1件。"),
)
def outcomes(report: Report) -> Iterator[Problem]:
    """正文写的各项办理结果与表三一致。"""
    return _found(report, "T2")


@rule(
    "T3",
    _SOURCE,
    Severity.WARNING,
    passes=_said("全年收到政府信息公开申请2件，予以公开2件，占100%。"),
    fails=_said("全年收到政府信息公开申请2件，予以公开2件，占50%。"),
)
def shares(report: Report) -> Iterator[Problem]:
    """正文写的百分比按表中数字算得出来。

    Of those closed, received or dealt with, cut or rounded at its last digit.
    """
    return _found(report, "T3")


@rule(
    "T4",
    _SOURCE,
    Severity.WARNING,
    passes=_said("全年收到政府信息公开申请2件，其中自然人申请2件。"),
    fails=_said("全年收到政府信息公开申请2件，其中自然人申请1件。"),
)
def applicants(report: Report) -> Iterator[Problem]:
    """正文写的各类申请人件数与表三一致。"""
    return _found(report, "T4")


@rule(
    "T5",
    _SOURCE,
    Severity.WARNING,
    passes=_said("全年发生政府信息公开行政复议1件。"),
    fails=_said("全年发生政府信息公开行政复议2件。"),
)
def cases(report: Report) -> Iterator[Problem]:
    """正文写的行政复议、行政诉讼件数和结果与表四一致。"""
    return _found(report, "T5")


@rule(
    "T6", _SOURCE, Severity.WARNING, passes=_said("全年作出行政许可决定1件。"), fails=_said("全年作出行政许可决定2件。")
)
def proactive(report: Report) -> Iterator[Problem]:
    """正文写的规章、规范性文件、许可处罚强制和收费与表二一致。"""
    return _found(report, "T6")


@rule(
    "T7",
    _SOURCE,
    Severity.WARNING,
    passes=_said("公开目录下设4个具体目录（机构职能、领导信息、内设科室、联系方式）。"),
    fails=_said("公开目录下设4个具体目录（机构职能、领导信息、联系方式）。"),
)
def lists(report: Report) -> Iterator[Problem]:
    """正文说有几个就列出几个，列全的各项加起来等于总数。"""
    return _found(report, "T7")


@rule(
    "T8",
    _SOURCE,
    Severity.WARNING,
    passes=_said("全年收到政府信息公开申请2件，同比增长100%。", **_LAST_YEAR),
    fails=_said("全年收到政府信息公开申请2件，同比增长50%。", **_LAST_YEAR),
)
def year_on_year(report: Report) -> Iterator[Problem]:
    """正文写的上年数和同比增减与上年报告一致。

    Only where last year's report is at hand.
    """
    return _found(report, "T8")


def _found(report: Report, code: str) -> Iterator[Problem]:
    from xltools.checks.prose.comparison import problems  # so that who only lists the rules need not load it

    return (problem for found, problem in problems(report) if found == code)
