"""The checks: what a report is held against (校验规则). They read a `Report` and know no spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from xltools.checks.rule import Finding, Problem, Rule, Words
from xltools.report import Report
from xltools.severity import Severity

__all__ = ["Finding", "Problem", "Rule", "Severity", "Words", "errors", "run"]


def run(report: Report) -> list[Finding]:
    """Return everything found, rule by rule; bad data never raises and never stops it."""
    from xltools.checks.rules import RULES

    return _found(RULES, report)


def errors(report: Report) -> list[Finding]:
    """Return what keeps a report from being final, and load no other rules: those read all of the prose."""
    from xltools.checks import arithmetic, entry, structure

    rules = (*structure.RULES, *entry.RULES, *arithmetic.RULES)
    return _found((rule for rule in rules if rule.severity is Severity.ERROR), report)


def _found(rules: Iterable[Rule], report: Report) -> list[Finding]:
    return [
        Finding(rule, problem)
        for rule in rules
        if rule.editions is None or report.edition.id in rule.editions
        for problem in rule.check(report)
    ]
