"""A statutory table and the arithmetic that its headings imply (表与勾稽关系)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from xltools.form.heading import Flow, Heading, Identity, Ref, Sum


class Equation(NamedTuple):
    """One statement about cells: the left ones and the right ones add up to the same.

    ``line`` is the row or column along which it runs; ``total`` is the cell that holds a sum,
    ``None`` for an identity between rows.
    """

    rule: str
    statement: str
    line: Heading
    left: tuple[Ref, ...]
    right: tuple[Ref, ...]
    total: Ref | None = None


@dataclass(frozen=True)
class Table:
    """A grid of numbers under two trees of headings.

    ``band`` is printed across above it, ``corner`` over the row headings;
    a table without a corner prints no row headings.
    """

    id: str
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    corner: str = ""
    band: str = ""
    identities: tuple[Identity, ...] = ()
    flows: tuple[Flow, ...] = ()

    @cached_property
    def row(self) -> Mapping[str, Heading]:
        return {leaf.id: leaf for heading in self.rows for leaf in heading.leaves()}

    @cached_property
    def column(self) -> Mapping[str, Heading]:
        return {leaf.id: leaf for heading in self.columns for leaf in heading.leaves()}

    @cached_property
    def refs(self) -> tuple[Ref, ...]:
        """Every number of the table, row by row."""
        return tuple(Ref(self.id, row, column) for row in self.row for column in self.column)

    @cached_property
    def inputs(self) -> tuple[Ref, ...]:
        """The numbers that the office enters, row by row."""
        return tuple(ref for ref in self.refs if ref not in self.parts)

    @cached_property
    def parts(self) -> Mapping[Ref, tuple[Ref, ...]]:
        """For each total the cells that it adds up; where two sums meet, those of its row."""
        sums = (*self._column_sums(), *self._row_sums())
        return {equation.total: equation.left for equation in sums if equation.total}

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """Sums of rows, then of columns, then the identities, each line by line."""
        return (*self._row_sums(), *self._column_sums(), *self._identities())

    def _row_sums(self) -> Iterator[Equation]:
        sums = tuple(totals(self.columns))
        for row, heading in self.row.items():
            for total, sum_, parent, parts in sums:
                line = heading if self.corner else parent or heading
                yield self._sum(sum_, line, [(row, part) for part in parts], (row, total))

    def _column_sums(self) -> Iterator[Equation]:
        for total, sum_, _, parts in totals(self.rows):
            for column, heading in self.column.items():
                yield self._sum(sum_, heading, [(part, column) for part in parts], (total, column))

    def _sum(self, sum_: Sum, line: Heading, parts: list[tuple[str, str]], total: tuple[str, str]) -> Equation:
        cell = Ref(self.id, *total)
        return Equation(sum_.rule, sum_.statement, line, tuple(Ref(self.id, *p) for p in parts), (cell,), cell)

    def _identities(self) -> Iterator[Equation]:
        for identity in self.identities:
            for column, heading in self.column.items():
                left, right = (
                    tuple(Ref(self.id, row, column) for row in rows) for rows in (identity.left, identity.right)
                )
                yield Equation(identity.rule, identity.statement, heading, left, right)


def totals(
    headings: tuple[Heading, ...], parent: Heading | None = None
) -> Iterator[tuple[str, Sum, Heading | None, tuple[str, ...]]]:
    """Yield ``(id, sum, parent, parts)`` for each total heading: the leaves beside and before it."""
    parts: list[str] = []
    for heading in headings:
        if heading.total:
            yield heading.id, heading.total, parent, tuple(parts)
        else:
            yield from totals(heading.children, heading)
            parts += [leaf.id for leaf in heading.leaves() if not leaf.total]
