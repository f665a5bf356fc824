"""What last year's report gives this year's: the 结转 and the office's details (导入上年数据)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xltools.form import Place, Ref
from xltools.report import OFFICE_FIELDS, Number, Report

_EVERY_YEAR_ANEW = ("date",)
"""成文日期 is this year's own."""


@dataclass(frozen=True, slots=True)
class Carried:
    """``entries`` go into blank cells; ``differing`` cells hold another number than last year's: (now, last)."""

    entries: Mapping[Place, Number | str]
    differing: Mapping[Ref, tuple[Number | str, Number]]


def carry(report: Report, previous: Report) -> Carried:
    """Return what can be taken over; a cell that is filled in is never to be overwritten."""
    entries: dict[Place, Number | str] = {}
    differing: dict[Ref, tuple[Number | str, Number]] = {}
    for ref in report.edition.inputs:
        value = _last_year(report, previous, ref)
        if value is None:
            continue
        now = report.numbers.get(ref, report.texts.get(ref))
        if now is None:
            entries[ref] = value
        elif now != value:
            differing[ref] = now, value
    for name in OFFICE_FIELDS:
        value = getattr(previous.office, name)
        if value and name not in _EVERY_YEAR_ANEW and not getattr(report.office, name):
            entries[report.edition.fields[f"office.{name}"]] = value
    return Carried(entries, differing)


def _last_year(report: Report, previous: Report, ref: Ref) -> Number | None:
    """The number of last year's report that stands here again, if there is one."""
    row = report.edition.tables[ref.table].row[ref.row]
    before = Ref(ref.table, row.continues, ref.column)
    return previous.value(before) if before in previous.edition.refs else None
