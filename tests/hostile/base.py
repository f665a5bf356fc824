"""The workbook that is tampered with: one of each edition, valid and complete, no two entries alike."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from functools import cache
from io import BytesIO

from tests.support.reports import balanced
from xltools import editions
from xltools.report import Office, Report
from xltools.workbook.build import build
from xltools.workbook.layout import FIRST_PARAGRAPH, IDENTITY, layout

Parts = Mapping[str, bytes]
NAME = "某镇人民政府"
_LEFT_OUT = ("勾稽校验", "问题清单", "填报说明")
_COLOURS = b"<(conditionalFormatting|dataValidations|hyperlinks)[ >].*</\\1>"
_ROWS = 8
"""Rows for paragraphs that are kept; all else is as an office gets it."""


@cache
def filled(edition: str) -> Report:
    """The report in the workbook."""
    form = editions.get(edition)
    words = "某镇 11430000 乡镇 全镇 张三 李四 王五 赵六 0743-8512345 某镇一号 416000 mz@example.cn www.example.cn"
    office = Office(NAME, f"{NAME}（全称）", *words.split(), "2021年1月25日")
    narrative = {
        section.id: f"{section.sheet}第一段。\n第二段，共 3 件。\n第三段。"
        for section in form.sections
        if not section.tables
    }
    notes = {section.sheet: f"{section.sheet}的表注。" for section in form.sections if section.tables}
    base = balanced(form, 3)
    return Report(office, base.year, form, base.numbers, narrative, notes=notes)


@cache
def parts(edition: str, *, macros: bool = False) -> Parts:
    """The parts of the workbook, without the sheets that no report is read from, most blank rows, and colours."""
    found = unpacked(build(filled(edition), macros=macros))
    sheets = layout(editions.get(edition)).sheets
    book, types, relations = (
        found[name].decode() for name in ("xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels")
    )
    for name in _LEFT_OUT:
        number = sheets.index(name) + 1
        del found[f"xl/worksheets/sheet{number}.xml"]
        book = re.sub(f'<sheet name="{name}"[^>]*/>', "", book)
        types = re.sub(f'<Override PartName="/xl/worksheets/sheet{number}.xml"[^>]*/>', "", types)
        relations = re.sub(f'<Relationship [^>]*worksheets/sheet{number}.xml"/>', "", relations)
    for name in [name for name in found if name.startswith("xl/worksheets/sheet")]:
        found[name] = re.sub(_COLOURS, b"", found[name], flags=re.DOTALL)
    book = re.sub("<definedNames>.*</definedNames>", "", book)
    found |= {
        "xl/workbook.xml": book.encode(),
        "[Content_Types].xml": types.encode(),
        "xl/_rels/workbook.xml.rels": relations.encode(),
    }
    for section in editions.get(edition).sections:
        if not section.tables:
            name = sheet(edition, section.sheet)
            found[name] = re.sub(rb'<row r="(\d+)".*?</row>', _few_rows, found[name])
    return found


def _few_rows(row: re.Match[bytes]) -> bytes:
    return row[0] if int(row[1]) <= FIRST_PARAGRAPH + _ROWS else b""


def sheet(edition: str, name: str) -> str:
    """The part of a sheet."""
    return f"xl/worksheets/sheet{layout(editions.get(edition)).sheets.index(name) + 1}.xml"


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts, level: int = 1) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


__all__ = ["IDENTITY", "NAME", "Parts", "filled", "packed", "parts", "sheet", "unpacked"]
