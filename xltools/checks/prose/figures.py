"""The numbers of a report as the prose is held against them (比对用的表内数)."""

from __future__ import annotations

from decimal import Decimal

from xltools.checks.prose.claims import Cells
from xltools.form import Ref
from xltools.report import Number, Report


class Figures:
    """Sums of cells as stated; ``None`` where one of them is not filled in.

    Offices leave the zeros of a table blank: a blank counts as 0 where the rest of its table adds up so.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self._known: dict[Ref, Decimal | None] = {}
        self._closed: dict[str, bool] = {}

    def value(self, ref: Ref) -> Decimal | None:
        if ref not in self._known:
            stated = self.report.stated(ref) if self._exists(ref) else None
            found = self._filled(ref) if stated is None and self._exists(ref) and self._adds_up(ref.table) else stated
            self._known[ref] = None if found is None else Decimal(found)
        return self._known[ref]

    def _exists(self, ref: Ref) -> bool:
        """Whether the form of this report has that cell: last year's may be another."""
        table = self.report.edition.tables.get(ref.table)
        return table is not None and ref.row in table.row and ref.column in table.column

    def sum(self, cells: Cells) -> Decimal | None:
        values = [self.value(ref) for ref in cells]
        known = [value for value in values if value is not None]
        return sum(known, Decimal(0)) if len(known) == len(values) else None

    def _filled(self, ref: Ref) -> Number:
        """A cell with blanks as 0."""
        number = self.report.numbers.get(ref)
        return sum(map(self._filled, self.report.edition.parts.get(ref, ()))) if number is None else number

    def _adds_up(self, table: str) -> bool:
        """Whether a table of requests or cases balances with its blanks as 0, and not because it is empty."""
        if table not in self._closed:
            report = self.report
            refs = report.edition.tables[table].refs
            started = any(report.numbers.get(ref) for ref in refs) and not any(ref in report.texts for ref in refs)
            self._closed[table] = (
                started
                and table in ("requests", "cases")
                and all(
                    sum(map(self._filled, e.left)) == sum(map(self._filled, e.right))
                    for e in report.edition.tables[table].equations
                    if e.total is None or e.total in report.numbers
                )
            )
        return self._closed[table]
