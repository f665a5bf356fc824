"""Findings as sentences for people and as JSON for programs (问题的说法)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from xltools.checks import Finding, Words
from xltools.form import Edition, Place, Ref
from xltools.report import Report
from xltools.workbook.layout import layout


def spoken(words: Words, edition: Edition) -> str:
    """Write a sentence out, each place as its cell."""
    form = layout(edition)
    return "".join(word if isinstance(word, str) else form.area(word).a1 for word in words)


def sentence(finding: Finding, edition: Edition) -> str:
    """One line: 〔规则·级别〕 place, found, expected, what to do."""
    rule, problem = finding.rule, finding.problem
    said = spoken(problem.message, edition) + spoken(problem.fix, edition)
    return f"〔{rule.code}·{rule.severity.chinese}〕{said}"


def as_json(finding: Finding, report: Report) -> dict[str, Any]:
    """A finding with stable keys, as in ``--json``."""
    rule, problem, edition = finding.rule, finding.problem, report.edition
    return {
        "rule": rule.code,
        "severity": str(rule.severity),
        "message": spoken(problem.message, edition),
        "fix": spoken(problem.fix, edition),
        "source": rule.source,
        "cells": [{**place_json(place, edition), "value": _value(report, place)} for place in problem.places],
    }


def place_json(place: Place, edition: Edition) -> dict[str, str]:
    """Where an entry is: its id, what it is called, sheet and cell."""
    area = layout(edition).area(place)
    return {"ref": str(place), "label": edition.label(place), "sheet": area.sheet, "cell": area.a1}


def _value(report: Report, place: Place) -> int | float | str | None:
    """What stands in a place, as typed; ``None`` for blank."""
    if not isinstance(place, Ref):
        return report.entry(place.id) or None
    typed = report.formulas.get(place) or report.texts.get(place)
    value = report.stated(place) if place in report.edition.parts else report.numbers.get(place)
    if typed is not None or value is None:
        return typed
    return float(value) if isinstance(value, Decimal) else value
