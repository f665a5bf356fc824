"""Phrases about requests: how many came, how they ended, who made them (依申请公开的说法)."""

from __future__ import annotations

from decimal import Decimal

from xltools.checks.prose import form
from xltools.checks.prose.claiming import NEUTRAL, Family, count, names, trails
from xltools.checks.prose.claims import Cells, Count
from xltools.checks.prose.context import Context, Topic
from xltools.checks.prose.phrases import Phrase
from xltools.checks.prose.words import Kind

_DOING = frozenset({Kind.NEW, Kind.RECEIVE, Kind.HANDLE, Kind.CLOSE})
_BEFORE_CARRIED = frozenset({Kind.WITH, Kind.PLAIN, Kind.AND, Kind.OF_WHICH})
_OTHER = (Topic.OTHER, Topic.CASES, Topic.DOCUMENTS)


def _total(phrase: Phrase, context: Context, value: Decimal) -> Count | None:
    """新收, 受理, 办理, 办结; received may mean the new ones or with those carried in, handled either or the closed."""
    kinds = phrase.kinds
    if not (Kind.REQUEST in kinds or context.topic is Topic.REQUESTS) or not trails(phrase):
        return None
    received, dealt_with, closed = map(form.requests, (form.RECEIVED, form.DEALT_WITH, form.CLOSED))
    if Kind.NEW in kinds:
        return None if context.in_unknown_part else count("T1", phrase, context, value, received)
    if context.part:
        return None
    if Kind.RECEIVE in kinds:
        return count("T1", phrase, context, value, received, dealt_with)
    if Kind.HANDLE in kinds:
        return count("T1", phrase, context, value, received, dealt_with, closed)
    return count("T1", phrase, context, value, closed, also=(form.without_otherwise(context.edition),))


def closed_too(phrase: Phrase, read: Count) -> Count | None:
    """The second claim of a phrase with two verbs: “收到并办结5件” closes as many as it receives."""
    if read.rule != "T1" or not {Kind.RECEIVE, Kind.CLOSE} <= phrase.kinds:
        return None
    closed = form.requests(form.CLOSED)
    return Count("T1", phrase, read.value, (closed,), subject=read.subject, last_year=read.last_year)


def _carried(phrase: Phrase, context: Context, value: Decimal) -> Count | None:
    """上年结转3件, 结转下年5件, 另有5件顺延到下年."""
    kinds, last = phrase.kinds, Kind.LAST_YEAR in phrase.kinds
    if last is (Kind.NEXT_YEAR in kinds) or (last and kinds & _DOING) or context.topic in (Topic.CASES, Topic.OTHER):
        return None
    if any(token.kind is Kind.CARRY for token in phrase.after):
        if any(token.kind not in _BEFORE_CARRIED for token in phrase.before):
            return None
    elif not trails(phrase):
        return None
    return count("T1", phrase, context, value, form.requests(form.CARRIED_IN if last else form.CARRIED_OUT))


def _outcome(phrase: Phrase, context: Context, value: Decimal) -> Count | None:
    groups = _groups(phrase)
    if not groups or not trails(phrase) or context.topic in _OTHER:
        return None
    rows, part = groups[-1], context.part
    alone = rows == form.GRANTED and context.outcomes < 2 and context.topic is not Topic.REQUESTS
    unsaid = rows == form.OTHERWISE[-1:] and (context.last is None or context.last.rule != "T2")
    if alone or unsaid or (part and not _may_be_part(rows, context)):
        return None
    also = [form.requests(group) for group in groups[:-1]]
    if rows == form.GRANTED:
        also.append(form.requests(form.GRANTED_AT_ALL))
    if form.OTHERWISE[-1] in rows:
        also += [form.requests(form.OTHERWISE), form.requests(form.OTHERWISE[-1:])]
    whole = part.whole if part else None
    return count("T2", phrase, context, value, form.requests(rows), also=tuple(also), parent=whole)


def _groups(phrase: Phrase) -> list[tuple[str, ...]]:
    """The outcomes named: joined by “及” they add up; side by side each may be meant; a reason is none."""
    groups: list[tuple[str, ...]] = []
    joined = False
    for token in phrase.words:
        if token.kind is Kind.OUTCOME and joined and groups:
            groups[-1] = (*groups[-1], *token.names)
        elif token.kind is Kind.OUTCOME:
            groups.append(token.names)
        elif token.kind is Kind.REASON:
            groups = []
        joined = token.kind is Kind.AND
    return groups


def _may_be_part(rows: tuple[str, ...], context: Context) -> bool:
    """Outcomes are parts of all requests, or of an outcome that holds them."""
    whole = context.part.whole if context.part else None
    if whole is None:
        return not context.in_unknown_part
    inside = {ref.row for ref in whole.readings[0] if whole.rule == "T2"}
    return whole.rule == "T1" or set(rows) < inside


def _applicant(phrase: Phrase, context: Context, value: Decimal) -> Count | None:
    """自然人申请3件: of what was received, or with what was carried in, as the figure before it."""
    whole = context.part.whole if context.part else context.last
    of_requests = whole is None or whole.rule == "T1" or not context.part
    if not trails(phrase) or context.in_unknown_part or not of_requests or context.topic in _OTHER:
        return None
    columns = names(phrase, Kind.APPLICANT)
    rows = [form.RECEIVED] if Kind.NEW in phrase.kinds else [form.RECEIVED, form.DEALT_WITH]
    also: tuple[Cells, ...] = (form.requests(form.CLOSED, columns),)
    parent = whole if whole is not None and whole.rule == "T1" else None
    readings = [form.requests(row, columns) for row in rows]
    loose = columns == form.LAW_FIRMS  # a lawyer who asks in his own name is a natural person
    return count("T4", phrase, context, value, *readings, also=also, parent=parent, loose=loose)


FAMILIES = (
    Family(frozenset({Kind.OUTCOME}), NEUTRAL | {Kind.OUTCOME, Kind.REASON, Kind.REQUEST, Kind.CLOSE}, _outcome),
    Family(frozenset({Kind.APPLICANT}), NEUTRAL | {Kind.APPLICANT, Kind.REQUEST, Kind.RECEIVE, Kind.NEW}, _applicant),
    Family(
        frozenset({Kind.CARRY}),
        NEUTRAL | {Kind.REQUEST, Kind.CARRY, Kind.LAST_YEAR, Kind.NEXT_YEAR, Kind.HANDLE, Kind.CLOSE},
        _carried,
    ),
    Family(_DOING, NEUTRAL | _DOING | {Kind.REQUEST, Kind.LAST_YEAR}, _total),
)
