"""This year against last year's report (与上年衔接): what one year leaves, the next begins with.

What continues what is declared in the editions: `Heading.continues` for rows, `Flow` for columns.
"""

from __future__ import annotations

from collections.abc import Iterator

from xltools.checks.organ import same
from xltools.checks.rule import Problem, Rules, Words
from xltools.form import Flow, Ref, Table
from xltools.report import Report
from xltools.severity import Severity

rule = RULES = Rules()

_ANSWER = "如上年报告有误，请在“问题清单”的“情况说明”栏写明更正情况。"


def last(report: Report) -> Report | None:
    """Last year's report of the same office, if it is at hand."""
    previous = report.previous
    if previous is None or report.year is None or previous.year != report.year - 1:
        return None
    return previous if same(report.office, previous.office) else None


@rule(
    "X1", "年度报告格式附件：表三“二、上年结转”", Severity.WARNING,
    passes={"requests.carried_in.natural_person": 1, "requests.carried_out.natural_person": 1,
            "previous.requests.carried_out.natural_person": 1},
    fails={"requests.carried_in.natural_person": 1, "requests.carried_out.natural_person": 1,
           "previous.requests.carried_out.natural_person": 2},
)  # fmt: skip
def carried(report: Report) -> Iterator[Problem]:
    """表三每一类申请人：本年的上年结转，等于上年报告的结转下年度。"""
    previous = last(report)
    if previous is None:
        return
    for ref, before in _continued(report, previous):
        then, now = previous.stated(before), report.stated(ref)
        if then is not None and now is not None and then != now:
            edition = report.edition
            table, row = edition.tables[ref.table], previous.edition.tables[before.table].row[before.row]
            message = (
                f"{edition.sheet(ref)}“{table.column[ref.column].name}”列：上年报告“{row.name}”为 {then}，"
                f"本年“{table.row[ref.row].name}”（", ref, f"）填 {now}，相差 {abs(then - now)}。",
            )  # fmt: skip
            yield Problem(message, (ref,), (f"两数应一致，请核对。{_ANSWER}",))


def _continued(report: Report, previous: Report) -> Iterator[tuple[Ref, Ref]]:
    """Every number entered this year that repeats one of last year's report, and that one."""
    for table in report.edition.tables.values():
        then = previous.edition.tables.get(table.id)
        for row, heading in table.row.items():
            if heading.continues and then and heading.continues in then.row:
                for column, label in table.column.items():
                    if not label.total and column in then.column:
                        yield Ref(table.id, row, column), Ref(table.id, heading.continues, column)


@rule(
    "X2", "2021年版表二：现行有效件数是年末存量", Severity.WARNING, editions=frozenset({"2021"}),
    passes={"year": 2024, "art20_1.normative_documents.issued": 3, "art20_1.normative_documents.in_force": 8,
            "previous.art20_1.normative_documents.in_force": 5},
    fails={"year": 2024, "art20_1.normative_documents.issued": 3, "art20_1.normative_documents.in_force": 9,
           "previous.art20_1.normative_documents.in_force": 5},
)  # fmt: skip
def in_force(report: Report) -> Iterator[Problem]:
    """规章、行政规范性文件：上年现行有效件数加本年制发、减本年废止，等于本年现行有效件数。"""
    for problem in _flows(report, "X2"):
        yield Problem(*problem, ("请核对。因集中清理、自然失效或统计口径调整的，请在“情况说明”栏写明。",))


@rule(
    "X3", "2019年试行版表二：上一年项目数量", Severity.WARNING, editions=frozenset({"2019"}),
    passes={"year": 2020, "art20_6.penalties.last_year": 8, "previous.art20_6.penalties.last_year": 6,
            "previous.art20_6.penalties.change": 2},
    fails={"year": 2020, "art20_6.penalties.last_year": 6, "previous.art20_6.penalties.last_year": 6,
           "previous.art20_6.penalties.change": 2},
)  # fmt: skip
def items(report: Report) -> Iterator[Problem]:
    """表二：本年填的上一年项目数量，等于上年报告的上一年项目数量加增减。"""
    for problem in _flows(report, "X3"):
        yield Problem(*problem, (f"请核对事项数。{_ANSWER}",))


@rule(
    "X4", "2021年版表二：现行有效件数与2019年试行版的对外公开总数量口径不同", Severity.WARNING,
    editions=frozenset({"2021"}),
    passes={"year": 2021, "art20_1.normative_documents.issued": 3, "art20_1.normative_documents.in_force": 15,
            "previous.art20_1.normative_documents.published": 19},
    fails={"year": 2021, "art20_1.normative_documents.issued": 3, "art20_1.normative_documents.in_force": 19,
           "previous.art20_1.normative_documents.published": 19},
)  # fmt: skip
def stock_copied(report: Report) -> Iterator[Problem]:
    """换用新格式的第一年，现行有效件数不是照抄上年的对外公开总数量。

    The two may be equal by chance, but not when documents were issued or repealed meanwhile.
    """
    previous = last(report)
    if previous is None or previous.edition is report.edition:
        return
    for row, heading in report.edition.tables["art20_1"].row.items():
        ref, before = Ref("art20_1", row, "in_force"), Ref("art20_1", row, "published")
        issued, repealed = (report.stated(Ref("art20_1", row, column)) for column in ("issued", "repealed"))
        now, then = report.stated(ref), previous.stated(before)
        if now and now == then and issued is not None and repealed is not None and issued != repealed:
            column = report.edition.column(ref).name
            message = (
                f"{heading.name}：“{column}”（", ref, f"）填 {now}，与上年“{previous.edition.column(before).name}”"
                f"相同，而本年制发 {issued} 件、废止 {repealed} 件。",
            )  # fmt: skip
            yield Problem(
                message, (ref,), ("两栏口径不同：现行有效不含已废止、失效的，不能照抄。请按现行有效的填写。",)
            )


def _flows(report: Report, code: str) -> Iterator[tuple[Words, tuple[Ref, ...]]]:
    """Message and places of every row in which a `Flow` of a rule does not come out."""
    previous = last(report)
    for table in report.edition.tables.values() if previous else ():
        before = previous.edition.tables.get(table.id) if previous else None
        for flow in table.flows:
            if flow.rule == code and previous and before and {*flow.opening} <= {*before.column}:
                for row in table.row:
                    if row in before.row:
                        yield from _broken(report, previous, table, flow, row)


def _broken(
    report: Report, previous: Report, table: Table, flow: Flow, row: str
) -> Iterator[tuple[Words, tuple[Ref, ...]]]:
    opening, plus, minus, (closing,) = (
        [Ref(table.id, row, column) for column in columns]
        for columns in (flow.opening, flow.plus, flow.minus, (flow.closing,))
    )
    terms = [
        *((1, previous.stated(ref), f"＋上年报告“{previous.edition.column(ref).name}”") for ref in opening),
        *((1, report.stated(ref), f"＋“{report.edition.column(ref).name}”") for ref in plus),
        *((-1, report.stated(ref), f"－“{report.edition.column(ref).name}”") for ref in minus),
    ]
    known = [(sign * value, f"{word} {value}") for sign, value, word in terms if value is not None]
    total, now = sum(value for value, _ in known), report.stated(closing)
    if now is None or now == total or len(known) < len(terms):
        return
    sums = "".join(word for _, word in known)[1:]
    message = (
        f"{table.row[row].name}：{sums}＝{total}，本年“{report.edition.column(closing).name}”（", closing,
        f"）填 {now}，相差 {abs(total - now)}。",
    )  # fmt: skip
    yield message, (closing, *plus, *minus)
