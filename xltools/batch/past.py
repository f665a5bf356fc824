"""Whose last year's reports are, whatever the offices are called now, and which were not compared (上年报告)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from xltools import editions
from xltools.batch.collection import NO_REPORT, TWO_REPORTS, Before, Collection, Member, Outcome, Past, Status
from xltools.batch.judge import Sent, judge
from xltools.batch.last import keys
from xltools.batch.roster import Roster
from xltools.files import one_line, some_of
from xltools.names import key, office_code
from xltools.report import Report


def beside(
    collection: Collection, roster: Roster | None, sent: Sequence[Sent], others: Iterable[Outcome]
) -> Collection:
    """The collection with last year's reports beside it, and what is to be said of those files."""
    outcomes = judged(sent, collection.year - 1)
    past = _past(collection, outcomes, known(outcomes, roster))
    said = map(one_line, _said(replace(collection, previous=past), past, (*others, *outcomes)))
    return replace(collection, previous=past, notices=(*collection.notices, *said))


def judged(sent: Sequence[Sent], year: int) -> tuple[Outcome, ...]:
    """What became of last year's files; a report that names no year is not of that year."""
    fits = any(year in edition.years for edition in editions.all())
    of_it = [one for one in sent if not one.report or (fits and one.report.year is not None)]
    of_none = [one for one in sent if one.report and not (fits and one.report.year is not None)]
    wrong = (Outcome(one.file, Status.WRONG_YEAR, report=one.report) for one in of_none)
    return (*judge(of_it, None, year), *wrong) if of_it else tuple(wrong)


def known(outcomes: Iterable[Outcome], roster: Roster | None) -> Mapping[str, Before]:
    """What was reported last year, by every name and code (`keys`) under which an office may file now.

    A code tells only where the name does not, and where it is one office's alone.
    """
    members = roster.members if roster else ()
    taken = {key(name) for member in members for name in _names(member)}
    named: dict[str, Before] = {}
    codes: dict[str, set[str]] = defaultdict(set)
    for outcome in outcomes:
        if outcome.report and key(outcome.office) and (outcome.status.counts or outcome.status is Status.DUPLICATE):
            twice = outcome.status is Status.DUPLICATE
            found = Before((outcome.office,), () if twice else (outcome.report,), TWO_REPORTS if twice else "")
            named[key(outcome.office)] = found
            if key(outcome.office) not in taken:
                codes[office_code(outcome.report.office.code)].add(key(outcome.office))
    coded = {code: named[min(names)] for code, names in codes.items() if code and len(names) == 1}
    whose = {at: before for name, before in named.items() for at in keys(name, "")}
    whose |= {at: before for code, before in coded.items() for at in keys("", code)}
    files = _Files(named, coded, {key(member.name): member for member in members})
    for member in members:
        if before := files.of(member):
            for name in (member.name, *member.former):
                whose |= dict.fromkeys(keys(name, member.code), before)
    return whose


@dataclass(frozen=True, slots=True)
class _Files:
    """Last year's reports by the name on them and by the code of one office, and the members by name."""

    named: Mapping[str, Before]
    coded: Mapping[str, Before]
    members: Mapping[str, Member]

    def of(self, member: Member) -> Before | None:
        """What a member or its predecessors reported; ``None`` if nothing is known."""
        if not member.predecessors:
            return self._one((member.name, *member.former), member.code)
        found = {name: self._predecessor(name) for name in member.predecessors}
        lacks = {name: one.lack if one else NO_REPORT for name, one in found.items()}
        named = (one.names if one and not one.lack else (f"{name}（{lacks[name]}）",) for name, one in found.items())
        reports = {id(report): report for one in found.values() if one for report in one.reports}
        return Before(tuple(chain(*named)), tuple(reports.values()), next(filter(None, lacks.values()), ""))

    def _predecessor(self, name: str) -> Before | None:
        """By the name that stands there, else by what that office was called before."""
        now = self.members.get(key(name))
        return self._one((name,), "") or (self._one(now.former, now.code) if now else None)

    def _one(self, names: Sequence[str], code: str) -> Before | None:
        hits = [self.named[name] for name in dict.fromkeys(map(key, names)) if name in self.named]
        if len(hits) > 1:
            names = tuple(name for hit in hits for name in hit.names)
            return Before(names, tuple(report for hit in hits for report in hit.reports), TWO_REPORTS)
        return hits[0] if hits else self.coded.get(office_code(code))


