"""The one cell that would mend a sum: named where it is the only one, and never guessed."""

from typing import Any

import pytest

from tests.checks.said import said

OUT, IN = "requests__outcome_total", "requests__received"


def column(name: str = "company", **rows: int) -> dict[str, int]:
    return {f"requests__{row}__{name}": value for row, value in rows.items()}


def hint(rule: str, **entries: Any) -> str:
    """What is added to the first sentence of a rule."""
    line = said(rule, **entries)[0]
    known = {
        "H1": "请核对该行各类申请人的件数。",
        "V1": "同一件申请只能计入一种结果。",
        "B1": "、E31、E32。",
        "R1": "或核对四项结果。",
    }
    return line.partition(known[rule])[2]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        # two digits changed places, in one cell only
        ({"received": 73, "granted": 30, "not_held": 7}, "“一、本年新收·商业企业”（E8）的 73 如果是 37 颠倒了数字"),
        ({"received": 52, "granted": 25, "not_held": 9}, ""),  # 52 for 34 is no swap
        ({"received": 21, "granted": 12}, ""),  # either may be the one
        # a case left out, or counted twice
        ({"received": 10, "carried_in": 3, "granted": 10}, "上年结转·商业企业”（E9）的 3 件，可能没有计入办理结果。"),
        ({"received": 10, "granted": 10, "partly_granted": 4}, "部分公开·商业企业”（E11）的 4 件，可能重复计入。"),
        ({"received": 10, "granted": 8, "partly_granted": 2, "carried_out": 2}, ""),  # two cells of 2
        ({"received": 10, "granted": 12}, ""),
        ({"received": 3}, ""),  # nothing at all on the other side: no cause, only a blank
    ],
)  # fmt: skip
def test_a_column_with_computed_totals(rows: dict[str, int], says: str) -> None:
    found = hint("B1", **column(**rows))
    assert says in found if says else not found


def test_the_total_column_leaves_the_cause_to_the_column_itself() -> None:
    lines = said("B1", **column(received=73, granted=37))
    assert len(lines) == 2 and "颠倒" not in lines[1]


def test_two_unbalanced_columns_have_no_single_cause() -> None:
    assert "颠倒" not in "".join(said("B1", **column(received=73, granted=37), **column("charity", received=5)))


PUBLISHED = {
    "requests__received__total": 9, "requests__received__company": 9, "requests__granted__company": 6,
    "requests__granted__total": 6, "requests__petition__company": 3, "requests__petition__total": 3,
    "requests__outcome_total__company": 9, "requests__outcome_total__total": 9,
}  # fmt: skip
"""A column as published, with its totals; two cells of it were changed in each case."""


@pytest.mark.parametrize(
    ("rule", "changed", "says"),
    [
        ("V1", {"requests__granted__company": 8}, "只改一格就各处相符的，只有 E10（8 改为 6），请先核对它。"),
        ("H1", {"requests__granted__company": 8}, "只改一格就各处相符的，只有 E10（8 改为 6），请先核对它。"),
        ("H1", {"requests__granted__total": 5}, "只改一格就各处相符的，只有 J10（5 改为 6），请先核对它。"),
        ("V1", {"requests__outcome_total__company": 6}, "只改一格就各处相符的，只有 E31（6 改为 9），请先核对它。"),
        ("V1", {"requests__granted__company": 8, "requests__petition__company": 4}, ""),
    ],
)
def test_a_table_with_its_totals_has_the_cell_where_row_and_column_cross(
    rule: str, changed: dict[str, int], says: str
) -> None:
    assert hint(rule, **{**PUBLISHED, **changed}) == says


@pytest.mark.parametrize(
    ("total", "says"),
    [
        (5, "相差恰好是“行政复议·尚未审结”（D8）的 2，合计可能漏加了它。"),
        (9, "相差恰好是“行政复议·尚未审结”（D8）的 2，合计可能重复加了它。"),
        (2, "相差恰好是“行政复议·结果维持”（A8）的 5，合计可能漏加了它。"),
        (6, ""),
    ],
)
def test_a_total_without_one_of_its_terms(total: int, says: str) -> None:
    cases = {"upheld": 5, "pending": 2, "total": total}
    entries = {f"cases__cases__reconsideration_{name}": value for name, value in cases.items()}
    assert hint("R1", **entries) == says
