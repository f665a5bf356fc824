"""All that came in as one collection: what was read is judged, the rest is put beside it (收齐)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from xltools import editions, files
from xltools.batch.collection import Collection, Member, Outcome, Status
from xltools.batch.intake import Intake
from xltools.batch.judge import Sent, guess, judge, majority
from xltools.batch.roster import Roster
from xltools.batch.store import Kept
from xltools.errors import XltoolsError


class NothingToCollect(XltoolsError):
    """There is nothing to read, or no year to collect."""

    code = "NOTHING"


def sent(intake: Intake, kept: Sequence[Kept]) -> list[Sent]:
    """What was read of each submission."""
    return [
        Sent(s.file, found.report, found.result.findings, found.result.fault, found.result.trouble,
             intake.copies.get(s.file, ()), not found.result.lasting)
        for s, found in zip(intake.submissions, kept, strict=True)
    ]  # fmt: skip


def gather(read: Sequence[Sent], intake: Intake, roster: Roster | None, wanted: int | None) -> Collection:
    """The collection of the ``wanted`` year, else of the roster's, else of most reports.

    Raises `NothingToCollect` where no year is known, `WrongYear` where there is no form for it.
    """
    known = roster or Roster()
    said = wanted or known.year
    year = said or majority(one.report for one in read if one.report)
    if year is None:
        raise NothingToCollect("看不出收的是哪个年度：没有一份工作簿填了年度。请加上年度，如 --year 2025。")
    edition = editions.for_year(year)
    judged = judge(read, roster, year)
    whose = {copy: o.office for o in judged for copy in intake.copies.get(o.file, ())}
    others = (replace(o, office=whose.get(o.file, "") or _whose(o, roster)) for o in intake.others)
    found = [*judged, *others]
    documents = _documents(intake.documents, {outcome.office for outcome in found}, roster)
    outcomes = sorted(_spared([*found, *documents], known.members), key=lambda o: o.file)
    guessed = not said and len({one.report.year for one in read if one.report and one.report.year}) > 1
    notices = tuple(_notices(known, year, guessed))
    return Collection(year, edition, known.members, tuple(outcomes), name=known.name, notices=notices)


def _notices(roster: Roster, year: int, guessed: bool) -> Iterator[str]:
    yield from map(files.one_line, roster.notices)
    if roster.year and roster.year != year:
        yield f"名单上的年度是 {roster.year}，这次按 --year 收 {year} 年度的。请核对；用的是旧名单的，请改它的年度。"
    if guessed:
        yield f"没有写明年度，按多数文件收 {year} 年度的。不对的，请用 --year 写明年度，再运行一次。"


def _whose(outcome: Outcome, roster: Roster | None) -> str:
    """Whose a file is that cannot be read: what is left out is nobody's report."""
    return guess(outcome.file, roster) if outcome.status is Status.UNREADABLE else ""


def _documents(documents: Iterable[Outcome], there: set[str], roster: Roster | None) -> Iterator[Outcome]:
    """Of an office from which nothing else came a document was meant as its report; else it is an annex."""
    for document in documents:
        office = guess(document.file, roster)
        if office and office not in there:
            reason = f"{document.reason}请用填报工作簿重新报送。"
            yield replace(document, status=Status.UNREADABLE, office=office, reason=reason)
        else:
            yield document


def _spared(outcomes: Sequence[Outcome], members: Iterable[Member]) -> Iterator[Outcome]:
    """Of an office that need not file, or has, nothing is asked because of another file that cannot be used."""
    counts = {outcome.office: outcome.file for outcome in outcomes if outcome.status.counts and outcome.office}
    free = {member.name for member in members if not member.files}
    for outcome in outcomes:
        if not outcome.goes_back or outcome.status.counts:
            yield outcome
        elif file := counts.get(outcome.office):
            why = f"已另有“{file}”计入；这份如是更正，请通知单位重新报送。"
            yield replace(outcome, spare=True, reason=outcome.reason + why)
        else:
            free_too = outcome.office in free
            yield replace(outcome, spare=True, reason=f"{outcome.reason}名单中不要求报送。") if free_too else outcome
