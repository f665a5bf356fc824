"""The first sheet, 概况: how things stand, with Excel's own charts (概况与图表)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xltools.batch.collection import headline
from xltools.batch.summary.book import Look, clean, head, height, put
from xltools.batch.summary.figures import busiest, received, results, statuses
from xltools.batch.summary.filing import lines
from xltools.batch.summary.form import note
from xltools.batch.summary.sums import Sums
from xltools.report import Number
from xltools.workbook.formulas import Formula, quoted, ranges
from xltools.workbook.style import FONT, page

FRONT = "概况"
_FIRST, _CHART_COLUMN, _CHART_ROWS = 4, 3, 17
_LAST, _ROOM = 9, 126
"""The column in which the charts end, and how many digits are as wide as all up to it."""
_BLUE = "#4472C4"


def write_front(sheet: Worksheet, book: Workbook, sums: Sums, look: Look) -> None:
    """Write counts on the left, a chart of each on the right."""
    collection = sums.collection
    whose = f"{collection.name} " if collection.name else ""
    head(sheet, f"{whose}{collection.year}年{collection.edition.title} 汇总", "", look)
    sheet.write_string(1, 0, clean(f"{headline(collection)}（“已报”里含待修改的）"), look.style.named("status"))
    sheet.write_string(2, 0, note(collection), look.style.named("status"))
    if collection.notices:
        said = "\n".join(collection.notices)
        sheet.merge_range(3, 0, 3, _LAST, clean(said), look.kinds["long"])
        sheet.set_row(3, height([(said, _ROOM)]))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 3)
    sheet.set_column(3, _LAST, 11)
    found = statuses(lines(collection))
    counts: list[tuple[str, Number | Formula]] = [(label, count) for label, count, _ in found]
    top: list[tuple[str, Number | Formula]] = list(busiest(collection))
    groups: list[tuple[str, Number | Formula]] = [
        (name, _group(sums, refs)) for name, refs in results(collection.edition)
    ]
    title = collection.edition.tables["requests"].row[received(collection.edition).row].name
    row = _block(sheet, book, _FIRST, "报送情况（个）", counts, look, [light for *_, light in found])
    row = _block(sheet, book, row, f"{title}最多的单位（件）", top, look)
    _block(sheet, book, row, "办理结果（件，全部单位）", groups, look)
    page(sheet, landscape=True, one_page=True)


def _group(sums: Sums, refs: tuple[Any, ...]) -> Formula:
    known = [value for ref in refs if (value := sums.report.value(ref)) is not None]
    return Formula(f"=SUM({','.join(ranges((sums.layout.numbers[ref] for ref in refs), FRONT))})", sum(known))


def _block(sheet: Worksheet, book: Workbook, row: int, title: str, lines_: list[tuple[str, Number | Formula]],
           look: Look, lights: Sequence[str] = ()) -> int:  # fmt: skip
    """One list and its chart; returns the row where the next may start."""
    for column, label in enumerate((title, "数量")):
        sheet.write_string(row, column, label, look.style.named("heading"))
    for i, (label, value) in enumerate(lines_, start=row + 1):
        put(sheet, i, 0, label, look.kinds["text"])
        put(sheet, i, 1, value, look.kinds["number"])
    if lines_:
        first, last = row + 1, row + len(lines_)
        chart = book.add_chart({"type": "bar"})
        points = [{"fill": {"color": _SOLID[light]}} for light in lights]
        chart.add_series({
            "name": title, "categories": [FRONT, first, 0, last, 0], "values": [FRONT, first, 1, last, 1],
            "fill": {"color": _BLUE}, "gap": 45, "data_labels": {"value": True, "font": {"name": FONT, "size": 9}},
            "points": points,
        })  # fmt: skip
        chart.set_title({"name": title, "name_font": {"name": FONT, "size": 11}, "overlay": False})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True, "num_font": {"name": FONT, "size": 9}, "line": {"none": True}})
        chart.set_x_axis({"num_font": {"name": FONT, "size": 9}, "major_gridlines": {"visible": False},
                          "visible": False, "min": 0})  # fmt: skip
        chart.set_size({"width": 560, "height": _CHART_ROWS * 20 - 10})
        sheet.insert_chart(row, _CHART_COLUMN, chart, {"description": f"{title}的条形图，数据见左侧"})
    return row + max(len(lines_) + 2, _CHART_ROWS + 1)


_SOLID = {"green": "#2E8B57", "amber": "#E0A100", "red": "#C0392B", "grey": "#8C8C8C"}


def links(sheet: Worksheet, names: dict[str, str], look: Look) -> None:
    """Where to find what, at the right of the charts."""
    sheet.set_column(10, 10, 3)
    sheet.set_column(11, 11, 14)
    sheet.set_column(12, 12, 66)
    sheet.write_string(_FIRST, 11, "工作表", look.style.named("heading"))
    sheet.write_string(_FIRST, 12, "内容", look.style.named("heading"))
    for i, (name, what) in enumerate(names.items(), start=_FIRST + 1):
        sheet.write_url(i, 11, f"internal:{quoted(name)}A1", look.style.named("link"), name)
        sheet.write_string(i, 12, what, look.kinds["text"])
