"""Put 汇总.xlsx together, sheet by sheet; the same collection gives the same bytes (汇总工作簿)."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook

from xltools import __version__
from xltools.batch.collection import Collection
from xltools.batch.summary.adjustments import ADJUSTMENTS, IDENTITY, YEAR, write_adjustments, write_items
from xltools.batch.summary.balance import write_balance
from xltools.batch.summary.book import Listing, Look, write
from xltools.batch.summary.comparison import carried, compared
from xltools.batch.summary.controls import controls
from xltools.batch.summary.detail import DETAIL
from xltools.batch.summary.filing import filed, problems, published
from xltools.batch.summary.fill import fill
from xltools.batch.summary.form import write_form
from xltools.batch.summary.front import FRONT, links, write_front
from xltools.batch.summary.reminding import reminders
from xltools.batch.summary.sums import Sums
from xltools.editions.shared import BALANCE
from xltools.workbook import build as filing_workbook
from xltools.workbook.style import protect
from xltools.workbook.write import Sheet

_CREATED = datetime(2021, 9, 26)  # fixed, so that the same collection gives the same bytes
_SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def build(collection: Collection, sums: Sums | None = None) -> bytes:
    """Return 汇总.xlsx; raises `XltoolsError` for a 调整数 of an unknown item.

    ``sums`` are those of the collection where they are at hand.
    """
    sums, edition, out = sums or Sums(collection), collection.edition, BytesIO()
    book = Workbook(out, _SAFE)
    book.worksheet_class = Sheet
    book.set_properties({"title": f"{collection.year}年{edition.title}汇总", "author": "xltools", "created": _CREATED})
    for name, value in ((IDENTITY, edition.id), (YEAR, str(collection.year)), ("xltools.version", __version__)):
        book.set_custom_property(name, value, "text")
    look = Look(book)
    tables = [section for section in edition.sections if section.tables]
    front = book.add_worksheet(FRONT)
    forms = [book.add_worksheet(section.sheet) for section in tables]
    balance = book.add_worksheet(BALANCE)
    adjustments = book.add_worksheet(ADJUSTMENTS)
    listings = [listing(collection) for listing in (filed, reminders, problems, published)]
    listings += [listing for listing in (controls(collection), sums.likenesses) if listing.rows]
    if collection.previous:
        listings += [listing for listing in (compared(sums), carried(collection)) if listing.rows]
    for listing in (*listings, *sums.details):
        write(book.add_worksheet(listing.sheet), listing, look)
    for sheet, section in zip(forms, tables, strict=True):
        write_form(sheet, section, sums, look)
    write_balance(balance, sums, look)
    write_adjustments(adjustments, book, sums, look)
    write_items(book, sums, look)
    write_front(front, book, sums, look)
    links(front, _contents(sums, listings), look)
    for sheet in book.worksheets():  # what is typed elsewhere than into 调整数 would be lost at the next run
        protect(sheet, autofilter=True, objects=sheet is front)
    book.set_calc_mode("auto")
    numbered = {sheet.name: f"xl/worksheets/sheet{n}.xml" for n, sheet in enumerate(book.worksheets(), start=1)}
    book.close()
    return fill(out.getvalue(), {numbered[listing.sheet]: listing for listing in (*listings, *sums.details)})


def workbook(collection: Collection, sums: Sums | None = None) -> bytes:
    """Return 汇总工作簿.xlsx: the sum as a report of its own, from which the office makes its own Word."""
    return filing_workbook.build((sums or Sums(collection)).report)


def _contents(sums: Sums, listings: list[Listing]) -> dict[str, str]:
    """Every sheet and what it shows."""
    sections = {section.sheet: section.label for section in sums.collection.edition.sections if section.tables}
    return {
        **sections,
        BALANCE: "汇总数是否平衡，不平衡的是哪些单位",
        ADJUSTMENTS: "重复计算等要更正的数，由汇总单位填写",
        **{listing.sheet: re.split("[。；]", listing.note)[0] for listing in listings},
        DETAIL: "每个单位每个数一行，汇总数由此相加",
    }
