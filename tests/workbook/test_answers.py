"""What the office answered to findings: read back, matched to the very finding, void once its figures change."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from tests.support.reports import report
from xltools.checks import run
from xltools.cli import cli
from xltools.editions.shared import FINDINGS
from xltools.files import load
from xltools.outputs.findings import answer, as_json, listed, spoken
from xltools.workbook.answers import answers
from xltools.workbook.build import build
from xltools.workbook.file import FileBook
from xltools.workbook.worklist import FIRST, Column

REASON = "口径不同，已与司法局核对。"


@pytest.fixture
def answered(tmp_path: Path) -> Path:
    """A workbook with its findings listed; the first of them is answered."""
    filled = replace(report("2021"), narrative={})
    path = tmp_path / "答.xlsx"
    first, *others = listed(run(filled), filled)
    path.write_bytes(build(filled, findings=[first._replace(answer=REASON), *others]))
    return path


def test_an_answer_is_read_with_its_finding(answered: Path) -> None:
    filled = load(answered)
    first, *others = run(filled)
    assert answer(first, filled) == REASON == as_json(first, filled)["answer"]
    assert others and [answer(finding, filled) for finding in others] == [""] * len(others)
    assert [line.answer for line in listed(run(filled), filled)] == [REASON] + [""] * len(others)


def test_an_answer_to_other_figures_is_void(answered: Path) -> None:
    book = openpyxl.load_workbook(answered)
    cell = book[FINDINGS].cell(FIRST + 1, Column.PROBLEM + 1)
    cell.value = f"{cell.value}，相差 3"
    book.save(answered)
    filled = load(answered)
    assert list(filled.answers.values()) == [REASON]
    assert [answer(finding, filled) for finding in run(filled)] == [""] * len(run(filled))


@pytest.mark.parametrize("saved", [False, True], ids=["XlsxWriter", "openpyxl"])
def test_nothing_is_answered(saved: bool, tmp_path: Path) -> None:
    path = tmp_path / "空.xlsx"
    path.write_bytes(build(report("2021")))
    if saved:
        openpyxl.load_workbook(path).save(path)
    book = FileBook(path)
    assert answers(book) == {}
    assert not book.holds(FINDINGS, Column.ANSWER, FIRST)
    assert book.holds(FINDINGS, Column.ANSWER, FIRST - 1)


def test_check_says_the_answers(answered: Path) -> None:
    said = CliRunner().invoke(cli, ["check", str(answered)])
    assert said.output.count(f"情况说明：{REASON}") == 1
    (entry,) = json.loads(CliRunner().invoke(cli, ["check", "--json", str(answered)]).output)
    assert [finding["answer"] for finding in entry["findings"]].count(REASON) == 1


def test_answers_are_annexed_to_the_version_for_the_receiving_office(answered: Path, tmp_path: Path) -> None:
    out = tmp_path / "报.docx"
    line = ["report", str(answered), "--for", "报送", "--draft", "--annex", "-o", str(out)]
    assert CliRunner().invoke(cli, line).exit_code == 0
    said = [paragraph.text for paragraph in docx.Document(str(out)).paragraphs]
    at = said.index("提醒事项情况说明")
    filled = load(answered)
    assert said[at + 1 : at + 3] == [spoken(run(filled)[0].problem.message, filled.edition), f"情况说明：{REASON}"]
    plain = tmp_path / "平.docx"
    assert CliRunner().invoke(cli, [*line[:-3], "-o", str(plain)]).exit_code == 0
    assert "情况说明" not in "".join(paragraph.text for paragraph in docx.Document(str(plain)).paragraphs)
    assert CliRunner().invoke(cli, ["report", str(answered), "--annex"]).exit_code == 2
