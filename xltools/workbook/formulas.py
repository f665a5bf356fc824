"""Formulas together with the value that a spreadsheet will compute for them (公式与缓存值).

Each `Formula` says the same thing twice on purpose, once to the spreadsheet and once, through
`xltools.arithmetic`, as the cached value; the tests recalculate and compare every one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xltools.arithmetic import State, Tally, cover_tally, evaluate, section_tally, tally, worst
from xltools.editions.shared import BALANCE, COVER, YES
from xltools.form import Equation, Heading, Ref, Section
from xltools.report import Number, Report
from xltools.workbook.layout import (
    BLANK,
    FAILED,
    OVERWRITTEN,
    STATE,
    TALLY_FIRST,
    WRONG,
    Area,
    Layout,
    a1,
)

Value = Number | str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and its cached value; ``array`` ones are entered as array formulas."""

    text: str
    value: Value
    array: bool = False


def quoted(sheet: str) -> str:
    return f"'{sheet}'!"


def ranges(areas: Iterable[Area], here: str) -> list[str]:
    """Write cells as few ranges: runs of columns in a row, equal runs of rows merged."""
    runs: list[list[int]] = []  # [row, last row, first column, last column]
    sheet = here
    for area in sorted(areas, key=lambda a: (a.row, a.column)):
        sheet = area.sheet
        if runs and runs[-1][0] == area.row and runs[-1][3] == area.column - 1:
            runs[-1][3] = area.column
        else:
            runs.append([area.row, area.row, area.column, area.column])
    merged: list[list[int]] = []
    for run in runs:
        above = next((m for m in merged if m[2:] == run[2:] and m[1] == run[0] - 1), None)
        if above:
            above[1] = run[0]
        else:
            merged.append(run)
    prefix = "" if sheet == here else quoted(sheet)
    return [
        prefix + a1(top, left) + ("" if (top, left) == (bottom, right) else f":{a1(bottom, right)}")
        for top, bottom, left, right in merged
    ]


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
            if self._on(section, e) and self.layout.numbers[e.right[-1]].column == column
        ]  # fmt: skip
        inputs = [
            ref for table in section.tables for ref in table.inputs
            if self.layout.numbers[ref].column == column
        ]  # fmt: skip
        cells = ",".join(ranges((Area(BALANCE, self.layout.equation_rows[e], STATE) for e in mine), sheet))
        fails = [f'COUNTIF({r},"{State.FAIL}")' for r in cells.split(",") if r] + self._wrong_numbers(inputs, sheet)
        gaps = [f'COUNTIF({r},"{State.INCOMPLETE}")' for r in cells.split(",") if r]
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

    def tally(self, section: Section) -> tuple[Formula, ...]:
        """What is left to do on a table sheet: blank, wrong, failed and overwritten, in that order."""
        count, inputs = section_tally(self.report, section), _inputs(section)
        cells = ",".join(self._ranges(inputs, BALANCE))
        wrong = "+".join([f"COUNTA({cells})-COUNT({cells})", *self._wrong_numbers(inputs, BALANCE)])
        rows = [Area(BALANCE, row, STATE) for e, row in self.layout.equation_rows.items() if self._on(section, e)]
        failed = [f'COUNTIF({cells},"{State.FAIL}")' for cells in ranges(rows, BALANCE)]
        totals = [ref for table in section.tables for ref in table.parts]
        gone = [f"SUM(IF({_intact(cells)},0,1))" for cells in self._ranges(totals, BALANCE)]
        return (
            Formula(f'=IF({self._zero(section, BALANCE)}="{YES}",0,{len(inputs)}-COUNTA({cells}))', count.blank),
            Formula(f"={wrong}", count.wrong, array=True),
            Formula(f"={'+'.join(failed) or '0'}", count.failed),
            Formula(f"={'+'.join(gone) or '0'}", count.overwritten, array=True),
        )

    def cover_tally(self) -> tuple[Formula, ...]:
        """What is left to do on 封面: required entries, and a year that the edition serves."""
        count, edition, fields = cover_tally(self.report), self.layout.edition, self.layout.fields
        required = (f"COUNTBLANK({quoted(COVER)}{fields[f.id].a1})" for f in edition.cover if f.required)
        year = quoted(COVER) + fields["year"].a1
        fits = f"AND({year}>={edition.years[0]},{year}<={edition.years[-1]},{year}=INT({year}))"
        wrong = f"=IF(ISBLANK({year}),0,IF(ISNUMBER({year}),IF({fits},0,1),1))"
        zero = Formula("=0", 0)
        return Formula(f"={'+'.join(required)}", count.blank), Formula(wrong, count.wrong), zero, zero

    def all_tallies(self) -> tuple[Formula, ...]:
        """What is left to do on all sheets together."""
        first, last = TALLY_FIRST, self.layout.tally_rows[BALANCE] - 1
        values = (self.count.blank, self.count.wrong, self.count.failed, self.count.overwritten)
        columns = (BLANK, WRONG, FAILED, OVERWRITTEN)
        return tuple(Formula(f"=SUM({a1(first, c)}:{a1(last, c)})", v) for c, v in zip(columns, values, strict=True))

    @property
    def count(self) -> Tally:
        """What is left to do in the whole workbook."""
        sections = (section for section in self.layout.edition.sections if section.tables)
        return sum((section_tally(self.report, s) for s in sections), start=cover_tally(self.report))

    def status(self, sheet: str) -> Formula:
        """The sentence at the head of a sheet; of 勾稽校验 and 封面, for the whole workbook."""
        sections = {section.sheet: section for section in self.layout.edition.sections}
        count = section_tally(self.report, sections[sheet]) if sheet in sections else self.count
        row = self.layout.tally_rows[sheet if sheet in sections else BALANCE]
        prefix = "" if sheet == BALANCE else quoted(BALANCE)
        done = "都已填齐，勾稽关系全部通过。"
        words = (("未填", "格"), ("填法不对", "格"), ("勾稽不符", "项"), ("合计公式被改", "处"))
        values = (count.blank, count.wrong, count.failed, count.overwritten)
        cells = [prefix + a1(row, column) for column in (BLANK, WRONG, FAILED, OVERWRITTEN)]
        said = "，".join(f"{word} {n} {unit}" for (word, unit), n in zip(words, values, strict=True))
        says = '&"，'.join(f'{word} "&{cell}&" {unit}"' for (word, unit), cell in zip(words, cells, strict=True))
        total = "+".join(cells)
        text = f'=IF({total}=0,"{done}","还有 "&({total})&" 处要改：{says}&"。")'
        return Formula(text, f"还有 {count.left} 处要改：{said}。" if count.left else done)

    def intact(self, ref: Ref) -> Formula:
        """Whether a total is still the formula that we wrote."""
        cell = quoted(self.layout.numbers[ref].sheet) + self.layout.numbers[ref].a1
        return Formula(f'=IF({_intact(cell)},"完好","被改")', "完好")

    def _sum(self, refs: tuple[Ref, ...], here: str) -> str:
        cells = ",".join(self._ranges(refs, here))
        return f'=IF({self._complete(refs, here)},SUM({cells}),"")'

    def _complete(self, refs: tuple[Ref, ...], here: str) -> str:
        """COUNT, not SUM, decides: text and blanks are not zero, unless blanks were declared so."""
        inputs = [ref for ref in refs if ref not in self.layout.edition.parts]
        counted = f"COUNT({','.join(self._ranges(refs, here))})"
        if inputs:
            zero = self._zero(self.layout.edition.section[refs[0].table], here)
            counted += f'+IF({zero}="{YES}",{len(inputs)}-COUNTA({",".join(self._ranges(inputs, here))}),0)'
        return f"{counted}={len(refs)}"

    def _ranges(self, refs: Iterable[Ref], here: str) -> list[str]:
        return ranges((self.layout.numbers[ref] for ref in refs), here)

    def _on(self, section: Section, equation: Equation) -> bool:
        return self.layout.edition.section[equation.right[-1].table] is section

    def _zero(self, section: Section, here: str) -> str:
        area = self.layout.fields[section.field("zero_filled").id]
        return ("" if section.sheet == here else quoted(section.sheet)) + area.a1

    def _wrong_numbers(self, inputs: Sequence[Ref], here: str) -> list[str]:
        """Terms that count numbers of the wrong sign or with decimals, and formulas."""
        domains: dict[str, list[Area]] = {}
        for ref in inputs:
            condition = _not_accepted(self.layout.edition.column(ref))
            domains.setdefault(condition, []).append(self.layout.numbers[ref])
        return [
            f"SUM(IF(ISNUMBER({r}),IF({condition.format(r)}+IFERROR(_xlfn.ISFORMULA({r}),FALSE)>0,1,0),0))"
            for condition, areas in domains.items()
            for r in ranges(areas, here)
        ]


def _inputs(section: Section) -> tuple[Ref, ...]:
    return tuple(ref for table in section.tables for ref in table.inputs)


def _intact(cells: str) -> str:
    """ISFORMULA came with Excel 2013; before that, believe."""
    return f"IFERROR(_xlfn.ISFORMULA({cells}),TRUE)"


def _not_accepted(column: Heading) -> str:
    """The spreadsheet's words for not `Heading.accepts`."""
    conditions = [] if column.signed else ["({0}<0)"]
    return "+".join([*conditions, *([] if column.money else ["({0}<>INT({0}))"])])


def cached(value: Value) -> int | float | str:
    """A cached value as XlsxWriter takes it."""
    return float(value) if isinstance(value, Decimal) else value
