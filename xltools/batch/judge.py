"""What became of every file and so of every office: pure judgement over all that came in (收件判定)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xltools import editions
from xltools.batch.collection import Collection, Member, Outcome, Status
from xltools.batch.days import day
from xltools.batch.roster import Roster, key
from xltools.report import Report


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was looked into: its report, or why there is none."""

    file: str
    report: Report | None
    findings: tuple[Mapping[str, Any], ...] = ()
    fault: str = ""
    trouble: str = ""


def majority(reports: Iterable[Report]) -> int | None:
    """The year of most reports, of equally many the latest."""
    years = Counter(report.year for report in reports if report.year is not None)
    return max(years, key=lambda year: (years[year], year), default=None)


def judge(sent: Sequence[Sent], roster: Roster | None, year: int) -> tuple[Outcome, ...]:
    """The outcome of every file, in their order."""
    first = [_alone(one, roster, year) for one in sent]
    offices: dict[str, list[int]] = defaultdict(list)
    for place, outcome in enumerate(first):
        if outcome.status in (Status.FILED, Status.TO_MEND) and outcome.office:
            offices[key(outcome.office)].append(place)
    judged = list(first)
    for places in offices.values():
        chosen = roster.chosen.get(first[places[0]].office, "") if roster else ""
        for place, outcome in zip(places, _together([first[place] for place in places], chosen), strict=True):
            judged[place] = outcome
    return tuple(judged)


def exempt(collection: Collection) -> tuple[Member, ...]:
    """Who need not file, and has not (免报)."""
    there = {outcome.office for outcome in collection.filed}
    return tuple(member for member in collection.members if not member.files and member.name not in there)


def open_ones(collection: Collection) -> tuple[Outcome, ...]:
    """The files about which something is still to be done."""
    done = (Status.FILED, Status.SUPERSEDED, Status.LEFT_OUT)
    members = {member.name for member in collection.members}
    return tuple(
        o for o in collection.outcomes
        if o.status not in done
        or (o.status is Status.FILED and o.reason)  # no Word report or PDF could be made
        or (o.status is Status.LEFT_OUT and o.report and o.office not in members)
    )  # fmt: skip


def _alone(one: Sent, roster: Roster | None, year: int) -> Outcome:
    """A file by itself: readable, of an office that is asked, of the right year, without errors."""
    report = one.report
    if report is None:
        return Outcome(one.file, Status.UNREADABLE, one.fault, _guess(one.file, roster))
    member = roster.find(report.office.name, report.office.code) if roster else None
    outcome = Outcome(one.file, Status.FILED, "", member.name if member else report.office.name, report, one.findings)
    if roster and not member:
        named = f"“{report.office.name}”" if report.office.name else "这个单位（封面没有填单位全称）"
        reason = f"名单上没有{named}。请核对单位全称；改过名的，在名单的“曾用名”里写上；漏列的，补进名单。"
        return replace(outcome, status=Status.LEFT_OUT, reason=reason)
    if member and not member.files and not member.summed:
        return replace(outcome, status=Status.LEFT_OUT, reason="名单写明这个单位不报送、不汇入。")
    late = bool(member and member.due and member.received and member.received > member.due)
    outcome = replace(outcome, late=late)
    if report.year is not None and report.year != year:
        reason = f"是 {report.year} 年度的报告，这次收的是 {year} 年度。请核对年度，重新报送。"
        return replace(outcome, status=Status.WRONG_YEAR, reason=reason)
    wanted = editions.for_year(year)
    if report.edition is not wanted:
        reason = f"用的是{report.edition.name}格式，{year} 年度应使用{wanted.name}格式。请用新的工作簿重新填报。"
        return replace(outcome, status=Status.WRONG_YEAR, reason=reason)
    return replace(outcome, status=Status.TO_MEND if outcome.errors else Status.FILED, reason=one.trouble)


def _together(outcomes: list[Outcome], chosen: str) -> list[Outcome]:
    """The files of one office: the roster says which counts, else the latest 成文日期, else a person must."""
    if len(outcomes) == 1:
        return outcomes
    named = [o for o in outcomes if chosen and key(chosen) in (key(o.file), key(o.file.rpartition("/")[2]))]
    days = [day(o.report.office.date) if o.report else None for o in outcomes]
    known = [found for found in days if found]
    if len(named) == 1:
        counts, why = named[0], "按名单，以"
    elif not chosen and len(known) == len(days) and days.count(max(known)) == 1:
        counts, why = outcomes[days.index(max(known))], "按成文日期，以"
    else:
        return [_twice(o, [p.file for p in outcomes if p is not o], chosen) for o in outcomes]
    replaced = f"{why}后来重报的“{counts.file}”为准。"
    return [o if o is counts else replace(o, status=Status.SUPERSEDED, reason=replaced) for o in outcomes]


def _twice(outcome: Outcome, others: list[str], chosen: str) -> Outcome:
    gone = f"名单上写的“{chosen}”不在其中。" if chosen else "成文日期看不出先后。"
    reason = (
        f"同一个单位另有“{'”“'.join(others)}”，{gone}请与单位核实，在名单的“以哪个文件为准”里写上文件名，或只留一份。"
    )
    return replace(outcome, status=Status.DUPLICATE, reason=reason)


def _guess(file: str, roster: Roster | None) -> str:
    """Whose an unreadable file is, if its name has the name of exactly one office."""
    names = {m.name for m in roster.members for name in (m.name, *m.former) if key(name) in key(file)} if roster else ()
    return next(iter(names)) if len(names) == 1 else ""
