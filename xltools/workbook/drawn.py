"""What lies over the cells of a sheet: words in text boxes, pictures, charts; seen by people, never printed (图文)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from xltools.workbook.view import Place

_NAMES = {"pic": "图片", "graphicFrame": "图表"}
_CONTROL = "{*}nvSpPr/{*}cNvPr"


def words(drawing: etree._Element) -> Iterator[tuple[Place, str]]:
    """Yield what is written in the shapes of a drawing, or that it is a picture, and at which cell each begins."""
    for anchor, control in _anchors(drawing):
        row, column = (int(anchor.findtext(f"{{*}}from/{{*}}{name}") or "0") for name in ("row", "col"))
        things = list(_things(anchor))
        shapes = [] if control else [thing for thing in things if _name(thing) == "sp" and not _is_hidden(thing)]
        said = "".join(text.text or "" for shape in shapes for text in shape.iter("{*}t"))
        if said.strip():
            yield (row, column), said
        yield from (((row, column), _NAMES[_name(thing)]) for thing in things if _name(thing) in _NAMES)


def _anchors(drawing: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """The places of a drawing, and whether what stands there is a control.

    Buttons and other controls, ours among them, programs write as a choice between whole places: Excel and LibreOffice
    for those that know drawings of 2010. A text box is never written so.
    """
    for one in drawing:
        choices = one.findall("{*}Choice")
        yield from ((anchor, "a14" in choice.get("Requires", "")) for choice in choices for anchor in choice)
        if _name(one) != "AlternateContent":
            yield one, False


def _things(one: etree._Element) -> Iterator[etree._Element]:
    """The shapes, pictures and charts at a place, also grouped ones; of choices not the last resort."""
    for child in one:
        if _name(child) in ("sp", *_NAMES):
            yield child
        elif _name(child) in ("grpSp", "AlternateContent", "Choice"):
            yield from _things(child)


def _name(one: etree._Element) -> str:
    return etree.QName(one).localname


def _is_hidden(shape: etree._Element) -> bool:
    about = shape.find(_CONTROL)
    return about is not None and about.get("hidden") in ("1", "true")
