"""The add-in: an add-in by its type, with our macros and a tab whose every button has one."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.support.machine import validate
from tests.workbook.test_ovba import sources
from xltools.workbook.addin import addin
from xltools.workbook.macros import project, source

UI = "{http://schemas.microsoft.com/office/2009/07/customui}"


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(addin())) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_is_an_add_in(parts: dict[str, bytes], tmp_path: Path) -> None:
    (kind,) = re.findall(rb'PartName="/xl/workbook.xml" ContentType="(.*?)"', parts["[Content_Types].xml"])
    assert kind == b"application/vnd.ms-excel.addin.macroEnabled.main+xml"
    path = tmp_path / "xltools.xlam"
    path.write_bytes(addin())
    validate(path)


def test_every_part_has_a_type_and_every_relation_a_part(parts: dict[str, bytes]) -> None:
    types = parts["[Content_Types].xml"].decode()
    named, by_ending = re.findall('PartName="/(.*?)"', types), re.findall('Extension="(.*?)"', types)
    assert set(named) <= set(parts)
    assert all(name in named or name.rpartition(".")[2] in by_ending for name in parts if name[0] != "[")
    for relations in (name for name in parts if name.endswith(".rels")):
        folder = relations.rpartition("_rels/")[0]
        ids = re.findall('Id="(.*?)"', parts[relations].decode())
        assert len(set(ids)) == len(ids)
        assert {folder + target for target in re.findall('Target="(.*?)"', parts[relations].decode())} <= set(parts)


def test_the_tab_has_five_buttons_and_each_its_macro(parts: dict[str, bytes]) -> None:
    root = ElementTree.fromstring(parts["customUI/customUI14.xml"])
    (tab,), (group,), buttons = (list(root.iter(UI + kind)) for kind in ("tab", "group", "button"))
    assert (tab.get("label"), group.get("label")) == ("年报", "政府信息公开年报")
    assert [b.get("label") for b in buttons] == ["校验数据", "生成报告", "导入上年数据", "未填格补0", "导出数据"]
    callbacks = re.findall(r"Public Sub (\w+)\(control As IRibbonControl\)", source("Ribbon"))
    assert [b.get("onAction") for b in buttons] == [f"Ribbon.{name}" for name in callbacks]
    assert len({element.get("id") for element in (tab, group, *buttons)}) == 7
    for button in buttons:
        assert button.get("imageMso") and button.get("screentip").endswith("。") and button.get("supertip")


def test_every_callback_calls_a_button() -> None:
    called = re.findall(r"Public Sub Ribbon(\w+)\(control As IRibbonControl\)\n    \1\nEnd Sub", source("Ribbon"))
    assert called == re.findall(r"Public Sub (\w+)\(\)", source("Buttons"))


def test_the_macros_are_in_it(parts: dict[str, bytes]) -> None:
    modules = {name: source(name) for name in ("Buttons", "Ribbon")}
    assert parts["xl/vbaProject.bin"] == project(modules, ["Sheet1"])
    assert b'codeName="ThisWorkbook"' in parts["xl/workbook.xml"]
    assert b'codeName="Sheet1"' in parts["xl/worksheets/sheet1.xml"]
    assert list(sources(addin())) == ["ThisWorkbook", "Sheet1", "Buttons", "Ribbon"]


def test_same_source_same_bytes() -> None:
    assert addin() == addin()
