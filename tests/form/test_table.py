"""The arithmetic that headings imply."""

from tests.support.reports import ref
from xltools.form import Heading, Identity, Sum, Table

TABLE = Table(
    "t",
    rows=(Heading("in", "收"), Heading("done", "办"), Heading("all", "总计", total=Sum("V", "和"))),
    columns=(
        Heading("g", "组", (Heading("a", "甲"), Heading("b", "乙"))),
        Heading("sum", "总计", total=Sum("H", "和")),
    ),
    corner="项目",
    identities=(Identity("B", "收＝办", ("in",), ("done",), "表头"),),
)


def test_refs_run_row_by_row() -> None:
    assert [str(r) for r in TABLE.refs][:4] == ["t.in.a", "t.in.b", "t.in.sum", "t.done.a"]


def test_totals_are_no_inputs_and_a_grand_total_adds_its_row() -> None:
    assert [str(r) for r in TABLE.inputs] == ["t.in.a", "t.in.b", "t.done.a", "t.done.b"]
    assert TABLE.parts[ref("t.in.sum")] == (ref("t.in.a"), ref("t.in.b"))
    assert TABLE.parts[ref("t.all.a")] == (ref("t.in.a"), ref("t.done.a"))
    assert TABLE.parts[ref("t.all.sum")] == (ref("t.all.a"), ref("t.all.b"))


def test_equations_come_line_by_line() -> None:
    lines = [(e.rule, e.line.label) for e in TABLE.equations]
    assert lines == [
        ("H", "收"), ("H", "办"), ("H", "总计"),
        ("V", "甲"), ("V", "乙"), ("V", "总计"),
        ("B", "甲"), ("B", "乙"), ("B", "总计"),
    ]  # fmt: skip
    assert TABLE.equations[-1].left == (ref("t.in.sum"),)
    assert TABLE.equations[-1].total is None


def test_without_row_headings_a_sum_runs_along_its_group_of_columns() -> None:
    group = Heading("g", "行政复议", (Heading("a", "维持"), Heading("sum", "总计", total=Sum("R", "和"))))
    table = Table("t", (Heading("n", "件数"),), (group,))
    assert [(e.rule, e.line.label) for e in table.equations] == [("R", "行政复议")]
