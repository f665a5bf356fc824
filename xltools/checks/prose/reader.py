"""Reading a sentence phrase by phrase: what it claims about the form (逐句读取).

Every family of phrases lists the kinds of words that it allows; one word more and nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xltools.checks.prose import matters, requests
from xltools.checks.prose.absolutes import absolutes
from xltools.checks.prose.claiming import NEUTRAL
from xltools.checks.prose.claims import Change, Claim, Count, Share
from xltools.checks.prose.context import Context
from xltools.checks.prose.phrases import Phrase
from xltools.checks.prose.words import Kind

_FAMILIES = (*matters.FAMILIES, *requests.FAMILIES)
_SHARE = NEUTRAL | {Kind.SHARE, Kind.REQUEST, Kind.CLOSE, Kind.RECEIVE, Kind.HANDLE}
_CHANGE = NEUTRAL | {Kind.COMPARE, Kind.LAST_YEAR, Kind.UP, Kind.DOWN, Kind.REQUEST, Kind.RECEIVE}
_UP_OR_DOWN = frozenset({Kind.UP, Kind.DOWN})
_THAN = frozenset({Kind.COMPARE, Kind.LAST_YEAR})


def read(phrases: Iterable[Phrase], context: Context) -> Iterator[Claim]:
    """Yield the claims of one sentence; the context is left as it stands at its end."""
    sentence = list(phrases)
    context.begin(sentence)
    just_counted = False
    for i, phrase in enumerate(sentence):
        context.hear(phrase)
        if phrase.quantity is None:
            yield from absolutes(phrase, context, just_counted=just_counted)
        elif not phrase.kinds.isdisjoint(_UP_OR_DOWN):
            yield from _change(phrase, context)
        elif phrase.quantity.kind is Kind.PERCENT:
            yield from _share(phrase, context)
        else:
            following = sentence[i + 1] if i + 1 < len(sentence) else None
            found = None if _broken_down(phrase, following) else _count(phrase, context)
            context.last, context.counted = found, True
            if found:
                yield found
                second = requests.closed_too(phrase, found)
                yield from (second,) if second else ()
        if phrase.before or phrase.quantity:
            just_counted = phrase.quantity is not None


def _count(phrase: Phrase, context: Context) -> Count | None:
    """Read a phrase with a count or an amount of money; ``None`` where any of it is not understood."""
    quantity, kinds = phrase.quantity, phrase.kinds
    if quantity is None or quantity.value is None or context.not_here:
        return None
    for family in _FAMILIES:
        if not kinds.isdisjoint(family.signs) and kinds <= family.allowed and quantity.kind is family.quantity:
            return family.read(phrase, context, quantity.value)
    return None


def _broken_down(phrase: Phrase, following: Phrase | None) -> bool:
    """Whether a number of documents is broken down behind it: 公开规章13件（含修改4件、废止4件）."""
    return bool(Kind.DOCUMENT in phrase.kinds and following and following.stop == "(" and Kind.WITH in following.kinds)


def _share(phrase: Phrase, context: Context) -> Iterator[Claim]:
    """占33.9%, or in brackets at once behind the figure."""
    quantity, of = phrase.quantity, context.last
    if quantity is None or quantity.value is None or of is None or of.loose or of.last_year or context.not_here:
        return
    in_brackets = phrase.stop == "(" and not phrase.kinds
    if (in_brackets or Kind.SHARE in phrase.kinds) and phrase.kinds <= _SHARE:
        yield Share(phrase, quantity.value, of)


def _change(phrase: Phrase, context: Context) -> Iterator[Claim]:
    """同比增长1.05%, 较上年减少3件."""
    quantity, of = phrase.quantity, context.last
    if quantity is None or quantity.value is None or of is None or of.loose or of.last_year or context.not_here:
        return
    if phrase.kinds <= _CHANGE and not phrase.kinds.isdisjoint(_THAN):
        value = -quantity.value if Kind.DOWN in phrase.kinds else quantity.value
        yield Change(phrase, value, quantity.kind is Kind.PERCENT, of)