def _names(member: Member) -> tuple[str, ...]:
    return (member.name, *member.former, *member.predecessors)


def _past(collection: Collection, outcomes: Iterable[Outcome], known: Mapping[str, Before]) -> Past:
    def find(name: str, code: str) -> Before:
        return next((known[at] for at in keys(name, code) if at in known), Before(lack=NO_REPORT))

    of = {o.office: find(o.report.office.name, o.report.office.code) for o in collection.filed if o.report}
    reports = [o.report for o in outcomes if o.report and o.status.counts]
    members = [member for member in collection.members if member.summed]
    names = {key(name) for member in members for name in _names(member)}
    owned = {id(r) for m in members for r in (*find(m.name, m.code).reports, *of.get(m.name, Before()).reports)}
    summed = (r for r in reports if not collection.members or id(r) in owned or key(r.office.name) in names)
    return Past(of, tuple(summed))


def _said(collection: Collection, past: Past, outcomes: Iterable[Outcome]) -> Iterator[str]:
    """How many offices were compared, and which files of last year were not, and why."""
    lacking = sum(bool(before.lack) for before in past.of.values())
    if lacking < len(past.of):
        less = f"，没有比对的 {lacking} 家，见“汇总.xlsx”的“结转核对”" if lacking else ""
        yield f"与上年比对：本年 {len(past.of)} 家单位，比对了 {len(past.of) - lacking} 家{less}。"
    else:
        yield "与上年比对：没有一家能比对。请检查 --previous 后面的文件夹是不是上年的收件。"
    for office, before in past.of.items():
        if len(before.reports) > 1 and before.lack == TWO_REPORTS:
            yield f"“{office}”上年有“{'”“'.join(before.names)}”的报告。合并的，请在名单的“上年对应单位”里都写上。"
    used = {id(report) for before in past.of.values() for report in before.reports}
    names = {key(name) for member in collection.members for name in _names(member)}
    why: dict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        report = outcome.report
        if outcome.status.counts and report and (id(report) in used or key(report.office.name) in names):
            continue
        if report:
            reason = _wrong_year(report, collection.year - 1) or _unknown(outcome, report, bool(names))
        else:
            reason = _unread(outcome)
        if reason:
            why[reason].append(outcome.file)
    for reason, files in why.items():
        yield f"上年的{some_of(files)}没有比对：{reason}"


def _unread(outcome: Outcome) -> str:
    """What is left out is no report."""
    name = re.escape(outcome.file.rpartition("/")[2])
    reason = re.sub(f"^(〔[^〕]*〕)?(“{name}”)?", "", outcome.reason).partition("。")[0]  # the file is named before
    return f"{reason}。请另存、解压或换一份，放回上年的文件夹。" if outcome.status is Status.UNREADABLE else ""


def _wrong_year(report: Report, year: int) -> str:
    if report.year is None:
        return f"封面没有填年度。是 {year} 年度的，请补上。"
    return "" if report.year == year else f"是 {report.year} 年度的，不是 {year} 年度的。请换成 {year} 年度的。"


def _unknown(outcome: Outcome, report: Report, roster: bool) -> str:
    """Why nobody is known for a report of the right year; empty for one that another replaces."""
    if outcome.status is Status.DUPLICATE:
        return f"都是“{outcome.office}”的，看不出以哪份为准。请只留一份。"
    if outcome.status is Status.WRONG_YEAR:  # on the form of another
        return outcome.reason
    if outcome.status is Status.SUPERSEDED:
        return ""
    if not report.office.name.strip():
        return "封面没有填单位全称。请补上。"
    where = "“曾用名”“上年对应单位”里"
    if roster:
        return f"名单上没有“{report.office.name}”。改了名、并到别处的，请写在名单的{where}。"
    return f"本年没有这些单位的报告。改了名、并到别处的，请写在名单的{where}。"
