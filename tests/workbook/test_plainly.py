"""Shared strings are read quickly where they are written as usual, and not at all where they are not."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.support.reports import EDITIONS, random_report
from xltools.workbook import cells, plainly
from xltools.workbook.build import build
from xltools.workbook.markup import parsed
from xltools.workbook.package import Package

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def test_strings_without_runs_are_read_quickly() -> None:
    package = Package(build(random_report(EDITIONS[-1], 1)))
    strings = package.read("xl/sharedStrings.xml")
    found = [cell.value or "" for cell in plainly.strings(strings)]
    assert found == ["".join(item.itertext()) for item in parsed(strings)]


@pytest.mark.parametrize(
    "items",
    [
        "<si><r><t>甲</t></r></si>",
        "<si><t>甲</t></si> <si><t>乙</t></si>",
        "<si><t>甲</t></si><t>乙</t></si>",
        "<si><t>&#65;</t></si>",
        "<si><t>\x01</t></si>",
        "<si><t>甲</t></si></si>",
        "<si><t>甲</t><rPh><t>乙</t></rPh></si>",
        "<!-- <si><t>甲</t></si> -->",
        "<x/>",
        "",
    ],
)
def test_unusual_strings(items: str) -> None:
    with pytest.raises((plainly.Unusual, etree.XMLSyntaxError)):
        plainly.strings(f'<sst xmlns="{MAIN}">{items}</sst>'.encode())


def test_usual_strings() -> None:
    items = '<si><t>甲&amp;乙</t></si><si><t xml:space="preserve"> 丙</t><phoneticPr fontId="1"/></si><si><t/></si>'
    found = plainly.strings(f'<sst xmlns="{MAIN}">{items}</sst>'.encode())
    assert [cell.value for cell in found] == ["甲&乙", " 丙", None]


def test_a_text_of_many_entities_is_left_to_lxml() -> None:
    """An expression would take 500 MB for it."""
    many = f'<sst xmlns="{MAIN}"><si><t>{"&amp;" * (plainly.LONGEST // 5)}</t></si></sst>'.encode()
    with pytest.raises(plainly.Unusual):
        plainly.strings(many)
    assert [cell.value for cell in cells.strings(many)] == ["&" * (plainly.LONGEST // 5)]
