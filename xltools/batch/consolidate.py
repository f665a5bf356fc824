"""The sum over all offices, itself a report on the form (汇总): Σ of what was filed, and 调整数."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from xltools.batch.collection import Adjustment, Collection, Member, Outcome
from xltools.errors import XltoolsError
from xltools.form import Edition, Ref
from xltools.report import Number, Office, Report

TOO_LARGE = 10**15
"""From here on no spreadsheet counts exactly; no such number is ever real."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one office has in one cell; ``value`` is ``None`` where there is no number to add, and ``why`` says why."""

    outcome: Outcome
    ref: Ref
    value: Number | None
    why: str = ""


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


def entries(collection: Collection) -> Iterator[Entry]:
    """Yield every number to add, office by office in the order of the form, also those that are missing."""
    for outcome in summed(collection):
        for ref in collection.edition.inputs:
            if outcome.report:
                yield _entry(outcome, outcome.report, ref)


def lacking(collection: Collection, all_: Iterable[Entry] | None = None) -> dict[Ref, tuple[str, ...]]:
    """For each cell that not every office has a number in: which offices have none. Blank is not zero."""
    found: dict[Ref, list[str]] = {}
    for entry in entries(collection) if all_ is None else all_:
        if entry.value is None:
            found.setdefault(entry.ref, []).append(entry.outcome.office)
    return {ref: tuple(offices) for ref, offices in found.items()}


def consolidate(collection: Collection, all_: Iterable[Entry] | None = None) -> Report:
    """Add up; a cell in which nobody has a number stays blank. Raises `XltoolsError` for an unknown 调整数.

    ``all_`` are the collection's `entries` where they are at hand.
    """
    amounts: dict[Ref, list[Number]] = {}
    for entry in entries(collection) if all_ is None else all_:
        if entry.value is not None:
            amounts.setdefault(entry.ref, []).append(entry.value)
    for ref, adjustments in adjusted(collection.edition, collection.adjustments).items():
        amounts.setdefault(ref, []).extend(adjustment.amount for adjustment in adjustments)
    numbers = {ref: total(amounts[ref]) for ref in collection.edition.inputs if ref in amounts}
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
