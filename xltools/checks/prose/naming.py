"""What a message calls cells that are added up (格的叫法)."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.checks.prose.claims import Cells
from xltools.form import Edition, Heading, Place, Ref


def called(edition: Edition, cells: Cells, *, linked: bool = True) -> Iterator[str | Place]:
    """Yield “（四）无法提供”各项（J20至J22） for all cells under one heading, else each cell by its name."""
    heading = _heading(edition, cells) if len(cells) > 1 else None
    if heading:
        yield f"“{heading.name}”各项"
        yield from ("（", cells[0], "至", cells[-1], "）") if linked else ()
        return
    for i, ref in enumerate(cells):
        yield f"{'＋' if i else ''}“{_name(edition, ref)}”"
        yield from ("（", ref, "）") if linked else ()


def _heading(edition: Edition, cells: Cells) -> Heading | None:
    """The heading of rows or columns whose leaves these cells are, in one line of a table."""
    table = edition.tables[cells[0].table]
    rows, columns = tuple(ref.row for ref in cells), tuple(ref.column for ref in cells)
    for ids, others, axis in ((rows, columns, table.rows), (columns, rows, table.columns)):
        if len(set(others)) == 1:
            for heading in (heading for top in axis for heading in top.walk() if heading.children):
                if tuple(leaf.id for leaf in heading.leaves()) == ids:
                    return heading
    return None


def _name(edition: Edition, ref: Ref) -> str:
    name = edition.name_of(ref)
    return name.removesuffix("·总计") if ref.table == "requests" else name
