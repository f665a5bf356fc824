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
        "二○二六年一月十五日",
        "二◯二六年〇一月一十五日",
        "二O二六年一月十五日",
        "二０二六年一月十五号",
        "２０２６年１月１５日",
        "2O26年O1月15日",
        "2026年一月十五日",
        "2026年1月15号",
        "2026．1．15",
        "２０２６－０１－１５",
        "2026／1／15",
        "2026-1-15 00:00:00",
        "2026/1/15 0:00",
        "2026年1月15日 15：30",
        "2026-01-15T00:00:00.000",
        "2026—1—15",
        "2026–01–15",
        "2026年元月15日",
        "二〇二六年元月十五日",
    ],
)
def test_a_day(text: str) -> None:
    assert day(text) == date(2026, 1, 15)


@pytest.mark.parametrize(
    "text",
    ["", "2026年1月", "1月15日", "2026-02-30", "26-1-15", "二〇二六年一月", "二〇二六年二月三十日", "十年一月一日",
     "2026.1", "2026年1", "20260115", "2026-1-15-16", "2026-1-15 0", "2026年1月十5日", "二〇二六年一月一五日",
     "二〇二六年一月〇日", "二〇二六年一月两日", "二〇二六年一月百日", "2026年1月15日前", "○○○○年○月○日"],
)  # fmt: skip
def test_no_day(text: str) -> None:
    assert day(text) is None


def test_days_of_one_and_two_characters() -> None:
    assert [day(f"二〇二五年十二月{said}日") for said in ("一", "十", "二十", "二十一", "三十一", "廿五", "卅")] == [
        date(2025, 12, n) for n in (1, 10, 20, 21, 31, 25, 30)
    ]


def test_a_nought_after_tens() -> None:
    assert [day(f"二〇二六年一〇月{said}日") for said in ("一○", "二〇", "三零", "〇二")] == [
        date(2026, 10, n) for n in (10, 20, 30, 2)
    ]
