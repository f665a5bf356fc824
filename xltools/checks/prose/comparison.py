"""What the prose says in figures held against the tables, sentence by sentence (正文与表格比对)."""

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
from xltools.checks.rule import Problem
from xltools.form import Edition, Place
from xltools.report import Report

_SHARED = "各(?:部门|单位|乡|镇|街道|县|区)"
"""A sentence that tells the others' figures too leaves no doubt whose these are."""


def problems(report: Report) -> Sequence[tuple[str, Problem]]:
    """Return everything found in a report, each with the rule that asks for it."""
    return _problems(_Same(report))


class _Same:
    """A report as a key: the same object, not an equal one."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.report is self.report

    def __hash__(self) -> int:
        return id(self.report)


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
