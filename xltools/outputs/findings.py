"""Findings as sentences for people and as JSON for programs (问题的说法)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from xltools.checks import Finding, Words
from xltools.checks.entry import quoted
from xltools.form import Edition, Field, Place, Ref
from xltools.report import Number, Report
from xltools.workbook.layout import layout
from xltools.workbook.worklist import Kind, Line, Mark


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
        "answer": answer(finding, report),
        "cells": [{**place_json(place, edition), "value": _value(report, place)} for place in problem.places],
    }


def place_json(place: Place, edition: Edition) -> dict[str, str]:
    """Where an entry is: its id, what it is called, sheet and cell."""
    area = layout(edition).area(place)
    return {"ref": str(place), "label": edition.label(place), "sheet": area.sheet, "cell": area.a1}


def answer(finding: Finding, report: Report) -> str:
    """What the office wrote under 情况说明 to this very finding, its figures included."""
    if not report.answers:
        return ""
    area = layout(report.edition).area(finding.problem.places[0])
    said = spoken(finding.problem.message, report.edition)
    return report.answers.get((finding.rule.code, area.sheet, area.a1, said), "")


def listed(findings: Iterable[Finding], report: Report) -> list[Line]:
    """The findings as lines of 问题清单, with their answers."""
    lines = []
    for finding in findings:
        rule, problem = finding.rule, finding.problem
        message, fix = (spoken(words, report.edition) for words in (problem.message, problem.fix))
        area = layout(report.edition).area(problem.places[0])
        marks = tuple(mark for place in problem.places if (mark := _mark(report, place)))
        found = _value(report, problem.places[0])
        shown = "" if found is None else quoted(str(found))
        said = answer(finding, report)
        lines.append(Line(rule.severity.chinese, rule.code, area.sheet, area.a1, shown, message, fix, marks, said))
    return lines


def answered(findings: Iterable[Finding], report: Report) -> list[tuple[str, str]]:
    """The problems to which the office said something, and what it said."""
    edition = report.edition
    return [
        (spoken(finding.problem.message, edition), said) for finding in findings if (said := answer(finding, report))
    ]


def counted(findings: Iterable[Finding]) -> str:
    """How many there are, in words."""
    errors = [finding.is_error for finding in findings]
    if not errors:
        return "没有错误，没有提醒。"
    return f"错误 {sum(errors)} 处，提醒 {len(errors) - sum(errors)} 处。"


def _mark(report: Report, place: Place) -> Mark | None:
    """What is in a cell, as a spreadsheet sees it; ``None`` where paragraphs over many rows are meant."""
    area = layout(report.edition).area(place)
    if not isinstance(place, Ref) and "!" in place.id:
        return None
    value: Number | str | None
    if isinstance(place, Ref):
        if place in report.edition.parts and place not in report.overwritten:
            return Mark(area.sheet, area.a1, report.stated(place), Kind.TOTAL)
        formula = report.formulas.get(place)
        value = report.numbers.get(place, report.texts.get(place)) if formula is None else formula
        return Mark(area.sheet, area.a1, value, Kind.TYPED if formula is None else Kind.FORMULA)
    misfit = dict(report.misfits.get(place.id, ())).get(place.row or 0)
    if misfit is not None:
        computed = isinstance(misfit, str) and misfit.startswith("=")
        return Mark(area.sheet, area.a1, misfit, Kind.FORMULA if computed else Kind.TYPED)
    value = _words(report, place)
    return None if value and area.height > 1 else Mark(area.sheet, area.a1, value)


def _words(report: Report, field: Field) -> str | None:
    """What was entered in a field, or in one row of it."""
    if field.row is None:
        return report.entry(field.id) or None
    return report.row_text(field.id.partition(".")[2], field.row) or None


def _value(report: Report, place: Place) -> int | float | str | None:
    """What stands in a place, as typed; ``None`` for blank."""
    if not isinstance(place, Ref):
        misfit = dict(report.misfits.get(place.id, ())).get(place.row or 0)
        if misfit is not None:
            return float(misfit) if isinstance(misfit, Decimal) else misfit
        return _words(report, place)
    typed = report.formulas.get(place) or report.texts.get(place)
    value = report.stated(place) if place in report.edition.parts else report.numbers.get(place)
    if typed is not None or value is None:
        return typed
    return float(value) if isinstance(value, Decimal) else value
