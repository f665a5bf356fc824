"""Claims without a figure of their own: 未收到申请, 均获维持, 已全部办结, 结转下年办理 (没有数字的说法)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xltools.checks.prose import form
from xltools.checks.prose.claiming import NEUTRAL, count, names
from xltools.checks.prose.claims import Claim, Count
from xltools.checks.prose.context import Context
from xltools.checks.prose.phrases import Phrase
from xltools.checks.prose.words import Kind

_NONE = NEUTRAL | {Kind.NOT, Kind.RECEIVE, Kind.HANDLE, Kind.NEW, Kind.REQUEST, Kind.STAGE, Kind.VERDICT}
_DENIED = frozenset({Kind.RECEIVE, Kind.NEW, Kind.REQUEST, Kind.STAGE, Kind.SUBJECT_MATTER, Kind.VERDICT})
_HAPPENED = ("发生", "出现", "引发", "引起", "产生", "有", "任何", "因", "提起", "被", "涉及")
_ENDED = frozenset({Kind.PLAIN, Kind.ALL, Kind.VERDICT, Kind.NOUN, Kind.TIME})
_CLOSED = NEUTRAL | {Kind.ALL, Kind.CLOSE, Kind.REQUEST}
_CARRIED = NEUTRAL | {Kind.CARRY, Kind.NEXT_YEAR, Kind.HANDLE, Kind.CLOSE}
_LOST = "败诉"


def absolutes(phrase: Phrase, context: Context, *, just_counted: bool) -> Iterator[Claim]:
    """Yield what a phrase without a figure claims, of itself or of the figure just before it."""
    kinds = phrase.kinds
    if context.not_here or context.last_year or context.brackets:
        return
    if Kind.NOT in kinds:
        whole = context.part is None or Kind.STAGE in kinds
        yield from _none(phrase, context) if whole and not kinds - _NONE and _denies(phrase) else ()
    elif context.part is None and just_counted and context.last is not None:
        yield from _of_the_last(phrase, context, context.last)


def _of_the_last(phrase: Phrase, context: Context, last: Count) -> Iterator[Claim]:
    kinds = phrase.kinds
    received = form.requests(form.RECEIVED) in last.readings
    carried_out = form.requests(form.CARRIED_OUT)
    if Kind.VERDICT in kinds and not kinds - _ENDED and last in context.cases:
        yield from _all_ended(phrase, context)
    elif received and {Kind.ALL, Kind.CLOSE} <= kinds and not kinds - _CLOSED and not context.carries:
        # answered in time says nothing of those that are not due yet
        if any(token.kind is Kind.CLOSE and token.text[0] in "办处" for token in phrase.words):
            yield count("T1", phrase, context, Decimal(0), carried_out)
    elif received and {Kind.CARRY, Kind.NEXT_YEAR} <= kinds and not kinds - _CARRIED:
        yield count("T1", phrase, context, last.value, carried_out)


def _denies(phrase: Phrase) -> bool:
    """Whether “未” belongs to what happened, not to how: “未收到申请”, and not “未按规定受理申请”."""
    words = phrase.words
    at = next(i for i, token in enumerate(words) if token.kind is Kind.NOT)
    manner = Kind.RECEIVE in phrase.kinds and any(token.text in ("情形", "情况") for token in words)
    after = words[at + 1 :]
    return bool(after) and not manner and (after[0].kind in _DENIED or after[0].text in _HAPPENED)


def _none(phrase: Phrase, context: Context) -> Iterator[Claim]:
    stages, verdicts = names(phrase, Kind.STAGE), names(phrase, Kind.VERDICT)
    if verdicts and not stages and any(token.text == _LOST for token in phrase.words):
        stages = form.LITIGATION
    if stages:
        yield count("T5", phrase, context, Decimal(0), form.cases(stages, verdicts or ("total",)))
    elif Kind.REQUEST in phrase.kinds and not verdicts:
        yield count("T1", phrase, context, Decimal(0), form.requests(form.RECEIVED))


def _all_ended(phrase: Phrase, context: Context) -> Iterator[Claim]:
    """All the cases just counted, or the last of them, had one outcome."""
    meant = context.cases if Kind.ALL in phrase.kinds else context.cases[-1:]
    stages = tuple(dict.fromkeys(ref.column.rpartition("_")[0] for case in meant for ref in case.readings[0]))
    total = sum((case.value for case in meant), Decimal(0))
    yield count("T5", phrase, context, total, form.cases(stages, names(phrase, Kind.VERDICT)))
