"""What the families of phrases have in common (短语读法的公共部分)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from xltools.checks.prose.claims import Cells, Count
from xltools.checks.prose.context import Context
from xltools.checks.prose.phrases import Phrase
from xltools.checks.prose.words import Kind

NEUTRAL = frozenset({
    Kind.PLAIN, Kind.NOUN, Kind.TIME, Kind.SUBJECT, Kind.AND, Kind.ALL, Kind.WITH, Kind.OF_WHICH, Kind.SUBJECT_MATTER,
})  # fmt: skip
"""Words that change nothing; whether the subject is the office itself is judged later."""
_COUNTED = frozenset({Kind.REQUEST, Kind.STAGE, Kind.DOCUMENT, Kind.POWER})
_TRAILING = _COUNTED | {Kind.NOUN, Kind.PLAIN, Kind.SUBJECT_MATTER}

Read = Callable[[Phrase, Context, Decimal], Count | None]


class Family(NamedTuple):
    """Phrases that are read in one way: by the words that mark them and all that they may hold."""

    signs: frozenset[Kind]
    allowed: frozenset[Kind]
    read: Read
    quantity: Kind = Kind.COUNT


def names(phrase: Phrase, kind: Kind) -> tuple[str, ...]:
    """The rows or columns that the words of one kind stand for, each once."""
    return tuple(dict.fromkeys(name for token in phrase.words if token.kind is kind for name in token.names))


def trails(phrase: Phrase) -> bool:
    """Whether what follows the quantity is but the noun that it counts, 1件政府信息公开申请, and that stands once."""
    before, after = ({token.kind for token in tokens} for tokens in (phrase.before, phrase.after))
    return not after - _TRAILING and not (before & _COUNTED and after & _COUNTED)


def count(
    rule: str,
    phrase: Phrase,
    context: Context,
    value: Decimal,
    *readings: Cells,
    also: tuple[Cells, ...] = (),
    parent: Count | None = None,
    loose: bool = False,
    scale: Decimal | None = None,
) -> Count:
    """A claim of whom and of which year the context says."""
    subject, general = phrase.subject or context.subject, not context.disclosure
    return Count(rule, phrase, value, readings, also, parent, subject, context.last_year, loose, general, scale)
