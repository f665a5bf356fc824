"""Nothing that was typed or sent becomes a formula, a link or a tag in what is written."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from lxml import etree, html

from tests.batch.support import roster, run
from tests.support.reports import report
from xltools.report import OFFICE_FIELDS, Office
from xltools.workbook.build import build

MARK = "恶意7351"
"""Stands in everything that was typed: where it stands, data have come."""
BEGINNINGS = (
    "=", "+", "-", "@", "\t=", "\n=", "\r=", " =", "'=", '"=', "＝", "=cmd|'/c calc'!A0+", '=HYPERLINK("http://a.b")&',
    "@SUM(1)+", "<script>", "</script><script>", "<img src=x onerror=alert(1)>", "<!--", "-->", "]]>", "{{7*7}}",
    "{%for x in y%}", "javascript:", "http://example.com/", "mailto:a@b.c?", "&lt;script&gt;", "{=1}", "_x003D_",
    "#REF!", "../", "\u202e=",
)  # fmt: skip
TEXTS = [f"{start}{MARK}之{number}" for number, start in enumerate(BEGINNINGS)]


def filed(first: int) -> bytes:
    """The workbook of an office that typed all this everywhere, also where numbers belong."""
    texts = TEXTS[first:] + TEXTS[:first]
    made = report()
    office = Office(**dict(zip(OFFICE_FIELDS, texts, strict=False)))
    numbers = dict(zip(made.edition.inputs, (*texts, "=1+1"), strict=False))
    narrative = {section.id: "\n".join(texts) for section in made.edition.sections if not section.tables}
    notes = {section.sheet: "\n".join(texts) for section in made.edition.sections if section.tables}
    return build(replace(made, office=office, year=2025, numbers={}, texts=numbers, narrative=narrative, notes=notes))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    (folder / "收件").mkdir()
    for number in range(0, len(TEXTS), 4):
        name = re.sub(r"[/\\]", "_", TEXTS[number])
        (folder / "收件" / f"{name}.xlsx").write_bytes(filed(number))
    (folder / "收件" / f"=坏{MARK}<script>.xlsx").write_bytes(b"no")
    lines = [{"单位全称": text, "联系人": text, "联系电话": text} for text in TEXTS[::4][:-1]]
    roster(folder / "名单.xlsx", *lines, {"单位全称": f"=未报{MARK}"}, head={"年度": 2025, "汇总单位": f"=县{MARK}"})
    run(folder / "收件", folder / "结果", roster=folder / "名单.xlsx", jobs=2)
    return folder / "结果"


def books(out: Path) -> Iterator[tuple[str, dict[str, bytes]]]:
    for path in sorted(out.rglob("*.xls?")):
        with zipfile.ZipFile(path) as archive:
            yield path.name, {name: archive.read(name) for name in archive.namelist()}


def test_there_is_something_to_look_at(out: Path) -> None:
    found = [path for path in out.rglob("*") if path.is_file()]
    assert len([path for path in found if path.suffix == ".xlsx"]) > 6
    assert MARK in (out / "index.html").read_text("utf-8")
    assert not [path for path in found if path.suffix == ".csv"], "what is written as CSV has to be looked at here"


def test_no_formula_and_no_link_in_a_workbook(out: Path) -> None:
    """Of all parts only texts hold what was typed: cells and shared strings, comments and properties."""
    seen = 0
    for book, parts in books(out):
        for name, data in parts.items():
            if not name.endswith((".xml", ".rels", ".vml")):
                continue
            root = etree.fromstring(data)
            for element in root.iter(etree.Element):
                tag = etree.QName(element).localname
                typed = [key for key, value in element.items() if MARK in unescape(value)]
                assert not typed, (book, name, tag, typed)
                if MARK in (element.text or ""):
                    seen += 1
                    assert tag in ("t", "v", "title", "lpwstr"), (book, name, tag, element.text)
                    assert tag != "v" or element.getparent().get("t") == "str", (book, name)
                    assert tag != "v" or MARK not in (element.getparent().findtext("{*}f") or ""), (book, name)
    assert seen > 100


def test_cells_hold_what_was_typed(out: Path) -> None:
    found = set()
    for path in out.rglob("*.xlsx"):
        book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if MARK in str(cell.value) or cell.value == "=1+1":
                        assert cell.data_type == "s", (path.name, sheet.title, cell.coordinate, cell.value)
                        found.add(str(cell.value))
    missing = [text for text in TEXTS if not any(text.strip() in cell for cell in found)]
    assert not [text for text in missing if text.isprintable() and not text.startswith("_x")], missing


def test_no_tag_and_no_script_in_the_page(out: Path) -> None:
    text = (out / "index.html").read_text("utf-8")
    root = html.fromstring(text.encode())
    for element in root.iter(etree.Element):
        if element.tag in ("script", "style"):
            assert MARK not in (element.text or "")
        for name, value in element.items():
            assert not name.startswith("on"), (element.tag, name)
            if name in ("href", "src", "action", "style", "srcdoc", "formaction"):
                assert value.startswith(("./", "data:,", "#")), (element.tag, name, value)
    assert len(list(root.iter("script"))) == 1 and not list(
        root.iter("img", "iframe", "object", "embed", "form", "base")
    )
    assert "49" not in {element.text for element in root.iter("td", "li", "th")}
