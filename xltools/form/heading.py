"""The smallest things of a form: addresses, headings, and what must add up (栏目、地址、勾稽)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

Unit = Literal["件", "个", "元", "万元"]
MONEY: tuple[Unit, ...] = ("元", "万元")


class Ref(NamedTuple):
    """The address of one number, printed ``requests.granted.natural_person``."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return f"{self.table}.{self.row}.{self.column}"


class Field(NamedTuple):
    """An entry that is not a number of a table; ``id`` is its address, such as ``office.name``.

    ``row`` picks one of the rows of a part made of paragraphs, counted from 0.
    """

    id: str
    label: str
    sheet: str
    prompt: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    row: int | None = None

    def __str__(self) -> str:
        return self.id if self.row is None else f"{self.id}.{self.row + 1}"


Place = Ref | Field
"""Whatever a finding can point at."""


class Sum(NamedTuple):
    """That a heading is the sum of the leaves beside and before it (合计)."""

    rule: str
    statement: str


class Identity(NamedTuple):
    """A 勾稽关系: the sum of the left rows equals that of the right rows, in every column."""

    rule: str
    statement: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    source: str


class Flow(NamedTuple):
    """How a year follows from the last (跨年衔接): last year's ``opening`` columns, and this year's
    ``plus`` less ``minus``, make this year's ``closing``, in every row.
    """

    rule: str
    opening: tuple[str, ...]
    closing: str
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()


class Heading(NamedTuple):
    """A row or column heading; headings nest as they do on the printed form.

    A leaf's id names a concept, is unique on its axis and is the same in every edition.
    ``short`` is how one says it in a sentence where ``label`` is too long or not clear alone;
    ``unit`` and ``signed`` count on columns only, ``note`` is the 口径 shown beside it;
    ``continues`` is the row of last year's report whose numbers this row repeats.
    """

    id: str
    label: str
    children: tuple[Heading, ...] = ()
    total: Sum | None = None
    unit: Unit = "件"
    signed: bool = False
    short: str = ""
    note: str = ""
    continues: str = ""

    @property
    def name(self) -> str:
        return self.short or self.label

    @property
    def money(self) -> bool:
        return self.unit in MONEY

    def leaves(self) -> Iterator[Heading]:
        """Yield every leaf under this heading, in printed order."""
        return (heading for heading in self.walk() if not heading.children)

    def walk(self) -> Iterator[Heading]:
        """Yield this heading and everything under it, in printed order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def accepts(self, value: int | Decimal) -> bool:
        """Whether a cell of this column may hold ``value``: a sign or decimals only where the form has them."""
        return self.accepts_sign(value) and self.accepts_decimals(value)

    def accepts_sign(self, value: int | Decimal) -> bool:
        return self.signed or value >= 0

    def accepts_decimals(self, value: int | Decimal) -> bool:
        return self.money or value == int(value)
