"""The buttons on the sheets: where they stand, what they are bound to, and that the macros are our own source."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from tests.support.reports import EDITIONS, zero
from tests.workbook.test_ovba import sources
from xltools.form import Edition
from xltools.libreoffice import bridge
from xltools.workbook.actions import ACTIONS
from xltools.workbook.addin import addin
from xltools.workbook.build import build
from xltools.workbook.layout import layout
from xltools.workbook.macros import source

each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda e: e.id)


def faces(data: bytes) -> dict[str, list[tuple[str, str]]]:
    """The caption and the macro of every button, by the number of its sheet."""
    found = {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"xl/worksheets/_rels/sheet\d+\.xml\.rels", name):
                drawn = re.findall(r'"\.\./(drawings/vmlDrawing\d+\.vml)"', archive.read(name).decode())
                text = "".join(archive.read(f"xl/{part}").decode() for part in drawn)
                shapes = [shape for shape in text.split("</v:shape>") if 'ObjectType="Button"' in shape]
                captions = [re.search(r"<font[^>]*>(.*?)</font>", shape) for shape in shapes]
                macros = re.findall(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", text)
                found[re.search(r"sheet(\d+)", name)[1]] = list(zip([c[1] for c in captions if c], macros, strict=True))
    return found


@each_edition
def test_every_button_stands_where_it_is_used_and_has_its_macro(edition: Edition) -> None:
    data = build(zero(edition), macros=True)
    sheets = {str(number): name for number, name in enumerate(layout(edition).sheets, start=1)}
    shown = {sheets[number]: pairs for number, pairs in faces(data).items() if pairs}
    captions = {name: [caption for caption, _ in pairs] for name, pairs in shown.items()}
    table = ["校验数据", "未填格补0", "生成报告"]
    assert captions == {
        "封面": [action.label for action in ACTIONS],
        "表二": table,
        "表三": table,
        "表四": table,
        "问题清单": ["校验数据", "生成报告"],
    }
    bound = {action.label: action.macro for action in ACTIONS}
    assert all(bound[caption] == macro for pairs in shown.values() for caption, macro in pairs)


@each_edition
def test_the_macros_are_our_source_to_the_letter(edition: Edition) -> None:
    found = sources(build(zero(edition), macros=True))
    assert found["Buttons"].replace("\r\n", "\n") == f'Attribute VB_Name = "Buttons"\n{source("Buttons")}'
    assert [name for name in found if name not in ("ThisWorkbook", "Buttons")] == [
        f"Sheet{number}" for number in range(1, len(layout(edition).sheets) + 1)
    ]


def test_without_macros_there_is_no_trace_of_them() -> None:
    with zipfile.ZipFile(BytesIO(build(zero(EDITIONS[-1])))) as archive:
        assert not [name for name in archive.namelist() if "vba" in name]
        assert b"macro" not in archive.read("[Content_Types].xml")


def test_same_report_same_bytes() -> None:
    assert build(zero(EDITIONS[-1]), macros=True) == build(zero(EDITIONS[-1]), macros=True)


def library(document: Any) -> dict[str, bool]:
    """The modules that LibreOffice has of a document, and whether it finds our macros in them."""
    names = document.BasicLibraries.getByName("VBAProject").ElementNames
    provider = document.getScriptProvider()
    macros = re.findall(r"Public Sub (\w+)", source("Buttons"))
    uris = [f"vnd.sun.star.script:VBAProject.Buttons.{macro}?language=Basic&location=document" for macro in macros]
    return dict.fromkeys(names, all(provider.getScript(uri) is not None for uri in uris))


def test_the_workbook_opens_with_its_buttons_bound(office: xw.App, tmp_path: Path) -> None:
    path = tmp_path / "填报.xlsm"
    path.write_bytes(build(zero(EDITIONS[-1]), macros=True))
    book = office.books.open(path)
    form = book.api.Sheets.getByName("封面").DrawPage.Forms.getByIndex(0)
    bound = {
        form.getByIndex(i).Label: event.ScriptCode
        for i in range(form.Count)
        for event in form.getScriptEvents(i)
    }  # fmt: skip
    assert {label: code.partition("?")[0].rpartition(".")[2] for label, code in bound.items()} == {
        action.label: action.macro for action in ACTIONS
    }
    assert library(book.api)["Buttons"]
    book.close()


def test_the_add_in_opens_with_its_macros(office: xw.App, tmp_path: Path) -> None:
    """LibreOffice has no ribbon and does not know the ending; what is in the file it reads."""
    path = tmp_path / "年报工具.xlam"
    path.write_bytes(addin())
    options = bridge.properties(Hidden=True, MacroExecutionMode=4, FilterName="Calc MS Excel 2007 VBA XML")
    document = office.api.loadComponentFromURL(bridge.url_of(str(path)), "_blank", 0, options)
    found = library(document)
    assert found["Buttons"] and "Ribbon" in found
    document.close(True)
