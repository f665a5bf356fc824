"""What a sentence claims about the form: figures with the cells in which they should stand (正文的说法)."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from xltools.checks.prose.phrases import Phrase
from xltools.form import Ref

Cells = tuple[Ref, ...]
"""Cells that are added up."""


class Count(NamedTuple):
    """A figure for some cells; any of the ``readings`` may be meant, ``also`` those not worth naming.

    ``parent`` is the figure of which this one is a part, whose reading it follows; ``subject`` who is
    said to have done it; ``loose`` figures are read, but never doubted; ``general`` are those of which
    nobody says that they are about information; ``scale`` turns an amount of money, which prose rounds,
    into the unit of its cell.
    """

    rule: str
    phrase: Phrase
    value: Decimal
    readings: tuple[Cells, ...]
    also: tuple[Cells, ...] = ()
    parent: Count | None = None
    subject: str = ""
    last_year: bool = False
    loose: bool = False
    general: bool = False
    scale: Decimal | None = None


class Share(NamedTuple):
    """That a figure is so many per cent of the whole (占比)."""

    phrase: Phrase
    percent: Decimal
    of: Count


class Change(NamedTuple):
    """That a figure has changed so much against last year, in per cent or in number (同比)."""

    phrase: Phrase
    value: Decimal
    percent: bool
    of: Count


class Tally(NamedTuple):
    """That there are so many things, where others are listed or add up to another number (列举与分项)."""

    words: str
    found: str


Claim = Count | Share | Change | Tally
