"""What a column accepts."""

from decimal import Decimal

import pytest

from xltools.form import Heading

COUNT = Heading("n", "件数")
CHANGE = Heading("n", "本年增/减", signed=True)
MONEY = Heading("n", "金额", unit="万元")


@pytest.mark.parametrize(
    ("column", "value", "accepted"),
    [
        (COUNT, 0, True),
        (COUNT, 5, True),
        (COUNT, -1, False),
        (COUNT, Decimal("12.5"), False),
        (CHANGE, -8, True),
        (CHANGE, Decimal("-0.5"), False),
        (MONEY, Decimal("96171.6"), True),
        (MONEY, Decimal("-0.1"), False),
    ],
)
def test_accepts(column: Heading, value: int | Decimal, accepted: bool) -> None:
    assert column.accepts(value) is accepted


def test_leaves_are_in_printed_order() -> None:
    tree = Heading("a", "甲", (Heading("b", "乙"), Heading("c", "丙", (Heading("d", "丁"),))))
    assert [leaf.id for leaf in tree.leaves()] == ["b", "d"]
    assert [heading.id for heading in tree.walk()] == ["a", "b", "c", "d"]
