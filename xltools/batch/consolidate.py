"""The sum over all offices, itself a report on the form (汇总): Σ of what was filed, and 调整数."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from xltools.batch.collection import Adjustment, Collection, Member, Outcome
from xltools.errors import XltoolsError
from xltools.form import Edition, Heading, Ref
from xltools.report import Number, Office, Report

TOO_LARGE = 10**15
"""From here on no spreadsheet counts exactly; no such number is ever real."""


class Entries(NamedTuple):
    """What the offices that are `summed` have in one cell; ``None`` where there is no number to add.

    ``reasons`` say why there is none, or what a number that was not entered is.
    """

    ref: Ref
    values: Sequence[Number | None]
    reasons: Sequence[str]


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


def entries(collection: Collection) -> Iterator[Entries]:
    """Yield every number to add, also those that are missing, in the order of the form."""
    reports = [outcome.report for outcome in summed(collection) if outcome.report]
    numbers, entered = [report.numbers for report in reports], ("",) * len(reports)
    for ref in collection.edition.inputs:
        values = [known.get(ref) for known in numbers]
        if _are_plain(values):
            yield Entries(ref, values, entered)
        else:
            told = [_entry(report, ref) for report in reports]
            yield Entries(ref, [value for value, _ in told], [why for _, why in told])


def tally(collection: Collection, known: Iterable[Entries] | None = None) -> dict[Ref, Tally]:
    """Go through all entries once; ``known`` are those of the collection where they are at hand."""
    found, offices = {}, [outcome.office for outcome in summed(collection)]
    for ref, values, _ in entries(collection) if known is None else known:
        numbers = [value for value in values if value is not None]
        lacking = tuple(office for office, value in zip(offices, values, strict=True) if value is None)
        fractions = any(isinstance(number, Decimal) for number in numbers)
        found[ref] = Tally(total(numbers) if numbers else None, lacking, fractions)
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


def fits(value: Number, column: Heading) -> bool:
    """Whether the form has a place for such a number: only money has decimals, only a change is below zero."""
    return (value >= 0 or column.signed) and column.accepts_decimals(value)


def overdone(collection: Collection) -> Iterator[str]:
    """A sentence for each sum that fits the form before 调整数 and no longer with it."""
    edition, reports = collection.edition, [outcome.report for outcome in summed(collection) if outcome.report]
    for ref, adjustments in adjusted(edition, collection.adjustments).items():
        before = total([value for report in reports if (value := _entry(report, ref)[0]) is not None])
        after, column = total([before, *(adjustment.amount for adjustment in adjustments)]), edition.column(ref)
        if fits(before, column) and not fits(after, column):
            allowed = "整数" if column.signed else " 0 或正数" if column.money else " 0 或正整数"
            yield f"“{edition.label(ref)}”加上调整数成了 {after}，应是{allowed}。请核对“汇总.xlsx”的“调整数”。"


def countable(value: Number) -> bool:
    """Whether a spreadsheet adds it exactly."""
    return -TOO_LARGE < value < TOO_LARGE


def total(numbers: Iterable[Number]) -> Number:
    """Add exactly; a sum without decimals is a whole number again."""
    result: Number = sum(numbers)
    if isinstance(result, Decimal):
        return int(result) if result == result.to_integral_value() else result.normalize()
    return result


def _are_plain(values: Sequence[Number | None]) -> bool:
    """Whether all of them are there and can be added, as nearly always."""
    known = [value for value in values if value is not None]
    return len(known) == len(values) and all(map(countable, (min(known, default=0), max(known, default=0))))


def _entry(report: Report, ref: Ref) -> tuple[Number | None, str]:
    value = report.value(ref)
    if value is None:
        text = report.texts.get(ref)
        return None, ("未填" if text is None else f"填的是文字“{text}”，没有计入")
    if not countable(value):
        return None, f"数字过大（{value:.3e}），没有计入"
    return value, "" if ref in report.numbers else "未填，单位声明未填格均为0"
