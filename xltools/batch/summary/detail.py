"""The sheet 明细: one line per office and number, so that every sum can be walked back (逐格明细)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from xltools.batch.collection import Collection
from xltools.batch.consolidate import Entry, entries
from xltools.batch.summary.book import FIRST, Column, Listing, Look, Value, write
from xltools.workbook.formulas import quoted
from xltools.workbook.layout import layout

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]

DETAIL = "明细"
ROWS = 1_000_000
"""Lines of one sheet; what is more goes to 明细2 and so on."""
COLUMNS = (
    Column("单位", 30), Column("表", 7, "middle"), Column("行", 34), Column("列", 22), Column("编号", 44),
    Column("数值", 14, "number"), Column("文件", 40), Column("单元格", 9, "middle"), Column("说明", 40),
)  # fmt: skip
ID, AMOUNT = 4, 5


def frame(collection: Collection, all_: Iterable[Entry] | None = None) -> pd.DataFrame:
    """All numbers of all offices that are added up, as a long frame; money stays `Decimal`, a blank is ``None``."""
    import pandas as pd

    edition, form = collection.edition, layout(collection.edition)
    said = {}
    for ref in edition.inputs:
        table, area = edition.tables[ref.table], form.numbers[ref]
        said[ref] = (area.sheet, table.row[ref.row].name, table.column[ref.column].name, str(ref), area.a1)
    lines = []
    for entry in entries(collection) if all_ is None else all_:
        sheet, row, column, id, cell = said[entry.ref]
        of = entry.outcome
        lines.append((of.office, sheet, row, column, id, entry.value, of.file, cell, entry.why or None))
    return pd.DataFrame(lines, columns=[column.label for column in COLUMNS], dtype=object)


def suffixes(count: int, rows: int = ROWS) -> tuple[str, ...]:
    """What the names of the sheets that hold so many lines end in."""
    return tuple("" if number == 0 else str(number + 1) for number in range(max(1, -(-count // rows))))


def write_detail(book: Workbook, lines: pd.DataFrame, look: Look, rows: int = ROWS) -> None:
    """Write 明细 and name its columns for the sums."""
    note = "每个单位每个数一行；“单元格”是该数在“文件”里的位置。汇总各表的数都由本表与“调整数”相加而来。"
    for number, suffix in enumerate(suffixes(len(lines), rows)):
        start = number * rows
        part: list[tuple[Value, ...]] = list(lines.iloc[start : start + rows].itertuples(index=False, name=None))
        listing = Listing(DETAIL + suffix, "各单位数据明细", note, COLUMNS, part, ruled=False)
        write(book.add_worksheet(listing.sheet), listing, look)
        last = FIRST + max(1, len(part))
        for label, column in (("编号", ID), ("数值", AMOUNT)):
            letter = chr(65 + column)
            cells = f"${letter}${FIRST + 1}:${letter}${last}"
            book.define_name(f"明细{suffix}_{label}", f"={quoted(listing.sheet)}{cells}")


def terms(id: str, sheets: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The formulas that count and add up one number over the sheets of 明细."""
    for suffix in sheets:
        of = f"明细{suffix}_编号,{id}"
        yield f'COUNTIFS({of},明细{suffix}_数值,"<>")', f"SUMIFS(明细{suffix}_数值,{of})"
