"""Holding what a sentence claims against the numbers of the form (正文与表格比对)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from xltools.checks.prose import form
from xltools.checks.prose.claims import Cells, Change, Claim, Count, Share
from xltools.checks.prose.figures import Figures
from xltools.checks.prose.naming import called
from xltools.checks.prose.subjects import Scope, scope
from xltools.checks.rule import Words
from xltools.form import Place
from xltools.report import Report


class Fault(NamedTuple):
    """One thing in a sentence that does not agree, in words, with the cells that it is about.

    ``scope`` where it may only be about less than the report (口径).
    """

    rule: str
    words: Words
    cells: Cells
    fix: str
    scope: bool = False


_CHECK = "请核对正文与{}。"
_LAST = "上年报告"
_JUSTICE = "司法"
"""Cases are the daily work of 司法局: only those about information are on the form."""


class Judge:
    """Judges the claims of one report; ``last`` are the figures of the year before, where they are at hand.

    ``told`` once the text has given the number of requests as the table has it.
    """

    def __init__(self, report: Report) -> None:
        self.report, self.edition, self.now = report, report.edition, Figures(report)
        self.told = False
        before = report.previous
        known = before is not None and report.year is not None and before.year == report.year - 1
        self.last = Figures(before) if before is not None and known else None

    def faults(self, claims: Sequence[Claim]) -> Iterator[Fault]:
        """Yield what is wrong in one sentence."""
        for claim in claims:
            if isinstance(claim, Count):
                fault = self._count(claim)
            elif isinstance(claim, Share):
                fault = self._share(claim, claims)
            elif isinstance(claim, Change):
                fault = self._change(claim)
            else:
                fault = Fault("T7", (f"{claim.words}，{claim.found}",), (), "请核对个数；没有列全的，写上“等”。")
            if fault:
                yield fault

    def _count(self, count: Count) -> Fault | None:
        figures = self.last if count.last_year else self.now
        if count.loose or figures is None or self._of_others(count):
            return None
        if self._matched(count, figures):
            self.told = self.told or form.requests(form.RECEIVED) in count.readings
            return None
        named: dict[Decimal | None, Cells] = {}
        for cells in self._readings(count):
            named.setdefault(figures.sum(cells), cells)
        expected = [(cells, value) for value, cells in named.items() if value is not None]
        part = scope(count.subject, self.report.office) is Scope.PART
        part = part and len(expected) == len(named) and count.value < min(value for _, value in expected)
        if len(expected) < len(named) or (part and (count.rule != "T1" or not count.value)):
            return None
        number = "" if count.phrase.quantity or not count.value else f"（{count.value:f} 件）"
        said = f"写“{count.phrase.quoted}”{number}，"
        if count.last_year:
            return Fault("T8", (said, _LAST, *_expected(figures, expected, linked=False)), (), _CHECK.format(_LAST))
        table = self.edition.sheet(count.readings[0][0])
        fix = _CHECK.format(table)
        if part:
            fix = f"“{count.subject}”的口径可能小于本报告，请注明；口径相同的，{fix}"
        elif count.rule == "T5" and count.readings[0][0].column.endswith("total") and count.value:
            fix += "若统计口径不同（如备案件），请注明。"
        cells = tuple(dict.fromkeys(ref for reading, _ in expected for ref in reading))
        return Fault(count.rule, (said, table, *_expected(figures, expected, linked=True)), cells, fix, part)

    def _of_others(self, count: Count) -> bool:
        """Whether a figure is of another organ, or of cases that are this one's trade."""
        trade = count.general and count.rule == "T5" and _JUSTICE in self.report.office.name
        return trade or scope(count.subject, self.report.office) is Scope.OTHER

    def _readings(self, count: Count) -> tuple[Cells, ...]:
        """The readings left: a part follows the one of its whole, where that is settled."""
        whole = count.parent
        if whole is None or whole.rule != "T1" or len(count.readings) != 2 or len(whole.readings) != 2:
            return count.readings
        fits = [self.now.sum(cells) == whole.value for cells in whole.readings]
        return (count.readings[fits.index(True)],) if sum(fits) == 1 else count.readings

    def _matched(self, count: Count, figures: Figures) -> bool:
        return any(self._agrees(count, figures.sum(cells)) for cells in (*self._readings(count), *count.also))

    def _agrees(self, count: Count, value: Decimal | None) -> bool:
        """Counts agree exactly, money to the last digit that the prose gives."""
        if value is None or count.scale is None:
            return value == count.value
        return abs(count.value * count.scale - value) < _last_digit(count.value) * count.scale

    def _share(self, share: Share, claims: Sequence[Claim]) -> Fault | None:
        of = share.of
        numerators = [of.value, *(n for cells in of.readings if (n := self.now.sum(cells)) is not None)]
        wholes = [(name, cells, self.now.sum(cells)) for name, cells in _wholes(of)]
        known = [value for _, _, value in wholes if value is not None]
        if not wholes or len(known) < len(wholes) or not known[0] or not self._own(of):
            return None
        counts = [claim for claim in claims if isinstance(claim, Count)]
        together = sum((claim.value for claim in counts if claim.rule == of.rule), Decimal(0))
        said = [together, *(claim.value for claim in counts)]
        if any(_about(share.percent, n, whole) for n in numerators for whole in (*known, *said) if whole):
            return None
        name, cells, _ = wholes[0]
        right = f"{100 * of.value / known[0]:.{_digits(share.percent)}f}"
        words = (
            f"写“{share.phrase.quoted}”，{of.value:f} 件按{name}（",
            *[part for ref in cells for part in ("＋", ref)][1:],
            f"）{known[0]:f} 件计算应为 {right}%",
        )
        return Fault("T3", words, cells, "请重新计算百分比。")

    def _change(self, change: Change) -> Fault | None:
        last, of = self.last, change.of
        if last is None or not self._own(of):
            return None
        fitting = [cells for cells in of.readings if self.now.sum(cells) == of.value] or list(of.readings)
        before = [value for cells in fitting if (value := last.sum(cells))]
        if len(before) < len(fitting):
            return None
        changes = [of.value - value if not change.percent else 100 * (of.value - value) / value for value in before]
        if any(abs(right - change.value) <= (_last_digit(change.value) if change.percent else 0) for right in changes):
            return None
        digits, unit = (_digits(change.value), "%") if change.percent else (0, " 件")
        right = f"{'增长' if changes[0] >= 0 else '下降'} {abs(changes[0]):.{digits}f}{unit}"
        said = f"写“{change.phrase.quoted}”，{_LAST}为 {before[0]:f} 件，由 {before[0]:f} 到 {of.value:f} 应为{right}"
        return Fault("T8", (said,), fitting[0], _CHECK.format(_LAST))

    def _own(self, count: Count) -> bool:
        return not self._of_others(count) and scope(count.subject, self.report.office) is Scope.OWN


