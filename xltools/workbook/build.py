"""Write the locked workbook of an edition, blank or filled in with a report (填报工作簿)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook

from xltools import __version__
from xltools.editions.shared import BALANCE, COVER, FINDINGS, GUIDE
from xltools.report import Report
from xltools.workbook import balance, buttons, cover, guide, listing, prose, tables
from xltools.workbook.layout import IDENTITY, LAYOUT, layout
from xltools.workbook.live import Live
from xltools.workbook.style import Style
from xltools.workbook.worklist import Line
from xltools.workbook.write import Sheet

_CREATED = datetime(2021, 9, 26)  # fixed, so that the same report gives the same bytes


class _LockedWorkbook(Workbook):  # type: ignore[misc]  # XlsxWriter is untyped
    """XlsxWriter cannot lock the structure of a workbook: sheets added, renamed or removed."""

    worksheet_class = Sheet

    def _write_workbook_pr(self) -> None:
        super()._write_workbook_pr()
        self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])


def build(report: Report, *, macros: bool = False, findings: Sequence[Line] = ()) -> bytes:
    """Return the workbook as .xlsx, or with ``macros`` and buttons as .xlsm.

    Entries stand as they are in the report, totals are formulas; ``findings`` are listed in 问题清单.
    """
    report = report.with_totals()
    live = Live(layout(report.edition), report)
    out = BytesIO()
    book = _LockedWorkbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": report.edition.title, "author": "xltools", "created": _CREATED})
    identity = {"edition": report.edition.id, "layout": LAYOUT, "version": __version__}
    for key, value in identity.items():
        book.set_custom_property(IDENTITY[key], str(value), "text")
    style = Style(book)
    sheets = {name: book.add_worksheet(name) for name in live.layout.sheets}
    cover.write(sheets[COVER], live, style)
    for section in report.edition.sections:
        writer = tables if section.tables else prose
        writer.write(sheets[section.sheet], section, live, style)
    balance.write(sheets[BALANCE], live, style)
    listing.write(sheets[FINDINGS], book, style, live, findings)
    listing.tell(sheets[COVER], style, live, findings)
    guide.write(sheets[GUIDE], live, style)
    if macros:
        buttons.add(book, sheets, live.layout)
    book.set_calc_mode("auto")
    book.close()
    return out.getvalue()
