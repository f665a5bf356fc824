"""Which of several files of one office counts: the roster says it, or their dates; else a person must (几份取一)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from xltools.batch.collection import Outcome, Status
from xltools.batch.days import day
from xltools.files import some_of
from xltools.names import key


def decide(
    outcomes: Sequence[Outcome], by_code: Collection[str], chosen: str, names: Mapping[str, tuple[str, ...]]
) -> tuple[Outcome, ...]:
    """What becomes of all that was taken for one office's; ``by_code`` are the files with its 机关代码 alone.

    ``chosen`` is the file that counts by the roster; ``names`` are by file its own and those of its copies.
    """
    meant = {outcome.file for outcome in outcomes if _means(chosen, names[outcome.file])}
    own = [outcome for outcome in outcomes if outcome.file not in by_code or outcome.file in meant] or list(outcomes)
    ours = {outcome.file for outcome in own}
    strangers = [_stranger(outcome, own[0]) for outcome in outcomes if outcome.file not in ours]
    same = _same(own)
    called = {outcome.file: list(names[outcome.file]) for outcome in own}
    for file, whole in same.items():
        called[whole] += names[file]
    counted = _together([outcome for outcome in own if outcome.file not in same], chosen, called)
    copies = [_copy(outcome, same[outcome.file]) for outcome in own if outcome.file in same]
    return (*strangers, *counted, *copies)


def _stranger(outcome: Outcome, own: Outcome) -> Outcome:
    """What has the code of an office from which another file came under its own name."""
    said = f"名单上没有“{outcome.alias}”；机关代码是“{own.office}”的，它另有“{own.file}”。请核对单位全称和机关代码。"
    return replace(outcome, status=Status.LEFT_OUT, reason=said, office=outcome.alias, alias="", late=False)


def _same(outcomes: Sequence[Outcome]) -> dict[str, str]:
    """The files in which the very same is entered as in an earlier one, and that one: saved anew, or sent twice."""
    if len(outcomes) == 1:
        return {}
    first: dict[str, str] = {}
    entered = {outcome.file: repr(outcome.report and replace(outcome.report, origin="")) for outcome in outcomes}
    earlier = {file: first.setdefault(said, file) for file, said in entered.items()}
    return {file: whole for file, whole in earlier.items() if file != whole}


def _copy(outcome: Outcome, whole: str) -> Outcome:
    said = f"填的与“{whole}”完全相同，只算一份。"
    return replace(outcome, status=Status.LEFT_OUT, reason=said, report=None, findings=(), late=False)


def _together(outcomes: list[Outcome], chosen: str, names: Mapping[str, Sequence[str]]) -> list[Outcome]:
    """The files of one office: the roster says which counts, else the latest 成文日期, else a person must.

    By date only under one name: two offices may have been one once, or share a code.
    """
    named = [outcome for outcome in outcomes if _means(chosen, names[outcome.file])]
    if len(outcomes) == 1:
        missed = f"名单写明以“{chosen}”为准，它没有收到，或不能用；先按这一份。请核对。" if chosen and not named else ""
        return [replace(outcome, reason=outcome.reason + missed) for outcome in outcomes]
    covers = list(dict.fromkeys(o.report.office.name for o in outcomes if o.report))
    days = [day(o.report.office.date) if o.report else None for o in outcomes]
    known = [found for found in days if found]
    if len(named) == 1:
        counts, why = named[0], "按名单，以"
    elif not chosen and len({*map(key, covers)}) == 1 and len(known) == len(days) and days.count(max(known)) == 1:
        counts, why = outcomes[days.index(max(known))], "按成文日期，以后来重报的"
    else:
        doubt = _doubt(covers, chosen, [o.file for o in named])
        return [_twice(o, [p.file for p in outcomes if p is not o], doubt) for o in outcomes]
    replaced = f"{why}“{counts.file}”为准。"
    return [o if o is counts else replace(o, status=Status.SUPERSEDED, reason=replaced) for o in outcomes]


def _means(chosen: str, names: Sequence[str]) -> bool:
    """Whether somebody may have meant a file of these names: with its folder or without, with its ending or without."""
    meant = key(chosen.replace("\\", "/"))
    endings = [ending for name in map(key, names) for ending in (name, name.rpartition(".")[0])]
    return bool(meant) and meant in (*endings, *(name.rpartition("/")[2] for name in endings))


def _doubt(covers: Sequence[str], chosen: str, named: Sequence[str]) -> str:
    if named:
        return f"名单上写的“{chosen}”可以是其中的几份，要连文件夹一起写。"
    if chosen:
        return f"名单上写的“{chosen}”不在其中。"
    if len({*map(key, covers)}) > 1:
        return f"封面的单位全称不同（“{'”“'.join(covers)}”）。"
    return "成文日期看不出先后。"


def _twice(outcome: Outcome, others: list[str], doubt: str) -> Outcome:
    found = f"同一个单位另有{some_of(others)}，{doubt}"
    reason = f"{found}请与单位核实，在名单的“以哪个文件为准”里写上文件名，或只留一份。"
    return replace(outcome, status=Status.DUPLICATE, reason=reason)
