"""Figures that can hardly be meant: what is asked, and above all what is not."""

from decimal import Decimal
from typing import Any

import pytest

from tests.checks.said import said


def row(table: str, name: str, **columns: Any) -> dict[str, Any]:
    return {f"{table}__{name}__{column}": value for column, value in columns.items()}


def items(name: str, last_year: int, change: int, decisions: int) -> dict[str, Any]:
    table = "art20_5" if name in ("licences", "other_services") else "art20_6"
    return row(table, name, last_year=last_year, change=change, decisions=decisions)


def test_e1() -> None:
    assert said("E1", "2019", **items("licences", 0, 115, 115)) == [
        "〔E1·提醒〕行政许可：“上一年项目数量”（B11）0＋“本年增/减”（C11）115＝“处理决定数量”（D11）115。"
        "“项目数量”指事项的个数，“处理决定数量”指本年办件量，两者一般没有相加关系。请确认是否把办件量填进了项目数量。"
    ]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("licences", 22, 1, 23), ("other_services", 1168, 173, 1341), ("penalties", 2, -2, 0)], 3),
        ([("penalties", 253, -253, 0)], 0),  # an item that is no more
        ([("licences", 16, 3, 780)], 0),
        ([("licences", 5, 0, 5)], 0),
        ([("licences", 0, 0, 0)], 0),
    ],
)
def test_e1_where_nothing_changed_or_all_was_abolished_is_no_misreading(rows: Any, found: int) -> None:
    entries = {key: value for line in rows for key, value in items(*line).items()}
    assert len(said("E1", "2019", **entries)) == found


@pytest.mark.parametrize(
    ("projects", "amount", "says"),
    [
        (1, 236_000_000, "平均每个 236000000 元，明显偏大"),
        (8, Decimal("160.5964"), "平均每个 20.0746 元，明显偏小"),
        (0, 5000, "有金额而没有项目"),
        (29, 357_595, ""),
        (6, 251_000, ""),
        (0, 0, ""),
        (3, 0, ""),
    ],
)
def test_u1(projects: int, amount: Any, says: str) -> None:
    lines = said("U1", "2019", **row("art20_9", "procurement", projects=projects, amount=amount))
    assert (says in lines[0] and len(lines) == 1) if says else not lines


@pytest.mark.parametrize(
    ("name", "amount", "before", "says"),
    [
        ("芙蓉镇人民政府", 357595, None, "如果是按元填的，应填 35.7595"),
        ("某区人民政府", 14_722_490, None, "应填 1472.249"),
        ("淮安市人民政府", Decimal("96171.6"), None, ""),
        ("某区人民政府", 120_000, 12, "（上年 12）"),
        ("某区人民政府", 120_000, 90_000, ""),
        ("芙蓉镇人民政府", 0, 5, ""),
    ],
)
def test_u2(name: str, amount: Any, before: Any, says: str) -> None:
    last = {} if before is None else {"previous__art20_8__fees__amount": before}
    lines = said("U2", office__name=name, year=2024, art20_8__fees__amount=amount, **last)
    assert (says in lines[0] and len(lines) == 1) if says else not lines


@pytest.mark.parametrize(
    ("new", "published", "says"),
    [(2, 19, ""), (2, 1, "少于"), (1, 1, ""), (30, 30, "等于"), (0, 0, ""), (60, 368, "")],
)
def test_p1(new: int, published: int, says: str) -> None:
    lines = said("P1", "2019", **row("art20_1", "normative_documents", newly_published=new, published=published))
    assert (says in lines[0] and len(lines) == 1) if says else not lines


@pytest.mark.parametrize(
    ("issued", "repealed", "in_force", "found"), [(5, 1, 25, 0), (5, 5, 0, 0), (5, 0, 0, 1), (0, 9, 3, 0), (5, 1, 4, 0)]
)
def test_p2(issued: int, repealed: int, in_force: int, found: int) -> None:
    documents = row("art20_1", "normative_documents", issued=issued, repealed=repealed, in_force=in_force)
    assert len(said("P2", **documents)) == found


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("芙蓉镇人民政府", "", 1),
        ("某县教育局", "", 1),
        ("某县人民政府", "", 1),
        ("某区人民政府", "", 1),
        ("芙蓉", "街道", 1),
        ("淮安市人民政府", "", 0),
        ("红河哈尼族彝族自治州人民政府", "", 0),
        ("广西壮族自治区人民政府", "", 0),
        ("国家税务总局", "", 0),
        ("交通运输部", "部门", 0),
        ("上海市人民政府办公厅", "", 0),
        ("某某中心", "其他", 0),
    ],
)
def test_p4(name: str, kind: str, found: int) -> None:
    lines = said("P4", office__name=name, office__kind=kind, **row("art20_1", "rules", in_force=6))
    assert len(lines) == found
    assert not lines or "规章：“现行有效件数”（D7）填 6。规章只能由国务院部门" in lines[0]


def test_p7_is_asked_once_and_only_where_all_is_filled_in() -> None:
    nothing = {"art20_5__licences__decisions": 0}
    assert said("P7", **nothing) == [
        "〔P7·提醒〕各表全部为 0，表三“一、本年新收·总计”（J8）也是 0。"
        "零报告确认：确实都没有发生的，请在“情况说明”栏写“零报告”。"
    ]
    assert not said("P7", **nothing, requests__granted__company=None)
    assert len(said("P7", **nothing, requests__granted__company=None, zero_filled__表三="是")) == 1
    assert not said("P7", **nothing, requests__granted__company="-")


def received(now: int, then: int) -> dict[str, int]:
    column = "natural_person"
    return {
        f"requests__received__{column}": now, f"requests__granted__{column}": now,
        f"previous__requests__received__{column}": then, f"previous__requests__granted__{column}": then,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("now", "then", "found"), [(90, 35, 1), (40, 35, 0), (19, 0, 0), (20, 0, 1), (35, 20, 0), (10, 90, 1), (50, 90, 0)]
)
def test_p8(now: int, then: int, found: int) -> None:
    assert len(said("P8", **received(now, then))) == found


def test_p8_is_one_reminder_and_adds_up_what_was_one_row_before() -> None:
    """2019's 其他处理 is 2021's three rows together."""
    three = {f"requests__{row}__company": 20 for row in ("not_corrected", "fee_unpaid", "closed_otherwise")}
    entries = {"requests__received__company": 60, "previous__requests__received__company": 60, **three}
    assert not said("P8", **entries, previous__requests__otherwise__company=60)
    lines = said("P8", **entries, previous__requests__otherwise__company=30, cases__cases__direct_upheld=30)
    assert [line.partition("。")[0] for line in lines] == [
        "〔P8·提醒〕与上年相比增减一半以上：（六）其他处理（J28至J30）30 → 60；行政诉讼（J8、O8）0 → 30"
    ]


def test_astronomical_numbers_are_only_numbers() -> None:
    huge = 10**400
    assert said("U1", "2019", **row("art20_9", "procurement", projects=3, amount=huge), **items("licences", 1, huge, 0))
    assert said("U2", **row("art20_8", "fees", amount=huge), **row("art20_1", "normative_documents", issued=huge))
    assert said("P8", **received(huge, 1)) and said("B1", requests__received__company=huge)
