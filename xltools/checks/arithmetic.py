"""Sums and 勾稽 (合计与勾稽关系): the equations are the edition's, only the sentences stand here."""

from __future__ import annotations

from collections.abc import Iterator

from xltools import editions
from xltools.arithmetic import Outcome, State, outcomes
from xltools.checks.cause import Causes
from xltools.checks.rule import Problem, Rules
from xltools.form import Equation, Place
from xltools.report import Number, Report

rule = RULES = Rules()

_FORM = "年度报告格式附件"
_BALANCE = editions.all()[-1].tables["requests"].identities[0]


@rule(
    "H1", f"{_FORM}：表三“总计”列",
    passes={"requests.carried_in.charity": 5, "requests.granted.charity": 5, "requests.granted.total": 5},
    fails={"requests.carried_in.charity": 5, "requests.granted.charity": 5, "requests.granted.total": 6},
)  # fmt: skip
def row_totals(report: Report) -> Iterator[Problem]:
    """表三每一行的总计等于六类申请人之和。"""
    causes = Causes(report)
    for outcome in _broken(report, "H1"):
        equation = outcome.equation
        message = (
            f"{_sheet(report, equation)}“{equation.line.name}”总计（",
            equation.right[0],
            f"）为 {outcome.right}，六类申请人相加为 {outcome.left}（{_terms(report, equation)}），"
            f"相差 {_gap(outcome)}。",
        )
        fix = ("总计由系统计算，请核对该行各类申请人的件数。", *causes.hint(outcome))
        yield Problem(message, (*equation.right, *equation.left), fix)


@rule(
    "V1", f"{_FORM}：表三“（七）总计”行",
    passes={"requests.received.company": 2, "requests.granted.company": 2, "requests.outcome_total.company": 2},
    fails={"requests.received.company": 2, "requests.granted.company": 2, "requests.outcome_total.company": 3},
)  # fmt: skip
def column_totals(report: Report) -> Iterator[Problem]:
    """表三每一列的（七）总计等于（一）至（六）各项之和。"""
    causes = Causes(report)
    for outcome in _broken(report, "V1"):
        equation = outcome.equation
        assert outcome.difference is not None
        message = (
            f"{_sheet(report, equation)}“{equation.line.name}”列：各项办理结果相加为 {outcome.left}，“（七）总计”（",
            equation.right[0],
            f"）为 {outcome.right}，{'少' if outcome.difference > 0 else '多'} {_gap(outcome)} 件。",
        )
        fix = ("请逐项核对（一）至（六），同一件申请只能计入一种结果。", *causes.hint(outcome))
        yield Problem(message, (*equation.right, *equation.left), fix)


@rule(
    "B1", f"{_FORM}：{_BALANCE.source}",
    passes={"requests.received.company": 3, "requests.granted.company": 2, "requests.carried_out.company": 1},
    fails={"requests.received.company": 3, "requests.granted.company": 2},
)  # fmt: skip
def balance(report: Report) -> Iterator[Problem]:
    """表三每一列：新收加上年结转，等于办理结果总计加结转下年度。"""
    broken, causes = tuple(_broken(report, "B1")), Causes(report)
    for outcome in broken:
        equation, gap = outcome.equation, outcome.difference
        assert gap is not None
        values = [report.stated(ref) for ref in (*equation.left, *equation.right)]
        message = (
            f"{_sheet(report, equation)}“{equation.line.name}”列不平衡："
            f"一（{values[0]}）+二（{values[1]}）＝{outcome.left}，"
            f"三（{values[2]}）+四（{values[3]}）＝{outcome.right}，相差 {_gap(outcome)}。",
        )
        cells = [part for ref in (*equation.left, *equation.right) for part in ("、", ref)][1:]
        opposite = [o.equation.line.name for o in broken if o.difference == -gap and o is not outcome]
        moved = (
            f"“{opposite[0]}”列恰好相反相差 {-gap}，可能有 {abs(gap)} 件申请的新收与办结填在了不同申请人类别。"
            if len(opposite) == 1 and gap == int(gap)
            else ""
        )
        fix = ("请核对 ", *cells, f"。{moved}", *(() if moved else causes.hint(outcome)))
        yield Problem(message, (*equation.left, *equation.right), fix)


def _cases(report: Report, code: str) -> Iterator[Problem]:
    """One kind of case of 表四: the four outcomes make the total."""
    table, causes = report.edition.tables, Causes(report)
    for outcome in _broken(report, code):
        equation = outcome.equation
        column = table[equation.left[0].table].column
        terms = "＋".join(f"{column[ref.column].label} {report.stated(ref)}" for ref in equation.left)
        message = (
            f"{_sheet(report, equation)}“{equation.line.name}”：{terms}＝{outcome.left}，总计（",
            equation.right[0],
            f"）为 {outcome.right}，相差 {_gap(outcome)}。",
        )
        fix = (f"请改为 {outcome.left}，或核对四项结果。", *causes.hint(outcome))
        yield Problem(message, (*equation.right, *equation.left), fix)


@rule(
    "R1", f"{_FORM}：表四“行政复议”",
    passes={"cases.cases.reconsideration_upheld": 3, "cases.cases.reconsideration_total": 3},
    fails={"cases.cases.reconsideration_upheld": 3, "cases.cases.reconsideration_total": 4},
)  # fmt: skip
def reconsideration(report: Report) -> Iterator[Problem]:
    """表四行政复议的总计等于四项结果之和。"""
    return _cases(report, "R1")


@rule(
    "R2", f"{_FORM}：表四“未经复议直接起诉”",
    passes={"cases.cases.direct_upheld": 3, "cases.cases.direct_total": 3},
    fails={"cases.cases.direct_upheld": 3, "cases.cases.direct_total": 4},
)  # fmt: skip
def direct_litigation(report: Report) -> Iterator[Problem]:
    """表四未经复议直接起诉的总计等于四项结果之和。"""
    return _cases(report, "R2")


@rule(
    "R3", f"{_FORM}：表四“复议后起诉”",
    passes={"cases.cases.after_reconsideration_upheld": 3, "cases.cases.after_reconsideration_total": 3},
    fails={"cases.cases.after_reconsideration_upheld": 3, "cases.cases.after_reconsideration_total": 4},
)  # fmt: skip
def litigation_after_reconsideration(report: Report) -> Iterator[Problem]:
    """表四复议后起诉的总计等于四项结果之和。"""
    return _cases(report, "R3")


def _broken(report: Report, code: str) -> Iterator[Outcome]:
    return (outcome for outcome in outcomes(report, code) if outcome.state is State.FAIL)


def _sheet(report: Report, equation: Equation) -> str:
    place: Place = equation.right[0]
    return report.edition.sheet(place)


def _gap(outcome: Outcome) -> Number:
    gap = outcome.difference
    assert gap is not None
    return gap if gap >= 0 else -gap


def _terms(report: Report, equation: Equation) -> str:
    return "+".join(str(report.stated(ref)) for ref in equation.left)
