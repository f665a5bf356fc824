"""Words in text boxes and shapes: a person reads them on the sheet, but they stand in no cell (文本框)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from xltools.workbook.view import Place


def words(drawing: etree._Element) -> Iterator[tuple[Place, str]]:
    """Yield what is written in the shapes of a drawing, and at which cell each begins.

    Controls are left out: buttons are ours, and programs write them as alternatives.
    """
    for anchor in drawing:
        said = "".join(text.text or "" for shape in _shapes(anchor) for text in shape.iter("{*}t"))
        if said.strip():
            row, column = (anchor.findtext(f"{{*}}from/{{*}}{name}") or "0" for name in ("row", "col"))
            yield (int(row), int(column)), said


def _shapes(anchor: etree._Element) -> Iterator[etree._Element]:
    """The shapes at one place, also those that are grouped."""
    yield from anchor.iterfind("{*}sp")
    yield from anchor.iterfind("{*}grpSp//{*}sp")
