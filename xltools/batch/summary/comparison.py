"""This year beside last year: the sums, and whether what was carried over arrived (与上年比较)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xltools.batch.collection import Collection, Member
from xltools.batch.consolidate import countable, total
from xltools.batch.summary.book import FIRST, Column, Listing, Value
from xltools.batch.summary.sums import Sums
from xltools.form import Edition, Ref
from xltools.report import Number, Report
from xltools.workbook.formulas import Formula, quoted
from xltools.workbook.layout import a1


def compared(sums: Sums) -> Listing:
    """与上年比较: every number that both years' forms have; this year's is live."""
    collection, previous = sums.collection, previous_sums(sums.collection)
    columns = (Column("项目", 50), Column("本年", 16, "number"), Column("上年", 16, "number"),
               Column("增减", 14, "number"), Column("增减幅度", 12, "percent"))  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    for ref in collection.edition.refs:
        if ref in previous:
            this, last, row = sums.report.value(ref), previous[ref], FIRST + len(rows)
            now, before, gap = (a1(row, column) for column in (1, 2, 3))
            area = sums.layout.numbers[ref]
            here = Formula(f"={quoted(area.sheet)}{area.a1}", "" if this is None else this)
            change = None if this is None else total((this, -last))
            difference = Formula(f'=IF(ISNUMBER({now}),ROUND({now}-{before},6),"")', "" if change is None else change)
            share = "" if change is None or not last else float(change) / float(last)
            percent = Formula(f'=IF(AND(ISNUMBER({gap}),{before}<>0),{gap}/{before},"")', _number(share))
            rows.append((collection.edition.label(ref), here, last, difference, percent))
    note = f"上年为 {len(collection.previous)} 家单位报告相加，不含调整数；两年格式不同的项目不比。"
    return Listing("与上年比较", "与上年比较", note, columns, rows)


def carried(collection: Collection) -> Listing:
    """结转核对: what each office carried in, against what it or those it came from carried out."""
    columns = (Column("单位", 32), Column("项目", 36), Column("本年填报", 12, "number"),
               Column("上年报告", 12, "number"), Column("相差", 10, "number"), Column("结论", 12, "middle"),
               Column("上年对应单位", 50, "long"))  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    members = {member.name: member for member in collection.members}
    for outcome in collection.filed:
        names = _before(members.get(outcome.office), outcome.office)
        reports = [collection.previous[name] for name in names if name in collection.previous]
        for now, then in _continued(collection.edition):
            here = outcome.report.value(now) if outcome.report else None
            if reports and len(reports) == len(names):
                there = _sum([report.value(then) for report in reports])
                gap = None if here is None or there is None else total((here, -there))
                says = "未填齐" if gap is None else "不一致" if gap else "一致"
                rows.append((outcome.office, collection.edition.label(now), here, there, gap, says, "、".join(names)))
    note = "本年的上年结转应等于上年报告的结转下年度；有几个上年对应单位的，等于它们之和。"
    lights = (("一致", "green"), ("不一致", "red"), ("未填齐", "amber"))
    return Listing("结转核对", "结转核对", note, columns, rows, lights)


def previous_sums(collection: Collection) -> Mapping[Ref, Number]:
    """Last year's sums of the cells that this year's form has too."""
    amounts: dict[Ref, list[Number]] = {}
    inputs = set(collection.edition.inputs)
    for report in collection.previous.values():
        for ref in report.edition.inputs:
            value = report.value(ref) if ref in inputs else None
            if value is not None and countable(value):
                amounts.setdefault(ref, []).append(value)
    sums = {ref: total(numbers) for ref, numbers in amounts.items()}
    whole = Report(next(iter(collection.previous.values())).office, None, collection.edition, sums) if sums else None
    totals = {ref: whole.value(ref) for ref in collection.edition.parts} if whole else {}
    return sums | {ref: value for ref, value in totals.items() if value is not None}


def _continued(edition: Edition) -> Iterator[tuple[Ref, Ref]]:
    """The number in the last column of each row that repeats a row of last year's report, and that one."""
    for table in edition.tables.values():
        column = list(table.column)[-1]
        for row, heading in table.row.items():
            if heading.continues:
                yield Ref(table.id, row, column), Ref(table.id, heading.continues, column)


def _before(member: Member | None, office: str) -> tuple[str, ...]:
    return member.predecessors if member and member.predecessors else (office,)


def _sum(values: list[Number | None]) -> Number | None:
    known = [value for value in values if value is not None]
    return total(known) if len(known) == len(values) else None


def _number(share: float | str) -> Number | str:
    from decimal import Decimal

    return share if isinstance(share, str) else Decimal(repr(share))
