"""Every edition is the printed form: its size, its words, its sums, ids that templates can name."""

import keyword
from collections import Counter

import pytest

from tests.support.reports import EDITIONS, FILINGS, ref
from xltools import editions, interchange
from xltools.errors import UnknownEdition, WrongTemplate
from xltools.form import Edition, Section
from xltools.grid import grid

each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda e: e.id)


def table_section(edition: Edition, sheet: str) -> Section:
    return next(section for section in edition.sections if section.sheet == sheet)


@pytest.mark.parametrize(
    ("edition", "sheet", "rows", "columns", "inputs"),
    [
        ("2019", "表二", 18, 4, 22),
        ("2019", "表三", 26, 10, 132),
        ("2019", "表四", 4, 15, 12),
        ("2021", "表二", 14, 4, 10),
        ("2021", "表三", 28, 10, 144),
        ("2021", "表四", 4, 15, 12),
    ],
)
def test_printed_size(edition: str, sheet: str, rows: int, columns: int, inputs: int) -> None:
    section = table_section(editions.get(edition), sheet)
    assert (grid(section).height, grid(section).width) == (rows, columns)
    assert len(section.inputs) == inputs


@each_edition
def test_six_parts_with_their_exact_titles(edition: Edition) -> None:
    assert [section.label for section in edition.sections if section.label] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]


def test_table_two_of_2019_as_printed() -> None:
    labels = [box.text for box in grid(table_section(editions.get("2019"), "表二")).boxes if box.text]
    item = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
    assert labels == [
        "第二十条第（一）项", "信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量", "规章", "规范性文件",
        "第二十条第（五）项", *item, "行政许可", "其他对外管理服务事项",
        "第二十条第（六）项", *item, "行政处罚", "行政强制",
        "第二十条第（八）项", *item[:3], "行政事业性收费",
        "第二十条第（九）项", "信息内容", "采购项目数量", "采购总金额", "政府集中采购",
    ]  # fmt: skip


def test_table_two_of_2021_as_printed() -> None:
    labels = [box.text for box in grid(table_section(editions.get("2021"), "表二")).boxes if box.text]
    assert labels == [
        "第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章", "行政规范性文件",
        "第二十条第（五）项", "信息内容", "本年处理决定数量", "行政许可",
        "第二十条第（六）项", "信息内容", "本年处理决定数量", "行政处罚", "行政强制",
        "第二十条第（八）项", "信息内容", "本年收费金额（单位：万元）", "行政事业性收费",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("edition", "otherwise"),
    [
        ("2019", ["（六）其他处理"]),
        (
            "2021",
            [
                "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
                "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
                "3.其他",
            ],
        ),
    ],
)
def test_rows_of_table_three_as_printed(edition: str, otherwise: list[str]) -> None:
    table = editions.get(edition).tables["requests"]
    assert table.corner == "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    assert [row.label for row in table.row.values()] == [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "1.属于国家秘密",
        "2.其他法律行政法规禁止公开",
        "3.危及“三安全一稳定”",
        "4.保护第三方合法权益",
        "5.属于三类内部事务信息",
        "6.属于四类过程性信息",
        "7.属于行政执法案卷",
        "8.属于行政查询事项",
        "1.本机关不掌握相关政府信息",
        "2.没有现成信息需要另行制作",
        "3.补正后申请内容仍不明确",
        "1.信访举报投诉类申请",
        "2.重复申请",
        "3.要求提供公开出版物",
        "4.无正当理由大量反复申请",
        "5.要求行政机关确认或重新出具已获取信息",
        *otherwise,
        "（七）总计",
        "四、结转下年度继续办理",
    ]


@each_edition
def test_equations(edition: Edition) -> None:
    rows = len(edition.tables["requests"].row)
    assert Counter(e.rule for e in edition.equations) == {"H1": rows, "V1": 7, "B1": 7, "R1": 1, "R2": 1, "R3": 1}
    v1 = next(e for e in edition.equations if e.rule == "V1")
    assert {"received", "carried_in", "carried_out", "outcome_total"}.isdisjoint(part.row for part in v1.left)
    assert len(v1.left) == rows - 4


@each_edition
def test_ids_are_unique_and_can_be_named_in_a_template(edition: Edition) -> None:
    names = [*edition.tables, *(section.id for section in edition.sections)]
    for table in edition.tables.values():
        assert len(table.row) == sum(1 for h in table.rows for _ in h.leaves())
        assert len(table.column) == sum(1 for h in table.columns for _ in h.leaves())
        names += [*table.row, *table.column]
    for name in names:
        assert name.isidentifier() and not keyword.iskeyword(name) and not hasattr(dict, name), name


def test_a_concept_keeps_its_id_and_name_in_every_edition() -> None:
    old, new = (edition.tables["requests"] for edition in EDITIONS)
    for row in set(old.row) & set(new.row):
        assert old.row[row] == new.row[row]
    assert {h.id for top in new.rows for h in top.walk()} >= {h.id for top in old.rows for h in top.walk()}


@each_edition
def test_every_heading_and_field_is_told_apart_in_a_sentence(edition: Edition) -> None:
    labels = [edition.label(place) for place in (*edition.refs, *edition.fields.values())]
    assert len(labels) == len(set(labels))


def test_labels() -> None:
    edition = editions.get("2021")
    assert edition.label(ref("requests.granted.natural_person")) == "表三 · （一）予以公开 · 自然人"
    assert edition.name_of(ref("cases.cases.direct_other")) == "未经复议直接起诉·其他结果"
    assert edition.label(edition.fields["office.name"]) == "封面 · 单位全称"


@pytest.mark.parametrize(("year", "edition"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2025, "2021")])
def test_year_picks_the_edition(year: int, edition: str) -> None:
    assert editions.for_year(year).id == edition


def test_unknown_editions_and_years() -> None:
    with pytest.raises(UnknownEdition, match="2018 年度"):
        editions.for_year(2018)
    with pytest.raises(UnknownEdition, match="“2030”版"):
        editions.get("2030")
    with pytest.raises(WrongTemplate, match=r"〔F1·错误〕2023 年度报告应使用2021年版格式（国办公开办函〔2021〕30号）"):
        editions.require_year(editions.get("2019"), 2023)


@pytest.mark.parametrize("path", FILINGS, ids=lambda p: p.stem)
def test_every_number_of_a_published_report_has_its_place(path) -> None:
    report = interchange.load(path)
    assert set(report.numbers) <= set(report.edition.refs)
