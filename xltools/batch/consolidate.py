"""The sum over all offices, itself a report on the form (汇总): Σ of what was filed, and 调整数."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from xltools.batch.collection import Adjustment, Collection, Member, Outcome
from xltools.errors import XltoolsError
from xltools.form import Edition, Ref
from xltools.report import Number, Office, Report

TOO_LARGE = 10**15
"""From here on no spreadsheet counts exactly; no such number is ever real."""


class Entry(NamedTuple):
    """What one office has in one cell; ``value`` is ``None`` where there is no number to add, and ``why`` says why."""

    outcome: Outcome
    ref: Ref
    value: Number | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """What all offices have in one cell: ``total`` is ``None`` where nobody has a number.

    ``lacking`` are the offices that have none: blank is not zero. ``fractions``: somebody has decimals, wanted or not.
    """

    total: Number | None
    lacking: tuple[str, ...]
    fractions: bool


def summed(collection: Collection) -> tuple[Outcome, ...]:
    """The outcomes that are added up: of members that are, on the collection's own edition.

    Without a roster every office that filed is added up.
    """
    members = {member.name for member in collection.members if member.summed}
    return tuple(
        outcome
        for outcome in collection.filed
        if outcome.report
        and outcome.report.edition.id == collection.edition.id
        and (not collection.members or outcome.office in members)
    )


def absent(collection: Collection) -> tuple[Member, ...]:
    """Whose numbers the sum still lacks: 暂汇，未含N家."""
    return tuple(member for member in collection.missing if member.summed)


def entries(collection: Collection, refs: Iterable[Ref] | None = None) -> Iterator[Entry]:
    """Yield every number to add, also those that are missing: number by number in the order of the form."""
    outcomes = [(outcome, outcome.report) for outcome in summed(collection) if outcome.report]
    for ref in collection.edition.inputs if refs is None else refs:
        for outcome, report in outcomes:
            value = report.numbers.get(ref)
            plain = value is not None and countable(value)  # as nearly all are
            yield Entry(outcome, ref, value) if plain else _entry(outcome, report, ref)


def tally(collection: Collection) -> dict[Ref, Tally]:
    """Go through all entries once."""
    found = {}
    for ref, all_ in groupby(entries(collection), key=lambda entry: entry.ref):
        numbers, lacking = [], []
        for entry in all_:
            if entry.value is None:
                lacking.append(entry.outcome.office)
            else:
                numbers.append(entry.value)
        fractions = any(isinstance(number, Decimal) for number in numbers)
        found[ref] = Tally(total(numbers) if numbers else None, tuple(lacking), fractions)
    return found


def consolidate(collection: Collection, tallies: Mapping[Ref, Tally] | None = None) -> Report:
    """Add up; a cell in which nobody has a number stays blank. Raises `XltoolsError` for an unknown 调整数.

    ``tallies`` are those of the collection where they are at hand.
    """
    known = tally(collection) if tallies is None else tallies
    sums = {ref: found.total for ref, found in known.items() if found.total is not None}
    for ref, adjustments in adjusted(collection.edition, collection.adjustments).items():
        sums[ref] = total([sums.get(ref, 0), *(adjustment.amount for adjustment in adjustments)])
    numbers = {ref: sums[ref] for ref in collection.edition.inputs if ref in sums}
    return Report(Office(name=collection.name), collection.year, collection.edition, numbers)


def adjusted(edition: Edition, adjustments: Iterable[Adjustment]) -> Mapping[Ref, tuple[Adjustment, ...]]:
    """The adjustments of each cell; raises `XltoolsError` for one of no cell that is entered."""
    known = {str(ref): ref for ref in edition.inputs}
    found: dict[Ref, tuple[Adjustment, ...]] = {}
    for adjustment in adjustments:
        if adjustment.ref not in known:
            raise XltoolsError(
                f"调整数的项目“{adjustment.ref}”不是{edition.name}要填的项目。合计由系统计算，请调整它下面的各项。",
                "ADJUSTMENT",
            )
        ref = known[adjustment.ref]
        found[ref] = (*found.get(ref, ()), adjustment)
    return found


def countable(value: Number) -> bool:
    """Whether a spreadsheet adds it exactly."""
    return -TOO_LARGE < value < TOO_LARGE


def total(numbers: Iterable[Number]) -> Number:
    """Add exactly; a sum without decimals is a whole number again."""
    result: Number = sum(numbers)
    if isinstance(result, Decimal):
        return int(result) if result == result.to_integral_value() else result.normalize()
    return result


def _entry(outcome: Outcome, report: Report, ref: Ref) -> Entry:
    value = report.value(ref)
    if value is None:
        text = report.texts.get(ref)
        return Entry(outcome, ref, None, "未填" if text is None else f"填的是文字“{text}”，没有计入")
    if not countable(value):
        return Entry(outcome, ref, None, f"数字过大（{value:.3e}），没有计入")
    return Entry(outcome, ref, value, "" if ref in report.numbers else "未填，单位声明未填格均为0")
