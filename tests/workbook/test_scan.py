"""The quick reading of sheets: what it takes it reads like lxml, and it takes nothing that hides something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from tests.support.calc import Calc
from tests.support.reports import EDITIONS, random_report
from xltools.workbook import scan, written
from xltools.workbook.archive import Damaged
from xltools.workbook.build import build
from xltools.workbook.markup import parsed
from xltools.workbook.package import Package
from xltools.workbook.plainly import Unusual

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheets(path: Path) -> Iterator[bytes]:
    package = Package(path.read_bytes())
    yield from (package.read(e.name) for e in package.entries if e.name.startswith("xl/worksheets/sheet"))


def quickly(data: bytes) -> list[scan.Raw]:
    return [cell for line in scan.sheet(data).lines for cell in line.cells]


@pytest.mark.parametrize("writer", ["XlsxWriter", "LibreOffice"])
def test_every_sheet_is_read_quickly_and_alike(writer: str, calc: Calc, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(build(random_report(EDITIONS[-1], 1)))
    if writer == "LibreOffice":
        calc.run(path, fill=[("表三", "D8", "=1/0"), ("表三", "E8", 12.5)], save=path)
    for data in sheets(path):
        quick, slow = quickly(data), list(written.cells(parsed(data)))
        assert quick == [cell for cell in slow if cell[3] is not None or cell[4]]


def sheet(
    rows: str, before: str = "", after: str = "", root: str = f'worksheet xmlns="{MAIN}" xmlns:x14ac="urn:x14ac"'
) -> bytes:
    name = root.split(maxsplit=1)[0]
    return f"<{root}>{before}<sheetData>{rows}</sheetData>{after}</{name}>".encode()


A1, B1 = '<c r="A1"><v>1</v></c>', '<c r="B1" s="2" t="str"><f>A1&amp;"&lt;"</f><v>1&lt;</v></c>'
ROW = f'<row r="1" spans="1:2" x14ac:dyDescent="0.15">{A1}{B1}</row>'


@pytest.mark.parametrize(
    "rows",
    [ROW, f'{ROW}<row r="2"/>', f'{ROW}<row r="9"><c r="A9" s="1"/></row>', f'{ROW}<row r="2" ht="1"></row>',
     f'<row r="1">{A1}{B1}<c r="C1"/><c r="D1" s="1"/></row>'],
)  # fmt: skip
def test_usual(rows: str) -> None:
    quick = quickly(sheet(rows))
    assert quick == [((0, 0), "0", "n", None, "1"), ((0, 1), "2", "str", 'A1&"<"', "1<")]


@pytest.mark.parametrize(
    "data",
    [
        sheet(f"<!-- {ROW} -->"),
        sheet("", before=f"<!-- <sheetData>{ROW}</sheetData> -->"),
        sheet("", before=f"<x><![CDATA[<sheetData>{ROW}</sheetData>]]></x>"),
        sheet(f"<?x {ROW} ?>"),
        sheet(ROW, after=f"<sheetData>{ROW}</sheetData>"),
        sheet(ROW, before="<x>", after="</x>"),
        sheet(ROW, root='worksheet xmlns="urn:x" xmlns:x14ac="urn:x14ac"'),
        sheet(ROW, root=f'x:worksheet xmlns:x="{MAIN}" xmlns:x14ac="urn:x14ac"'),
        sheet(ROW.replace("<v>1</v>", "<v>1<!-- 2 --></v>")),
        sheet(ROW.replace("<v>1</v>", "<v>1</v><v>2</v>")),
        sheet(ROW.replace("<v>1</v>", "<v>&#49;</v>")),
        sheet(ROW.replace("<v>1</v>", "<v>\x01</v>")),
        sheet(ROW.replace("<v>1</v>", "<v>\uffff</v>")),
        sheet(ROW.replace("<v>1</v>", "<x><v>1</v></x>")),
        sheet(ROW.replace('r="A1"', "")),
        sheet(ROW.replace('spans="1:2"', 'r="2"')),
        sheet(ROW.replace('spans="1:2"', 'xmlns="urn:x"')),
        sheet(ROW.replace('spans="1:2"', 'ht="20.2."')),
        sheet(ROW, root=f'worksheet xmlns="{MAIN}"'),
        sheet(ROW.replace('"><v>', '" t="inlineStr"><v>', 1)),
        sheet(A1),
        sheet(ROW + A1),
        sheet(ROW.replace("</row>", "")),
        sheet(ROW.replace("<row", "<row><row")),
        sheet(f"{ROW}<x/>"),
        b"\xef\xbb\xbf" + sheet(ROW),
        sheet(ROW).decode().encode("utf-16"),
        b'<?xml version="1.0" encoding="GBK"?>' + sheet(ROW),
        sheet(ROW)[:-12],
        b"",
    ],
)
def test_unusual(data: bytes) -> None:
    with pytest.raises((Unusual, etree.XMLSyntaxError)):
        quickly(data)


@pytest.mark.parametrize(
    "rows",
    [ROW.replace('r="A1"', 'r="A2"'), ROW + ROW, ROW.replace(A1, A1 + A1), ROW.replace(A1, '<c r="D1" s="1"/>' + A1),
     f'<row r="9"><c r="A9" s="1"/></row>{ROW}', f'{ROW}<row r="1"/>'],
)  # fmt: skip
def test_cells_out_of_order_or_twice_are_refused(rows: str) -> None:
    with pytest.raises(Damaged):
        quickly(sheet(rows))
    with pytest.raises(Damaged):
        list(written.cells(parsed(sheet(rows))))
