"""What became of every file and so of every office: pure judgement over all that came in (收件判定)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xltools import editions
from xltools.batch.collection import Collection, Member, Outcome, Status
from xltools.batch.days import day
from xltools.batch.roster import Roster
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
        own = [outcome for outcome in some if not _by_code(outcome, roster)] or some
        strangers = [_stranger(outcome, own[0]) for outcome in some if outcome not in own]
        same = _same(own)
        for file, whole in same.items():
            names[whole] += names[file]
        chosen = roster.chosen.get(own[0].office, "") if roster else ""
        counted = _together([outcome for outcome in own if outcome.file not in same], chosen, names)
        copies = [_copy(outcome, same[outcome.file]) for outcome in own if outcome.file in same]
        judged |= {outcome.file: outcome for outcome in (*strangers, *counted, *copies)}
    return tuple(judged.values() if roster else _without_roster(tuple(judged.values())))


def _by_code(outcome: Outcome, roster: Roster | None) -> bool:
    """Whether the office was known by its 机关代码 alone, which may have been copied from another's file."""
    return bool(roster and outcome.alias and not roster.find(outcome.alias))


def _stranger(outcome: Outcome, own: Outcome) -> Outcome:
    """What has the code of an office from which another file came under its own name."""
    said = f"名单上没有“{outcome.alias}”；机关代码是“{own.office}”的，它另有“{own.file}”。请核对单位全称和机关代码。"
    return replace(outcome, status=Status.LEFT_OUT, reason=said, office=outcome.alias, alias="", late=False)


def _same(outcomes: Sequence[Outcome]) -> dict[str, str]:
    """The files in which the very same is entered as in an earlier one, and that one: saved anew, or sent twice."""
    found: dict[str, str] = {}
    for place, outcome in enumerate(outcomes):
        earlier = (o for o in outcomes[:place] if o.file not in found and _entered(o) == _entered(outcome))
        if whole := next(earlier, None):
            found[outcome.file] = whole.file
    return found


def _entered(outcome: Outcome) -> Report | None:
    return outcome.report and replace(outcome.report, origin="")


def _copy(outcome: Outcome, whole: str) -> Outcome:
    said = f"填的与“{whole}”完全相同，只算一份。"
    return replace(outcome, status=Status.LEFT_OUT, reason=said, report=None, findings=(), late=False)


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
    if report.year is not None and report.year != year:
        reason = f"是 {report.year} 年度的报告，这次收的是 {year} 年度。请核对年度，重新报送。"
        return replace(outcome, status=Status.WRONG_YEAR, reason=reason)
    wanted = editions.for_year(year)
    if report.edition is not wanted:
        reason = f"用的是{report.edition.name}格式，{year} 年度应使用{wanted.name}格式。请用新的工作簿重新填报。"
        return replace(outcome, status=Status.WRONG_YEAR, reason=reason)
    reason = (_BY_CODE if _by_code(outcome, roster) else "") + one.trouble
    return replace(outcome, status=Status.TO_MEND if outcome.errors else Status.FILED, reason=reason)


def _together(outcomes: list[Outcome], chosen: str, names: Mapping[str, tuple[str, ...]]) -> list[Outcome]:
    """The files of one office: the roster says which counts, else the latest 成文日期, else a person must.

    By date only under one name: two offices may have been one once, or share a code.
    """
    named = [o for o in outcomes if chosen and any(_is(name, chosen) for name in names[o.file])]
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


def _is(file: str, chosen: str) -> bool:
    """Whether a file may be meant by what somebody wrote: with its folder or without, with its ending or without."""
    meant, whole = key(chosen.replace("\\", "/")), key(file)
    endings = [whole, whole.rpartition(".")[0]]
    return meant in (*endings, *(name.rpartition("/")[2] for name in endings))


def _doubt(covers: Sequence[str], chosen: str, named: Sequence[str]) -> str:
    if named:
        return f"名单上写的“{chosen}”可以是其中的几份，要连文件夹一起写。"
    if chosen:
        return f"名单上写的“{chosen}”不在其中。"
    if len({*map(key, covers)}) > 1:
        return f"封面的单位全称不同（“{'”“'.join(covers)}”）。"
    return "成文日期看不出先后。"


def _twice(outcome: Outcome, others: list[str], doubt: str) -> Outcome:
    reason = (
        f"同一个单位另有“{'”“'.join(others)}”，{doubt}请与单位核实，在名单的“以哪个文件为准”里写上文件名，或只留一份。"
    )
    return replace(outcome, status=Status.DUPLICATE, reason=reason)


def _without_roster(outcomes: Sequence[Outcome]) -> Iterator[Outcome]:
    """One office under two names would be added up twice, as would one without: 机关代码 may tell, or a person must."""
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for outcome in outcomes:
        alike[_mark(outcome)].append(outcome.file)
    for outcome in outcomes:
        mark = _mark(outcome)
        others = [file for file in alike[mark] if file != outcome.file] if any(mark) else []
        said = f"与“{'”“'.join(others)}”{mark[0]}，都加进了合计。是同一个单位的只留一份，不是的请{mark[1]}。"
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
