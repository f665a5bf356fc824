"""The roster: what it says, and what is said when it cannot be used."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.batch.support import packed, unpacked
from tests.batch.support import roster as write
from tests.support.calc import Calc
from tests.support.machine import validate
from xltools.batch.blank import blank
from xltools.batch.collection import Member
from xltools.batch.columns import COLUMNS
from xltools.batch.roster import WrongRoster, load

NAME = "单位全称"


def test_everything_a_roster_says(tmp_path: Path) -> None:
    line = {
        NAME: " 芙蓉镇人民政府", "曾用名": "芙蓉乡人民政府、芙蓉公社", "机关代码": "11430000", "类别": "镇乡",
        "是否报送": "是", "是否汇入": "否", "上年对应单位": "甲镇；乙镇", "截止日期": datetime(2026, 1, 31),
        "收件日期": "2026年2月3日", "以哪个文件为准": "b.xlsx", "联系人": "张三", "电话": 85551234,
        "公布网址": "https://example.org", "公布日期": "2026/3/1", "核对数：行政复议": 3, "核对数：收费": 1.25,
    }  # fmt: skip
    found = load(write(tmp_path / "r.xlsx", line, {NAME: "乙局"}, head={"年度": 2025, "汇总单位": "某县政府办"}))
    assert (found.year, found.name, dict(found.chosen)) == (2025, "某县政府办", {"芙蓉镇人民政府": "b.xlsx"})
    assert found.members == (
        Member(
            "芙蓉镇人民政府", ("芙蓉乡人民政府", "芙蓉公社"), "11430000", "镇乡", True, False, ("甲镇", "乙镇"),
            date(2026, 1, 31), date(2026, 2, 3), "张三", "85551234", "https://example.org", date(2026, 3, 1),
            {"核对数：行政复议": 3, "核对数：收费": Decimal("1.25")},
        ),
        Member("乙局"),
    )  # fmt: skip


def test_a_column_tells_every_field_once() -> None:
    told = [column.field for column in COLUMNS if column.field]
    assert sorted([*told, "controls"]) == sorted(field.name for field in fields(Member))


@pytest.mark.parametrize(
    ("name", "code", "wanted"),
    [
        ("芙蓉镇人民政府", "", "芙蓉镇人民政府"),
        ("芙蓉 镇　人民政府", "", "芙蓉镇人民政府"),
        ("芙蓉乡", "", "芙蓉镇人民政府"),
        ("ＩＴ局", "", "it局"),
        ("芙蓉镇政府", "ａ1", "芙蓉镇人民政府"),
        ("芙蓉镇政府", "", None),
        ("", "", None),
    ],
)
def test_names_are_found(name: str, code: str, wanted: str | None, tmp_path: Path) -> None:
    lines = {NAME: "芙蓉镇人民政府", "曾用名": "芙蓉乡", "机关代码": "A1"}, {NAME: "it局"}
    member = load(write(tmp_path / "r.xlsx", *lines)).find(name, code)
    assert (member.name if member else None) == wanted


def test_what_only_fills_the_cell_is_no_code(tmp_path: Path) -> None:
    lines = [{NAME: name, "机关代码": "无"} for name in ("甲局", "乙局")]
    found = load(write(tmp_path / "r.xlsx", *lines))
    assert [member.code for member in found.members] == ["无", "无"]
    assert found.find("丙局", "无") is None


BAD: list[tuple[list[dict[str, Any]], dict[str, Any], str]] = [
    ([], {}, "第 2 行下面还没有填单位"),
    ([{NAME: "甲", "截止日期": "月底"}], {}, "H3 截止日期填的是“月底”。应是日期"),
    ([{NAME: "甲", "截止日期": 46053}], {}, "H3 截止日期填的是“46053”"),
    ([{NAME: "甲", "截止日期": "2026-02-30"}], {}, "应是日期，如 2026-01-31，请改正。"),
    ([{NAME: "甲", "是否报送": "对"}], {}, "E3 是否报送填的是“对”。只能填“是”或“否”"),
    ([{NAME: "甲局"}, {NAME: "甲 局"}], {}, "第 4 行的名称“甲 局”与第 3 行相同"),
    ([{NAME: "甲"}, {NAME: "乙", "曾用名": "甲"}], {}, "第 4 行的名称“甲”与第 3 行相同"),
    ([{NAME: "甲", "机关代码": "11"}, {NAME: "乙", "机关代码": 11}], {}, "第 4 行的机关代码“11”与第 3 行相同"),
    ([{NAME: "甲"}, {"电话": "1"}], {}, "A4 没有填单位全称"),
    ([{NAME: "甲", "核对数：收费": "约3万"}], {}, "“核对数：收费”填的是“约3万”"),
    (
        [{NAME: "甲"}],
        {"年度": "今年"},
        "年度填的是“今年”，应是 2019 年及以后的年份，如 2025。请改正；运行时写了 --year 的，",
    ),
    ([{NAME: "甲"}], {"年度": 1999}, "年度填的是“1999”，应是 2019 年及以后的年份"),
    ([{NAME: "甲"}], {"年度": 20255}, "年度填的是“20255”，应是"),
    ([{NAME: "甲"}], {"年度": datetime(2025, 1, 1)}, "年度填的是“2025-01-01”，应是"),
]


@pytest.mark.parametrize(("lines", "head", "said"), BAD)
def test_what_is_wrong_is_said(lines: list[dict[str, Any]], head: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(WrongRoster) as fault:
        load(write(tmp_path / "名单.xlsx", *lines, head=head))
    assert said in str(fault.value)
    assert str(fault.value).endswith("。")


@pytest.mark.parametrize("typed", [2025, "2025", " 2025年", "2025年度", "２０２５", "2025 年"])
def test_a_year_however_it_is_typed(typed: object, tmp_path: Path) -> None:
    assert load(write(tmp_path / "r.xlsx", {NAME: "甲"}, head={"年度": typed})).year == 2025


def _sheets(path: Path, *sheets: list[list[object]], hidden: tuple[int, ...] = ()) -> Path:
    workbook = openpyxl.Workbook()
    for number, rows in enumerate(sheets, start=1):
        sheet = workbook.create_sheet(f"Sheet{number}")
        sheet.sheet_state = "hidden" if number in hidden else "visible"
        for row in rows:
            sheet.append(row)
    workbook.remove(workbook.worksheets[0])
    workbook.save(path)
    return path


def _received(path: Path, moment: float | datetime, code: str, *, since_1904: bool = False) -> Path:
    """A roster of one office whose 收件日期 is a number in a format."""
    workbook = openpyxl.Workbook()
    if since_1904:
        workbook.epoch = CALENDAR_MAC_1904
    workbook.active.append([*NEEDED, "收件日期"])
    workbook.active.append(["甲局", None, None, moment])
    workbook.active["D2"].number_format = code
    workbook.save(path)
    return path


@pytest.mark.parametrize("since_1904", [False, True])
@pytest.mark.parametrize("code", ['m"月"d"日"', 'm"月"d"日";@', "m-d", "d-mmm", "yyyy/m/d", "m/d h:mm"])
def test_a_day_is_known_by_its_number_where_the_year_is_not_shown(code: str, since_1904: bool, tmp_path: Path) -> None:
    """Excel shows 1月31日 where somebody types 1-31."""
    path = _received(tmp_path / "r.xlsx", datetime(2026, 1, 31, 15, 30), code, since_1904=since_1904)
    assert load(path).members == (Member("甲局", received=date(2026, 1, 31)),)


@pytest.mark.parametrize("built_in", [14, 16, 22, 28, 31, 58])
def test_days_in_the_formats_of_excel(built_in: int, tmp_path: Path) -> None:
    path = _received(tmp_path / "r.xlsx", 46053.5, "0.00")
    parts = unpacked(path.read_bytes())
    style = parts["xl/styles.xml"]
    assert style.count(b'numFmtId="2"') == 1
    parts["xl/styles.xml"] = style.replace(b'numFmtId="2"', b'numFmtId="%d"' % built_in)
    path.write_bytes(packed(parts))
    assert load(path).members == (Member("甲局", received=date(2026, 1, 31)),)


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        (46053, "General", "填的是“46053”"),
        (46053.5, "0.00", "填的是“46053.5”"),
        (46053, '0"月"', "填的是“46053”"),
        (46023, 'yyyy"年"m"月"', "看不出是哪一天"),
        (46023, "mmm-yy", "看不出是哪一天"),
        (0.5, "h:mm", "看不出是哪一天"),
        (0.5, 'm"月"d"日"', "看不出是哪一天"),
    ],
)
def test_numbers_that_show_no_day(number: float, code: str, said: str, tmp_path: Path) -> None:
    """2026年1月 is stored as its first day, which nobody meant."""
    with pytest.raises(WrongRoster, match=f"D2 收件日期{said}。应是日期，如 2026-01-31，请改正。"):
        load(_received(tmp_path / "r.xlsx", number, code))


NEEDED = [NAME, "是否报送", "是否汇入"]
AS_BLANK = "没有用到。要用的，请照“xltools roster”生成的名单改列名；不用的，不必管。"
UNUSED: dict[str, list[str]] = {
    "截止时间": ["“截止时间”一列没有用到。如果是“截止日期”，请把列名改成“截止日期”，再运行一次。"],
    "收件时间": ["“收件时间”一列没有用到。如果是“收件日期”，请把列名改成“收件日期”，再运行一次。"],
    "原名称": ["“原名称”一列没有用到。如果是“曾用名”，请把列名改成“曾用名”，再运行一次。"],
    "统一社会信用代码": ["“统一社会信用代码”一列没有用到。如果是“机关代码”，请把列名改成“机关代码”，再运行一次。"],
    "核对数（收费）": ["“核对数（收费）”一列没有用到。如果是“核对数：收费”，请把列名改成“核对数：收费”，再运行一次。"],
    "核对人": [f"“核对人”{AS_BLANK}"],
    "核对数:收费": [], "曾 用\n名": [], "序号": [], "备注": [],
}  # fmt: skip


@pytest.mark.parametrize("heading", UNUSED)
def test_columns_that_are_not_used_are_said(heading: str, tmp_path: Path) -> None:
    found = load(_sheets(tmp_path / "r.xlsx", [[*NEEDED, heading], ["甲局", None, None, None]]))
    assert [*found.notices] == [f"名单里的{said}" for said in UNUSED[heading]]


def test_headings_are_understood_whatever_their_spaces_and_width(tmp_path: Path) -> None:
    heads = ["单位 全称", "是否\n报送", "是否汇入　", "曾 用名", "核对数:收费", "核对人"]
    found = load(_sheets(tmp_path / "r.xlsx", [heads, ["甲局", "否", "否", "乙局", 3, "张三"]]))
    assert found.members == (Member("甲局", ("乙局",), files=False, summed=False, controls={"核对数：收费": 3}),)


def test_the_roster_is_where_its_headings_stand_together(tmp_path: Path) -> None:
    prose: list[list[object]] = [["填表说明：单位全称要和封面一致"], [NAME], ["与封面一致"]]
    assert load(_sheets(tmp_path / "r.xlsx", prose, [NEEDED, ["甲局"]])).members == (Member("甲局"),)
    with pytest.raises(WrongRoster, match="“Sheet2”第 1 行缺少“是否汇入”列"):
        load(_sheets(tmp_path / "r.xlsx", prose, [NEEDED[:2], ["甲局"]]))


def test_no_office_on_a_second_sheet_is_lost(tmp_path: Path) -> None:
    """Neither is a list of the year before taken for this year's."""
    towns, offices = [["2025年"], NEEDED, ["甲镇"]], [NEEDED, ["乙局", "是"]]
    with pytest.raises(WrongRoster) as fault:
        load(_sheets(tmp_path / "名单.xlsx", towns, [["说明"]], offices))
    assert str(fault.value) == (
        "名单“名单.xlsx”里有 2 张工作表都像名单：“Sheet1”“Sheet3”。"
        "请只留一张：各填一部分单位的，合到一张里；往年的，另存到别的文件。"
    )
    with pytest.raises(WrongRoster, match="3 张工作表都像名单：“Sheet1”“Sheet2”（隐藏的）“Sheet3”。"):
        load(_sheets(tmp_path / "名单.xlsx", towns, offices, towns, hidden=(2,)))


