"""The roster: who has to file, under which names, by when (名单)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from xltools import editions
from xltools.batch.collection import Member
from xltools.batch.columns import CHOSEN, COLLECTOR, COLUMNS, CONTROL, NAME, YEAR, Kind, heading, lacking, unused
from xltools.batch.days import day
from xltools.errors import XltoolsError
from xltools.names import is_none, key, office_code
from xltools.report import Number
from xltools.workbook.book import OTHERWISE, Book, Cell
from xltools.workbook.layout import a1

_ROWS, _COLUMNS, _HEADS = 20_000, 60, 20


class WrongRoster(XltoolsError):
    """The roster cannot be used as it stands."""

    code = "ROSTER"


@dataclass(frozen=True)
class Roster:
    """``members`` in their order; ``chosen`` is by name the file that counts (重报) where the roster says so.

    ``notices`` are sentences about columns that were not used.
    """

    members: tuple[Member, ...] = ()
    year: int | None = None
    name: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()

    def find(self, name: str, code: str = "") -> Member | None:
        """The member of that name, present or former, else the one with that 机关代码."""
        return self._named.get(key(name)) or self._coded.get(office_code(code))

    @cached_property
    def _named(self) -> Mapping[str, Member]:
        return {known: m for m in self.members for name in (m.name, *m.former) if (known := key(name))}

    @cached_property
    def _coded(self) -> Mapping[str, Member]:
        return {code: m for m in self.members if (code := office_code(m.code))}


def _opened(path: Path) -> Book:
    from xltools.workbook.file import FileBook

    return FileBook(path)


def load(source: Path | Book) -> Roster:
    """Read a roster; raises `WrongRoster`, `NotAWorkbook`."""
    book = _opened(source) if isinstance(source, Path) else source
    sheets = [sheet for name in book.sheets() if NAME not in (sheet := _sheet(book, name)).lacks]
    like = [sheet for sheet in sheets if not sheet.lacks and sheet.filled]
    if len(like) > 1:
        names = "".join(f"“{one.sheet}”{'（隐藏的）' * (one.sheet in book.hidden())}" for one in like)
        raise WrongRoster(
            f"名单“{book.name}”里有 {len(like)} 张工作表都像名单：{names}。"
            "请只留一张：各填一部分单位的，合到一张里；往年的，另存到别的文件。"
        )
    if not sheets:
        raise WrongRoster(f"名单“{book.name}”里没有“{NAME}”一列。请用“xltools roster -o 名单.xlsx”生成的名单填写。")
    sheet = like[0] if like else min(sheets, key=lambda one: len(one.lacks))
    roster = sheet.roster()
    return replace(roster, notices=(*_left_out(sheets, sheet), *roster.notices))


def _sheet(book: Book, name: str) -> _Sheet:
    """A sheet from the row on that has most of the needed headings."""
    rows = book.block(name, _ROWS, _COLUMNS)
    lacks = [lacking(map(_words, row)) for row in rows[:_HEADS] or [[]]]
    head = min(range(len(lacks)), key=lambda row: len(lacks[row]))
    return _Sheet(book.name, name, rows, head, lacks[head])


def _left_out(sheets: Iterable[_Sheet], used: _Sheet) -> Iterator[str]:
    """What to say of a sheet that nearly is a roster: its offices may be meant, too."""
    for sheet in sheets:
        if sheet is not used and len(sheet.lacks) == 1 and sheet.filled:
            yield (
                f"名单的工作表“{sheet.sheet}”没有用到，那里缺少“{sheet.lacks[0]}”列。"
                f"里面的单位也要收的，请合到“{used.sheet}”里，再运行一次。"
            )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet that may have the roster; the row ``head`` has the headings, but for those it ``lacks``."""

    book: str
    sheet: str
    rows: list[list[Cell]]
    head: int
    lacks: tuple[str, ...]

    @property
    def filled(self) -> bool:
        """Whether an office stands there."""
        place = [heading(_words(cell)) for cell in self.rows[self.head]].index(NAME)
        return any(_words(row[place]) for row in self.rows[self.head + 1 :])

    def roster(self) -> Roster:
        columns = self._columns()
        lines = [row for row in range(self.head + 1, len(self.rows)) if self._text(row, columns[NAME])]
        self._stray(columns)
        if not lines:
            raise self._fault(self.head, None, "下面还没有填单位", "请一行一个单位，从下一行填起")
        members = tuple(self._member(row, columns) for row in lines)
        self._once(members, lines)
        files = {m.name: self._text(row, columns.get(CHOSEN)) for m, row in zip(members, lines, strict=True)}
        chosen = {name: file for name, file in files.items() if not is_none(file)}
        return Roster(members, self._year(), self._beside(COLLECTOR)[1], chosen, tuple(unused(columns)))

    def _columns(self) -> dict[str, int]:
        columns: dict[str, int] = {}
        for place, cell in enumerate(self.rows[self.head]):
            words = heading(_words(cell))
            if words in columns:
                raise self._fault(self.head, place, f"又是“{words}”一列", "一列只能有一次，请删去多余的")
            if words:
                columns[words] = place
        if self.lacks:
            raise self._fault(self.head, None, f"缺少“{'”“'.join(self.lacks)}”列", "请补上这些列，列名写在同一行")
        return columns

    def _stray(self, columns: Mapping[str, int]) -> None:
        """A line without a name would be lost silently."""
        for row in range(self.head + 1, len(self.rows)):
            if not self._text(row, columns[NAME]) and any(map(_words, self.rows[row])):
                raise self._fault(row, columns[NAME], f"没有填{NAME}", "请补上，或清空这一行")

    def _member(self, row: int, columns: Mapping[str, int]) -> Member:
        told = {
            c.field: self._entry(row, columns[c.name], c.name, c.kind) for c in COLUMNS if c.field and c.name in columns
        }
        controls = {
            name: number
            for name, place in columns.items()
            if name.startswith(CONTROL) and (number := self._number(row, place, name)) is not None
        }
        return Member(**told, controls=controls)

    def _entry(self, row: int, place: int, name: str, kind: Kind) -> Any:
        """What a cell says by the kind of its column."""
        match kind:
            case Kind.DAY:
                return self._day(row, place, name)
            case Kind.FLAG:
                return self._flag(row, place, name)
            case Kind.SEVERAL:
                return _several(self._text(row, place))
        return self._text(row, place)

    def _day(self, row: int, place: int, name: str) -> date | None:
        if not self._text(row, place):
            return None
        cell = self.rows[row][place]
        found = cell.day or cell.partly or day(_words(cell))
        if found is None:
            said = "看不出是哪一天" if cell.shown == OTHERWISE else f"填的是“{_words(cell)}”"
            raise self._fault(row, place, name + said, "应是日期，如 2026-01-31，请改正")
        return found

    def _flag(self, row: int, place: int, name: str) -> bool:
        found = self._text(row, place)
        if found not in ("", "是", "否"):
            raise self._fault(row, place, f"{name}填的是“{found}”", "只能填“是”或“否”，不填的按“是”，请改正")
        return found != "否"

    def _number(self, row: int, place: int, name: str) -> Number | None:
        found = self.rows[row][place].value
        if isinstance(found, str) and found.strip():
            raise self._fault(row, place, f"“{name}”填的是“{found}”", "应是数字，没有的不填，请改正")
        return None if isinstance(found, str) else found

    def _once(self, members: Iterable[Member], rows: Iterable[int]) -> None:
        """Which line is meant must be clear for every name, present or former, and for every code."""
        seen: dict[tuple[str, str], tuple[int, Member]] = {}
        for member, row in zip(members, rows, strict=True):
            names = [("名称", name, key(name)) for name in (member.name, *member.former)]
            for kind, words, known in [*names, ("机关代码", member.code, office_code(member.code))]:
                before = seen.setdefault((kind, known), (row, member))
                if known and before[1] is not member:
                    raise self._fault(
                        row, None, f"的{kind}“{words}”与第 {before[0] + 1} 行相同", "同一个单位只能有一行，请改正"
                    )

    def _year(self) -> int | None:
        cell, words = self._beside(YEAR)
        found = re.fullmatch(r"(\d{4})(年|年度)?", key(_words(cell)))
        year, first = int(found[1]) if found else None, editions.all()[0].years.start
        if words and (year is None or year < first):
            raise WrongRoster(
                f"名单“{self.book}”表头上方的{YEAR}填的是“{cell.day or words}”，应是 {first} 年及以后的年份，如 2025。"
                "请改正；运行时写了 --year 的，也可以清空它。"
            )
        return year

    def _beside(self, label: str) -> tuple[Cell, str]:
        """What stands to the right of a label above the headings."""
        for row in self.rows[: self.head]:
            for left, right in pairwise(row):
                if _words(left) == label:
                    return right, _words(right)
        return Cell(), ""

    def _text(self, row: int, place: int | None) -> str:
        return "" if place is None else _words(self.rows[row][place])

    def _fault(self, row: int, place: int | None, found: str, fix: str) -> WrongRoster:
        where = f"第 {row + 1} 行" if place is None else f" {a1(row, place)} "
        return WrongRoster(f"名单“{self.book}”的工作表“{self.sheet}”{where}{found}。{fix}。")


def _words(cell: Cell) -> str:
    return "" if cell.value is None else str(cell.value).strip()


def _several(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[、；;，,\n]", text) if not is_none(part))
