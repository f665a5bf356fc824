"""The workbook as a clerk gets it: locked, guarded, blank, printable."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.support.machine import pdf_text, to_pdf, validate
from tests.support.reports import EDITIONS, FURONG, filing, random_report
from xltools import interchange
from xltools.checks.rules import RULES
from xltools.form import Edition
from xltools.grid import Kind
from xltools.report import Office, Report
from xltools.workbook import worklist
from xltools.workbook.build import _LockedWorkbook, build
from xltools.workbook.layout import ORIGIN, a1, layout
from xltools.workbook.read import read

each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda e: e.id)


def blank(edition: Edition) -> Report:
    return Report(Office(), None, edition)


def opened(report: Report) -> Workbook:
    return openpyxl.load_workbook(BytesIO(build(report)))


def entry_cells(edition: Edition) -> set[tuple[str, str]]:
    """Every cell in which something is entered, the merged ones with all their cells."""
    form = layout(edition)
    areas = [form.numbers[place] for place in edition.inputs] + list(form.fields.values())
    return {
        (area.sheet, a1(row, column))
        for area in areas
        for row in range(area.row, area.row + area.height)
        for column in range(area.column, area.column + area.width)
    }


def unlocked_cells(data: bytes, names: list[str]) -> set[tuple[str, str]]:
    """Read from the file itself which cells have an unlocked style."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        styles = archive.read("xl/styles.xml").decode()
        formats = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", re.search(r"<cellXfs.*?</cellXfs>", styles, re.S)[0], re.S)
        open_styles = {str(i) for i, xf in enumerate(formats) if 'locked="0"' in xf}
        found = set()
        for number, name in enumerate(names, start=1):
            sheet = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
            cells = re.findall(r'<c r="([A-Z]+\d+)" s="(\d+)"', sheet)
            found |= {(name, cell) for cell, style in cells if style in open_styles}
        return found


@each_edition
def test_every_unlocked_cell_is_an_input_and_every_input_unlocked(edition: Edition) -> None:
    data = build(blank(edition))
    unlocked = unlocked_cells(data, list(layout(edition).sheets))
    assert {cell for cell in unlocked if cell[0] != "问题清单"} == entry_cells(edition)
    assert {cell for cell in unlocked if cell[0] == "问题清单"} == {("问题清单", worklist.SAYS.a1)}


@each_edition
def test_findings_can_be_written_where_they_belong_and_nowhere_above(edition: Edition) -> None:
    """Whole columns of 问题清单 are unlocked; what stands in them is locked."""
    sheet = opened(blank(edition))["问题清单"]
    columns = [c for c in sheet.column_dimensions.values() if not c.protection.locked]
    unlocked = {number for column in columns for number in range(column.min, column.max + 1)}
    wanted = {c + 1 for area in worklist.room() for c in range(area.column, area.column + area.width)}
    assert wanted <= unlocked
    locked = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.has_style and cell.protection.locked}
    head = {a1(row, column) for row in range(worklist.FIRST) for column in worklist.Column} - {worklist.SAYS.a1}
    live = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    assert head | live <= locked


@each_edition
def test_every_sheet_and_the_structure_are_locked(edition: Edition) -> None:
    book = opened(blank(edition))
    assert book.security.lockStructure
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    assert book.sheetnames == list(layout(edition).sheets)
    assert not any(sheet.sheet_state != "visible" for sheet in book.worksheets)


@each_edition
def test_nothing_is_filled_in_beforehand(edition: Edition) -> None:
    book, form = opened(blank(edition)), layout(edition)
    for area in [form.numbers[place] for place in edition.inputs]:
        assert book[area.sheet][area.a1].value is None
    for field_id, area in form.fields.items():
        expected = "否" if field_id.startswith("zero_filled") else None
        assert book[area.sheet][area.a1].value == expected, field_id


@each_edition
def test_headings_are_merged_as_printed(edition: Edition) -> None:
    book, form = opened(blank(edition)), layout(edition)
    for sheet, grid in form.grids.items():
        merged = {str(area) for area in book[sheet].merged_cells.ranges}
        for box in grid.boxes:
            first = a1(ORIGIN + box.row, box.column)
            last = a1(ORIGIN + box.row + box.height - 1, box.column + box.width - 1)
            assert (f"{first}:{last}" in merged) == (first != last), box
            if box.kind is not Kind.NUMBER:
                assert book[sheet][first].value == box.text


@each_edition
def test_every_input_is_guarded_with_its_unit(edition: Edition) -> None:
    book, form = opened(blank(edition)), layout(edition)
    for place in edition.inputs:
        area, column = form.numbers[place], edition.column(place)
        guards = [v for v in book[area.sheet].data_validations.dataValidation if area.a1 in v.sqref]
        assert len(guards) == 1, place
        (guard,) = guards
        assert guard.type == ("decimal" if column.money else "whole")
        signed = (None, "-1000000000")  # between is the default and not written
        assert (guard.operator, guard.formula1) == (signed if column.signed else ("greaterThanOrEqual", "0"))
        assert f"单位：{column.unit}" in guard.prompt and f"单位：{column.unit}" in guard.error
        assert guard.errorStyle in (None, "stop")
        assert len(guard.prompt) <= 255 and len(guard.error) <= 255 and len(guard.errorTitle) <= 32


