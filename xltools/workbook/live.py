"""The live formulas of table cells and equations: totals, states, guards (实时校验)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xltools.arithmetic import State, evaluate, tally, worst
from xltools.editions.shared import BALANCE, YES
from xltools.form import Equation, Heading, Ref, Section
from xltools.report import Number, Report
from xltools.workbook.formulas import Formula, quoted, ranges
from xltools.workbook.layout import STATE, Area, Layout


@dataclass(frozen=True, slots=True)
class Live:
    """The live formulas of one workbook, as it is filled in with one report."""

    layout: Layout
    report: Report

    def total(self, ref: Ref) -> Formula:
        """A total cell: the sum once everything it adds up is there, else empty."""
        parts = self.layout.edition.parts[ref]
        value = self.report.value(ref)
        return Formula(self._sum(parts, self.layout.numbers[ref].sheet), "" if value is None else value)

    def side(self, refs: tuple[Ref, ...], value: Number | None) -> Formula:
        """One side of an equation, on the sheet 勾稽校验."""
        return Formula(self._sum(refs, BALANCE), "" if value is None else value)

    def column_state(self, section: Section, column: int) -> Formula:
        """What stands at the head of a column of a table sheet: its equations and its entries."""
        sheet = section.sheet
        mine = [
            e for e in self.layout.equation_rows
            if self.on(section, e) and self.layout.numbers[e.right[-1]].column == column
        ]  # fmt: skip
        inputs = [ref for ref in section.inputs if self.layout.numbers[ref].column == column]
        cells = ranges((Area(BALANCE, self.layout.equation_rows[e], STATE) for e in mine), sheet)
        fails = [f'COUNTIF({r},"{State.FAIL}")' for r in cells] + self.wrong_numbers(inputs, sheet)
        gaps = [f'COUNTIF({r},"{State.INCOMPLETE}")' for r in cells]
        done = self._complete(tuple(inputs), sheet) if inputs else "TRUE"
        text = (
            f'=IF({"+".join(fails) or "0"}>0,"{State.FAIL}",'
            f'IF(AND({done},{"+".join(gaps) or "0"}=0),"{State.PASS}","{State.INCOMPLETE}"))'
        )
        states = [evaluate(equation, self.report).state for equation in mine]
        count = tally(self.report, inputs)
        texts = sum(ref in self.report.texts for ref in inputs)
        if count.wrong > texts:
            states.append(State.FAIL)
        if count.blank or texts:
            states.append(State.INCOMPLETE)
        return Formula(text, worst(states).value, array=True)

    def still_formula(self, ref: Ref) -> Formula:
        """Whether a total is still the formula that we wrote."""
        cell = quoted(self.layout.numbers[ref].sheet) + self.layout.numbers[ref].a1
        return Formula(f'=IF({intact(cell)},"完好","被改")', "完好")

    def _sum(self, refs: tuple[Ref, ...], here: str) -> str:
        cells = ",".join(self.ranges(refs, here))
        return f'=IF({self._complete(refs, here)},SUM({cells}),"")'

    def _complete(self, refs: tuple[Ref, ...], here: str) -> str:
        """COUNT, not SUM, decides: text and blanks are not zero, unless blanks were declared so."""
        inputs = [ref for ref in refs if ref not in self.layout.edition.parts]
        counted = f"COUNT({','.join(self.ranges(refs, here))})"
        if inputs:
            zero = self.zero(self.layout.edition.section[refs[0].table], here)
            counted += f'+IF({zero}="{YES}",{len(inputs)}-COUNTA({",".join(self.ranges(inputs, here))}),0)'
        return f"{counted}={len(refs)}"

    def ranges(self, refs: Iterable[Ref], here: str) -> list[str]:
        return ranges((self.layout.numbers[ref] for ref in refs), here)

    def on(self, section: Section, equation: Equation) -> bool:
        return self.layout.edition.section[equation.right[-1].table] is section

    def zero(self, section: Section, here: str) -> str:
        area = self.layout.fields[section.field("zero_filled").id]
        return ("" if section.sheet == here else quoted(section.sheet)) + area.a1

    def wrong_numbers(self, inputs: Sequence[Ref], here: str) -> list[str]:
        """Terms that count numbers of the wrong sign or with decimals, and formulas."""
        domains: dict[str, list[Area]] = {}
        for ref in inputs:
            condition = not_accepted(self.layout.edition.column(ref))
            domains.setdefault(condition, []).append(self.layout.numbers[ref])
        return [
            f"SUM(IF(ISNUMBER({r}),IF({condition.format(r)}+IFERROR(_xlfn.ISFORMULA({r}),FALSE)>0,1,0),0))"
            for condition, areas in domains.items()
            for r in ranges(areas, here)
        ]


def intact(cells: str) -> str:
    """ISFORMULA came with Excel 2013; before that, believe."""
    return f"IFERROR(_xlfn.ISFORMULA({cells}),TRUE)"


def not_accepted(column: Heading) -> str:
    """The spreadsheet's words for not `Heading.accepts`; empty where any number is accepted."""
    conditions = [] if column.signed else ["({0}<0)"]
    return "+".join([*conditions, *([] if column.money else ["({0}<>INT({0}))"])])