def _expected(figures: Figures, expected: Sequence[tuple[Cells, Decimal]], *, linked: bool) -> Iterator[str | Place]:
    """The readings in words: “本年新收”（J8）为 713，或“本年新收”（J8）＋“上年结转”（J9）为 749（713+36）."""
    for i, (cells, value) in enumerate(expected):
        yield "，或" if i else ""
        yield from called(figures.report.edition, cells, linked=linked)
        terms = "+".join(f"{figures.value(ref):f}" for ref in cells)
        yield f"为 {value:f}（{terms}）" if len(cells) > 1 else f"为 {value:f}"
    yield "，均不相符" if len(expected) > 1 else ""


def _wholes(of: Count) -> list[tuple[str, Cells]]:
    """What a share can be a share of, first what is meant most often."""
    if of.rule == "T5":
        stages = tuple(dict.fromkeys(ref.column.rpartition("_")[0] for ref in of.readings[0]))
        return [("案件总数", form.cases(stages))]
    if of.rule not in ("T1", "T2", "T4"):
        return []
    closed = ("办结", form.requests(form.CLOSED))
    named = [("本年新收", form.requests(form.RECEIVED)), ("新收与上年结转", form.requests(form.DEALT_WITH))]
    return [closed, *named] if of.rule == "T2" else [*named, closed]


def _about(percent: Decimal, part: Decimal, whole: Decimal) -> bool:
    """Whether a percentage is right to its last digit, cut or rounded."""
    return abs(100 * part / whole - percent) <= _last_digit(percent)


def _last_digit(value: Decimal) -> Decimal:
    return Decimal(1).scaleb(-_digits(value))


def _digits(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
