"""What became of every file and so of every office: pure judgement over all that came in (收件判定)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xltools import editions
from xltools.batch.collection import Collection, Member, Outcome, Status
from xltools.batch.roster import Roster
from xltools.batch.several import decide
from xltools.files import some_of
from xltools.names import key, office_code
from xltools.report import Report

_BY_CODE = "名称不同，只是机关代码相同：是改了名的，请在名单的“曾用名”里写上；不是的，请核对机关代码。"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was looked into: its report, or why there is none, and whether that is `ours` to mend.

    ``copies`` are other files with the same bytes.
    """

    file: str
    report: Report | None
    findings: tuple[Mapping[str, Any], ...] = ()
    fault: str = ""
    trouble: str = ""
    copies: tuple[str, ...] = ()
    ours: bool = False


def majority(reports: Iterable[Report]) -> int | None:
    """The year of most reports, of equally many the latest."""
    years = Counter(report.year for report in reports if report.year is not None)
    return max(years, key=lambda year: (years[year], year), default=None)


def judge(sent: Sequence[Sent], roster: Roster | None, year: int) -> tuple[Outcome, ...]:
    """The outcome of every file, in their order."""
    first = [_alone(one, roster, year) for one in sent]
    names = {one.file: (one.file, *one.copies) for one in sent}
    offices: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in first:
        if outcome.status.counts and outcome.office:
            offices[key(outcome.office)].append(outcome)
    judged = {outcome.file: outcome for outcome in first}
    for some in offices.values():
        known = {outcome.file for outcome in some if _by_code(outcome, roster)}
        chosen = roster.chosen.get(some[0].office, "") if roster else ""
        judged |= {outcome.file: outcome for outcome in decide(some, known, chosen, names)}
    return tuple(judged.values() if roster else _without_roster(tuple(judged.values())))


def _by_code(outcome: Outcome, roster: Roster | None) -> bool:
    """Whether the office was known by its 机关代码 alone, which may have been copied from another's file."""
    return bool(roster and outcome.alias and not roster.find(outcome.alias))


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
        if (o.status not in done and not o.spare)
        or (o.status is Status.FILED and o.reason)  # no Word report could be made, or another file was to count
        or (o.status is Status.LEFT_OUT and o.report and o.office not in members)
    )  # fmt: skip


def _alone(one: Sent, roster: Roster | None, year: int) -> Outcome:
    """A file by itself: readable, of an office that is asked, of the right year, without errors."""
    report = one.report
    if report is None:
        return Outcome(one.file, Status.UNREADABLE, one.fault, guess(one.file, roster), ours=one.ours)
    member = roster.find(report.office.name, report.office.code) if roster else None
    name = report.office.name
    alias = name if member and key(name) not in ("", key(member.name)) else ""
    office = member.name if member else name
    outcome = Outcome(one.file, Status.FILED, "", office, report, one.findings, alias=alias)
    if roster and not member:
        named = f"“{name}”" if name else "这个单位（封面没有填单位全称）"
        reason = f"名单上没有{named}。请核对单位全称；改过名的，在名单的“曾用名”里写上；漏列的，补进名单。"
        return replace(outcome, status=Status.LEFT_OUT, reason=reason)
    if member and not member.files and not member.summed:
        return replace(outcome, status=Status.LEFT_OUT, reason="名单写明这个单位不报送、不汇入。")
    late = bool(member and member.due and member.received and member.received > member.due)
    outcome = replace(outcome, late=late)
    stranger = _by_code(outcome, roster)
    elsewhere = replace(outcome, office=name, alias="", late=False) if stranger else outcome
    if report.year is not None and report.year != year:
        reason = f"是 {report.year} 年度的报告，这次收的是 {year} 年度。请核对年度，重新报送。"
        return replace(elsewhere, status=Status.WRONG_YEAR, reason=reason)
    wanted = editions.for_year(year)
    if report.edition is not wanted:
        reason = f"用的是{report.edition.name}格式，{year} 年度应使用{wanted.name}格式。请用新的工作簿重新填报。"
        return replace(elsewhere, status=Status.WRONG_YEAR, reason=reason)
    reason = (_BY_CODE if stranger else "") + one.trouble
    return replace(outcome, status=Status.TO_MEND if outcome.errors else Status.FILED, reason=reason)


def _without_roster(outcomes: Sequence[Outcome]) -> Iterator[Outcome]:
    """One office under two names would be added up twice, as would one without: 机关代码 may tell, or a person must."""
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for outcome in outcomes:
        alike[_mark(outcome)].append(outcome.file)
    for outcome in outcomes:
        mark = _mark(outcome)
        others = [file for file in alike[mark] if file != outcome.file] if any(mark) else []
        said = f"与{some_of(others)}{mark[0]}，都加进了合计。是同一个单位的只留一份，不是的请{mark[1]}。"
        yield replace(outcome, reason=outcome.reason + said) if others else outcome


def _mark(outcome: Outcome) -> tuple[str, str]:
    """By what a report that counts may be another's, and what to do if it is not."""
    if not outcome.report or not outcome.status.counts:
        return "", ""
    if code := office_code(outcome.report.office.code):
        return f"的机关代码相同（{code}）", "核对代码"
    return ("", "") if key(outcome.office) else ("一样没有填单位全称", "补上全称")


def guess(file: str, roster: Roster | None) -> str:
    """Whose an unreadable file is, if its name has the name of exactly one office; the longest name counts."""
    members = roster.members if roster else ()
    named = {key(name): m.name for m in members for name in (m.name, *m.former) if key(name) in key(file)}
    longest = {office for name, office in named.items() if not any(name in other for other in named if other != name)}
    return longest.pop() if len(longest) == 1 else ""
