"""This year beside last year: the sums, and whether what was carried over arrived (与上年比较)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xltools.batch.collection import NO_REPORT, TWO_REPORTS, Collection, Past
from xltools.batch.consolidate import countable, summed, total
from xltools.batch.summary.book import FIRST, Column, Listing, Value
from xltools.batch.summary.sums import Sums
from xltools.form import Edition, Ref
from xltools.report import Number, Office, Report
from xltools.workbook.formulas import Formula, quoted
from xltools.workbook.layout import a1

_SHOWN = 10


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
    return Listing("与上年比较", "与上年比较", _note(collection), columns, rows)


def _note(collection: Collection) -> str:
    """Of how many offices the sums are, and who is in one of them only: they are not to be taken for alike."""
    past, offices = collection.previous or Past(), [outcome.office for outcome in summed(collection)]
    alone = [office for office in offices if office not in past.of or past.of[office].lack]
    used = {id(report) for office in offices if office in past.of for report in past.of[office].reports}
    gone = [report.office.name for report in past.summed if id(report) not in used]
    told = [f"{who} {_named(names)}" for who, names in (("只有本年的", alone), ("只有上年的", gone)) if names]
    note = f"本年 {len(offices)} 家、上年 {len(past.summed)} 家单位的报告相加，上年不含调整数；两年格式不同的项目不比。"
    return note + (f"两年的单位不同，增减不能直接比较：{'；'.join(told)}。" if told else "")


def _named(names: Sequence[str]) -> str:
    return f"{len(names)} 家（{'、'.join(names[:_SHOWN])}{'等' if len(names) > _SHOWN else ''}）"


def carried(collection: Collection) -> Listing:
    """结转核对: what each office carried in, against what it or those it came from carried out."""
    columns = (Column("单位", 32, "long"), Column("项目", 36), Column("本年填报", 12, "number"),
               Column("上年报告", 12, "number"), Column("相差", 10, "number"), Column("结论", 24, "middle"),
               Column("上年对应单位", 50, "long"))  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    past = collection.previous or Past()
    for office, report in ((outcome.office, outcome.report) for outcome in collection.filed):
        before = past.of.get(office)
        names = "、".join(before.names) if before else ""
        if before is None or before.lack:
            rows.append((office, "", None, None, None, before.lack if before else NO_REPORT, names))
            continue
        for now, then in _continued(collection.edition):
            here = report.value(now) if report else None
            there = _sum([one.value(then) for one in before.reports])
            gap = None if here is None or there is None else total((here, -there))
            says = "未填齐" if gap is None else "不一致" if gap else "一致"
            rows.append((office, collection.edition.label(now), here, there, gap, says, names))
    note = "本年的上年结转应等于上年报告的结转下年度；有几个上年对应单位的，等于它们之和。"
    lights = (("一致", "green"), ("不一致", "red"), ("未填齐", "amber"), (NO_REPORT, "amber"),
              (TWO_REPORTS, "amber"))  # fmt: skip
    return Listing("结转核对", "结转核对", note, columns, rows, lights)


def previous_sums(collection: Collection) -> Mapping[Ref, Number]:
    """Last year's sums of the cells that this year's form has too."""
    amounts: dict[Ref, list[Number]] = {}
    inputs, reports = set(collection.edition.inputs), collection.previous.summed if collection.previous else ()
    for report in reports:
        for ref in report.edition.inputs:
            value = report.value(ref) if ref in inputs else None
            if value is not None and countable(value):
                amounts.setdefault(ref, []).append(value)
    sums = {ref: total(numbers) for ref, numbers in amounts.items()}
    whole = Report(Office(), None, collection.edition, sums)
    totals = {ref: whole.value(ref) for ref in collection.edition.parts}
    return sums | {ref: value for ref, value in totals.items() if value is not None}


def _continued(edition: Edition) -> Iterator[tuple[Ref, Ref]]:
    """The number in the last column of each row that repeats a row of last year's report, and that one."""
    for table in edition.tables.values():
        column = list(table.column)[-1]
        for row, heading in table.row.items():
            if heading.continues:
                yield Ref(table.id, row, column), Ref(table.id, heading.continues, column)


def _sum(values: list[Number | None]) -> Number | None:
    known = [value for value in values if value is not None]
    return total(known) if len(known) == len(values) else None


def _number(share: float | str) -> Number | str:
    from decimal import Decimal

    return share if isinstance(share, str) else Decimal(repr(share))
