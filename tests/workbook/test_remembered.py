"""What is remembered from file to file has a bound, whatever is sent: the next files pay for none before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST = 40
"""MB that twenty files may leave behind."""

READ = """
import datetime as dt, resource, sys
from xltools.workbook import cells
from xltools.workbook.archive import Packed, inflated
from xltools.workbook.formats import NONE

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
CONTEXT = cells.Context([cells.Cell()] * 10, NONE, dt.date(1899, 12, 30))
MB = 2**20

def shell(n):
    cells.strings(f"<sst {SPACE}><si><t>{n}</t></si>{' ' * (4 * MB + n)}\\U0001f600</sst>".encode())

def around(n):
    rows, behind = f'<row r="1"><c r="A1"><v>{n}</v></c></row>', " " * (4 * MB + n) + "\\U0001f600"
    cells.cells(f"<worksheet {SPACE}><sheetData>{rows}</sheetData>{behind}</worksheet>".encode(), CONTEXT)

def packed(n):
    data = b"\\0\\0\\0\\xff\\xff" * (MB // 2) + b"\\3\\0"
    inflated(Packed(f"{n}.xml", data, 0, 0, True))

def many(n):
    cell = '<c r="{}{}"><v>{}</v></c>'.format
    rows = ("".join(cell(letter, row, n * 10**5 + row) for letter in "ABC") for row in range(1, 8000))
    lines = "".join(f'<row r="{row}">{line}</row>' for row, line in enumerate(rows, start=1))
    cells.cells(f"<worksheet {SPACE}><sheetData>{lines}</sheetData></worksheet>".encode(), CONTEXT)

def text(n):
    said = f'<c r="A1" t="str"><v>{n}{"字" * 80_000}</v></c>'
    cells.cells(f'<worksheet {SPACE}><sheetData><row r="1">{said}</row></sheetData></worksheet>'.encode(), CONTEXT)
    cells.strings(f"<sst {SPACE}><si><t>{n}{'字' * 80_000}</t></si></sst>".encode())

read = globals()[sys.argv[1]]

def held():
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / MB

for n in range(4):
    read(n)
before = held()
for n in range(4, 24):
    read(n)
print(held() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
@pytest.mark.parametrize("what", ["shell", "around", "packed", "many", "text"])
def test_large_things_are_not_remembered(what: str) -> None:
    command = [sys.executable, "-c", READ, what]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr
    assert float(ran.stdout) < MOST
