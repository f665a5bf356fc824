"""One promulgated format of the annual report and its six parts (年度报告格式)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from typing import NamedTuple

from xltools.form.heading import Field, Heading, Place, Ref
from xltools.form.table import Equation, Table


class Section(NamedTuple):
    """One part of the report: narrative, or one printed table made of one or more stacked tables.

    ``label`` is the printed title, empty for the preamble; ``widths`` are the printed table's
    column widths in twips; ``guidance`` is advice to the clerk and never content.
    ``fields`` are the part's entries beside its numbers.
    """

    id: str
    label: str
    sheet: str
    fields: tuple[Field, ...]
    tables: tuple[Table, ...] = ()
    widths: tuple[int, ...] = ()
    guidance: str = ""

    @property
    def inputs(self) -> tuple[Ref, ...]:
        """Every number that the office enters in this part."""
        return tuple(ref for table in self.tables for ref in table.inputs)

    @property
    def totals(self) -> tuple[Ref, ...]:
        return tuple(ref for table in self.tables for ref in table.parts)

    def field(self, kind: str) -> Field:
        """Return the part's entry of one kind: ``narrative``, ``notes`` or ``zero_filled``."""
        return next(field for field in self.fields if field.id.startswith(f"{kind}."))


@dataclass(frozen=True)
class Edition:
    """One promulgated format; ``years`` are the report years for which it is used."""

    id: str
    name: str
    title: str
    source: str
    years: range
    cover: tuple[Field, ...]
    sections: tuple[Section, ...]
    guide: tuple[str, ...]

    @property
    def span(self) -> str:
        """The years it is for, in words."""
        first, last = self.years[0], self.years[-1]
        return f"{first}年度及以后" if last > first + 50 else "、".join(f"{year}年度" for year in self.years)

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        return {table.id: table for section in self.sections for table in section.tables}

    @cached_property
    def section(self) -> Mapping[str, Section]:
        """The part in which each table is printed."""
        return {table.id: section for section in self.sections for table in section.tables}

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Every entry that is not a number: 封面 first, then part by part."""
        fields = (*self.cover, *(field for section in self.sections for field in section.fields))
        return {field.id: field for field in fields}

    @cached_property
    def refs(self) -> tuple[Ref, ...]:
        return tuple(ref for table in self.tables.values() for ref in table.refs)

    @cached_property
    def ids(self) -> Mapping[Ref, str]:
        """How every number is called in files."""
        return {ref: str(ref) for ref in self.refs}

    @cached_property
    def inputs(self) -> tuple[Ref, ...]:
        return tuple(ref for table in self.tables.values() for ref in table.inputs)

    @cached_property
    def parts(self) -> Mapping[Ref, tuple[Ref, ...]]:
        """For each total the cells that it adds up."""
        return {total: parts for table in self.tables.values() for total, parts in table.parts.items()}

    @cached_property
    def totals(self) -> tuple[tuple[Ref, tuple[Ref, ...]], ...]:
        """Each total and its cells, after the totals among these."""
        order = TopologicalSorter(self.parts).static_order()
        return tuple((ref, self.parts[ref]) for ref in order if ref in self.parts)

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        return tuple(equation for table in self.tables.values() for equation in table.equations)

    def column(self, ref: Ref) -> Heading:
        """The column heading of a number, which says its unit and sign."""
        return self._columns[ref]

    @cached_property
    def counts(self) -> frozenset[Ref]:
        """The numbers of cases or things, which are printed as they are."""
        return frozenset(ref for ref, column in self._columns.items() if not (column.signed or column.money))

    @cached_property
    def _columns(self) -> Mapping[Ref, Heading]:
        return {ref: self.tables[ref.table].column[ref.column] for ref in self.refs}

    def sheet(self, place: Place) -> str:
        return place.sheet if isinstance(place, Field) else self.section[place.table].sheet

    def name_of(self, place: Place) -> str:
        """How one calls a place on its sheet, in a sentence: ``予以公开·自然人``."""
        return "·".join(self._names(place))

    def label(self, place: Place) -> str:
        """A place with its sheet, in a list: ``表三 · 予以公开 · 自然人``."""
        return " · ".join([self.sheet(place), *self._names(place)])

    def _names(self, place: Place) -> list[str]:
        if isinstance(place, Field):
            return [place.label]
        table = self.tables[place.table]
        row = [table.row[place.row].name] if table.corner else []
        return [*row, table.column[place.column].name]
