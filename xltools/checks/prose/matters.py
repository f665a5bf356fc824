"""Phrases about cases, documents, powers and fees (复议诉讼与主动公开的说法)."""

from __future__ import annotations

from decimal import Decimal

from xltools.checks.prose import form
from xltools.checks.prose.claiming import NEUTRAL, Family, count, names, trails
from xltools.checks.prose.claims import Count
from xltools.checks.prose.context import Context, Topic
from xltools.checks.prose.phrases import Phrase
from xltools.checks.prose.quantities import MONEY
from xltools.checks.prose.words import Kind
from xltools.form import Ref

_DONE = {Kind.MAKE: "make", Kind.PUBLISH: "publish", Kind.REPEAL: "repeal", Kind.IN_FORCE: "in_force"}


def _case(phrase: Phrase, context: Context, value: Decimal) -> Count | None:
    """行政复议3件, 维持2件; what an organ handles as its trade is none of those about information."""
    whole = context.part.whole if context.part else None
    if not trails(phrase) or context.in_unknown_part or (whole is not None and whole.rule != "T5"):
        return None
    if not phrase.kinds.isdisjoint({Kind.RECEIVE, Kind.HANDLE}) and not context.disclosure:
        return None
    stages, verdicts = names(phrase, Kind.STAGE), names(phrase, Kind.VERDICT)
    if not stages and context.topic is Topic.CASES:
        stages = context.stages
    if not stages:
        return None
    context.stages = stages
    read = count("T5", phrase, context, value, form.cases(stages, verdicts or ("total",)))
    if not verdicts:
        context.cases.append(read)
    return read


def _document(phrase: Phrase, context: Context, value: Decimal) -> Count | None:
    """制发规范性文件4件、废止2件: what was done with which documents, or the same as before."""
    rows = list(names(phrase, Kind.DOCUMENT)[1:])
    done = [_DONE[token.kind] for token in phrase.words if token.kind in _DONE]
    if context.last is not None and context.last.rule == "T6":
        rows = rows or [context.document]
        done = done or ([context.done] if phrase.stop in ("、", ",") else [])
    unit = phrase.quantity.unit if phrase.quantity else ""
    if len(rows) != 1 or not done or context.part or unit not in ("件", "个", "份") or not trails(phrase):
        return None
    readings = [cells for one in done for cells in form.documents(context.edition, rows[0], one)]
    context.document, context.done = rows[0], done[0]
    return count("T6", phrase, context, value, *readings) if rows[0] and readings else None


def _power(phrase: Phrase, context: Context, value: Decimal) -> Count | None:
    """作出行政处罚决定3件, 办理行政许可5件; licences as 事项 or published items are none of them."""
    named, words = names(phrase, Kind.POWER), {token.text for token in phrase.words}
    unit = phrase.quantity.unit if phrase.quantity else ""
    following = Kind.DECIDE in phrase.kinds and context.last is not None and context.last.rule == "T6"
    handled = Kind.HANDLE in phrase.kinds and named[1:] == ("licences",) and "事项" not in words
    made = not words.isdisjoint({"作出", "做出"}) or following or handled
    if len(named) != 2 or not made or unit in ("项", "条") or context.part or not trails(phrase):
        return None
    return count("T6", phrase, context, value, (Ref(*named, "decisions"),))


def _fees(phrase: Phrase, context: Context, value: Decimal) -> Count | None:
    table, row = names(phrase, Kind.FEES)
    amount = context.edition.tables[table].column.get("amount")
    if amount is None or phrase.quantity is None or context.part:
        return None
    scale = MONEY[phrase.quantity.unit] / MONEY[amount.unit]
    return count("T6", phrase, context, value, (Ref(table, row, amount.id),), scale=scale)


FAMILIES = (
    Family(
        frozenset({Kind.STAGE, Kind.VERDICT}),
        NEUTRAL | {Kind.STAGE, Kind.VERDICT, Kind.REQUEST, Kind.RECEIVE, Kind.HANDLE},
        _case,
    ),
    Family(
        frozenset({Kind.DOCUMENT, Kind.PAPER}),
        (NEUTRAL - {Kind.SUBJECT_MATTER}) | {Kind.DOCUMENT, Kind.PAPER, *_DONE},
        _document,
    ),
    Family(frozenset({Kind.POWER}), NEUTRAL | {Kind.POWER, Kind.DECIDE, Kind.HANDLE}, _power),
    Family(frozenset({Kind.FEES}), NEUTRAL | {Kind.FEES, Kind.LEVY}, _fees, Kind.MONEY),
)