@each_edition
def test_print_set_up(edition: Edition) -> None:
    book, form = opened(blank(edition)), layout(edition)
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToHeight in (None, 0, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    for name in form.grids:
        assert book[name].print_title_rows == f"$1:${ORIGIN + form.grids[name].head}"
        assert book[name].freeze_panes


@each_edition
def test_identity(edition: Edition) -> None:
    book = opened(blank(edition))
    assert {p.name: p.value for p in book.custom_doc_props.props}["xltools.edition"] == edition.id
    assert book["封面"][layout(edition).identity.a1].value == f"xltools {edition.id}/1"


@each_edition
def test_every_equation_is_listed_and_linked(edition: Edition) -> None:
    book, form = opened(blank(edition)), layout(edition)
    sheet = book["勾稽校验"]
    for equation, row in form.equation_rows.items():
        area = form.numbers[equation.total or equation.left[0]]
        assert sheet.cell(row + 1, 1).value == equation.rule
        assert sheet.cell(row + 1, 3).hyperlink.location == f"'{area.sheet}'!{area.a1}"
        assert sheet.cell(row + 1, 7).value.startswith("=IF(")


@each_edition
def test_text_never_becomes_a_formula_or_a_link(edition: Edition) -> None:
    from dataclasses import replace

    nasty = "=1+1\n@SUM(A1)\n+1\nhttp://example.com/\n{=A1}"
    filed = replace(
        blank(edition), narrative={"overview": nasty}, office=Office(name="=HYPERLINK()", website="http://a.cn")
    )
    book = opened(filed)
    assert [book["一、总体情况"].cell(row, 2).data_type for row in range(4, 9)] == ["s"] * 5
    assert book["封面"]["B7"].data_type == "s"
    assert not any(book["一、总体情况"].cell(row, 2).hyperlink for row in range(4, 9))


@each_edition
def test_same_report_same_bytes(edition: Edition) -> None:
    assert build(random_report(edition, 3)) == build(random_report(edition, 3))


@each_edition
def test_packages_are_valid(edition: Edition, tmp_path) -> None:
    files = []
    for name, report in (("blank", blank(edition)), ("random", random_report(edition, 5))):
        files.append(tmp_path / f"{name}.xlsx")
        files[-1].write_bytes(build(report))
    validate(*files)


def test_seed_figures_stand_where_the_form_has_them() -> None:
    sheet = opened(interchange.load(FURONG))["表二"]
    assert [sheet[cell].value for cell in ("B11", "C11", "D11", "B22", "C22")] == [0, 115, 115, 29, 357595]
    assert sheet["C11"].number_format == '"增"0;"减"0;0'
    assert sheet["C22"].number_format == 'General"元"'


def test_stated_totals_are_left_to_the_formulas() -> None:
    sheet = opened(filing("suqian_city_2024"))["表三"]
    assert sheet["J8"].value == '=IF(COUNT(D8:I8)+IF(D34="是",6-COUNTA(D8:I8),0)=6,SUM(D8:I8),"")'


@each_edition
def test_the_guide_lists_the_rules_of_the_form(edition: Edition) -> None:
    cells = [[cell.value for cell in row] for row in opened(blank(edition))["填报说明"].iter_rows(max_col=3)]
    rules = {f"{r.code} {r.severity.chinese}": r for r in RULES if r.editions is None or edition.id in r.editions}
    listed = {row[0]: row for row in cells if row[0] in rules}
    assert list(listed) == list(rules)
    assert all(row[1:] == [rules[code].source, rules[code].summary] for code, row in listed.items())


@each_edition
def test_no_formula_needs_what_xlsxwriter_would_do_to_it(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = build(random_report(edition, 1))
    monkeypatch.setattr(_LockedWorkbook, "worksheet_class", Worksheet)
    assert build(random_report(edition, 1)) == quick


@pytest.mark.parametrize("text", ["<r>&</r>", "<r><t>1</t></r>", "<r></r>", " <r>1</r>", "_x0041_", "<r>_x0041_</r>"])
def test_a_text_is_never_taken_for_xml(text: str, tmp_path: Path) -> None:
    report = replace(blank(EDITIONS[-1]), office=Office(name=text), narrative={"problems": text})
    (tmp_path / "a.xlsx").write_bytes(build(report))
    back = read(tmp_path / "a.xlsx")
    assert (back.office.name, back.narrative["problems"]) == (text, text)


@each_edition
def test_a_number_of_a_whole_province_is_shown(edition: Edition, tmp_path: Path) -> None:
    """Where a number has no room, programs show ``###`` instead."""
    path = tmp_path / "填报.xlsx"
    path.write_bytes(build(Report(Office(), None, edition, dict.fromkeys(edition.inputs, 12345678))))
    words = pdf_text(to_pdf(path, tmp_path))
    assert "###" not in words and words.count("12345678") >= len(edition.inputs)
