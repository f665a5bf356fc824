"""What is made of all reports together, each thing once, and the formulas that make the sums (汇总数)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from xltools.batch.collection import Adjustment, Collection, Outcome
from xltools.batch.consolidate import Entries, Tally, adjusted, consolidate, entries, fits, summed, tally
from xltools.batch.summary.book import Listing
from xltools.batch.summary.detail import ROWS, details, places
from xltools.batch.summary.likeness import likenesses
from xltools.form import Ref
from xltools.report import Report
from xltools.workbook.formulas import Formula, ranges
from xltools.workbook.layout import Layout, layout

_DECIMALS = 6
"""Money is entered with up to six decimals; a sum is rounded where binary fractions begin to show."""


@dataclass(frozen=True)
class Sums:
    """The sums of a collection; ``rows`` is how many lines one sheet of 明细 takes.

    Raises `XltoolsError` for a 调整数 of an unknown item when they are asked for.
    """

    collection: Collection
    rows: int = ROWS

    @cached_property
    def entries(self) -> Mapping[Ref, Entries]:
        return {found.ref: found for found in entries(self.collection)}

    @cached_property
    def tallies(self) -> Mapping[Ref, Tally]:
        return tally(self.collection, self.entries.values())

    @cached_property
    def report(self) -> Report:
        return consolidate(self.collection, self.tallies)

    @cached_property
    def layout(self) -> Layout:
        return layout(self.collection.edition)

    @cached_property
    def details(self) -> list[Listing]:
        return details(self.collection, self.entries, self.rows)

    @cached_property
    def likenesses(self) -> Listing:
        return likenesses(self.collection)

    @cached_property
    def faulty(self) -> Mapping[str, Sequence[Outcome]]:
        """By rule: the outcomes that are added up and have findings of it."""
        found: dict[str, list[Outcome]] = {}
        for outcome in summed(self.collection):
            for rule in {str(finding.get("rule")) for finding in outcome.findings}:
                found.setdefault(rule, []).append(outcome)
        return found

    @cached_property
    def _places(self) -> Mapping[Ref, str]:
        return places(self.collection, self.rows)

    @cached_property
    def _adjusted(self) -> Mapping[Ref, tuple[Adjustment, ...]]:
        return adjusted(self.collection.edition, self.collection.adjustments)

    def lacking(self, ref: Ref) -> tuple[str, ...]:
        """The offices that have no number in a cell."""
        return self.tallies[ref].lacking if ref in self.tallies else ()

    def fits(self, ref: Ref) -> bool:
        """Whether the form has a place for such a sum."""
        value = self.report.value(ref)
        return value is None or fits(value, self.collection.edition.column(ref))

    def cell(self, ref: Ref) -> Formula:
        """Σ and 调整数; a total adds up its parts. Empty while nobody has a number."""
        value = self.report.value(ref)
        parts = self.collection.edition.parts.get(ref)
        if parts:
            return Formula(self.added(parts, self.layout.numbers[ref].sheet), "" if value is None else value)
        id, place = f'"{ref}"', self._places.get(ref)
        number, amount = f'COUNTIFS(调整_编号,{id},调整_数额,"<>")', f"SUMIFS(调整_数额,调整_编号,{id})"
        if place:
            number, amount = f"COUNT({place})+{number}", f"SUM({place})+{amount}"
        if self._has_fractions(ref):
            amount = f"ROUND({amount},{_DECIMALS})"
        return Formula(f'=IF({number}=0,"",{amount})', "" if value is None else value)

    def filed(self, ref: Ref) -> Formula:
        """Σ without 调整数."""
        place, found = self._places.get(ref), self.tallies.get(ref)
        value = "" if found is None or found.total is None else found.total
        return Formula(f'=IF(COUNT({place})=0,"",ROUND(SUM({place}),{_DECIMALS}))' if place else '=""', value)

    def added(self, refs: Iterable[Ref], here: str) -> str:
        """The sum of cells of the form once all of them have a number."""
        places = [self.layout.numbers[ref] for ref in refs]
        cells = ",".join(ranges(places, here))
        return f'=IF(COUNT({cells})={len(places)},SUM({cells}),"")'

    def _has_fractions(self, ref: Ref) -> bool:
        """Whether there may be decimals in a cell, wanted or not."""
        return (
            self.collection.edition.column(ref).money
            or (ref in self.tallies and self.tallies[ref].fractions)
            or any(isinstance(adjustment.amount, Decimal) for adjustment in self._adjusted.get(ref, ()))
        )
