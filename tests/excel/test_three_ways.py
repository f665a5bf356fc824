"""In memory, in LibreOffice and headless: the same findings and the same report, byte for byte."""

from __future__ import annotations

import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from tests.support import memory
from tests.support.calc import Calc
from tests.support.reports import FILINGS, ref, report
from xltools import interchange
from xltools.checks import Finding, run
from xltools.checks.rules import RULES
from xltools.excel import buttons, document
from xltools.files import load
from xltools.outputs.findings import sentence
from xltools.report import Report
from xltools.workbook.build import build
from xltools.workbook.layout import layout

D8 = "requests__received__natural_person"


def total(edition: str, place: str) -> tuple[str, str]:
    area = layout(report(edition).edition).numbers[ref(place)]
    return area.sheet, area.a1


# name: report, cells typed into the workbook in LibreOffice, the rules that must find something
PLANTED: dict[str, tuple[Report, list[tuple[str, str, Any]], set[str]]] = {
    "text that looks like a number": (report(**{D8: "５"}), [], {"N1"}),
    "digits as text": (report(**{D8: "5"}), [], {"N1"}),
    "a formula as text": (report(**{D8: "=1+1"}), [], {"N1"}),
    "decimals": (report(**{D8: 12.5}), [], {"N3", "B1"}),
    "negative": (report(**{D8: -1}), [], {"N1", "B1"}),
    "blank": (report(**{D8: None}), [], {"N2"}),
    "unbalanced": (report(**{D8: 5}), [], {"B1"}),
    "a sign in words": (report("2019", art20_5__licences__change="增3"), [], {"S1"}),
    "no words": (replace(report(), narrative={}), [], {"F3"}),
    "no year": (replace(report(), year=None), [], {"N2"}),
    "a year in words": (replace(report(), year=None, year_text="二〇二一"), [], {"N1"}),
    "a formula": (report(), [("表三", "D8", "=2+3")], {"N1", "B1"}),
    "a formula that fails": (report(), [("表三", "D8", "=1/0")], {"N1"}),
    "a formula that gives text": (report(), [("表三", "D8", '="5"')], {"N1"}),
    "a number among the words": (report(), [("一、总体情况", "B5", 5)], {"N1"}),
    "a formula among the words": (report(), [("一、总体情况", "B5", "=1+1")], {"N1"}),
    "a total of one's own": (report(), [(*total("2021", "requests.received.total"), 9)], {"F2", "H1", "B1"}),
    "an outcome of one's own": (
        report(), [(*total("2021", "requests.outcome_total.natural_person"), 9)], {"F2", "V1", "B1"},
    ),
    "reconsideration": (report(), [(*total("2021", "cases.cases.reconsideration_total"), 9)], {"F2", "R1"}),
    "litigation": (report(), [(*total("2021", "cases.cases.direct_total"), 9)], {"F2", "R2"}),
    "litigation after it": (
        report(), [(*total("2021", "cases.cases.after_reconsideration_total"), 9)], {"F2", "R3"},
    ),
    "a date": (report(), [("封面", "B22", 44221)], set()),
    "words beside a table": (report(), [("表三", "L8", "其中3件是上年的")], {"F2"}),
    "a paragraph in the next column": (report(), [("一、总体情况", "C5", "还有一段。")], {"F2"}),
    "a paragraph below the last row": (report(), [("一、总体情况", "B204", "还有一段。")], set()),
    "reminders on the trial form": (
        replace(
            report("2019", art20_5__licences__change=115, art20_5__licences__decisions=115,
                   art20_1__rules__newly_published=2, art20_1__rules__published=1, art20_9__procurement__amount=5),
            narrative={"overview": "一、甲\n我局", "problems": "2018年将进一步加强。", "other_matters": "13800001111"},
        ),
        [], {"E1", "U1", "P1", "P4", "C2", "C3", "C6", "C7"},
    ),
    "reminders": (
        replace(report(art20_8__fees__amount=357595, art20_1__normative_documents__issued=5),
                narrative={"overview": "没有发生。", "problems": "没有。", "other_matters": "无\x7f。"}),
        [], {"U2", "P2", "C1", "C5", "C8"},
    ),
    "nothing at all": (report(art20_5__licences__decisions=0), [], {"P7"}),
    "words against the tables": (
        replace(
            report(**{D8: 10}, requests__granted__natural_person=10),
            narrative={
                "overview": "受理申请5件。\n\n部分公开0件、予以公开10件，占50%。不予处理3件。\n行政复议3件。",
                "problems": "制发规范性文件3件。自然人申请3件。",
                "other_matters": "设4个专栏（指南、制度、年报）。",
            },
        ),
        [],
        {"T1", "T2", "T3", "T4", "T5", "T6", "T7", "C1", "C5"},
    ),
}  # fmt: skip
ELSEWHERE = {"F1", "X1", "X2", "X3", "X4", "P8", "C4", "D1", "T8"}
"""A workbook of another edition is refused by every way; last year's and the day are only there on request."""


