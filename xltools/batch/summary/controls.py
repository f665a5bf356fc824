"""核对数: what other organs counted, against what the offices reported (核对数)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xltools.batch.collection import Collection
from xltools.batch.consolidate import total
from xltools.batch.summary.book import Column, Listing, Value
from xltools.form import Edition, Heading, Ref, Table
from xltools.report import Report


def controls(collection: Collection) -> Listing:
    """核对数 of the roster, each against the report; only where the roster has one."""
    columns = (Column("单位", 32, "long"), Column("核对项目", 34, "long"), Column("核对数", 14, "number"),
               Column("报告数", 14, "number"), Column("相差", 12, "number"),
               Column("结论", 16, "middle"), Column("对应的格", 60, "long"))  # fmt: skip
    reports = {outcome.office: outcome.report for outcome in collection.filed}
    edition = collection.edition
    headings = {heading for member in collection.members for heading in member.controls}
    cells = {heading: meant(heading, edition) for heading in headings}
    rows: list[tuple[Value, ...]] = []
    for member in collection.members:
        for heading, control in member.controls.items():
            refs, report = cells[heading], reports.get(member.name)
            values = [report.value(ref) for ref in refs] if report else []
            known = [value for value in values if value is not None]
            reported = total(known) if known and len(known) == len(values) else None
            gap = None if reported is None else total((reported, -control))
            where = "＋".join(edition.label(ref) for ref in refs)
            rows.append((member.name, heading, control, reported, gap, _says(refs, report, gap), where))
    note = "名单里填了核对数的才比。不一致的请向提供核对数的部门和报送单位核实。"
    lights = (("一致", "green"), ("不一致", "red"), ("未报", "red"), ("报告未填齐", "amber"), ("本版没有此项", "grey"))
    return Listing("核对数", "核对数", note, columns, rows, lights)


def meant(heading: str, edition: Edition) -> tuple[Ref, ...]:
    """The cells that a column of the roster is about: named by id or label, else by a word of a heading.

    ``行政复议`` is the total under that heading, ``行政诉讼`` the totals of both kinds; none where the
    word fits different cells. A label that is the word comes before one that ends in it or only has it.
    """
    word = heading.strip().removeprefix("核对").removeprefix("数").strip("：:·- （）()")
    named: list[tuple[Ref, ...]] = [(ref,) for ref in edition.refs if word in (str(ref), edition.label(ref))]
    found = named or list(_headed(word, edition))
    exact = [refs for refs in found if refs]
    return exact[0] if exact and len(set(exact)) == 1 else ()


def _headed(word: str, edition: Edition) -> Iterator[tuple[Ref, ...]]:
    fits = [
        ((label == word) + label.endswith(word), table, axis, heading)
        for table in edition.tables.values()
        for axis in ("rows", "columns")
        for top in getattr(table, axis)
        for heading in top.walk()
        for label in (heading.label,)
        if word and word in label
    ]
    best = max((rank for rank, *_ in fits), default=0)
    for table, axis, heading in (fit[1:] for fit in fits if fit[0] == best):
        yield _cells(table, heading, rows=axis == "rows")


def _cells(table: Table, heading: Heading, *, rows: bool) -> tuple[Ref, ...]:
    """The totals under a heading where it has any, else all its leaves; across, the total or the only one."""
    along, across = _counted([heading]), _counted(table.columns if rows else table.rows)
    if len(across) != 1:
        return ()
    return tuple(Ref(table.id, *((leaf, across[0]) if rows else (across[0], leaf))) for leaf in along)


def _counted(headings: Sequence[Heading]) -> list[str]:
    leaves = [leaf for heading in headings for leaf in heading.leaves()]
    return [leaf.id for leaf in leaves if leaf.total] or [leaf.id for leaf in leaves]


def _says(refs: tuple[Ref, ...], report: Report | None, gap: Value) -> str:
    if not refs:
        return "本版没有此项"
    if report is None:
        return "未报"
    if gap is None:
        return "报告未填齐"
    return "不一致" if gap else "一致"
