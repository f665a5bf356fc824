"""Figures that can hardly be meant (数值合理性): misread columns, wrong units, impossible stocks, jumps.

Only reminders: each of them may be right after all, and can be answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

from xltools import editions
from xltools.checks import organ
from xltools.checks.continuity import last
from xltools.checks.rule import Problem, Rules, Words
from xltools.editions.shared import DEPARTMENT, GOVERNMENT, STREET, TOWN
from xltools.form import Ref
from xltools.report import Number, Report
from xltools.severity import Severity

rule = RULES = Rules()

_OLD, _NEW = frozenset({"2019"}), frozenset({"2021"})
_LARGEST_PROJECT, _SMALLEST_PROJECT = 100_000_000, 100
"""元 for one project of 政府集中采购, beyond which the unit is doubtful."""
_LARGEST_FEES = {TOWN: 10_000, STREET: 10_000}
_FEES = 1_000_000
"""万元 of 行政事业性收费 in a year; 万元 taken for 元 is a factor of 10,000."""
_STOCK = 10
"""Documents in a year with which an office is not new, so that older ones are to be expected."""
_FLOOR = 20
"""Cases by which a number has to change before half as many more or less is worth a question."""


@rule(
    "E1", "2019年试行版表二：项目数量是事项数，处理决定数量是办件量", Severity.WARNING, editions=_OLD,
    passes={"art20_5.licences.last_year": 8, "art20_5.licences.change": 5, "art20_5.licences.decisions": 93},
    fails={"art20_5.licences.last_year": 0, "art20_5.licences.change": 115, "art20_5.licences.decisions": 115},
)  # fmt: skip
def items_or_cases(report: Report) -> Iterator[Problem]:
    """表二的项目数量是事项数，处理决定数量是办件量，后者一般不是前者之和。

    A row that ends at 0 is what an abolished item looks like, unless another row was misread too.
    """
    sums = []
    for table in report.edition.tables.values():
        for row, heading in table.row.items() if "decisions" in table.column and "change" in table.column else ():
            refs = tuple(Ref(table.id, row, column) for column in ("last_year", "change", "decisions"))
            before, change, decisions = (report.stated(ref) for ref in refs)
            if before is not None and change and decisions is not None and before + change == decisions:
                sums.append((heading.name, refs, before, change, decisions))
    for name, refs, before, change, decisions in sums if any(line[-1] for line in sums) else ():
        column = report.edition.column
        message: Words = (
            f"{name}：“{column(refs[0]).name}”（", refs[0], f"）{before}＋“{column(refs[1]).name}”（", refs[1],
            f"）{change if change > 0 else f'（{change}）'}＝“{column(refs[2]).name}”（", refs[2], f"）{decisions}。",
        )  # fmt: skip
        fix = "“项目数量”指事项的个数，“处理决定数量”指本年办件量，两者一般没有相加关系。"
        yield Problem(message, refs, (fix, "请确认是否把办件量填进了项目数量。"))


@rule(
    "U1", "2019年试行版表二：采购总金额以元填写", Severity.WARNING, editions=_OLD,
    passes={"art20_9.procurement.projects": 29, "art20_9.procurement.amount": 357595},
    fails={"art20_9.procurement.projects": 1, "art20_9.procurement.amount": 236000000},
)  # fmt: skip
def procurement(report: Report) -> Iterator[Problem]:
    """政府集中采购平均每个项目的金额不过大、不过小。"""
    projects, amount = (Ref("art20_9", "procurement", column) for column in ("projects", "amount"))
    count, money = report.stated(projects), report.stated(amount)
    if count is None or not money or money < 0 or count < 0:
        return
    name = report.edition.tables["art20_9"].row["procurement"].name
    said: Words = (f"{name}：", projects, f" 为 {count} 个项目，", amount, f" 总金额 {money} 元")
    if not count:
        yield Problem((*said, "，有金额而没有项目。"), (projects, amount), ("请核对项目数量。",))
    elif not _SMALLEST_PROJECT * count <= money < _LARGEST_PROJECT * count:
        size = "大" if money >= _LARGEST_PROJECT * count else "小"
        said = (*said, f"，平均每个 {_round(money, count)} 元，明显偏{size}。")
        yield Problem(said, (amount, projects), ("请确认金额的单位是元，不是万元。",))


@rule(
    "U2", "2021年版表二：本年收费金额（单位：万元）", Severity.WARNING, editions=_NEW,
    passes={"art20_8.fees.amount": Decimal("35.76")},
    fails={"art20_8.fees.amount": 357595},
)  # fmt: skip
def fees(report: Report) -> Iterator[Problem]:
    """行政事业性收费以万元填写，没有误填成元。"""
    ref = Ref("art20_8", "fees", "amount")
    amount, previous = report.stated(ref), last(report)
    before = previous.stated(ref) if previous and ref in previous.edition.refs else None
    largest = _LARGEST_FEES.get(organ.kind(report.office), _FEES)
    if amount and (amount >= largest or (before and before >= 1 and amount >= before * 1000)):
        name = report.edition.tables["art20_8"].row["fees"].name
        than = f"（上年 {before}）" if before else ""
        fix = f"如果是按元填的，应填 {_round(amount, 10_000)}。请核对财政票据汇总数。"
        yield Problem((f"{name}（", ref, f"）填 {amount} 万元{than}，明显偏大，可能误填了元。"), (ref,), (fix,))


@rule(
    "P1", "2019年试行版表二：对外公开总数量含往年的", Severity.WARNING, editions=_OLD,
    passes={"art20_1.normative_documents.newly_published": 2, "art20_1.normative_documents.published": 19},
    fails={"art20_1.normative_documents.newly_published": 2, "art20_1.normative_documents.published": 1},
)  # fmt: skip
def published(report: Report) -> Iterator[Problem]:
    """规章、规范性文件的对外公开总数量含往年的，不少于本年新公开数量。"""
    for row, heading in report.edition.tables["art20_1"].row.items():
        all_, new = (Ref("art20_1", row, column) for column in ("published", "newly_published"))
        stock, fresh = report.stated(all_), report.stated(new)
        if stock is None or fresh is None or stock > fresh or (stock == fresh and fresh < _STOCK):
            continue
        names = [report.edition.column(ref).name for ref in (all_, new)]
        how = "少于" if stock < fresh else "等于"
        message = (f"{heading.name}：“{names[0]}”（", all_, f"）{stock}，{how}“{names[1]}”（", new, f"）{fresh}。")
        fix = "总数量应含往年公开、现在仍公开的，请核对是否漏计；也请核对是否把其他文件都当成了规范性文件。"
        yield Problem(message, (all_, new), (fix,))


@rule(
    "P2", "2021年版表二：现行有效件数是年末存量", Severity.WARNING, editions=_NEW,
    passes={"art20_1.normative_documents.issued": 5, "art20_1.normative_documents.repealed": 1,
            "art20_1.normative_documents.in_force": 25},
    fails={"art20_1.normative_documents.issued": 5},
)  # fmt: skip
def stock(report: Report) -> Iterator[Problem]:
    """规章、行政规范性文件的现行有效件数，不少于本年制发减废止的件数。"""
    for row, heading in report.edition.tables["art20_1"].row.items():
        refs = tuple(Ref("art20_1", row, column) for column in ("in_force", "issued", "repealed"))
        left, issued, repealed = (report.stated(ref) for ref in refs)
        if left is None or issued is None or repealed is None or left >= issued - repealed:
            continue
        names = [report.edition.column(ref).name for ref in refs]
        message = (
            f"{heading.name}：“{names[0]}”（", refs[0], f"）{left}，少于“{names[1]}”（", refs[1], f"）{issued} "
            f"减“{names[2]}”（", refs[2], f"）{repealed}。",
        )  # fmt: skip
        yield Problem(message, refs, ("现行有效件数是年末仍有效的总数，含往年和本年制发的。请核对。",))


_NO_RULES = r"(?:县|旗|(?<!自治)区)人民政府$"
_NATIONAL = r"^(?:国家|中国|中华人民共和国|国务院)|(?:部|总局|总署)$"


@rule(
    "P4", "《立法法》：规章由国务院部门、省级和设区的市、自治州人民政府制定", Severity.WARNING,
    passes={"office.name": "淮安市人民政府", "art20_1.rules.in_force": 11},
    fails={"art20_1.rules.in_force": 6},
)  # fmt: skip
def rule_makers(report: Report) -> Iterator[Problem]:
    """没有规章制定权的机关，规章一行为 0。"""
    name, kind = organ.plain_name(report.office), organ.kind(report.office)
    without = kind in (TOWN, STREET) or (kind == DEPARTMENT and not re.search(_NATIONAL, name))
    if not without and not (kind == GOVERNMENT and re.search(_NO_RULES, name)):
        return
    table = report.edition.tables["art20_1"]
    filled = [(ref, value) for c in table.column if (value := report.stated(ref := Ref(table.id, "rules", c)))]
    if filled:
        cells = [part for ref, n in filled for part in (f"、“{report.edition.column(ref).name}”（", ref, f"）填 {n}")]
        message = (f"{table.row['rules'].name}：{str(cells[0])[1:]}", *cells[1:], "。")
        fix = "规章只能由国务院部门、省级和设区的市、自治州人民政府制定，其他机关为 0；本单位内部制度不是规章。请核对。"
        yield Problem(message, tuple(ref for ref, _ in filled), (fix,))


@rule(
    "P7", "零报告须经确认", Severity.WARNING,
    passes={},
    fails={"art20_5.licences.decisions": 0},
)  # fmt: skip
def nothing(report: Report) -> Iterator[Problem]:
    """各表全部为 0 的，确认一次确实是零报告。"""
    if all_zero(report):
        ref = next(ref for ref in report.edition.parts if ref.row == "received")
        message = (f"各表全部为 0，{report.edition.sheet(ref)}“{report.edition.name_of(ref)}”（", ref, "）也是 0。")
        yield Problem(message, (ref,), ("零报告确认：确实都没有发生的，请在“情况说明”栏写“零报告”。",))


def all_zero(report: Report) -> bool:
    """Whether nothing at all happened (零报告)."""
    return all(report.value(ref) == 0 for ref in report.edition.inputs)


@rule(
    "P8", "与上年报告比较", Severity.WARNING,
    passes={"requests.received.natural_person": 40, "requests.granted.natural_person": 40,
            "previous.requests.received.natural_person": 35, "previous.requests.granted.natural_person": 35},
    fails={"requests.received.natural_person": 90, "requests.granted.natural_person": 90,
           "previous.requests.received.natural_person": 35, "previous.requests.granted.natural_person": 35},
)  # fmt: skip
def jumps(report: Report) -> Iterator[Problem]:
    """申请、办理结果、复议、诉讼的总数与上年相比没有增减一半以上（变动不足 20 件的不问）。"""
    previous = last(report)
    if previous is None:
        return
    parts: list[str | Ref] = []
    cells: list[Ref] = []
    before = _concepts(previous.edition.id)
    for concept, (name, refs) in _concepts(report.edition.id).items():
        then, now = _sum(previous, before[concept][1]), _sum(report, refs)
        if then is None or now is None:
            continue
        change = max(now - then, then - now)
        if change >= _FLOOR and change * 2 > then:
            where = [refs[0]] if len(refs) == 1 else [refs[0], "、" if len(refs) == 2 else "至", refs[-1]]
            parts += [f"；{name}（", *where, f"）{then} → {now}"]
            cells += refs
    if parts:
        message = (f"与上年相比增减一半以上：{str(parts[0])[1:]}", *parts[1:], "。")
        fix = "请核对有没有填错行或漏填；确实如此的，请在“情况说明”栏写明原因。"
        yield Problem(message, tuple(cells), (fix,))


@cache
def _concepts(edition_id: str) -> Mapping[str, tuple[str, tuple[Ref, ...]]]:
    """The figures that every edition has, by the id of their heading: what it is called, and the cells to add up.

    A concept is one row in an edition and several in another.
    """
    tables = editions.get(edition_id).tables
    received, outcome = (next(row for row in tables["requests"].rows if row.id == id) for id in ("received", "outcome"))
    headings = (heading for heading in (received, *outcome.children) if not heading.total)
    rows = {h.id: (h.name, tuple(Ref("requests", leaf.id, "total") for leaf in h.leaves())) for h in headings}
    return rows | {
        h.id: (h.name, tuple(Ref("cases", "cases", leaf.id) for leaf in h.leaves() if leaf.total))
        for h in tables["cases"].columns
    }


def _sum(report: Report, refs: tuple[Ref, ...]) -> Number | None:
    known = [value for ref in refs if (value := report.stated(ref)) is not None]
    return sum(known) if len(known) == len(refs) else None


def _round(money: Number, by: Number) -> Decimal:
    """At most four decimals, without zeros at the end."""
    return Decimal(f"{Decimal(money) / Decimal(by):.4f}".rstrip("0").rstrip("."))
