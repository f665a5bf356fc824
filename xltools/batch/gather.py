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
from xltools.names import key

_TEXTS = (".docx", ".doc", ".wps", ".pdf")
"""What an office sends as its report rather than a picture."""


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
    meant = (guess(o.file, roster) for o in judged if o.report and o.status is Status.LEFT_OUT)
    there = {*meant, *(outcome.office for outcome in found)}
    documents = _documents(intake.documents, there, roster)
    outcomes = sorted(_spared([*found, *documents], known.members), key=lambda o: o.file)
    guessed = not said and len({one.report.year for one in read if one.report and one.report.year}) > 1
    notices = tuple(_notices(known, year, guessed))
    return Collection(year, edition, known.members, tuple(outcomes), name=known.name, notices=notices)


def _notices(roster: Roster, year: int, guessed: bool) -> Iterator[str]:
    yield from map(files.one_line, roster.notices)
    if roster.year and roster.year != year:
        yield f"名单上的年度是 {roster.year}，这次按 --year 收 {year} 年度的。请核对；用的是旧名单的，请改它的年度。"
    if guessed:
        yield f"没有写明年度，按份数最多的（一样多的取后一年）收 {year} 年度的。不对的，请用 --year 写明，再运行一次。"


def _whose(outcome: Outcome, roster: Roster | None) -> str:
    """Whose a file is that cannot be read: what is left out is nobody's report."""
    return guess(outcome.file, roster) if outcome.status is Status.UNREADABLE else ""


def _documents(documents: Sequence[Outcome], there: set[str], roster: Roster | None) -> Iterator[Outcome]:
    """Of an office from which nothing else came one document was meant as its report; all others are annexes."""
    wanted = {m.name for m in roster.members if m.files} - there if roster else set()
    instead: dict[str, Outcome] = {}
    for document in sorted(documents, key=lambda o: not o.file.lower().endswith(_TEXTS)):
        if (office := guess(document.file, roster)) in wanted:
            instead.setdefault(office, document)
    offices = {document.file: office for office, document in instead.items()}
    for document in documents:
        office, reason = offices.get(document.file, ""), f"{document.reason}请用填报工作簿重新报送。"
        meant = replace(document, status=Status.UNREADABLE, office=office, reason=reason)
        yield meant if office else document


def _spared(outcomes: Sequence[Outcome], members: Iterable[Member]) -> Iterator[Outcome]:
    """Of an office that need not file, or has, nothing is asked because of another file that cannot be used."""
    better = {key(o.office): f"“{o.file}”等几份" for o in outcomes if o.status is Status.DUPLICATE}
    better |= {key(o.office): f"“{o.file}”计入" for o in outcomes if o.status.counts}
    free = {key(member.name) for member in members if not member.files}
    for outcome in outcomes:
        office = key(outcome.office)
        spare = bool(office) and outcome.goes_back and not outcome.status.counts
        if spare and office in better:
            why = f"已另有{better[office]}；这份如是更正，请通知单位重新报送。"
            yield replace(outcome, spare=True, reason=outcome.reason + why)
        elif spare and office in free:
            yield replace(outcome, spare=True, reason=f"{outcome.reason}名单中不要求它报送，可以不管。")
        else:
            yield outcome
