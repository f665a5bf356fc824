"""The printed table covers its rectangle exactly once."""

import pytest

from tests.support.reports import EDITIONS
from xltools import editions
from xltools.grid import Box, Kind, grid

SECTIONS = [(e.id, s) for e in EDITIONS for s in e.sections if s.tables]


@pytest.mark.parametrize(("edition", "section"), SECTIONS, ids=lambda x: getattr(x, "sheet", x))
def test_boxes_tile_the_grid(edition, section) -> None:
    table = grid(section)
    cells = [
        (row, column)
        for box in table.boxes
        for row in range(box.row, box.row + box.height)
        for column in range(box.column, box.column + box.width)
    ]
    assert sorted(cells) == [(row, column) for row in range(table.height) for column in range(table.width)]


def box(sheet: str, text: str) -> Box:
    section = next(s for s in editions.get("2021").sections if s.sheet == sheet)
    return next(b for b in grid(section).boxes if b.text == text)


@pytest.mark.parametrize(
    ("sheet", "text", "place"),
    [
        ("表三", "申请人情况", (0, 3, 1, 7)),  # D1:J1
        ("表三", "自然人", (1, 3, 2, 1)),  # D2:D3
        ("表三", "法人或其他组织", (1, 4, 1, 5)),  # E2:I2
        ("表三", "总计", (1, 9, 2, 1)),  # J2:J3
        ("表三", "一、本年新收政府信息公开申请数量", (3, 0, 1, 3)),  # A:C
        ("表三", "三、本年度办理结果", (5, 0, 22, 1)),
        ("表三", "（一）予以公开", (5, 1, 1, 2)),  # B:C
        ("表三", "（三）不予公开", (7, 1, 8, 1)),
        ("表三", "（六）其他处理", (23, 1, 3, 1)),
        ("表四", "行政复议", (0, 0, 1, 5)),
        ("表四", "行政诉讼", (0, 5, 1, 10)),
        ("表四", "复议后起诉", (1, 10, 1, 5)),
        ("表四", "结果维持", (1, 0, 2, 1)),
        ("表二", "第二十条第（五）项", (4, 0, 1, 4)),
        ("表二", "本年收费金额（单位：万元）", (12, 1, 1, 3)),
    ],
)
def test_merges_as_printed(sheet: str, text: str, place: tuple[int, int, int, int]) -> None:
    found = box(sheet, text)
    assert (found.row, found.column, found.height, found.width) == place


def test_only_the_heading_of_the_outcomes_stands_upright() -> None:
    section = next(s for s in editions.get("2021").sections if s.sheet == "表三")
    assert [b.text for b in grid(section).boxes if b.upright] == ["三、本年度办理结果"]
    assert {b.kind for b in grid(section).boxes} == {Kind.CORNER, Kind.COLUMN, Kind.ROW, Kind.NUMBER}
