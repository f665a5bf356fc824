"""The checks: what a report is held against (校验规则). They read a `Report` and know no spreadsheet."""

from xltools.checks import (
    arithmetic,
    characters,
    continuity,
    deadline,
    entry,
    narrative,
    plausibility,
    privacy,
    structure,
    wording,
    years,
)  # fmt: skip
from xltools.checks.rule import Finding, Problem, Rule, Words
from xltools.report import Report
from xltools.severity import Severity

RULES: tuple[Rule, ...] = (
    *structure.RULES, *entry.RULES, *arithmetic.RULES, *plausibility.RULES, *continuity.RULES,
    *narrative.RULES, *sorted((*wording.RULES, *years.RULES, *privacy.RULES), key=lambda rule: rule.code),
    *characters.RULES, *deadline.RULES,
)  # fmt: skip

__all__ = ["RULES", "Finding", "Problem", "Rule", "Severity", "Words", "run"]


def run(report: Report) -> list[Finding]:
    """Return everything found, rule by rule; bad data never raises and never stops it."""
    return [
        Finding(rule, problem)
        for rule in RULES
        if rule.editions is None or report.edition.id in rule.editions
        for problem in rule.check(report)
    ]
