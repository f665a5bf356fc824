"""Reports for the reader of quantities: a few figures and one paragraph, written in a line."""

from __future__ import annotations

from dataclasses import replace

from tests.support.reports import report
from xltools.checks import run
from xltools.outputs.findings import sentence
from xltools.report import Number, Report

NAMES = {
    "N": "requests__received__natural_person",
    "P": "requests__carried_in__natural_person",
    "C": "requests__carried_out__natural_person",
    "rules": "art20_1__rules__issued",
    "normative": "art20_1__normative_documents__issued",
}
STAGES = {"复议": "reconsideration", "直诉": "direct", "后诉": "after_reconsideration"}
VERDICTS = {"维持": "upheld", "纠正": "corrected", "其他": "other", "未结": "pending"}


def filed(
    figures: str, text: str, edition: str = "2021", office: str = "测试县人民政府", **office_entries: str
) -> Report:
    """A report with a few figures: ``N=713 P=36 D=718 C=31 不公开=2 复议维持=5`` and one paragraph of text.

    D is what was closed in all: what of it no row is given for, stands under 其他处理.
    """
    entries: dict[str, Number] = {}
    closed = 0
    given = dict(part.split("=") for part in figures.split())
    for name, digits in given.items():
        number = int(digits)
        if name[:2] in STAGES:
            entries[f"cases__cases__{STAGES[name[:2]]}_{VERDICTS[name[2:]]}"] = number
        elif "." in name:
            entries[("" if name.startswith("art") else "requests__") + name.replace(".", "__")] = number
        elif name in NAMES:
            entries[NAMES[name]] = number
        elif name != "D":
            entries[f"requests__{name}__natural_person"] = number
            closed += number
    if "D" in given and int(given["D"]) != closed:
        rest = "closed_otherwise" if edition == "2021" else "otherwise"
        entries[f"requests__{rest}__natural_person"] = int(given["D"]) - closed
    base = report(edition, **entries)
    words = {**base.narrative, "overview": text}
    year = 2024 if edition == "2021" else 2020
    return replace(base, narrative=words, year=year, office=replace(base.office, name=office, **office_entries))


def said(of: Report) -> list[str]:
    return [sentence(f, of.edition) for f in run(of) if f.rule.code.startswith("T")]
