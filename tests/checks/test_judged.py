"""Real reports: every reminder on them was judged by hand, and what is known to be wrong with them is found."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.reports import CORPUS
from xltools import interchange
from xltools.checks import Severity, run
from xltools.checks.organ import same
from xltools.checks.rules import RULES
from xltools.report import Report

JUDGED = json.loads(Path(__file__).with_name("judged.json").read_text("utf-8"))
NOT_JUDGED = {"F3"}
"""Excerpts have no text."""


@pytest.fixture(scope="module")
def corpus() -> dict[str, Report]:
    """The published reports by name, each with last year's where that is among them."""
    if not CORPUS.is_dir():
        pytest.skip(f"needs {CORPUS}: published reports, which are not part of the project")
    reports = {path.stem: interchange.load(path) for path in sorted(CORPUS.glob("*.json"))}
    return {
        name: replace(one, previous=next((o for o in reports.values() if before(o, one)), None))
        for name, one in reports.items()
    }


def before(other: Report, one: Report) -> bool:
    return other.year == (one.year or 0) - 1 and same(one.office, other.office)


def test_the_reminders_are_those_that_were_judged(corpus: dict[str, Report]) -> None:
    found = Counter(
        (name, finding.rule.code, str(finding.problem.places[0]))
        for name, filed in corpus.items()
        for finding in run(filed)
        if finding.rule.severity is Severity.WARNING and finding.rule.code not in NOT_JUDGED
    )
    assert found == Counter((line["report"], line["rule"], line["place"]) for line in JUDGED["findings"])


def test_every_known_fault_is_accounted_for(corpus: dict[str, Report]) -> None:
    def known(name: str) -> list[str]:
        about: dict[str, Any] = json.loads((CORPUS / f"{name}.json").read_text("utf-8"))["about"]
        return [fault["code"] for fault in about["known_errors"]]

    listed = Counter((fault["report"], fault["code"]) for fault in JUDGED["faults"])
    assert listed == Counter((name, code) for name in corpus for code in known(name))
    for fault in JUDGED["faults"]:
        codes = {finding.rule.code for finding in run(corpus[fault["report"]])}
        assert not fault["rule"] or (fault["rule"] in codes) is fault["found"], fault


def test_the_table_is_sound() -> None:
    codes = {rule.code for rule in RULES}
    wrong: Counter[str] = Counter()
    for line in JUDGED["findings"]:
        assert line["rule"] in codes and line["why"] and line["verdict"] in ("right", "wrong"), line
        wrong[line["report"]] += line["verdict"] == "wrong"
    assert max(wrong.values()) <= 1
    for fault in JUDGED["faults"]:
        assert fault["why"] and (not fault["rule"] or fault["rule"] in codes), fault
