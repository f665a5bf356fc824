"""What the text rules find in published reports with their own words: every reminder was judged by hand."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.support.reports import CORPUS
from xltools import interchange
from xltools.checks import run
from xltools.checks.prose.claims import Count
from xltools.checks.prose.comparison import claimed
from xltools.outputs.findings import sentence
from xltools.report import Report
from xltools.workbook.layout import layout

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="needs ../shared/corpus")

FOUND = {
    "furong_town_2020": ["T7 9个具体目录 8"],
    "huaian_city_2024": [],
    "shanghai_office_2019": ["T2 258 275 33.9% 32.0% 265 337", "T5 16 13"],
    "suqian_city_2023": [],
    "suqian_city_2024": ["T5 134 170 57 77"],
}
CELLS = {
    "furong_town_2020": [[]],
    "shanghai_office_2019": [["J10", "J11", "J29", "J20", "J21", "J22"], ["A8", "F8", "K8"]],
    "suqian_city_2024": [["E8", "J8", "O8"]],
}


def published(name: str) -> Report:
    return interchange.load(CORPUS / f"{name}.json")


@pytest.mark.parametrize("name", FOUND)
def test_the_faults_in_the_text_and_no_others(name: str) -> None:
    report = published(name)
    found = [f for f in run(report) if f.rule.code.startswith("T")]
    assert [f.rule.code for f in found] == [words.split()[0] for words in FOUND[name]]
    for finding, words in zip(found, FOUND[name], strict=True):
        message = sentence(finding, report.edition)
        for word in words.split()[1:]:
            assert re.search(rf"(?<![0-9]){re.escape(word)}(?![0-9])", message), (word, message)
    form = layout(report.edition)
    assert [[form.area(place).a1 for place in f.problem.places[1:]] for f in found] == CELLS.get(name, [])


@pytest.mark.parametrize("name", FOUND)
def test_every_figure_read_is_found_when_it_is_changed(name: str) -> None:
    report = published(name)
    known = [f.problem for f in run(report)]
    counts = [claim for _, claims in claimed(report) for claim in claims if isinstance(claim, Count)]
    for count in counts:
        said, more = count.phrase.quoted, str(count.value + 1000)
        changed = {
            part: text.replace(said, said.replace(str(count.value), more), 1) for part, text in report.narrative.items()
        }
        if count.phrase.quantity and changed != report.narrative:  # not where brackets stand in the words quoted
            found = [f for f in run(replace(report, narrative=changed)) if f.problem not in known]
            assert len(found) == 1, said
            assert more in sentence(found[0], report.edition)


def test_excerpts_without_text_give_none() -> None:
    for path in CORPUS.glob("x_*.json"):
        assert not [f for f in run(interchange.load(path)) if f.rule.code.startswith("T")]


def test_a_percentage_against_the_published_report_of_the_year_before() -> None:
    report = replace(published("suqian_city_2024"), previous=published("suqian_city_2023"))
    (found,) = [sentence(f, report.edition) for f in run(report) if f.rule.code == "T8"]
    assert "1.05%" in found
    assert "1.08%" in found
