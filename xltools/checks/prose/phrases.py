"""Phrases: one quantity with the words that stand at it (数量短语)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xltools.checks.prose.tokens import Token
from xltools.checks.prose.words import Kind

_QUANTITIES = frozenset({Kind.COUNT, Kind.PERCENT, Kind.MONEY})
_LEADING = frozenset({Kind.AND, Kind.OF_WHICH, Kind.WITH})


class Phrase(NamedTuple):
    """The words before a quantity and those after it up to the next stop; ``quantity`` may be missing.

    ``stop`` is what stands before it, ``kinds`` are those of all its words.
    """

    stop: str
    before: list[Token]
    quantity: Token | None
    after: list[Token]
    kinds: frozenset[Kind]

    @property
    def words(self) -> list[Token]:
        return [*self.before, *self.after]

    @property
    def subject(self) -> str:
        return "".join([token.text for token in self.before if token.kind is Kind.SUBJECT])

    @property
    def quoted(self) -> str:
        """The phrase as a message quotes it: without “其中”, “含” before it, and not too long."""
        tokens = list(self.before)
        while tokens and tokens[0].kind in _LEADING:
            tokens.pop(0)
        parts = [*tokens, *([self.quantity] if self.quantity else []), *self.after]
        return "".join([token.text for token in parts])[-40:]


def phrases(tokens: Iterable[Token]) -> Iterator[Phrase]:
    """Yield the phrases of a sentence; “、” between words that have no quantity yet only joins them."""
    stop, before, quantity, after = "", list[Token](), None, list[Token]()
    for token in tokens:
        kind = token.kind
        if quantity is None and kind in _QUANTITIES:
            quantity = token
        elif quantity is None and (kind is not Kind.STOP or token.text == "、"):
            before.append(token if kind is not Kind.STOP else Token(Kind.AND, token.text))
        elif kind in _QUANTITIES:
            yield _phrase(stop, before, quantity, [])
            stop, before, quantity, after = "", after, token, []
        elif kind is Kind.STOP or kind is Kind.AND:
            yield _phrase(stop, before, quantity, after)
            stop, before, quantity, after = token.text if kind is Kind.STOP else "、", [], None, []
        else:
            after.append(token)
    yield _phrase(stop, before, quantity, after)


def _phrase(stop: str, before: list[Token], quantity: Token | None, after: list[Token]) -> Phrase:
    return Phrase(stop, before, quantity, after, frozenset([token.kind for token in before + after]))