def headless(path: Path) -> tuple[list[Finding], Path | None]:
    filled = load(path)
    findings = run(filled)
    return findings, document.make(filled, path.parent, draft=any(finding.is_error for finding in findings))


def pressed(app: xw.App, path: Path) -> tuple[list[Finding], Path | None]:
    app.engine.activate()
    book = app.books.open(path)
    try:
        return buttons.validate(book), buttons.generate_report(book, lambda _: None)
    finally:
        book.close()


def compare(path: Path, office: xw.App, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """Let all three work on copies of one workbook."""
    monkeypatch.setattr(buttons, "say", lambda *_, **__: None)
    monkeypatch.setattr(buttons, "ask", lambda *_: True)
    app = memory.start()
    edition = load(path).edition
    outcomes = []
    for way in (headless, lambda p: pressed(app, p), lambda p: pressed(office, p)):
        folder = path.parent / str(len(outcomes))
        folder.mkdir()
        outcomes.append(way(Path(shutil.copy(path, folder))))
    app.quit()
    said = [[sentence(finding, edition) for finding in findings] for findings, _ in outcomes]
    assert said[1] == said[0] and said[2] == said[0]
    made = [target for _, target in outcomes]
    assert made[0] and made[1] and made[2]
    assert {target.name for target in made if target} == {made[0].name}
    assert made[1].read_bytes() == made[0].read_bytes() and made[2].read_bytes() == made[0].read_bytes()
    return outcomes[0][0]


@pytest.mark.parametrize("path", FILINGS, ids=lambda p: p.stem)
def test_full_reports(path: Path, office: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = tmp_path / "填报.xlsx"
    book.write_bytes(build(interchange.load(path)))
    compare(book, office, monkeypatch)


@pytest.mark.parametrize("name", PLANTED)
def test_planted_faults(name: str, office: xw.App, calc: Calc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled, typed, rules = PLANTED[name]
    book = tmp_path / "填报.xlsx"
    book.write_bytes(build(filled))
    if typed:
        calc.run(book, fill=typed, save=book)
    assert {finding.rule.code for finding in compare(book, office, monkeypatch)} == rules


def test_an_error_pasted_as_a_value(office: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = tmp_path / "填报.xlsx"
    blank = report(**{D8: None})
    book.write_bytes(build(blank))
    number = layout(blank.edition).sheets.index("表三") + 1
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = f"xl/worksheets/sheet{number}.xml"
    parts[name], changes = re.subn(rb'<c r="D8" s="(\d+)"/>', rb'<c r="D8" s="\1" t="e"><v>#REF!</v></c>', parts[name])
    assert changes == 1
    with zipfile.ZipFile(book, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    findings = compare(book, office, monkeypatch)
    assert [finding.rule.code for finding in findings] == ["N1"]


def test_every_rule_is_planted() -> None:
    found = set().union(*(rules for _, _, rules in PLANTED.values()))
    assert found | ELSEWHERE == {rule.code for rule in RULES}
