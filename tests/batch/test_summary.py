"""汇总.xlsx: what it shows is what LibreOffice computes and what Python adds up; text stays text."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from xlsxwriter import Workbook

from tests.batch.test_consolidate import collection
from tests.support.calc import Calc, formulas
from tests.support.machine import pdf_pages, to_pdf, validate
from tests.support.reports import EDITIONS, balanced, random_report, ref, report
from xltools import editions
from xltools.arithmetic import State, evaluate
from xltools.batch.collection import Adjustment, Before, Collection, Member, Outcome, Past, Status, headline
from xltools.batch.consolidate import consolidate
from xltools.batch.summary import Sums, build, frame, workbook
from xltools.batch.summary.book import Column, Listing, Look
from xltools.batch.summary.book import write as write_list
from xltools.batch.summary.comparison import carried, previous_sums
from xltools.batch.summary.controls import controls, meant
from xltools.batch.summary.filing import filed, lines, published
from xltools.batch.summary.fill import fill
from xltools.batch.summary.kept import read_adjustments
from xltools.batch.summary.likeness import LISTED, _longest, alike
from xltools.checks import run
from xltools.errors import NotAWorkbook, XltoolsError
from xltools.form import Edition
from xltools.outputs.findings import as_json
from xltools.report import Office, Report
from xltools.workbook.file import FileBook
from xltools.workbook.formulas import Formula
from xltools.workbook.layout import STATE, layout
from xltools.workbook.read import read
from xltools.workbook.write import Sheet

NATURAL = "requests.received.natural_person"
EVIL = ("=1+1", "+cmd|' /C calc'!A0", "@SUM(1)", "<script>alert(1)</script>", "]]>&amp;", "javascript:alert(1)",
        "http://example.com/", "{{ 7*7 }}", "_x0041_\x00\x0b", "字\ud800", "'=2", "mailto:a@b.c",
        "<r><t>1</t>&</r>")  # fmt: skip
each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda e: e.id)


def county(edition: Edition, count: int = 40, adjustments: tuple[Adjustment, ...] = ()) -> Collection:
    """Everything that happens: errors, blanks, texts, somebody missing, late, exempt, a file that cannot be opened."""
    reports = [random_report(edition, i) if i % 3 == 0 else balanced(edition, i) for i in range(count)]
    base = collection(*reports, edition=edition, adjustments=adjustments, members=True)
    outcomes = []
    for number, outcome in enumerate(base.outcomes):
        assert outcome.report
        findings = tuple(as_json(finding, outcome.report) for finding in run(outcome.report))
        status = Status.TO_MEND if any(f["severity"] == "error" for f in findings) else Status.FILED
        outcomes.append(replace(outcome, status=status, findings=findings, late=number == 1))
    members = (
        *(replace(m, controls={"核对数：行政复议": 3}, published=date(2026, 1, 30)) for m in base.members),
        Member("丙局", due=date(2026, 1, 31), contact="王五"), Member("丁局", files=False),
    )  # fmt: skip
    outcomes.append(Outcome("坏.xlsx", Status.UNREADABLE, "文件“坏.xlsx”是空的。"))
    past = before({f"甲{i}": [balanced(edition, 100 + i)] for i in range(10)})
    return replace(base, members=members, outcomes=tuple(outcomes), previous=past)


def before(reports: dict[str, list[Report]]) -> Past:
    return Past({name: Before((name,), tuple(some)) for name, some in reports.items()},
                tuple(report for some in reports.values() for report in some))  # fmt: skip


def some_adjustments(edition: Edition) -> tuple[Adjustment, ...]:
    money = next(place for place in edition.inputs if edition.column(place).money)
    return (
        Adjustment(NATURAL, -3, "政府和政府办重复", "张三"), Adjustment(NATURAL, 1, "再调", "张三"),
        Adjustment(str(money), Decimal("-1.2345"), "联合收费", "李四"),
    )  # fmt: skip


def write(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(data)
    return path


def same(one: Any, other: Any) -> bool:
    """Equal, where money was added up in binary to the last digits that a spreadsheet has."""
    numbers = isinstance(one, int | float) and isinstance(other, int | float)
    return one == other or (numbers and abs(one - other) <= 1e-12 * max(1, abs(one)))


@each_edition
@pytest.mark.parametrize("rows", [1_000_000, 2_500])
def test_libreoffice_computes_every_cached_value(edition: Edition, rows: int, calc: Calc, tmp_path: Path) -> None:
    """Also where 明细 takes several sheets."""
    found = county(edition, adjustments=some_adjustments(edition))
    path = write(tmp_path, build(found, Sums(found, rows)))
    cached = formulas(path)
    assert sum(map(len, cached.values())) > 600
    pages = calc.run(path, read=[(sheet, "A1:T410") for sheet in cached])
    shown = dict(zip(cached, pages, strict=True))
    for sheet, cells in cached.items():
        for address, value in cells:
            row, column = openpyxl.utils.cell.coordinate_to_tuple(address)
            assert same(shown[sheet][row - 1][column - 1], "" if value is None else value), (sheet, address)
    sums, form = consolidate(found), layout(edition)
    for place in edition.refs:
        area, value = form.numbers[place], sums.value(place)
        got = shown[area.sheet][area.row][area.column]
        assert got == ("" if value is None else pytest.approx(float(value), rel=1e-12)), place
        if isinstance(value, int):
            assert got == value, place


def test_every_number_can_be_walked_back() -> None:
    found = county(EDITIONS[-1])
    table = frame(found)
    assert len(table) == 40 * len(EDITIONS[-1].inputs)
    assert list(table.columns) == ["单位", "表", "行", "列", "编号", "数值", "文件", "单元格", "说明"]
    for place in EDITIONS[-1].inputs:
        mine = table[table["编号"] == str(place)]["数值"].dropna()
        assert sum(mine) == consolidate(found).numbers[place]
        assert all(value is None or isinstance(value, int | Decimal) for value in mine)
    line = table[(table["单位"] == "甲1") & (table["编号"] == NATURAL)].iloc[0]
    assert (line["文件"], line["表"], line["单元格"]) == ("收件/甲1.xlsx", "表三", "D8")


@pytest.mark.parametrize("rows", [1_000_000, 200])
def test_the_formula_of_a_sum_leads_to_its_lines(rows: int, tmp_path: Path) -> None:
    found, edition = county(EDITIONS[-1], 7), EDITIONS[-1]
    book = openpyxl.load_workbook(write(tmp_path, build(found, Sums(found, rows))))
    details = [sheet for sheet in book.worksheets if sheet.title.startswith("明细")]
    assert len(details) == -(-len(edition.inputs) // max(1, rows // 7))
    assert all(sheet.dimensions == f"A1:I{sheet.max_row}" for sheet in details)
    for place, area in layout(edition).numbers.items():
        if place in edition.inputs:
            said = re.search(r"\bSUM\('(明细\d*)'!F(\d+):F(\d+)\)", book[area.sheet][area.a1].value)
            assert said
            sheet, lines = book[said[1]], range(int(said[2]), int(said[3]) + 1)
            assert [sheet[f"A{line}"].value for line in lines] == [f"甲{i}" for i in range(7)]
            assert {sheet[f"E{line}"].value for line in lines} == {str(place)}


def test_adjustments_typed_into_the_sheet_change_the_sums_and_are_kept(calc: Calc, tmp_path: Path) -> None:
    edition = editions.get("2021")
    found = collection(*[balanced(edition, seed) for seed in range(3)])
    path, copy = write(tmp_path, build(found)), tmp_path / "saved.xlsx"
    before = consolidate(found).numbers[ref(NATURAL)]
    typed = [("调整数", "A4", edition.label(ref(NATURAL))), ("调整数", "B4", -2.5), ("调整数", "C4", "=1+1重复"[1:]),
             ("调整数", "D4", "张三"), ("调整数", "A9", "art20_8.fees.amount"), ("调整数", "B9", 0.1),
             ("调整数", "C9", "漏计"), ("调整数", "D9", "李四")]  # fmt: skip
    shown, state, ids = calc.run(
        path, fill=typed, read=[("表三", "D8"), ("表三", "D4"), ("调整数", "E4:F9")], save=copy
    )
    assert shown == [[before - 2.5]] and state == [["不符"]]
    assert ids[0] == [NATURAL, before] and ids[5][0] == "art20_8.fees.amount" and ids[1] == ["", ""]
    kept = read_adjustments(copy, found.year)
    assert kept == (
        Adjustment(NATURAL, Decimal("-2.5"), "1+1重复", "张三"),
        Adjustment("art20_8.fees.amount", Decimal("0.1"), "漏计", "李四"),
    )
    again = replace(found, adjustments=kept)
    assert read_adjustments(write(tmp_path, build(again)), found.year) == kept
    assert consolidate(again).numbers[ref(NATURAL)] == before - Decimal("2.5")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((None, 1, "因", "人"), "第 5 行没有选项目"),
        (("表三 · 总数", 1, "因", "人"), "第 5 行的项目“表三 · 总数”不在列表中"),
        (("requests.received.total", 1, "因", "人"), "不在列表中"),
        ((NATURAL, None, "因", "人"), "第 5 行没有填数额"),
        ((NATURAL, "3件", "因", "人"), "第 5 行的数额“3件”不是数字"),
        ((NATURAL, "-1", "因", "人"), "第 5 行的数额“-1”是文字，请清空这一格，按数字重新输入"),
        ((NATURAL, "－１.５", "因", "人"), "第 5 行的数额“－１.５”是文字"),
        ((NATURAL, 10**16, "因", "人"), "第 5 行的数额过大"),
        ((NATURAL, 1, " ", None), "第 5 行没有写原因和填写人"),
    ],
)
def test_what_is_wrong_with_an_adjustment_is_said(row: Sequence[Any], said: str, tmp_path: Path) -> None:
    path = write(tmp_path, build(collection(report(), adjustments=(Adjustment(NATURAL, 1, "因", "人"),))))
    book = openpyxl.load_workbook(path)
    for column, value in enumerate(row, start=1):
        book["调整数"].cell(5, column).value = value
    book.save(path)
    with pytest.raises(XltoolsError, match=said) as fault:
        read_adjustments(path)
    assert "请改好保存后再汇总" in str(fault.value)


def test_adjustments_come_from_a_summary_of_the_same_year_only(tmp_path: Path) -> None:
    path = write(tmp_path, build(collection(report())))
    assert read_adjustments(path, 2021) == ()
    with pytest.raises(XltoolsError, match="是 2021 年度的汇总表，不是 2022 年度的"):
        read_adjustments(path, 2022)
    with pytest.raises(XltoolsError, match="不是本工具生成的汇总表"):
        read_adjustments(write(tmp_path, workbook(collection(report()))))
    path = write(tmp_path, build(collection(report())))
    book = openpyxl.load_workbook(path)
    book["调整数"]["B3"].value = "金额"
    book.save(path)
    with pytest.raises(XltoolsError, match="第 3 行标题被改动"):
        read_adjustments(path)


def test_adjustments_are_read_from_a_summary_larger_than_any_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    adjustments = some_adjustments(EDITIONS[-1])
    path = write(tmp_path, build(county(EDITIONS[-1], adjustments=adjustments)))
    monkeypatch.setattr("xltools.workbook.package.TOTAL_LIMIT", 2**21)
    with pytest.raises(NotAWorkbook, match="过大"):
        FileBook(path)
    assert read_adjustments(path) == adjustments


@pytest.mark.parametrize(("data", "said"), [(b"", "是空的"), (b"PK\x03\x04 no zip", "损坏"), (b"%PDF-1.4", "PDF")])
def test_what_is_no_workbook_is_named(data: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(NotAWorkbook, match=f"汇总.xlsx.*{said}"):
        read_adjustments(write(tmp_path, data))
    with pytest.raises(NotAWorkbook, match="找不到文件"):
        read_adjustments(tmp_path / "没有.xlsx")


def hostile() -> Collection:
    base = county(EDITIONS[-1], len(EVIL))
    names = [f"{text}{i}" for i, text in enumerate(EVIL)]
    outcomes = [
        replace(o, file=f"{name}.xlsx", office=name, reason=name, outputs={"word": f"javascript:{name}"},
                findings=({"rule": name, "severity": "error", "message": name, "fix": name, "cells": []},))
        for name, o in zip(names, base.outcomes, strict=False)
    ]  # fmt: skip
    members = [Member(name, contact=name, phone=name, website=name, kind=name, controls={name: 1}) for name in names]
    members.append(Member("=MISSING()", contact="=1", due=date(2026, 1, 31)))
    adjustments = tuple(Adjustment(NATURAL, 1, text, text) for text in EVIL)
    return replace(base, name="=县", members=tuple(members), outcomes=tuple(outcomes), adjustments=adjustments)


def test_text_never_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    clean = {sheet: len(cells) for sheet, cells in formulas(write(tmp_path, build(county(EDITIONS[-1], 3)))).items()}
    path = write(tmp_path, build(hostile()))
    book = openpyxl.load_workbook(path)
    for sheet, cells in formulas(path).items():
        ours = [book[sheet][address].value for address, _ in cells]
        assert all(str(text).startswith(("=IF(", "=SUM(", "='表")) for text in ours), sheet
        assert sheet in clean
    with zipfile.ZipFile(path) as archive:
        relations = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".rels"))
        assert b"External" not in relations and b"javascript" not in relations
    offices = [cell.value for cell in book["报送情况"]["A"]]
    assert "=1+10" in offices and "=MISSING()" in offices
    assert [a.reason for a in read_adjustments(path)][:3] == list(EVIL[:3])
    validate(path)


@each_edition
def test_the_workbooks_are_valid_and_the_same_every_time(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = county(edition, 8, some_adjustments(edition))
    path = write(tmp_path, build(found))
    with monkeypatch.context() as patch:
        patch.delattr(Sheet, "_prepare_formula")  # what XlsxWriter would do to formulas
        assert path.read_bytes() == build(found)
    empty = tmp_path / "empty.xlsx"
    empty.write_bytes(build(Collection(2025, editions.get("2021"), (), ())))
    validate(path, empty)
    own = tmp_path / "own.xlsx"
    own.write_bytes(workbook(found))
    sums = consolidate(found)
    back = read(own)
    assert (back.office.name, back.year) == ("乙县", found.year)
    assert {place: float(back.numbers[place]) for place in sums.numbers} == {
        place: float(number) for place, number in sums.numbers.items()
    }


def test_a_list_holds_what_was_put_into_it(tmp_path: Path) -> None:
    values: list[tuple[Any, ...]] = [
        ("=1+1", 3, date(2026, 1, 31), Decimal("0.1"), None), (" _x0041_ ", -(10**14) + 1, None, 0.25, "一\n二"),
        ("<r><b/></r>", 0, date(1999, 12, 31), Decimal("1E-6"), Formula('=B4&"<"', "3<")), ("", None, None, None, "&"),
    ]  # fmt: skip
    columns = (Column("文", 9), Column("数", 9, "number"), Column("日", 9, "date"), Column("率", 9, "percent"),
               Column("长", 9, "long"))  # fmt: skip
    out = BytesIO()
    with Workbook(out) as book:
        listings = [Listing(f"清单{n}", "题", "注", columns, values[:n]) for n in (4, 0)]
        for listing in listings:
            write_list(book.add_worksheet(listing.sheet), listing, Look(book))
    path = write(
        tmp_path, fill(out.getvalue(), {f"xl/worksheets/sheet{n}.xml": one for n, one in enumerate(listings, 1)})
    )
    validate(path)
    sheet, empty = openpyxl.load_workbook(path).worksheets
    back = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert back == [
        ["=1+1", 3, datetime(2026, 1, 31), 0.1, None], [" _x0041_ ", -(10**14) + 1, None, 0.25, "一\n二"],
        ["<r><b/></r>", 0, datetime(1999, 12, 31), 1e-6, '=B4&"<"'], [None, None, None, None, "&"],
    ]  # fmt: skip
    assert [sheet.cell(row, 1).data_type for row in (4, 6)] == ["s", "s"] and sheet["E6"].data_type == "f"
    assert sheet.row_dimensions[5].height > sheet.row_dimensions[4].height
    assert (sheet.dimensions, empty.dimensions, sheet.auto_filter.ref) == ("A1:E7", "A1:E3", "A3:E7")
    assert openpyxl.load_workbook(path, data_only=True).worksheets[0]["E6"].value == "3<"


def test_a_sum_that_the_form_has_no_place_for_is_red_and_said(tmp_path: Path) -> None:
    found = collection(report(requests__received__natural_person=2), adjustments=(Adjustment(NATURAL, -3, "因", "人"),))
    path = write(tmp_path, build(found))
    sheet, other = (openpyxl.load_workbook(path)[name] for name in ("表三", "表二"))
    assert "有 1 格是负数，或不该有小数（红色），请核对“调整数”" in sheet["A3"].value
    assert sheet["D8"].fill.fgColor.rgb == "FFFFC7CE" and sheet["E8"].fill.fgColor.rgb != "FFFFC7CE"
    assert "红色" not in other["A3"].value


def test_only_adjustments_can_be_typed(tmp_path: Path) -> None:
    """What is typed elsewhere is lost at the next run."""
    book = openpyxl.load_workbook(write(tmp_path, build(county(EDITIONS[-1], 3))))
    for sheet in book.worksheets:
        lock = sheet.protection
        assert lock.sheet and not lock.password and not (lock.autoFilter or lock.formatRows or lock.formatColumns)
        unlocked = {cell.column_letter for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
        assert unlocked == (set("ABCD") if sheet.title == "调整数" else set()), sheet.title
    assert not book["概况"].protection.objects  # its charts can still be changed
    for name, words in (("报送情况", "填在名单里"), ("公布台账", "在名单里填“公布网址”“公布日期”")):
        assert words in book[name]["A2"].value


def test_names_and_contacts_are_whole_and_coloured_cells_keep_their_lines(tmp_path: Path) -> None:
    found = county(EDITIONS[-1], 3)
    name = "湘西土家族苗族自治州永顺县人力资源和社会保障局"
    member = Member(name, contact="欧阳某某、司马某某", phone="0743-12345678、13900001111", controls={"行政复议": 1})
    finding = {"rule": "N2", "severity": "error", "message": "未填。", "fix": "请填。", "cells": []}
    outcome = replace(found.outcomes[0], office=name, status=Status.TO_MEND, findings=(finding,))
    path = write(tmp_path, build(replace(found, members=(member,), outcomes=(outcome,))))
    book = openpyxl.load_workbook(path)
    for sheet in ("报送情况", "催报", "问题清单", "公布台账", "核对数"):
        cells = [cell for row in book[sheet].iter_rows(min_row=4) for cell in row]
        whole = [cell for cell in cells if cell.value in (name, member.contact, member.phone)]
        assert whole and all(cell.alignment.wrap_text for cell in whole), sheet
        assert book[sheet].row_dimensions[4].height > 30
    assert b"<border>" not in zipfile.ZipFile(path).read("xl/styles.xml").partition(b"<dxfs")[2]


def test_the_front_says_what_each_sheet_holds(tmp_path: Path) -> None:
    front = openpyxl.load_workbook(write(tmp_path, build(county(EDITIONS[-1], 3))))["概况"]
    said = {row[11].value: row[12].value for row in front.iter_rows(min_row=6)}
    assert said["报送情况"] == "每个文件一行，没有收到的单位也各有一行"
    assert said["公布台账"] == "各单位是否已公布"


def test_who_need_not_file_need_not_publish() -> None:
    members = (Member("甲0"), Member("甲1", published=date(2026, 3, 1)), Member("丙局", files=False), Member("丁局"))
    rows = published(replace(collection(report(), report()), members=members)).rows
    assert [row[:3] for row in rows] == [
        ("甲0", "已报", "未登记"), ("甲1", "已报", "已公布"), ("丙局", "免报", ""), ("丁局", "未报", "未登记"),
    ]  # fmt: skip


def test_the_head_says_who_is_not_in_it(tmp_path: Path) -> None:
    found = county(EDITIONS[-1], 5)
    book = openpyxl.load_workbook(write(tmp_path, build(found)))
    assert book["表三"]["A2"].value == "暂汇，未含1家。已汇入 5 家，调整 0 处。"
    assert book["表三"]["A1"].value == "三、收到和处理政府信息公开申请情况——2021年度乙县（汇总）"
    assert all(sheet.page_setup.paperSize == 9 for sheet in book.worksheets if sheet.title != "项目")
    assert {"报送情况", "催报", "问题清单", "公布台账", "核对数", "与上年比较", "结转核对"} <= set(book.sheetnames)
    whole = replace(found, members=tuple(m for m in found.members if m.name != "丙局"))
    assert openpyxl.load_workbook(write(tmp_path, build(whole)))["表三"]["A2"].value.startswith("已汇入 5 家")


def test_beside_an_equation_stand_the_offices_that_fail_it_themselves(tmp_path: Path) -> None:
    found, edition = county(EDITIONS[-1], 12), EDITIONS[-1]
    sheet = openpyxl.load_workbook(write(tmp_path, build(found)))["勾稽校验"]
    named = 0
    for equation, row in layout(edition).equation_rows.items():
        fails = [o.office for o in found.filed if o.report and evaluate(equation, o.report).state is State.FAIL]
        assert (sheet.cell(row + 1, STATE + 2).value or "") == "、".join(fails)
        named += len(fails)
    assert named > 3


def test_one_line_for_every_member_and_file() -> None:
    found = county(EDITIONS[-1], 2)
    second = replace(found.outcomes[1], file="甲1（新）.xlsx", status=Status.SUPERSEDED)
    old = Outcome("旧.xlsx", Status.WRONG_YEAR, "是 2020 年度的。", "戊局")
    third = replace(found.outcomes[1], file="甲1（旧名）.xlsx", status=Status.SUPERSEDED, alias="甲办", reason="重报。")
    found = replace(found, outcomes=(*found.outcomes, second, third, old), members=(*found.members, Member("戊局")))
    told = [(line.office, str(line.status), line.reason) for line in lines(found)]
    assert [status for office, status, _ in told if office == "甲1"] == ["已报", "重报", "重报"]
    assert told[3:] == [
        ("甲1", "重报", "封面写的是“甲办”，按名单认作“甲1”。重报。"),
        ("丙局", "未报", "没有收到文件。"), ("丁局", "免报", "名单中不要求报送。"),
        ("戊局", "年度不符", "是 2020 年度的。"), ("戊局", "未报", "收到 1 个文件，都不能计入。"),
        ("", "文件无法打开", "文件“坏.xlsx”是空的。"),
    ]  # fmt: skip
    assert headline(found) == "已报 2／应报 4，待修改 1，未报 2，文件无法打开 1，年度不符 1"
    assert list(filed(found).rows)[1][:5] == ("甲1", "已报", "请留意", "迟报", "是")


LONG = (
    "一是主动公开的内容还不够全面，部分栏目更新不及时，政策解读的形式比较单一，二是依申请公开的办理还不够规范，"
    "个别答复说理不充分，三是工作人员业务水平有待提高。下一步将健全制度，加强培训，完善平台，提高公开的质量和实效。"
)


@pytest.mark.parametrize(
    ("texts", "pairs"),
    [
        ({"甲": LONG, "乙": LONG}, [("甲", "乙", 1.0)]),
        ({"甲": LONG, "乙": LONG.replace("一是", "1.").replace("，", "；")}, [("甲", "乙", 0.9)]),
        ({"甲": LONG, "乙": LONG, "丙": LONG}, [("甲", "乙", 1.0), ("甲", "丙", 1.0)]),
        ({"甲": "本年度没有存在的问题。", "乙": "本年度没有存在的问题。"}, []),
        ({"甲": LONG, "乙": "".join(chr(0x4E00 + 7 * i) for i in range(200))}, []),
        ({}, []),
    ],
)
def test_texts_that_are_alike_are_named_and_short_ones_left_out(
    texts: dict[str, str], pairs: list[tuple[str, str, float]]
) -> None:
    found = alike(texts)
    assert [(pair.one, pair.other) for pair in found] == [pair[:2] for pair in pairs]
    assert all(pair.share >= least for pair, (_, _, least) in zip(found, pairs, strict=True))
    assert all(pair.same[:10] in "".join(c for c in LONG if c.isalpha()) for pair in found)


def test_thousands_of_offices_are_compared_without_comparing_all_pairs() -> None:
    """A hundred pairs that copied, hidden among texts of their own; 2,000 the very same."""
    rng = random.Random(1)
    own = {f"单{i}": "".join(chr(rng.randint(0x4E00, 0x9FA5)) for _ in range(300)) for i in range(1500)}
    copied = {f"抄{i}": own[f"单{i}"][:250] for i in range(100)}
    assert {(pair.one, pair.other) for pair in alike({**own, **copied})} == {(f"单{i}", f"抄{i}") for i in range(100)}
    assert len(alike({f"同{i}": LONG for i in range(2000)})) == 1999


def test_where_all_have_copied_from_all_each_is_named_with_a_few() -> None:
    rng = random.Random(2)
    words = ["".join(chr(rng.randint(0x4E00, 0x9FA5)) for _ in range(60)) for _ in range(12)]
    texts = {f"单{i}": "".join(rng.sample(words, 11)) for i in range(300)}
    assert len(alike(texts)) == LISTED + 1
    few = dict(list(texts.items())[: LISTED // 5])
    found = alike(few)
    assert {name for pair in found for name in (pair.one, pair.other)} == set(few)
    for pair in found[:20]:
        one, other = texts[pair.one], texts[pair.other]
        sets = [{text[i : i + 4] for i in range(len(text) - 3)} for text in (one, other)]
        assert pair.share == len(sets[0] & sets[1]) / len(sets[0] | sets[1])


def test_the_common_words_are_the_longest_there_are() -> None:
    rng = random.Random(3)
    for letters in (2, 5, 3000) * 10:
        one = "".join(chr(0x4E00 + rng.randrange(letters)) for _ in range(200))
        cuts = sorted(rng.sample(range(201), 4))
        other = one[cuts[2] : cuts[3]] + one[: cuts[0]] + "，" + one[cuts[1] : cuts[2]]
        runs = {one[i : i + n] for n in range(201) for i in range(201 - n)}
        found = _longest(one, other)
        assert found in one and found in other and len(found) == max(len(run) for run in runs if run in other)
    assert _longest("甲乙丙", "丁") == ""


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("核对数：行政复议", ["cases.cases.reconsideration_total"]),
        ("核对数：行政诉讼", ["cases.cases.direct_total", "cases.cases.after_reconsideration_total"]),
        ("核对数：收费", ["art20_8.fees.amount"]),
        (NATURAL, [NATURAL]),
        ("表三 · 一、本年新收 · 自然人", [NATURAL]),
        ("复议", ["cases.cases.reconsideration_total"]),
        ("申请", []),
        ("核对数", []),
        ("没有这一项", []),
    ],
)
def test_what_a_control_is_about(heading: str, cells: list[str]) -> None:
    assert [str(place) for place in meant(heading, editions.get("2021"))] == cells


def test_controls_are_compared_where_they_are_filled() -> None:
    found = collection(report(cases__cases__direct_upheld=2, cases__cases__after_reconsideration_other=1),
                       report(cases__cases__reconsideration_upheld=None), members=True)  # fmt: skip
    first, second = found.members
    members = (
        replace(first, controls={"行政诉讼": 3, "行政复议": 1, "收费": Decimal("0.5"), "车辆": 1}),
        replace(second, controls={"行政复议": 1}), Member("丙", controls={"行政复议": 1}),
    )  # fmt: skip
    rows = controls(replace(found, members=members)).rows
    assert [(row[0], row[1], row[5]) for row in rows] == [
        ("甲0", "行政诉讼", "一致"), ("甲0", "行政复议", "不一致"), ("甲0", "收费", "不一致"),
        ("甲0", "车辆", "本版没有此项"), ("甲1", "行政复议", "报告未填齐"), ("丙", "行政复议", "未报"),
    ]  # fmt: skip
    assert rows[2][4] == Decimal("-0.5")


def test_what_was_carried_over_is_compared_with_the_predecessors() -> None:
    found = collection(report(requests__carried_in__company=5), report(), report(), members=True)
    two, three, four = (report(requests__carried_out__company=n) for n in (2, 3, 4))
    found = replace(found, previous=before({"甲0": [two, three], "甲1": [four]}))
    assert [(row[0], row[2], row[3], row[5]) for row in carried(found).rows] == [
        ("甲0", 5, 5, "一致"),
        ("甲1", 0, 4, "不一致"),
        ("甲2", None, None, "没有上年报告"),
    ]
    assert previous_sums(found)[ref("requests.carried_out.total")] == 9


def test_years_on_different_forms_are_compared_where_both_have_the_number() -> None:
    found = replace(
        collection(report("2021")), previous=before({"甲0": [report("2019", requests__received__company=2)]})
    )
    both = previous_sums(found)
    assert both[ref("requests.received.company")] == 2
    assert ref("requests.otherwise.company") not in both and ref("requests.outcome_total.company") not in both


@each_edition
def test_the_sum_of_a_whole_province_is_shown(edition: Edition, tmp_path: Path) -> None:
    """Where a number has no room, programs show ``###`` instead."""
    large = Report(Office(), None, edition, dict.fromkeys(edition.inputs, 1234567))
    pages = pdf_pages(to_pdf(write(tmp_path, build(collection(large, large, edition=edition))), tmp_path))
    forms = [page for page in pages if "每个数＝“明细”相加＋“调整数”" in page]
    assert len(forms) == 3 and not any("###" in page for page in pages)
    assert sum(page.count("2469134") for page in forms) >= len(edition.inputs)
