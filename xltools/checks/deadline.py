"""Whether there is still time to publish the report (公开期限). Only where the day of judgment is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from xltools.checks import organ
from xltools.checks.rule import Problem, Rules
from xltools.editions.shared import DEADLINES
from xltools.report import Report
from xltools.severity import Severity

rule = RULES = Rules()

_SOON, _LONG_PAST = 15, -300
"""Days before the deadline from which, and after it until which, it is worth a word."""


@rule(
    "D1", "《条例》第四十九条；当地通知", Severity.WARNING,
    passes={"year": 2025, "office.kind": "部门", "today": "2026-01-05"},
    fails={"year": 2025, "office.kind": "部门", "today": "2026-01-28"},
)  # fmt: skip
def in_time(report: Report) -> Iterator[Problem]:
    """临近或者已过公布期限：部门1月31日，政府3月31日，当地另有规定的按规定。"""
    if report.today is None or report.year is None or not dt.MINYEAR <= report.year < dt.MAXYEAR:
        return
    day = DEADLINES.get(organ.kind(report.office))
    deadline = report.deadline or (day and dt.date(report.year + 1, *day))
    if not deadline:
        return
    left = (deadline - report.today).days
    if _LONG_PAST <= left <= _SOON:
        source = "按当地规定" if report.deadline else "《条例》第四十九条"
        state = f"还有 {left} 天" if left >= 0 else f"已逾期 {-left} 天"
        field = report.edition.fields["year"]
        message = (f"公布期限是 {deadline.year}年{deadline.month}月{deadline.day}日（{source}），{state}。",)
        fix = "请按期公布。" if left >= 0 else "还没有公布的，请尽快公布；已经公布的，在“情况说明”栏写明日期。"
        yield Problem(message, (field,), (fix,))
