"""The likeliest cause of a sum that does not come out (最可能的原因): one cell, or nothing at all.

A cell is named only where another number in it would mend every equation around it, and where no
other cell has as good a reason: it alone mends several, two of its digits changed places, or the
difference is exactly one entry, left out or counted twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from xltools.arithmetic import Outcome, evaluate
from xltools.checks.rule import Words
from xltools.form import Equation, Ref
from xltools.report import Number, Report


class _Line(NamedTuple):
    """An equation by how much it is off, and by the entries that it is made of, which count so many times."""

    off: Number
    terms: Mapping[Ref, int]


class _Mend(NamedTuple):
    """A cell, what is in it and what would have to be; ``mended`` equations do not hold now."""

    ref: Ref
    found: Number
    meant: Number
    mended: int


class Causes:
    """The equations of one report, taken apart when a cause is asked for."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def hint(self, outcome: Outcome) -> Words:
        """Return a sentence on the one cell that would mend a broken equation; empty where that cannot be told."""
        mends = list(self._mends(outcome))
        alone = [mend for mend in mends if mend.mended > 1]
        if len(alone) == 1:
            (mend,) = alone
            return ("只改一格就各处相符的，只有 ", mend.ref, f"（{mend.found} 改为 {mend.meant}），请先核对它。")
        found = [words for mend in alone or mends if (words := self._reason(outcome, mend))]
        return found[0] if len(found) == 1 else ()

    def _mends(self, outcome: Outcome) -> Iterator[_Mend]:
        """Every cell of an equation with the number by which all equations around it would hold."""
        equation, gap = outcome.equation, outcome.difference
        assert gap is not None
        own, columns = self._terms(equation), {ref.column for ref in (*equation.left, *equation.right)}
        broken = [line for line in self._lines if line.off and line.terms.keys() & own.keys()]
        for ref, sign in own.items():
            found = self.report.stated(ref)
            if found is None or ref.column not in columns:
                continue
            meant = found - sign * gap
            touched = (line for line in self._lines if ref in line.terms)
            if meant < 0 or meant != int(meant) or any(line.off != line.terms[ref] * sign * gap for line in touched):
                continue
            if all(ref in line.terms for line in broken):
                yield _Mend(ref, found, meant, len(broken))

    def _reason(self, outcome: Outcome, mend: _Mend) -> Words:
        """Why a cell may be the one; empty without a reason."""
        equation, gap, edition = outcome.equation, outcome.difference, self.report.edition
        assert gap is not None
        name, size = edition.name_of(mend.ref), gap if gap >= 0 else -gap
        if _swapped(str(mend.found), str(mend.meant)):
            return (f"“{name}”（", mend.ref, f"）的 {mend.found} 如果是 {mend.meant} 颠倒了数字，改后即平衡。")
        if mend.ref == equation.total:
            terms = [ref for ref in equation.left if self.report.stated(ref) == size]
            if len(terms) == 1:
                what = "漏加" if gap > 0 else "重复加"
                return (f"相差恰好是“{edition.name_of(terms[0])}”（", terms[0], f"）的 {size}，合计可能{what}了它。")
        elif equation.total is None and mend.found == size and outcome.left and outcome.right:
            what = "没有计入办理结果" if gap > 0 else "重复计入"
            return (f"相差恰好是“{name}”（", mend.ref, f"）的 {size} 件，可能{what}。")
        return ()

    @cached_property
    def _lines(self) -> tuple[_Line, ...]:
        """The equations that can be told; a total that is what its parts make says nothing more than they do."""
        parts = self.report.edition.parts
        lines = []
        for equation in self.report.edition.equations:
            total = equation.total
            if total is None or total not in self._computed or parts[total] != equation.left:
                off = evaluate(equation, self.report).difference
                lines += [] if off is None else [_Line(off, self._terms(equation))]
        return tuple(lines)

    @cached_property
    def _computed(self) -> Mapping[Ref, tuple[Ref, ...]]:
        """The totals that follow from their parts, as those of a workbook do."""
        found = {}
        for total, parts in self.report.edition.parts.items():
            stated = self.report.numbers.get(total)
            values = [] if stated is None else [self.report.stated(part) for part in parts]
            known = [value for value in values if value is not None]
            if total not in self.report.texts and (stated is None or (known == values and sum(known) == stated)):
                found[total] = parts
        return found

    def _terms(self, equation: Equation) -> Mapping[Ref, int]:
        """How often each cell counts in an equation, those on the right less than nothing."""
        terms: dict[Ref, int] = {}
        pending = [*((ref, 1) for ref in equation.left), *((ref, -1) for ref in equation.right)]
        while pending:
            ref, sign = pending.pop()
            if ref in self._computed:
                pending += ((part, sign) for part in self._computed[ref])
            else:
                terms[ref] = terms.get(ref, 0) + sign
        return {ref: sign for ref, sign in terms.items() if sign}


def _swapped(one: str, other: str) -> bool:
    """Whether two neighbouring digits changed places: 73 and 37."""
    differ = [i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(differ) != 2 or differ[1] != differ[0] + 1:
        return False
    i, j = differ
    return one[i] == other[j] and one[j] == other[i]
