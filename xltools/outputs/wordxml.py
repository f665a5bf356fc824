"""Small pieces of WordprocessingML, each a function from text to XML (Word 标记)."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import escape

from xltools.grid import Box, Grid, Kind

BAND_COLOUR = "C6D9F1"
ROOMY, LINE = 567, 220
"""Twips: a row of 1 cm, and a line of small type in a table."""


def run(text: str, style: str = "", extra: str = "") -> str:
    """A run, none of no text; quotation marks and dashes take the Chinese font."""
    if not text:
        return ""
    reference = f'<w:rStyle w:val="{style}"/>' if style else ""
    properties = f'<w:rPr>{reference}<w:rFonts w:hint="eastAsia"/>{extra}</w:rPr>'
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, style: str = "", extra: str = "") -> str:
    """A paragraph of runs."""
    reference = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{reference}{extra}</w:pPr>" if reference or extra else "<w:pPr/>"
    return f"<w:p>{properties}{content}</w:p>"


def tag(statement: str) -> str:
    """A docxtpl statement on a paragraph of its own, which disappears when it is filled in."""
    return paragraph(run(f"{{%p {statement} %}}"))


def cell(content: str, width: int, *, span: int = 1, merge: str = "", shade: str = "", upright: bool = False) -> str:
    """A table cell; ``merge`` is ``restart`` or ``continue`` where it is merged downwards."""
    return "".join(
        (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>',
            f'<w:gridSpan w:val="{span}"/>' if span > 1 else "",
            f'<w:vMerge w:val="{merge}"/>' if merge else "",
            f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else "",
            '<w:textDirection w:val="tbRlV"/>' if upright else "",
            f'<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>',
        )
    )


def row(cells: Iterable[str], height: int, *, header: bool = False) -> str:
    """A table row that is never torn between pages."""
    repeat = "<w:tblHeader/>" if header else ""
    properties = f'<w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{repeat}'
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], widths: Iterable[int]) -> str:
    """A table with fixed column widths, in twips, and single lines."""
    widths = list(widths)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    margins = '<w:left w:w="28" w:type="dxa"/><w:right w:w="28" w:type="dxa"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        f"{''.join(rows)}</w:tbl>"
    )


def printed_table(grid: Grid, widths: tuple[int, ...], width: int, page: int) -> str:
    """A statutory table, ``width`` twips wide, with a docxtpl tag in every number's cell.

    A table too tall for roomy rows is set smaller and fills ``page`` twips of height.
    """
    scaled = [column * width // sum(widths) for column in widths]
    tall = grid.height * ROOMY > page
    style = "TableSmall" if tall else "TableText"
    cut = _rows(grid)
    needs = [_need(boxes, scaled) for boxes in cut]
    height = _share(needs, page) if tall else ROOMY
    rows = (
        row((_box(box, at, scaled, style, last=at == grid.height - 1) for box in boxes),
            max(height, needs[at] if tall else 0), header=tall and at < grid.head)
        for at, boxes in enumerate(cut)
    )  # fmt: skip
    return table(rows, scaled)


def _need(boxes: Iterable[Box], widths: list[int]) -> int:
    """Twips that the longest label of a row needs in small type."""
    labels = (box for box in boxes if box.height == 1 and box.text)
    lines = (-(-len(b.text) * 180 // (sum(widths[b.column : b.column + b.width]) - 56)) for b in labels)
    return LINE * max(lines, default=1) + 40


def _share(needs: list[int], page: int) -> int:
    """The height of the ordinary rows, so that all rows together fill the page."""
    height = page // len(needs)
    taller = [need for need in needs if need > height]
    return (page - sum(taller)) // (len(needs) - len(taller))


def _rows(grid: Grid) -> list[list[Box]]:
    """The boxes that each row of the grid cuts, from left to right."""
    rows: list[list[Box]] = [[] for _ in range(grid.height)]
    for box in sorted(grid.boxes, key=lambda box: box.column):
        for at in range(box.row, box.row + box.height):
            rows[at].append(box)
    return rows


def _box(box: Box, at: int, widths: list[int], style: str, *, last: bool) -> str:
    text = f"{{{{ {box.ref} }}}}" if box.ref else box.text
    text = text if at == box.row else ""
    left = box.kind is Kind.ROW and not (box.heading and box.heading.children)
    keep = "" if last else "<w:keepNext/>"
    align = '<w:ind w:left="57"/><w:jc w:val="left"/>' if left else ""
    return cell(
        paragraph(run(text), style, keep + align),
        sum(widths[box.column : box.column + box.width]),
        span=box.width,
        merge="" if box.height == 1 else "restart" if at == box.row else "continue",
        shade=BAND_COLOUR if box.kind is Kind.BAND else "",
        upright=box.upright,
    )
