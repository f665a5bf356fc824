"""Addresses are part of the interface: a change here needs a new layout number."""

import pytest

from tests.support.reports import EDITIONS, ref
from xltools import editions
from xltools.workbook.layout import a1, layout


@pytest.mark.parametrize(("row", "column", "address"), [(0, 0, "A1"), (7, 3, "D8"), (9, 25, "Z10"), (0, 26, "AA1")])
def test_a1(row: int, column: int, address: str) -> None:
    assert a1(row, column) == address


@pytest.mark.parametrize(
    ("edition", "place", "where"),
    [
        ("2021", "art20_1.rules.issued", "表二 B7"),
        ("2021", "art20_8.fees.amount", "表二 B18"),
        ("2021", "requests.received.natural_person", "表三 D8"),
        ("2021", "requests.outcome_total.total", "表三 J31"),
        ("2021", "requests.carried_out.natural_person", "表三 D32"),
        ("2021", "cases.cases.reconsideration_total", "表四 E8"),
        ("2019", "art20_5.licences.change", "表二 C11"),
        ("2019", "art20_9.procurement.amount", "表二 C22"),
        ("2019", "requests.otherwise.natural_person", "表三 D28"),
    ],
)
def test_numbers(edition: str, place: str, where: str) -> None:
    area = layout(editions.get(edition)).area(ref(place))
    assert f"{area.sheet} {area.a1}" == where


@pytest.mark.parametrize(
    ("field", "where"),
    [
        ("year", "封面 B6"),
        ("office.name", "封面 B7"),
        ("narrative.overview", "一、总体情况 B4"),
        ("zero_filled.表三", "表三 D34"),
        ("notes.表三", "表三 D35"),
        ("notes.表四", "表四 F11"),
    ],
)
def test_fields(field: str, where: str) -> None:
    edition = editions.get("2021")
    area = layout(edition).area(edition.fields[field])
    assert f"{area.sheet} {area.a1}" == where


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda e: e.id)
def test_nothing_lies_upon_anything(edition) -> None:
    form = layout(edition)
    seen: set[tuple[str, int, int]] = set()
    for area in (*form.labels, *form.numbers.values(), *form.fields.values(), form.identity):
        for row in range(area.row, area.row + area.height):
            for column in range(area.column, area.column + area.width):
                assert (area.sheet, row, column) not in seen, area
                seen.add((area.sheet, row, column))


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda e: e.id)
def test_sheet_names_fit_every_program(edition) -> None:
    names = layout(edition).sheets
    assert len(set(names)) == len(names) == 11
    assert all(len(name) <= 8 and not set(name) & set("[]:*?/\\'") for name in names)
