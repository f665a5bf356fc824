"""Reports in a few words: the examples of the manual, on which the tests run every rule (示例).

An entry is named by its address: ``requests.received.company``, ``narrative.problems``, ``office.kind``,
``year``; ``previous.…`` is one of last year's report, ``today`` and ``deadline`` are dates, ``edition`` is
the id of the form where it is not the rule's own, ``overwritten`` a total whose formula was replaced.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from xltools import editions
from xltools.checks.rule import Entries, Rule
from xltools.editions.shared import YES
from xltools.form import Edition, Ref
from xltools.report import Number, Office, Report

_LAST = "previous."
_WORDS = {
    "overview": "主动公开、依申请公开、政府信息管理、平台建设、监督保障各项工作照常进行。",
    "problems": "没有。",
    "other_matters": "未收取信息处理费。",
}


def faultless(edition: Edition) -> Report:
    """A report of a small town on which nothing is to be found: one licence, no request."""
    numbers: dict[Ref, Number] = dict.fromkeys(edition.inputs, 0)
    numbers[Ref("art20_5", "licences", "decisions")] = 1
    return Report(Office(name="芙蓉镇人民政府"), edition.years[0], edition, numbers, dict(_WORDS))


def example(entries: Entries, edition: Edition) -> Report:
    """The `faultless` report but for these entries; ``None`` is a blank cell, a text in a number's cell a slip."""
    base = faultless(editions.get(str(entries.get("edition", edition.id))))
    numbers, texts = dict(base.numbers), dict(base.texts)
    words: dict[str, dict[str, str]] = {"narrative": dict(base.narrative), "notes": {}, "office": {}, "zero_filled": {}}
    more: dict[str, Any] = {}
    refs = {str(ref): ref for ref in base.edition.refs}
    for key, value in entries.items():
        kind, _, name = key.partition(".")
        if key in refs:
            numbers.pop(refs[key], None)
            if isinstance(value, str):
                texts[refs[key]] = value
            elif value is not None:
                numbers[refs[key]] = value
        elif kind in words:
            words[kind][name] = str(value)
        elif key in ("today", "deadline"):
            more[key] = dt.date.fromisoformat(str(value))
        elif key == "overwritten":
            more[key] = frozenset({refs[str(value)]})
        elif key == "year":
            more |= {"year": None, "year_text": value} if isinstance(value, str) else {"year": value}
        elif key != "edition" and not key.startswith(_LAST):
            raise KeyError(key)
    made = replace(
        base,
        numbers=numbers,
        texts=texts,
        narrative=words["narrative"],
        notes=words["notes"],
        office=replace(base.office, **words["office"]),
        zero_filled=frozenset(sheet for sheet, said in words["zero_filled"].items() if said == YES),
        **more,
    )
    last = last_year(entries)
    return replace(made, previous=_previous(last, made)) if last else made


def last_year(entries: Entries) -> Mapping[str, Number | str | None]:
    """Those entries of an example that are of last year's report."""
    return {key.removeprefix(_LAST): value for key, value in entries.items() if key.startswith(_LAST)}


def edition_of(rule: Rule) -> Edition:
    """The latest form that a rule serves."""
    return next(e for e in reversed(editions.all()) if rule.editions is None or e.id in rule.editions)


def _previous(entries: Entries, report: Report) -> Report:
    assert report.year is not None
    year = report.year - 1
    return replace(example({"year": year, **entries}, editions.for_year(year)), office=report.office)
