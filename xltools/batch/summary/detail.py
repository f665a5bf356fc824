"""The sheets 明细: one line per number and office, so that every sum can be walked back (逐格明细).

The lines of one number stand one under another, so that its sum is that of a range: Excel leads from it
straight to them, and it is there at once. SUMIFS over all lines would keep LibreOffice for 1 s at 300
offices and 12 s at 3,000, again for every 调整数 that is typed. Filtering does not disturb a range;
sorting would; the sheets are locked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING

from xltools.batch.collection import Collection
from xltools.batch.consolidate import Entries, entries, summed
from xltools.batch.summary.book import FIRST, Column, Listing, Value
from xltools.form import Ref
from xltools.workbook.formulas import quoted
from xltools.workbook.layout import a1, layout

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]

DETAIL = "明细"
ROWS = 1_000_000
"""Lines of one sheet; what is more goes to 明细2 and so on."""
COLUMNS = (
    Column("单位", 30), Column("表", 7, "middle"), Column("行", 34), Column("列", 22), Column("编号", 44),
    Column("数值", 14, "number"), Column("文件", 40), Column("单元格", 9, "middle"), Column("说明", 40),
)  # fmt: skip
_AMOUNT = 5
_NOTE = (
    "每个单位每个数一行；“单元格”是该数在“文件”里的位置。汇总各表的数由本表与“调整数”相加而来。"
    "可以筛选；排序会打乱汇总，所以锁定了，要排序请复制到别的工作簿。"
)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of some numbers of all offices that are added up, made each time they are asked for."""

    collection: Collection
    numbers: Sequence[Entries]

    def __len__(self) -> int:
        return len(self.numbers) * len(summed(self.collection))

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        for block in self.blocks():
            yield from zip(*block)  # noqa: B905  # some of the columns never end

    def blocks(self) -> Iterator[Sequence[Iterable[Value]]]:
        """The lines of each number by columns; what is the same in all of them is repeated without end."""
        edition, form = self.collection.edition, layout(self.collection.edition)
        filed = summed(self.collection)
        offices, files = [outcome.office for outcome in filed], [outcome.file for outcome in filed]
        for ref, values, reasons in self.numbers:
            table, area = edition.tables[ref.table], form.numbers[ref]
            row, column = table.row[ref.row].name, table.column[ref.column].name
            same = map(repeat, (area.sheet, row, column, str(ref)))
            yield offices, *same, values, files, repeat(area.a1), [why or None for why in reasons]


def frame(collection: Collection) -> pd.DataFrame:
    """All lines, for whoever wants to reckon with them in pandas; money stays `Decimal`, a blank is ``None``.

    汇总.xlsx is made without: importing pandas takes longer than writing all of 明细.
    """
    import pandas as pd

    lines = list(Lines(collection, list(entries(collection))))
    return pd.DataFrame(lines, columns=[column.label for column in COLUMNS], dtype=object)


def details(collection: Collection, numbers: Mapping[Ref, Entries], rows: int = ROWS) -> list[Listing]:
    """The sheets 明细 with these numbers; ``rows`` is how many lines one of them takes."""
    return [
        Listing(name, "各单位数据明细", _NOTE, COLUMNS, Lines(collection, [numbers[ref] for ref in refs]), ruled=False)
        for name, refs in _sheets(collection, rows)
    ]


def places(collection: Collection, rows: int = ROWS) -> dict[Ref, str]:
    """For each number the range in which that of every office stands; none where there is no office."""
    count = len(summed(collection))
    return {
        ref: f"{quoted(name)}{a1(first, _AMOUNT)}:{a1(first + count - 1, _AMOUNT)}"
        for name, refs in _sheets(collection, rows)
        for first, ref in zip(range(FIRST, FIRST + count * len(refs), max(1, count)), refs, strict=False)
    }


def _sheets(collection: Collection, rows: int) -> Iterator[tuple[str, tuple[Ref, ...]]]:
    """Which numbers stand on which sheet, none of them on two."""
    refs, each = collection.edition.inputs, max(1, rows // max(1, len(summed(collection))))
    for number, start in enumerate(range(0, len(refs), each), start=1):
        yield DETAIL + (str(number) if number > 1 else ""), refs[start : start + each]
