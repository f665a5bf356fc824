"""What last year gives: 结转 and the office's details, never over what is there."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.support.reports import ref, report
from xltools.report import Office, Report
from xltools.workbook.carry import carry

HERE, THERE = "requests__carried_in__natural_person", "requests__carried_out__natural_person"


def last_year(edition: str = "2021", **entries: Any) -> Report:
    return replace(
        report(edition, **entries), office=Office(name="芙蓉镇人民政府", phone="0577-1", date="2021年1月1日")
    )


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_carried_out_becomes_carried_in_also_across_editions(edition: str) -> None:
    carried = carry(report(**{HERE: None}), last_year(edition, **{THERE: 7}))
    assert carried.entries[ref("requests.carried_in.natural_person")] == 7
    assert carried.differing == {}


@pytest.mark.parametrize(
    ("now", "last", "filled", "differs"),
    [
        (None, 3, True, False),
        (None, None, False, False),
        (3, 3, False, False),
        (2, 3, False, True),
        (0, 3, False, True),
        ("-", 3, False, True),
        (None, "无", False, False),
        (3, None, False, False),
        (Decimal("2.5"), 3, False, True),
    ],
)
def test_only_blank_cells_are_filled(now: Any, last: Any, filled: bool, differs: bool) -> None:
    carried = carry(report(**{HERE: now}), last_year(**{THERE: last}))
    place = ref("requests.carried_in.natural_person")
    assert (place in carried.entries) is filled
    assert (place in carried.differing) is differs


def test_a_total_is_left_to_its_formula() -> None:
    carried = carry(report(**{HERE: None}), last_year(**{THERE: 7}))
    assert ref("requests.carried_in.total") not in carried.entries


def test_details_of_the_office_but_not_the_date() -> None:
    blank = replace(report(), office=Office(phone="0577-2"))
    entries = {str(place): value for place, value in carry(blank, last_year()).entries.items()}
    assert entries["office.name"] == "芙蓉镇人民政府"
    assert "office.phone" not in entries
    assert "office.date" not in entries
