"""One office's annual report: its numbers and its words (一份年度报告).

The waist of the hourglass: readers make a `Report`, checks and outputs only read it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, cast

from xltools.form import Edition, Ref

Number = int | Decimal
"""A count is an ``int``; money is a ``Decimal`` or ``int`` in the unit of its column."""


@dataclass(frozen=True, slots=True)
class Office:
    """The organ that files the report (行政机关), as entered on 封面."""

    name: str = ""
    title_name: str = ""
    short_name: str = ""
    code: str = ""
    kind: str = ""
    scope: str = ""
    preparer: str = ""
    reviewer: str = ""
    secrecy_reviewer: str = ""
    head: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    email: str = ""
    website: str = ""
    date: str = ""


OFFICE_FIELDS = tuple(f.name for f in fields(Office))


class Way(StrEnum):
    """Why something in a workbook is no part of the report, or is one that nobody sees."""

    OUTSIDE = "outside"
    HIDDEN = "hidden"
    MERGED = "merged"
    SHEET = "sheet"


class Stray(NamedTuple):
    """Something that a report cannot take up as it stands: a cell, or a sheet as a whole, and what is there."""

    way: Way
    sheet: str
    cell: str
    found: str

    @property
    def id(self) -> str:
        """Where it is, as one says it to a spreadsheet: ``表三!L9``."""
        return f"{self.sheet}!{self.cell}"


@dataclass(frozen=True, slots=True)
class Report:
    """The report of one office on one calendar year, exactly as entered.

    ``numbers`` holds the cells that hold a number, also totals where they were stated;
    ``texts`` those that hold anything else, as typed; a blank cell is in neither.
    ``formulas`` are formulas typed into input cells, whose results are in ``numbers``;
    ``overwritten`` are totals whose formula was replaced; ``misfits`` what stands in text entries
    that is no text, by the id of the `Field` and the row; ``strays`` what stands beside all entries.
    ``narrative`` maps a part's id to its paragraphs, one a line; ``notes`` a table sheet to its 表注;
    ``zero_filled`` names the table sheets whose blanks the office declared to be 0.
    ``answers`` are what the office wrote to findings of the last validation, by rule, sheet, cell and problem.
    ``year`` is ``None`` where it was not entered, or something else was: ``year_text``.
    ``rows`` says for every line of a narrative part in which row of its sheet it stands, from 0, where
    that is known.
    ``previous`` is last year's report, ``today`` the day of judgment and ``deadline`` the day by which the
    local notice wants it published, where they are at hand; none of them is part of the report.
    """

    office: Office
    year: int | None
    edition: Edition
    numbers: Mapping[Ref, Number] = field(default_factory=dict)
    narrative: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[Ref, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    formulas: Mapping[Ref, str] = field(default_factory=dict)
    overwritten: frozenset[Ref] = frozenset()
    misfits: Mapping[str, tuple[tuple[int, Number | str], ...]] = field(default_factory=dict)
    strays: tuple[Stray, ...] = ()
    zero_filled: frozenset[str] = frozenset()
    answers: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    year_text: str = ""
    origin: str = ""
    rows: Mapping[str, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)
    previous: Report | None = field(default=None, compare=False, repr=False)
    today: dt.date | None = field(default=None, compare=False, repr=False)
    deadline: dt.date | None = field(default=None, compare=False, repr=False)

    @property
    def title_name(self) -> str:
        return self.office.title_name or self.office.name

    @property
    def title(self) -> str:
        """``芙蓉镇2020年政府信息公开工作年度报告``, also the name of its file."""
        return f"{self.title_name}{self.year or '____'}年{self.edition.title}"

    def entry(self, field_id: str) -> str:
        """Return what was entered in a `Field`, ``""`` where nothing was."""
        kind, _, name = field_id.partition(".")
        if "!" in field_id:
            return next((stray.found for stray in self.strays if stray.id == field_id), "")
        if kind == "office":
            return str(getattr(self.office, name))
        if kind == "narrative":
            return self.narrative.get(name, "")
        if kind == "notes":
            return self.notes.get(name, "")
        if kind == "zero_filled":
            return self.edition.fields[field_id].choices[name in self.zero_filled]
        return self.year_text if self.year is None else str(self.year)

    def paragraphs(self, part: str) -> tuple[str, ...]:
        """Return the paragraphs of a narrative part, without empty ones."""
        return tuple(line for line in self.narrative.get(part, "").split("\n") if line.strip())

    def numbered(self, part: str) -> tuple[tuple[int, str], ...]:
        """Return the paragraphs of a narrative part, each with the row of its sheet in which it stands, from 0."""
        return tuple((row, line) for row, line in self._lines(part) if line.strip())

    def row_text(self, part: str, row: int) -> str:
        """Return what stands in one row of a narrative part's sheet."""
        return "\n".join(line for at, line in self._lines(part) if at == row)

    def _lines(self, part: str) -> Iterable[tuple[int, str]]:
        lines, known = self.narrative.get(part, "").split("\n"), self.rows.get(part, ())
        if len(known) == len(lines):
            return zip(known, lines, strict=True)
        return enumerate(line for line in lines if line.strip())

    def value(self, ref: Ref) -> Number | None:
        """Return a number for printing: totals are recomputed from the entries, never believed.

        A blank counts as 0 only where its sheet was declared so; ``None`` if it cannot be told.
        """
        parts = self.edition.parts.get(ref)
        return self._entered(ref) if parts is None else _add([self.value(part) for part in parts])

    def values(self) -> dict[Ref, Number | None]:
        """Return every number of the form as `value` does, each total added up once."""
        known = self.numbers.get
        found = {ref: self._entered(ref) if (n := known(ref)) is None else n for ref in self.edition.inputs}
        for total, parts in self.edition.totals:
            try:
                found[total] = sum(map(found.__getitem__, parts))  # type: ignore[arg-type]
            except TypeError:  # one of them is missing
                found[total] = None
        return found

    def stated(self, ref: Ref) -> Number | None:
        """Return a number for checking: a stated total as it stands, else as `value`."""
        parts = self.edition.parts.get(ref)
        if parts is None or ref in self.numbers or ref in self.texts:
            return self._entered(ref)
        return _add([self.stated(part) for part in parts])

    def blank(self, ref: Ref) -> bool:
        """Whether a cell still has to be filled in."""
        return ref not in self.numbers and ref not in self.texts and not self._zero_filled(ref)

    def without_totals(self) -> Report:
        """The same report with its stated totals left out."""
        parts = self.edition.parts
        return replace(
            self,
            numbers={ref: n for ref, n in self.numbers.items() if ref not in parts},
            texts={ref: t for ref, t in self.texts.items() if ref not in parts},
        )

    def with_totals(self) -> Report:
        """The same report with every total that can be told as it is recomputed."""
        report, values = self.without_totals(), self.values()
        known = {ref: n for ref in self.edition.parts if (n := values[ref]) is not None}
        return replace(report, numbers={**report.numbers, **known})

    def _entered(self, ref: Ref) -> Number | None:
        number = self.numbers.get(ref)
        if number is not None:
            return number
        return 0 if ref not in self.texts and self._zero_filled(ref) else None

    def _zero_filled(self, ref: Ref) -> bool:
        return self.edition.section[ref.table].sheet in self.zero_filled


def _add(numbers: list[Number | None]) -> Number | None:
    """Add up; ``None`` if any is missing."""
    return None if None in numbers else sum(cast("list[Number]", numbers))
