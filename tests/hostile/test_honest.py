"""No honest file is refused: whoever has saved it, it gives the same report and the same findings."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.hostile.base import Parts, filled, packed, unpacked
from tests.hostile.honest import CHANGES_TOTALS, REWRITINGS, rewritten
from tests.hostile.judge import apart
from tests.support.calc import Calc
from tests.support.reports import EDITIONS
from xltools.checks import run
from xltools.outputs.findings import sentence
from xltools.report import Report
from xltools.workbook.build import build
from xltools.workbook.read import read

WRITERS = ("XlsxWriter", "XlsxWriter with macros", "openpyxl", "LibreOffice", "LibreOffice with macros")


def by_openpyxl(data: bytes) -> bytes:
    out = BytesIO()
    openpyxl.load_workbook(BytesIO(data)).save(out)
    return out.getvalue()


def by_libreoffice(data: bytes, folder: Path, calc: Calc) -> bytes:
    path = folder / "填报.xlsx"
    path.write_bytes(data)
    calc.run(path, save=path)
    return path.read_bytes()


@pytest.fixture(scope="module", params=[(e.id, writer) for e in EDITIONS for writer in WRITERS], ids="-".join)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, Parts]:
    """The parts of a filled workbook, and who wrote it."""
    edition, writer = request.param
    data = build(filled(edition), macros="macros" in writer)
    if writer == "openpyxl":
        data = by_openpyxl(data)
    elif "LibreOffice" in writer:
        data = by_libreoffice(data, tmp_path_factory.mktemp("calc"), request.getfixturevalue("calc"))
    return edition, writer, unpacked(data)


def taken(path: Path, parts: Parts) -> tuple[Report, list[str]]:
    path.write_bytes(packed(parts))
    report = read(path)
    return replace(report, origin=""), [sentence(finding, report.edition) for finding in run(report)]


def test_what_was_entered_comes_back(written: tuple[str, str, Parts], tmp_path: Path) -> None:
    edition, _, parts = written
    report, findings = taken(tmp_path / "填报.xlsm", parts)
    assert (apart(report.without_totals(), filled(edition)), report.strays) == ((), ())
    assert findings == [sentence(finding, report.edition) for finding in run(filled(edition))]


@pytest.mark.parametrize("name", REWRITINGS)
def test_rewritten(name: str, written: tuple[str, str, Parts], tmp_path: Path) -> None:
    before, findings = taken(tmp_path / "填报.xlsm", written[2])
    after, found = taken(tmp_path / "改写.xlsm", rewritten(written[2], REWRITINGS[name]))
    if name in CHANGES_TOTALS:
        before, after = before.without_totals(), after.without_totals()
    assert (apart(before, after), found) == ((), findings)
