"""Text against tables (正文与表格): what the prose says in figures is what the tables say.

Every figure that is fully understood is compared; everything else is passed over in silence.
Source of all: 《条例》第五十条, which asks for one report in words and figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from xltools.checks.prose.claims import Claim
from xltools.checks.prose.context import Context
from xltools.checks.prose.judge import Fault, Judge
from xltools.checks.prose.lists import tallies
from xltools.checks.prose.phrases import phrases
from xltools.checks.prose.reader import read
from xltools.checks.prose.sentences import Sentence, sentences
from xltools.checks.prose.tokens import tokens
from xltools.checks.rule import Entries, Problem, Rules
from xltools.form import Edition, Place
from xltools.report import Report
from xltools.severity import Severity

rule = RULES = Rules()

_ASPECTS = "主动公开、依申请公开、政府信息管理、平台建设、监督保障各项工作正常开展。"


def _said(words: str, **more: int) -> Entries:
    """An example: two requests granted, one case upheld, and what part one says about it."""
    requests = {"requests.received.natural_person": 2, "requests.granted.natural_person": 2}
    return {**requests, "cases.cases.reconsideration_upheld": 1, **more, "narrative.overview": _ASPECTS + words}


_LAST_YEAR = {"previous.requests.received.natural_person": 1, "previous.requests.granted.natural_person": 1}
_SHARED = "各(?:部门|单位|乡|镇|街道|县|区)"
"""A sentence that tells the others' figures too leaves no doubt whose these are."""
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


class _Same:
    """A report as a key: the same object, not an equal one."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.report is self.report

    def __hash__(self) -> int:
        return id(self.report)


def _found(report: Report, code: str) -> Iterator[Problem]:
    return (problem for found, problem in _problems(_Same(report)) if found == code)


@lru_cache(maxsize=1)
def _problems(of: _Same) -> tuple[tuple[str, Problem], ...]:
    """Everything found in a report; kept for the eight rules that ask for it one after another.

    Figures that may be those of a part of the office are pointed out once, and only where it gives no others.
    """
    report = of.report
    judge = Judge(report)
    problems: list[tuple[str, Problem]] = []
    parts: list[tuple[str, Problem]] = []
    for sentence, claims in claimed(report):
        faults = list(judge.faults(claims))
        sure = [fault for fault in faults if not fault.scope]
        if sure or (faults and not re.search(_SHARED, sentence.text)):
            told = sure or faults
            (problems if sure else parts).append((told[0].rule, _problem(report.edition, sentence, told)))
    return (*problems, *(() if judge.told else parts[:1]))


def claimed(report: Report) -> Iterator[tuple[Sentence, Sequence[Claim]]]:
    """Yield the sentences that claim something, each with its claims."""
    before = Context(report.edition)
    for sentence in sentences(report):
        claims: list[Claim] = []
        if sentence.claims:
            context = before.next_sentence() if sentence.follows else Context(report.edition)
            claims += read(phrases(tokens(sentence.text, report.edition.id, report.year)), context)
            before = context
        if sentence.lists:
            claims += tallies(sentence.text)
        if claims:
            yield sentence, claims


def _problem(edition: Edition, sentence: Sentence, faults: Sequence[Fault]) -> Problem:
    """All that is wrong in one sentence as one reminder."""
    place = edition.fields[f"narrative.{sentence.part}"]._replace(row=sentence.row)
    message: list[str | Place] = ["正文（", place, "）"]
    for i, fault in enumerate(faults):
        message += ["；" if i else "", *fault.words]
    cells = dict.fromkeys(ref for fault in faults for ref in fault.cells)
    fix = "".join(dict.fromkeys(fault.fix for fault in faults))
    return Problem((*message, "。"), (place, *cells), (fix,))
