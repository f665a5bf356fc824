"""A report as nested words, the way templates ask for them (模板取值). Only dicts, lists and strings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xltools.form import Heading, Ref
from xltools.report import OFFICE_FIELDS, Number, Report

_RUN_IN = re.compile(r"\s*[（(][一二三四五六七八九十]+[）)][^。]*。?")
_DATE = re.compile(r"\s*(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?\s*")


def context(
    report: Report, *, mark: str = "", submission: bool = False, answers: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    """Return what a template may name: year, title, office, every table and part, notes, mark, submission.

    ``answers`` are problems and what the office said to them.
    """
    edition = report.edition
    words: dict[str, Any] = {table.id: {row: {} for row in table.row} for table in edition.tables.values()}
    for ref, value in report.values().items():
        table, row, column = ref
        simple = type(value) is int and value >= 0 and ref in edition.counts
        words[table][row][column] = str(value) if simple else _number(report, ref, value)
    for section in edition.sections:
        if not section.tables:
            words[section.id] = [_paragraph(text) for text in report.paragraphs(section.id)]
    office = {name: str(getattr(report.office, name)) for name in OFFICE_FIELDS}
    return {
        **words,
        "year": str(report.year or "____"),
        "title": report.title,
        "office": {**office, "title_name": report.title_name, "date": date(report.office.date)},
        "notes": {
            section.id: [line for line in report.notes.get(section.sheet, "").split("\n") if line.strip()]
            for section in edition.sections
            if section.tables
        },
        "mark": mark,
        "submission": "是" if submission else "",
        "answered": "是" if answers else "",
        "answers": [{"problem": problem, "answer": answer} for problem, answer in answers],
    }


def _number(report: Report, ref: Ref, value: Number | None) -> str:
    """A number as the form prints it; text in a draft as typed, a blank as nothing."""
    if value is None:
        return report.texts.get(ref, "") if ref not in report.edition.parts else ""
    return printed(value, report.edition.column(ref))


def printed(value: Number, column: Heading) -> str:
    """``增115``, ``357595元``, ``96171.6``: every digit as entered."""
    digits = f"{abs(value):f}" if isinstance(value, Decimal) else str(abs(value))
    if not (column.signed or column.money):
        return digits if value >= 0 else "-" + digits
    if column.signed and value:
        return ("增" if value > 0 else "减") + digits
    text = "-" + digits if value < 0 else digits
    return text + column.unit if column.money and column.unit not in column.label else text


def date(text: str) -> str:
    """A date as documents print it, ``2021年1月25日``; anything else as typed."""
    match = _DATE.fullmatch(text)
    return f"{match[1]}年{int(match[2])}月{int(match[3])}日" if match else text


def _paragraph(text: str) -> dict[str, str]:
    """Split off a run-in heading “（一）……。”; ``indented`` where the indent was typed."""
    match = _RUN_IN.match(text)
    cut = match.end() if match else 0
    return {"heading": text[:cut], "text": text[cut:], "indented": "是" if text.startswith(("　", "  ")) else ""}
