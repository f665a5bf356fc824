"""The Word report: every figure in its cell, every word as typed, on pages an office would sign."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.machine import pdf_pages, to_pdf, validate
from tests.support.reports import EDITIONS, FURONG, filing, random_report, ref, report, zero
from xltools import editions, interchange
from xltools.errors import WrongWordTemplate
from xltools.form import Edition
from xltools.outputs import word, wordform
from xltools.outputs.context import date, printed
from xltools.report import Report

each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda e: e.id)


def opened(data: bytes) -> Document:
    return docx.Document(BytesIO(data))


def grid(document: Document, number: int) -> list[list[str]]:
    """The cells of a table; a merged cell stands in every place that it covers."""
    return [[cell.text for cell in row.cells] for row in document.tables[number].rows]


def furong() -> Report:
    return interchange.load(FURONG)


def test_every_figure_of_the_seed_stands_in_its_cell() -> None:
    document, filed = opened(word.render(furong())), furong()
    two, three, four = (grid(document, n) for n in range(3))
    assert len(document.tables) == 3
    assert [row[0] for row in two if row[0].startswith("第二十条")] == [f"第二十条第（{n}）项" for n in "一五六八九"]
    body = {row[0]: row[1:] for row in two}
    assert body["规章"] == body["规范性文件"] == ["0", "0", "0"]
    assert body["行政许可"] == ["0", "增115", "115"]
    assert body["其他对外管理服务事项"] == body["行政处罚"] == body["行政强制"] == ["0", "0", "0"]
    assert body["行政事业性收费"] == ["0", "0", "0"]  # two figures, the second in a merged cell
    assert body["政府集中采购"] == ["29", "357595元", "357595元"]
    table = filed.edition.tables["requests"]
    assert len(three) == 26
    for line, (row, heading) in zip(three[3:], table.row.items(), strict=True):
        assert heading.label in line[:3]
        assert line[3:] == [str(filed.numbers[ref(f"requests.{row}.{column}")]) for column in table.column]
    assert three[3][3:] == ["5", "0", "0", "0", "0", "0", "5"]
    assert four[3] == ["0"] * 15


@pytest.mark.parametrize("name", ["huaian_city_2024", "suqian_city_2023", "suqian_city_2024"])
def test_every_figure_of_a_real_filing(name: str) -> None:
    filed = filing(name)
    document = opened(word.render(filed))
    three, four = grid(document, 1), grid(document, 2)
    table = filed.edition.tables["requests"]
    figures = [[str(filed.numbers[ref(f"requests.{row}.{column}")]) for column in table.column] for row in table.row]
    assert [line[3:] for line in three[3:]] == figures
    assert four[3] == [str(filed.numbers[place]) for place in filed.edition.tables["cases"].refs]


def test_parts_preamble_and_title_in_order() -> None:
    document, filed = opened(word.render(furong())), furong()
    texts = [p.text for p in document.paragraphs if p.text]
    assert texts[0] == "芙蓉镇\n2020年政府信息公开工作年度报告"
    assert texts[1:3] == list(filed.paragraphs("preamble"))
    titles = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert titles == [section.label for section in filed.edition.sections if section.label]
    for section in filed.edition.sections:
        for text in filed.paragraphs(section.id):
            assert text in texts
    assert document.core_properties.title == filed.title


@each_edition
def test_every_number_has_its_tag_in_the_template(edition: Edition) -> None:
    document = opened(wordform.build(edition))
    tags = re.findall(
        r"\{\{ (\w+\.\w+\.\w+) \}\}", " ".join(c.text for t in document.tables for r in t.rows for c in r.cells)
    )
    assert sorted(set(tags)) == sorted(str(place) for place in edition.refs)


@each_edition
def test_headings_are_merged_as_on_the_sheet(edition: Edition) -> None:
    document = opened(wordform.build(edition))
    three = grid(document, 1)
    assert three[0][3:] == ["申请人情况"] * 7
    assert three[1][4:9] == ["法人或其他组织"] * 5
    assert {line[0] for line in three[5:-1]} == {"三、本年度办理结果"}
    assert three[3][:3] == ["一、本年新收政府信息公开申请数量"] * 3


@each_edition
def test_packages_are_valid(edition: Edition, tmp_path: Path) -> None:
    filed = random_report(edition, 4)
    files = {
        "template": wordform.build(edition),
        "report": word.render(filed),
        "submission": word.render(filed, submission=True, draft=True),
    }
    for name, data in files.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    validate(*(tmp_path / f"{name}.docx" for name in files))


def test_run_in_headings_end_at_the_first_full_stop() -> None:
    filed = replace(
        report(), narrative={"overview": "（一）主动公开。全年公开。\n（二）平台建设\n一般的话。\n　　（三）保障。有。"}
    )
    paragraphs = opened(word.render(filed)).paragraphs
    runs = [[(r.text, r.style.name if r.style else "") for r in p.runs if r.text] for p in paragraphs]
    assert [("（一）主动公开。", "年报小标题"), ("全年公开。", "")] in runs
    assert [("（二）平台建设", "年报小标题")] in runs
    assert [("一般的话。", "")] in runs
    assert [("　　（三）保障。", "年报小标题"), ("有。", "")] in runs


def test_a_typed_indent_is_kept_and_not_doubled() -> None:
    filed = replace(report(), narrative={"overview": "　　自己空了两格。\n没有空。"})
    styles = {p.text: p.style.name for p in opened(word.render(filed)).paragraphs}
    assert styles["　　自己空了两格。"] == "年报正文（自带缩进）"
    assert styles["没有空。"] == "年报正文"


def test_submission_has_signature_date_and_sign_off_sheet() -> None:
    office = replace(furong().office, date="2021-1-25", preparer="甲", head="乙")
    filed = replace(furong(), office=office)
    public, submitted = (opened(word.render(filed, submission=value)) for value in (False, True))
    assert [p.text for p in public.paragraphs if p.text][-1] == "无其他需要报告的事项。"
    assert [p.text for p in submitted.paragraphs if p.text][-3:] == ["乐清市芙蓉镇人民政府", "2021年1月25日", "审签表"]
    assert [row[:2] for row in grid(submitted, 3)[1:]] == [
        ["填报人", "甲"], ["审核人", ""], ["保密审查", ""], ["单位负责人", "乙"],
    ]  # fmt: skip


def test_draft_is_marked_on_every_page_and_nothing_else_is() -> None:
    for draft in (True, False):
        section = opened(word.render(report(), draft=draft)).sections[0]
        headers = (section.header, section.even_page_header)
        assert [h.paragraphs[0].text for h in headers] == ["草稿" if draft else ""] * 2


def test_a_draft_shows_blanks_as_blanks_and_text_as_typed() -> None:
    filed = report(requests__received__company=None, requests__received__research="-")
    line = grid(opened(word.render(filed, draft=True)), 1)[3]
    assert line[3:] == ["0", "", "-", "0", "0", "0", ""]


def test_notes_stand_under_their_table() -> None:
    filed = replace(report(), notes={"表四": "注：含上年度结转数量。\n第二行"})
    document = opened(word.render(filed))
    notes = [p.text for p in document.paragraphs if p.style.name == "年报表注"]
    assert notes == ["注：含上年度结转数量。", "第二行"]
    after_table = document.tables[2]._tbl.getnext()
    assert after_table.xpath("string()") == notes[0]


@each_edition
def test_same_report_same_bytes(edition: Edition) -> None:
    assert word.render(random_report(edition, 1)) == word.render(random_report(edition, 1))


HOSTILE = [
    "{{ 7*7 }}",
    "{_{ x }_}",
    "{% if %}",
    "<w:p/>",
    "&amp;",
    "]]>",
    "a\u200bb",
    "𠮷🏮",
    "'\"",
    "{{",
    "{_{",
    "x\ty",
    "　前",
]


def printed_back(texts: list[str]) -> list[str]:
    filed = replace(zero(editions.get("2021")), narrative={"overview": "\n".join(texts)})
    document = opened(word.render(filed))
    styles = ("年报正文", "年报正文（自带缩进）")
    return [p.text for p in document.paragraphs if p.style.name in styles]


def test_what_was_typed_is_what_is_printed() -> None:
    assert printed_back(HOSTILE) == HOSTILE


characters = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.text(st.one_of(st.sampled_from("{}%_#<>&"), characters), min_size=1).filter(str.strip),
        min_size=20,
        max_size=60,
    )
)
def test_any_text_is_printed_code_point_by_code_point(texts: list[str]) -> None:
    assert printed_back(texts) == texts


def test_characters_that_no_document_can_hold_are_left_out() -> None:
    assert printed_back(["前\x00\x0b\x1f\ud800\uffff后"]) == ["前后"]


@pytest.mark.parametrize(
    ("edition", "place", "value", "text"),
    [
        ("2019", "art20_5.licences.change", 115, "增115"),
        ("2019", "art20_5.licences.change", -8, "减8"),
        ("2019", "art20_5.licences.change", 0, "0"),
        ("2019", "art20_9.procurement.amount", 357595, "357595元"),
        ("2019", "art20_9.procurement.amount", Decimal("0.5"), "0.5元"),
        ("2021", "art20_8.fees.amount", Decimal("14722.4900"), "14722.4900"),
        ("2021", "art20_8.fees.amount", Decimal("1E+3"), "1000"),
        ("2021", "requests.received.total", 3646, "3646"),
    ],
)
def test_numbers_as_the_form_prints_them(edition: str, place: str, value: int | Decimal, text: str) -> None:
    assert printed(value, editions.get(edition).column(ref(place))) == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("2021-1-25", "2021年1月25日"),
        ("2021.01.05", "2021年1月5日"),
        ("2021年1月25日", "2021年1月25日"),
        ("一月", "一月"),
    ],
)
def test_dates(typed: str, text: str) -> None:
    assert date(typed) == text


def template(folder: Path, change: str) -> Path:
    """The shipped template, edited in its title."""
    document = opened(wordform.build(editions.get("2021")))
    document.paragraphs[0].runs[0].text = change
    document.save(folder / "模板.docx")
    return folder / "模板.docx"


def test_an_edited_template_is_used(tmp_path: Path) -> None:
    path = template(tmp_path, "{{ office.name }}共收到{{ requests.received.total }}件")
    filled = opened(word.render(report(requests__received__company=3), template=path))
    assert filled.paragraphs[0].text.startswith("芙蓉镇人民政府共收到3件")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("{{ office.fax }}", "“office.fax”不是本版报告的项目"),
        ("{{ requests.granted.everybody }}", "“requests.granted.everybody”不是本版报告的项目"),
        ("{{ telephone }}", "“telephone”不是本版报告的项目"),
        ("{{ office.fax }}{{ telephone }}", "中的“office.fax”、“telephone”不是本版报告的项目"),
        ("{{ year", "写法有误，请检查“{{ }}”和“{% %}”是否成对"),
        ("{{ cycler.__init__.__globals__.os.getpid() }}", "只能写项目名和比较，不能计算或调用"),
        ("{{ year + 1 }}", "只能写项目名和比较，不能计算或调用"),
    ],
)
def test_a_wrong_template_is_refused_by_name(change: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(WrongWordTemplate, match=re.escape(says)):
        word.render(report(), template=template(tmp_path, change))


def test_a_template_that_is_no_document(tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_text("不是文档")
    for wrong, says in ((path, "不是 .docx 文件"), (tmp_path / "没有.docx", "找不到"), (tmp_path, "不是普通文件")):
        with pytest.raises(WrongWordTemplate, match=says):
            word.render(report(), template=wrong)


@pytest.mark.parametrize("name", ["furong_town_2020", "huaian_city_2024"])
def test_table_three_has_a_page_of_its_own_in_print(name: str, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(word.render(filing(name)))
    pages = pdf_pages(to_pdf(path, tmp_path))
    (three,) = (page for page in pages if "三、收到和处理政府信息公开申请情况" in page)
    assert "四、结转下年度继续办理" in three
    assert "二、主动公开政府信息情况" not in three and "行政复议" not in three
    assert [re.findall(r"—\s*(\d+)\s*—", page)[-1] for page in pages] == [str(n) for n in range(1, len(pages) + 1)]


def test_a_page_holds_22_lines_of_28_characters(tmp_path: Path) -> None:
    """GB/T 9704—2012, measured where LibreOffice breaks the lines."""
    path = tmp_path / "report.docx"
    path.write_bytes(word.render(replace(report(), narrative={"overview": "测" * 28 * 60})))
    lines = [re.findall("测+", page) for page in pdf_pages(to_pdf(path, tmp_path))]
    assert [len(page) for page in lines[1:3]] == [22, 22][: len(lines[1:3])]
    assert {len(line) for line in lines[1]} == {28}
