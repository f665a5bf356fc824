"""Last year's reports beside this year's: every file is compared with its own, under whatever name it filed then."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.batch.support import roster, run, send, tree
from tests.support.reports import balanced, ref
from xltools import editions
from xltools.batch import last
from xltools.cli import cli
from xltools.form import Ref
from xltools.report import Office, Report
from xltools.workbook.build import build

EDITION = editions.get("2021")
CARRIED_IN, CARRIED_OUT = (Ref("requests", row, "natural_person") for row in ("carried_in", "carried_out"))


def filed(office: str, year: int, **numbers: int) -> Report:
    base = replace(balanced(EDITION, 4), office=Office(name=office), year=year)
    return replace(base, numbers={**base.numbers, **{ref(at): n for at, n in numbers.items()}})


def followed(this: Report, office: str) -> Report:
    """Last year's report from which this one follows."""
    before = filed(office, 2024)
    carried = {place._replace(row="carried_out"): n for place, n in this.numbers.items() if place.row == "carried_in"}
    return replace(before, numbers={**before.numbers, **carried})


def codes(collection: Any, file: str) -> set[str]:
    return {f["rule"] for outcome in collection.outcomes if outcome.file == file for f in outcome.findings}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    this = filed("甲镇", 2025)
    right = followed(this, "乙乡")
    wrong = replace(followed(this, "甲镇"), numbers={**right.numbers, CARRIED_OUT: this.numbers[CARRIED_IN] + 3})
    now = send(tmp_path / "收件", {"甲.xlsx": build(this), "乙.xlsx": build(replace(this, office=Office(name="乙镇")))})
    old = {"甲.xlsx": build(wrong), "乙.xlsx": build(right)}
    return now, send(tmp_path / "上年", old)


def test_each_is_compared_with_its_own(folders: tuple[Path, Path], tmp_path: Path) -> None:
    now, before = folders
    lines = roster(tmp_path / "名单.xlsx", {"单位全称": "甲镇"}, {"单位全称": "乙镇", "曾用名": "乙乡"})
    found = run(now, tmp_path / "出", roster=lines, previous=before)
    assert "X1" in codes(found, "甲.xlsx") and "X1" not in codes(found, "乙.xlsx")
    said = json.loads((tmp_path / "出/findings.json").read_bytes())
    sentence = next(f for file in said["files"] for f in file["findings"] if f["rule"] == "X1")
    assert "上年" in sentence["message"] and "相差 3" in sentence["message"]
    assert "X1" not in codes(run(now, tmp_path / "出", roster=lines), "甲.xlsx")


def test_the_command_for_one_file_says_the_same(folders: tuple[Path, Path], tmp_path: Path) -> None:
    now, before = folders
    found = run(now, tmp_path / "出", previous=before)
    line = ["check", "--json", str(now / "甲.xlsx"), "--previous", str(before / "甲.xlsx")]
    (entry,) = json.loads(CliRunner().invoke(cli, line).output)
    (outcome,) = [outcome for outcome in found.outcomes if outcome.file == "甲.xlsx"]
    assert json.loads(json.dumps(outcome.findings)) == entry["findings"]


def test_a_corrected_last_year_is_looked_at_again(folders: tuple[Path, Path], tmp_path: Path) -> None:
    now, before = folders
    out = tmp_path / "出"
    assert "X1" in codes(run(now, out, previous=before), "甲.xlsx")
    first = tree(out)
    run(now, out, previous=before)
    assert tree(out) == first
    (before / "甲.xlsx").write_bytes(build(followed(filed("甲镇", 2025), "甲镇")))
    assert "X1" not in codes(run(now, out, previous=before), "甲.xlsx")


def test_predecessors_are_added_up() -> None:
    one, other = filed("甲局", 2024), filed("乙局", 2024)
    whole = last.joined("新局", [one, other])
    assert whole and whole.office.name == "新局"
    assert whole.numbers[CARRIED_OUT] == one.numbers[CARRIED_OUT] + other.numbers[CARRIED_OUT]
    assert last.joined("新局", [one]) is one
    assert last.joined("新局", [one, replace(other, year=2023)]) is None
    assert last.joined("新局", []) is None


def test_only_the_year_before_is_last_year(tmp_path: Path) -> None:
    path = tmp_path / "last.zip"
    digest = last.keep(path, {"甲镇": filed("甲镇", 2024)})
    assert last.keep(path, {"甲镇": filed("甲镇", 2024)}) == digest
    found = last.find(path, filed("甲镇", 2025))
    assert found and found.year == 2024
    assert last.find(path, filed("甲镇", 2026)) is None
    assert last.find(path, filed("丙镇", 2025)) is None
