"""Days as people type them."""

from datetime import date

import pytest

from xltools.batch.days import day


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-15",
        "2026/1/15",
        "2026.1.15",
        "2026年1月15日",
        " 2026 年 1 月 15 日 ",
        "二〇二六年一月十五日",
        "二零二六年一月十五日",
    ],
)
def test_a_day(text: str) -> None:
    assert day(text) == date(2026, 1, 15)


@pytest.mark.parametrize(
    "text",
    ["", "2026年1月", "1月15日", "2026-02-30", "26-1-15", "二〇二六年一月", "二〇二六年二月三十日", "十年一月一日"],
)
def test_no_day(text: str) -> None:
    assert day(text) is None


def test_days_of_one_and_two_characters() -> None:
    assert [day(f"二〇二五年十二月{said}日") for said in ("一", "十", "二十", "二十一", "三十一")] == [
        date(2025, 12, n) for n in (1, 10, 20, 21, 31)
    ]