@pytest.mark.parametrize("empty", [[NEEDED], [NEEDED, [None, "是"]], [["单位全称和封面一致"], [NAME], ["甲镇"]], []])
@pytest.mark.parametrize("first", [True, False])
def test_a_second_sheet_without_offices_does_no_harm(empty: list[list[object]], first: bool, tmp_path: Path) -> None:
    sheets = [empty, [NEEDED, ["甲局"]]]
    found = load(_sheets(tmp_path / "r.xlsx", *(sheets if first else reversed(sheets))))
    assert (found.members, found.notices) == ((Member("甲局"),), ())


def test_a_sheet_that_may_have_been_meant_too_is_said(tmp_path: Path) -> None:
    found = load(_sheets(tmp_path / "r.xlsx", [NEEDED[:2], ["乙局"]], [NEEDED, ["甲局"]], [NEEDED[:2]]))
    assert found.members == (Member("甲局"),)
    assert found.notices == (
        "名单的工作表“Sheet1”没有用到，那里缺少“是否汇入”列。里面的单位也要收的，请合到“Sheet2”里，再运行一次。",
    )


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        (["单位", "电话"], "没有“单位全称”一列"),
        ([NAME, "电话"], "第 1 行缺少“是否报送”“是否汇入”列"),
        ([NAME, "是否报送", "是否汇入", "电话", "电话"], "E1 又是“电话”一列"),
    ],
)
def test_columns_that_are_missing(heads: list[str], said: str, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(heads)
    workbook.save(tmp_path / "r.xlsx")
    with pytest.raises(WrongRoster) as fault:
        load(tmp_path / "r.xlsx")
    assert said in str(fault.value)


def test_the_empty_roster_can_be_filled_in(tmp_path: Path, calc: Calc) -> None:
    path, filled = tmp_path / "名单.xlsx", tmp_path / "filled.xlsx"
    path.write_bytes(blank())
    assert blank() == path.read_bytes()
    validate(path)
    assert openpyxl.load_workbook(path)["名单"]["B2"].number_format == "0", "a year typed there is a number"
    with pytest.raises(WrongRoster):
        load(path)
    entries = [("名单", "B2", 2025), ("名单", "D2", "某县"), ("名单", "A5", "甲局"), ("名单", "H5", 46053)]
    heads = calc.run(path, fill=entries, read=[("名单", "A4:Q4")], save=filled)[0]
    assert list(heads[0]) == [name for name, *_ in COLUMNS]
    found = load(filled)
    assert (found.year, found.name) == (2025, "某县")
    assert found.members == (Member("甲局", due=date(2026, 1, 31)),)


def test_what_says_that_there_is_none_is_no_name(tmp_path: Path) -> None:
    lines = [{NAME: f"{n}局", "曾用名": "无", "上年对应单位": "/、乙办", "以哪个文件为准": "无"} for n in "甲乙"]
    found = load(write(tmp_path / "r.xlsx", *lines))
    assert [(m.former, m.predecessors) for m in found.members] == [((), ("乙办",))] * 2
    assert found.chosen == {}
